"""A full medium is a named problem, whoever meets it: the log, an original, a reading, the index."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Iterator

from sextortion_cli.errors import NoSpace

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextlib.contextmanager
def space_needed() -> Iterator[None]:
    """
    Say that there is no space left where the system, or SQLite, says so while the context lasts.

    Raises:
        NoSpace
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoSpace() from error
        raise
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise NoSpace() from error
        raise
