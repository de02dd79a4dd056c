"""
Building a package on the disk: a folder or a zip, under a temporary name beside the one it will have, and given that only when it is whole.

Every file goes through `store/fileops.py`, is hashed while it is written, and is on the medium before the package gets its name.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from sextortion_cli.package import zipform
from sextortion_cli.package.bag import Digests
from sextortion_cli.package.names import faults
from sextortion_cli.store.fileops import fileops, sync_file

_LARGE = 1 << 18
_SYNCING = 8


class Parcel(Protocol):
    """
    A package on its way.

    Attributes:
        workers: How many threads may add files at once.
    """

    workers: int

    def add(self, name: str, pieces: Iterable[bytes | memoryview], size: int = 0) -> Digests:
        """Write one file. `size` is needed only where it may be 4 GiB or more. A piece is taken in before the next is asked for."""

    def seal(self) -> str:
        """Bring everything to the medium; return the SHA-256 that stands for the package where it is one file, else an empty text."""

    def publish(self) -> None:
        """Give the package its name."""

    def abandon(self) -> None:
        """Remove what was written, unless it has its name already."""


class Tee:
    """Hashes what passes: SHA-256 here, SHA-512 in a thread beside it, for that one takes twice as long."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sha512")

    def close(self) -> None:
        """End the thread."""
        self._pool.shutdown()

    def pour(self, pieces: Iterable[bytes | memoryview], fd: int, *, counts: bool = False) -> tuple[Digests, int]:
        """Write every piece to `fd`; return the digests, and the CRC-32 where it `counts`."""
        from isal.isal_zlib import crc32

        first, second, crc, size = hashlib.sha256(), hashlib.sha512(), 0, 0
        for piece in pieces:
            later = self._pool.submit(second.update, piece) if len(piece) >= _LARGE else None
            try:
                if later is None:
                    second.update(piece)
                first.update(piece)
                crc = crc32(piece, crc) if counts else 0
                fileops().write(fd, piece)
                size += len(piece)
            finally:
                if later is not None:
                    later.result()
        return Digests(first.hexdigest(), second.hexdigest(), size), crc


def _temporary(target: Path) -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")


def _check_name(name: str, taken: set[str]) -> None:
    """A name that some system could not hold, or that two files would share on Windows, is a fault of this program."""
    if faults(name) or name.lower() in taken:
        raise ValueError("not a name for a package")
    taken.add(name.lower())


class FolderParcel:
    """A package that is a folder; several threads may add files."""

    workers = 2

    def __init__(self, target: Path) -> None:
        self._target, self._place = target, _temporary(target)
        self._taken: set[str] = set()
        self._folders: list[Path] = []
        self._made: set[Path] = set()
        self._guard = threading.Lock()
        self._files: list[Path] = []
        self._named = False
        self._tee = Tee()
        self._syncing = ThreadPoolExecutor(_SYNCING, thread_name_prefix="sync")
        self._synced: list[Future[None]] = []
        try:
            self._mkdir(self._place)
        except BaseException:
            self._end_threads()
            raise

    def _mkdir(self, path: Path) -> None:
        fileops().mkdir(path)
        self._folders.append(path)
        self._made.add(path)

    def add(self, name: str, pieces: Iterable[bytes | memoryview], size: int = 0) -> Digests:
        """Write one file, and the folders it needs."""
        del size
        path = self._place / name
        with self._guard:
            _check_name(name, self._taken)
            if path.parent not in self._made:
                for folder in reversed([item for item in path.parents if self._place in item.parents and item not in self._made]):
                    self._mkdir(folder)
        fd = fileops().create(path)
        self._files.append(path)
        try:
            found = self._tee.pour(pieces, fd)[0]
        finally:
            fileops().close(fd)
        self._synced.append(self._syncing.submit(sync_file, path))  # the medium works while the next one is hashed
        return found

    def _end_threads(self) -> None:
        self._tee.close()
        self._syncing.shutdown(cancel_futures=True)

    def seal(self) -> str:
        """Wait until every file is on the medium, and bring every folder there."""
        for done in self._synced:
            done.result()
        for folder in reversed(self._folders):
            fileops().fsync_dir(folder)
        return ""

    def publish(self) -> None:
        """Give the folder its name, which must be free."""
        fileops().rename_new(self._place, self._target)
        self._named = True
        self._end_threads()
        fileops().fsync_dir(self._target.parent)

    def abandon(self) -> None:
        """Remove what was written."""
        self._end_threads()
        if not self._named:
            for path in self._files:
                if os.path.lexists(path):
                    fileops().unlink(path)
            for folder in reversed(self._folders):
                if os.path.lexists(folder):
                    fileops().rmdir(folder)


class ZipParcel:
    """A package that is one zip, in the one form `package/zipform.py` describes."""

    workers = 1

    def __init__(self, target: Path, *, force: bool = False) -> None:
        self._target, self._place, self._force = target, _temporary(target), force
        self._taken: set[str] = set()
        self._files: list[zipform.Placed] = []
        self._end = 0
        self._named = False
        self._tee = Tee()
        self._fd = fileops().create(self._place)

    def add(self, name: str, pieces: Iterable[bytes | memoryview], size: int = 0) -> Digests:
        """Write one file: room for its header, its bytes, then the header."""
        _check_name(name, self._taken)
        fileops().write(self._fd, bytes(zipform.header_length(name, size)))
        found, crc = self._tee.pour(pieces, self._fd, counts=True)
        placed = zipform.Placed(name, self._end, crc, found.size)
        header = placed.header()
        if len(header) != zipform.header_length(name, size):
            raise ValueError("a file of 4 GiB or more must be announced")
        os.lseek(self._fd, self._end, os.SEEK_SET)
        fileops().write(self._fd, header)
        self._end = os.lseek(self._fd, 0, os.SEEK_END)
        self._files.append(placed)
        return found

    def seal(self) -> str:
        """Write the directory, bring the file to the medium, and return its SHA-256."""
        fileops().write(self._fd, zipform.directory(self._files, self._end))
        fileops().fsync(self._fd)
        self._close()
        return _sha256(self._place)

    def _close(self) -> None:
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            fileops().close(fd)

    def publish(self) -> None:
        """Give the file its name; in place of another only where that was asked for."""
        if self._force:
            fileops().replace(self._place, self._target)
        else:
            fileops().rename_new(self._place, self._target)
        self._named = True
        self._tee.close()
        fileops().fsync_dir(self._target.parent)

    def abandon(self) -> None:
        """Remove what was written."""
        self._tee.close()
        self._close()
        if not self._named and os.path.lexists(self._place):
            fileops().unlink(self._place)


def _sha256(path: Path) -> str:
    from sextortion_cli.store.regular import digest_of

    return digest_of(path)
