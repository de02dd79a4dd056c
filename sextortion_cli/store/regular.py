"""Opening regular files only: never through a link, never a pipe or device put in a file's place."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from pathlib import Path

_READ = 4 << 20
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class NotRegularError(OSError):
    """The source is not a regular file (a link, pipe, device, socket); `args[0]` names what it is."""


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


def open_own(path: Path | str) -> io.FileIO:
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


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file as hex (follows no link)."""
    digest = hashlib.sha256()
    with open_own(path) as stream:
        buffer = bytearray(min(_READ, os.fstat(stream.fileno()).st_size + 1))
        view = memoryview(buffer)
        while count := stream.readinto(buffer):
            digest.update(view[:count])
    return digest.hexdigest()
