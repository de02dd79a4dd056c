"""A medium that is full or fails is a named problem, whoever meets it: the log, an original, a reading, the index."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from sextortion_cli.errors import MediumFailed, NoSpace

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FAILED = frozenset(getattr(errno, name) for name in ("EIO", "ENXIO", "ENODEV", "ESTALE", "EREMOTEIO", "ETIMEDOUT") if hasattr(errno, name))


@contextlib.contextmanager
def space_needed() -> Iterator[None]:
    """
    Say that there is no space left, or that the medium fails, where the system says so while the context lasts.

    Raises:
        NoSpace, MediumFailed
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoSpace() from error
        if error.errno in _FAILED:
            raise MediumFailed() from error
        raise


@contextlib.contextmanager
def index_space_needed() -> Iterator[None]:
    """
    Say the same where SQLite says so.

    Raises:
        NoSpace, MediumFailed
    """
    import sqlite3  # most commands do without, and start-up is measured

    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None) or 0
        if code == sqlite3.SQLITE_FULL:
            raise NoSpace() from error
        if code & 0xFF == sqlite3.SQLITE_IOERR:  # the low byte says what kind of error the extended code is
            raise MediumFailed() from error
        raise
