"""Sealing: read a source once, hash it three ways, and keep its bytes under their SHA-256."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sextortion_cli.store import layout
from sextortion_cli.store.fileops import fileops

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

CHUNK = 1 << 20
_LARGE = 32 << 20
_COMPARED = 4096
_READ = 4 << 20
_TICK_NS = 20_000_000  # Linux counts in at most 10 ms
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class NotRegularError(OSError):
    """The source is not a regular file (a link, pipe, device, socket); `args[0]` names what it is."""


class SourceUnreadableError(OSError):
    """The source cannot be read. An error in writing our copy is another thing: that is the medium of the case, and never skipped."""


class Digests(msgspec.Struct, frozen=True):
    """SHA-256 for integrity; SHA-1 and MD5 only to be comparable with existing hash lists. Lower-case hex. `size` in bytes."""

    sha256: str
    sha1: str
    md5: str
    size: int


class Sealed(msgspec.Struct, frozen=True):
    """
    What one pass over a source gave.

    Attributes:
        digests: Of the bytes read.
        temporary: Our copy under a temporary name, not synced yet, or None when only hashed.
        mtime_ns: Modification time of the source before it was read.
        device, inode: Identity of the source on its file system.
        changed: The source changed while it was read, three times in a row; the bytes are those of the last reading.
    """

    digests: Digests
    temporary: Path | None
    mtime_ns: int
    device: int
    inode: int
    changed: bool = False


class Hashes:
    """
    Three digests and a length, fed together.

    Args:
        size: How much is expected; for a large object MD5, which costs more than the other two, runs in a thread beside them.
    """

    def __init__(self, size: int = 0) -> None:
        self._sha256 = hashlib.sha256()
        self._sha1 = hashlib.sha1(usedforsecurity=False)
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._size = 0
        self._beside: ThreadPoolExecutor | None = None
        if size >= _LARGE:
            from concurrent.futures import ThreadPoolExecutor

            self._beside = ThreadPoolExecutor(1, thread_name_prefix="md5")

    @contextmanager
    def feed(self, data: bytes | memoryview) -> Iterator[None]:
        """Feed `data`; all of it is taken in when the context ends, and may change only then."""
        later = None if self._beside is None else self._beside.submit(self._md5.update, data)
        try:
            self._sha256.update(data)
            self._sha1.update(data)
            if later is None:
                self._md5.update(data)
            self._size += len(data)
            yield
        finally:
            if later is not None:
                later.result()

    def done(self) -> Digests:
        """Return the digests."""
        self.close()
        return Digests(self._sha256.hexdigest(), self._sha1.hexdigest(), self._md5.hexdigest(), self._size)

    def close(self) -> None:
        """End the thread, if there is one."""
        if self._beside is not None:
            self._beside.shutdown()


def open_source(path: bytes) -> tuple[int, os.stat_result]:
    """
    Open a source for reading without following a link or waiting for a pipe.

    Raises:
        NotRegularError: It is not a regular file.
        OSError: It cannot be opened.
    """
    before = os.lstat(path)
    if not stat.S_ISREG(before.st_mode):
        raise NotRegularError(_what(before.st_mode))
    fd = os.open(path, _OPEN)
    found = os.fstat(fd)
    if not stat.S_ISREG(found.st_mode):
        os.close(fd)
        raise NotRegularError(_what(found.st_mode))
    return fd, found


def _what(mode: int) -> str:
    names = ((stat.S_ISLNK, "symbolic-link"), (stat.S_ISFIFO, "fifo"), (stat.S_ISDIR, "folder"), (stat.S_ISSOCK, "socket"))
    return next((name for test, name in names if test(mode)), "device")


def seal(path: bytes, temporary: Path | None, retries: int = 2) -> Sealed:
    """
    Read `path` once, hash it, and write its bytes to `temporary` (or nowhere).

    The source's size and times are compared before and after; a source that changed is read again, twice at most.

    Raises:
        NotRegularError: The source is not a regular file.
        SourceUnreadableError: It cannot be read.
        OSError: The copy cannot be written (the temporary file is then removed).
    """
    try:
        fd, before = open_source(path)
    except NotRegularError:
        raise
    except OSError as error:
        raise _unreadable(error) from error
    try:
        for attempt in range(retries + 1):
            digests = _pass(fd, temporary)
            after = _after(fd)
            same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and digests.size == after.st_size
            if same or attempt == retries:
                break
            before = after
            if temporary is not None:
                fileops().unlink(temporary)
    finally:
        os.close(fd)
    return Sealed(digests, temporary, before.st_mtime_ns, before.st_dev, before.st_ino, changed=not same)


def _after(fd: int) -> os.stat_result:
    """
    Return what the system says of a source after it was read.

    File times move in ticks. A source that was written within the last tick could be written again without its time moving, so then
    one tick is waited out: somebody who is still writing shows.
    """
    found = os.fstat(fd)
    if abs(time.time_ns() - found.st_mtime_ns) < _TICK_NS:
        time.sleep(_TICK_NS / 1e9)
        found = os.fstat(fd)
    return found


def _unreadable(error: OSError) -> SourceUnreadableError:
    return SourceUnreadableError(error.errno, os.strerror(error.errno or 0))


def _filled(stream: io.FileIO, buffer: bytearray) -> int:
    """Return how many bytes of the source were read into `buffer`."""
    try:
        return stream.readinto(buffer)
    except OSError as error:
        raise _unreadable(error) from error


def _pass(fd: int, temporary: Path | None) -> Digests:
    os.lseek(fd, 0, os.SEEK_SET)
    stream = io.FileIO(fd, closefd=False)
    size = os.fstat(fd).st_size
    if temporary is None:
        hashes = Hashes(size)
        buffer = bytearray(min(CHUNK, size + 1))
        view = memoryview(buffer)
        try:
            while count := _filled(stream, buffer):
                with hashes.feed(view[:count]):
                    pass
        except BaseException:
            hashes.close()
            raise
        return hashes.done()
    copy = ObjectWriter(temporary, size)
    try:
        buffer = bytearray(min(CHUNK, size + 1))  # one byte more shows the end at once, and that a file grows
        view = memoryview(buffer)
        while count := _filled(stream, buffer):
            copy.write(view[:count])
        return copy.finish()
    except BaseException:
        copy.abandon()
        raise


class ObjectWriter:
    """
    A new object on its way: bytes go to a temporary file in the objects folder and through the hashes.

    Args:
        size: How many bytes are expected; only speed depends on it.
    """

    def __init__(self, temporary: Path, size: int = 0) -> None:
        self.temporary = temporary
        self._fd = fileops().create(temporary)
        self._hashes = Hashes(size)

    def write(self, data: bytes | memoryview) -> None:
        """Append `data`."""
        with self._hashes.feed(data):
            fileops().write(self._fd, data)

    def finish(self) -> Digests:
        """Close, and return the digests. Nothing of it is on the medium for sure before `fileops.sync_file`."""
        fileops().make_read_only(self.temporary)
        fd, self._fd = self._fd, -1
        fileops().close(fd)
        return self._hashes.done()

    def abandon(self) -> None:
        """Close and remove the temporary file: nothing of it was promised to anybody."""
        self._hashes.close()
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)
        try:
            fileops().unlink(self.temporary)
        except FileNotFoundError:
            pass


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
    if not target.parent.exists():
        fileops().mkdir(target.parent)
    touched.update((target.parent, target.parent.parent))
    if os.path.lexists(target):
        if digest_of(target) != digests.sha256:
            raise ValueError(digests.sha256)
        fileops().unlink(temporary)
        return
    fileops().rename_new(temporary, target)
    touched.add(temporary.parent)


def open_own(path: Path) -> io.FileIO:
    """
    Open a file of the case for reading: never through a link, and never a pipe or device put in its place.

    Raises:
        NotRegularError: It is no regular file.
        OSError: It cannot be opened.
    """
    try:
        stream = io.FileIO(os.open(path, _OPEN))
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR):
            raise NotRegularError("not a regular file") from error
        raise
    if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return stream
    stream.close()
    raise NotRegularError("not a regular file")


def read_own(path: Path) -> bytes:
    """Return the bytes of a small file of the case. Raises OSError like `open_own`."""
    with open_own(path) as stream:
        return stream.readall()


def is_alike(source: bytes, original: Path) -> bool:
    """Say whether a source begins and ends as an original does: a hint that saves writing, never a proof. Errors mean no."""
    try:
        return _ends(source) == _ends(os.fsencode(original))
    except OSError:
        return False


def _ends(path: bytes) -> tuple[bytes, bytes]:
    fd, found = open_source(path)
    try:
        return os.pread(fd, _COMPARED, 0), os.pread(fd, _COMPARED, max(0, found.st_size - _COMPARED))
    finally:
        os.close(fd)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file as hex (follows no link)."""
    digest = hashlib.sha256()
    with open_own(path) as stream:
        buffer = bytearray(min(_READ, os.fstat(stream.fileno()).st_size + 1))
        view = memoryview(buffer)
        while count := stream.readinto(buffer):
            digest.update(view[:count])
    return digest.hexdigest()
