"""Originals in the case: written under a temporary name, and named by their SHA-256 once they are whole."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from sextortion_cli.store import layout, platform
from sextortion_cli.store.digests import LARGE, Digests, Hashes
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.regular import digest_of


class Copy:
    """
    A new file on its way, under a temporary name.

    Args:
        size: How many bytes are expected; only speed depends on it. Large files are written past the system's cache where it can be
            done: they would push everything else out of it, and memory for it is dear.
    """

    def __init__(self, temporary: Path, size: int = 0) -> None:
        self.temporary = temporary
        self._fd = fileops().create(temporary)
        self._written = 0
        self._direct = size >= LARGE and platform.write_directly(self._fd, on=True)

    def append(self, data: bytes | memoryview) -> None:
        """Append `data`; what is to be written past the cache comes in whole pages, up to the last piece."""
        if self._direct and len(data) % platform.PAGE:
            self._buffered()
        try:
            fileops().write(self._fd, data)
        except OSError as error:
            if error.errno != errno.EINVAL or not self._direct:
                raise
            self._buffered()  # this file system will not have it
            os.lseek(self._fd, self._written, os.SEEK_SET)
            fileops().write(self._fd, data)
        self._written += len(data)

    def _buffered(self) -> None:
        platform.write_directly(self._fd, on=False)
        self._direct = False

    def finish(self) -> None:
        """Close. Nothing of it is on the medium for sure before `fileops.sync_file`."""
        fileops().make_read_only(self.temporary)
        fd, self._fd = self._fd, -1
        fileops().close(fd)

    def abandon(self) -> None:
        """Close and remove the temporary file: nothing of it was promised to anybody."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)
        try:
            fileops().unlink(self.temporary)
        except FileNotFoundError:
            pass


class ObjectWriter:
    """A new object on its way: bytes go to a temporary file and through the hashes. Arguments as `Copy`."""

    def __init__(self, temporary: Path, size: int = 0) -> None:
        self.temporary = temporary
        self._copy = Copy(temporary, size)
        self._hashes = Hashes(size)

    def write(self, data: bytes | memoryview) -> None:
        """Append `data`."""
        with self._hashes.feed(data):
            self._copy.append(data)

    def finish(self) -> Digests:
        """Close, and return the digests."""
        self._copy.finish()
        return self._hashes.finish()

    def abandon(self) -> None:
        """Close and remove the temporary file."""
        self._hashes.abandon()
        self._copy.abandon()


def folder_of(case: Path, sha256: str) -> Path:
    """Return the folder an object lies in, made if need be. Two threads may ask for the same one."""
    folder = layout.object_path(case, sha256).parent
    if not folder.exists():
        try:
            fileops().mkdir(folder)
        except FileExistsError:
            pass
    return folder


def place(case: Path, temporary: Path, digests: Digests, touched: set[Path]) -> None:
    """
    Give a finished object its name, never over another file, and add the folders to sync to `touched`.

    An object that is there already is compared by hashing it again; then our copy is dropped. Its folders are synced all the same:
    a writer that was killed may have named it, and only the system's memory knows.

    Raises:
        OSError: The name cannot be given.
        ValueError: A file of that name holds other bytes (the case is damaged).
    """
    target = layout.object_path(case, digests.sha256)
    if temporary.parent != target.parent:
        folder_of(case, digests.sha256)
    touched.update((target.parent, target.parent.parent, temporary.parent))
    try:
        fileops().rename_new(temporary, target)
    except FileExistsError:
        if digest_of(target) != digests.sha256:
            raise ValueError(digests.sha256) from None
        fileops().unlink(temporary)
