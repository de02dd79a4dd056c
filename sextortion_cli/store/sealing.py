"""
Sealing: read a source once, hash it three ways, and write its bytes beside.

A small file is hashed before it is written: so its copy can be made in the folder its name will be in, and what lies in the case
already is not written again. A large one is hashed while it is written.
"""

from __future__ import annotations

import io
import mmap
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from sextortion_cli.store.digests import LARGE, Digests, Hashes, digests_of
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.objects import Copy, ObjectWriter
from sextortion_cli.store.regular import NotRegularError, open_source

SMALL = 1 << 20
_CHUNK = 1 << 20
_LARGE_CHUNK = 4 << 20
_COMPARED = 4096
_TICK_NS = 20_000_000  # Linux counts in at most 10 ms
_memory = threading.local()

Temporary = Callable[[str | None], Path | None]
"""Gives a temporary name for a copy, knowing its SHA-256 or not yet; None when it need not be written."""


class SourceUnreadableError(OSError):
    """The source cannot be read. An error in writing our copy is another thing: that is the medium of the case, and never skipped."""


class Sealed(msgspec.Struct, frozen=True):
    """
    What one pass over a source gave.

    Attributes:
        digests: Of the bytes read.
        temporary: Our copy under a temporary name, not synced yet, or None when only hashed, or when it need not be written.
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


class _Taken(NamedTuple):
    """One reading of a source: its digests, and its bytes in memory or under a temporary name (or in neither)."""

    digests: Digests
    temporary: Path | None = None
    data: memoryview | None = None


def seal(path: bytes, temporary: Temporary | None, retries: int = 2) -> Sealed:
    """
    Read `path` once, hash it, and write its bytes to the file `temporary` names (or nowhere).

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
            taken = _in_memory(fd, before.st_size) or _streamed(fd, before.st_size, temporary)
            after = _after(fd)
            same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and taken.digests.size == after.st_size
            if same or attempt == retries:
                break
            before = after
            if taken.temporary is not None:
                fileops().unlink(taken.temporary)
        copy = taken.temporary if taken.data is None or temporary is None else _written(taken.digests, taken.data, temporary)
    finally:
        os.close(fd)
    return Sealed(taken.digests, copy, before.st_mtime_ns, before.st_dev, before.st_ino, changed=not same)


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


def _filled(stream: io.FileIO, buffer: memoryview) -> int:
    """Return how many bytes of the source were read into `buffer`."""
    try:
        return stream.readinto(buffer)
    except OSError as error:
        raise _unreadable(error) from error


def _in_memory(fd: int, size: int) -> _Taken | None:
    """Read a small source into this thread's buffer, which holds until it reads the next one; None when it is larger."""
    if size > SMALL:
        return None
    buffer: memoryview | None = getattr(_memory, "buffer", None)
    if buffer is None:
        buffer = _memory.buffer = memoryview(bytearray(SMALL + 1))
    os.lseek(fd, 0, os.SEEK_SET)
    stream, filled = io.FileIO(fd, closefd=False), 0
    while count := _filled(stream, buffer[filled:]):
        filled += count
    return None if filled > SMALL else _Taken(digests_of(buffer[:filled]), data=buffer[:filled])


def _written(digests: Digests, data: memoryview, temporary: Temporary) -> Path | None:
    """Write what was read and hashed; return under which name, or None when there is no need."""
    place = temporary(digests.sha256)
    if place is not None:
        copy = Copy(place)
        try:
            copy.append(data)
            copy.finish()
        except BaseException:
            copy.abandon()
            raise
    return place


def _streamed(fd: int, size: int, temporary: Temporary | None) -> _Taken:
    """Read a source piece by piece, hashing and writing each."""
    os.lseek(fd, 0, os.SEEK_SET)
    stream = io.FileIO(fd, closefd=False)
    view = memoryview(mmap.mmap(-1, _LARGE_CHUNK if size >= LARGE else _CHUNK))  # begins at a page: `Copy` may write past the cache
    place = None if temporary is None else temporary(None)
    sink = Hashes(size) if place is None else ObjectWriter(place, size)
    try:
        while count := _filled(stream, view):
            sink.write(view[:count])
        return _Taken(sink.finish(), place)
    except BaseException:
        sink.abandon()
        raise


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
