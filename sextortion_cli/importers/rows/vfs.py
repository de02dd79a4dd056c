"""
SQLite over descriptors: a read-only file system of its own whose files are the sources it was given (decision 0011).

Nothing is opened or written: what SQLite asks to open is looked up, what it asks to write is refused. Memory is SQLite's page cache,
whatever the size of the database. With exclusive locking SQLite needs no ``-shm`` file and replays a ``-wal`` that is there in memory.

References: https://sqlite.org/vfs.html, https://sqlite.org/wal.html section 8, https://sqlite.org/security.html
"""

from __future__ import annotations

import functools
import itertools
import weakref
from collections.abc import Mapping
from typing import Protocol

import apsw

#: A cell or row larger than this cannot be read: it is a defect.
LARGEST_CELL = 64 << 20
_CACHE_KIB = 2048
_NAMES = itertools.count()
_OFF = (
    apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER,
    apsw.SQLITE_DBCONFIG_ENABLE_VIEW,
    apsw.SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER,
    apsw.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
    apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA,
    apsw.SQLITE_DBCONFIG_WRITABLE_SCHEMA,
)
_LIMITS = {
    apsw.SQLITE_LIMIT_LENGTH: LARGEST_CELL,
    apsw.SQLITE_LIMIT_SQL_LENGTH: 1 << 20,
    apsw.SQLITE_LIMIT_COLUMN: 1000,
    apsw.SQLITE_LIMIT_EXPR_DEPTH: 50,
    apsw.SQLITE_LIMIT_COMPOUND_SELECT: 10,
    apsw.SQLITE_LIMIT_VDBE_OP: 100_000,
    apsw.SQLITE_LIMIT_FUNCTION_ARG: 16,
    apsw.SQLITE_LIMIT_ATTACHED: 0,
    apsw.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_PRAGMAS = (
    "locking_mode=EXCLUSIVE",  # before the first access: this is what makes a -shm file needless
    "temp_store=MEMORY",
    "mmap_size=0",
    "cell_size_check=ON",
    "query_only=ON",
    "ignore_check_constraints=ON",
    f"cache_size=-{_CACHE_KIB}",
)


class Readable(Protocol):
    """What can be read at any place: `importers.source.Source` is one."""

    size: int

    def read_at(self, offset: int, count: int) -> bytes:
        """Return up to `count` bytes at `offset`; fewer only at the end."""


class _Held:
    """One file as SQLite sees it: reads what there is, refuses to change it."""

    def __init__(self, source: Readable | None) -> None:
        self._source = source

    def xRead(self, amount: int, offset: int) -> bytes:
        return b"" if self._source is None else self._source.read_at(offset, amount)

    def xFileSize(self) -> int:
        return 0 if self._source is None else self._source.size

    def xWrite(self, data: bytes, offset: int) -> None:
        raise apsw.ReadOnlyError

    def xTruncate(self, newsize: int) -> None:
        raise apsw.ReadOnlyError

    def xSync(self, flags: int) -> None:
        raise apsw.ReadOnlyError

    def xLock(self, level: int) -> None:
        """Nobody else has the file."""

    def xUnlock(self, level: int) -> None:
        """Nobody else has the file."""

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        return 0

    def xClose(self) -> None:
        """The descriptor is somebody else's."""


class _Evidence(apsw.VFS):
    """The files SQLite may see: those of `files`, by the names given to them here."""

    NAME = "evidence"

    def __init__(self) -> None:
        self.files: dict[str, Readable] = {}
        super().__init__(self.NAME, base="", maxpathname=64)

    def xFullPathname(self, name: str) -> str:
        return name

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname in self.files

    def xDelete(self, filename: str, syncdir: bool) -> None:
        raise apsw.ReadOnlyError

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _Held:  # type: ignore[override]
        known = name if isinstance(name, str) or name is None else name.filename()
        source = None if known is None else self.files.get(known)
        if source is None and not flags[0] & apsw.SQLITE_OPEN_WAL:
            raise apsw.CantOpenError
        flags[1] = apsw.SQLITE_OPEN_READONLY
        return _Held(source)


@functools.cache
def _evidence() -> _Evidence:
    return _Evidence()


def prepare() -> None:
    """Register the file system: before the fork, because SQLite looks at the machine when it is first used."""
    _evidence()


def connect(source: Readable, companions: Mapping[str, Readable] | None = None) -> apsw.Connection:
    """
    Open a database that is only ever read.

    Args:
        source: The database.
        companions: Files that go with it by the end of their names; only ``-wal`` is used.

    Raises:
        apsw.Error: It is none, or damaged where every database begins.
    """
    names, files = f"evidence-{next(_NAMES)}", _evidence().files
    files[names] = source
    wal = (companions or {}).get("-wal")
    if wal is not None:
        files[names + "-wal"] = wal
    try:
        connection = apsw.Connection(names, flags=apsw.SQLITE_OPEN_READONLY, vfs=_Evidence.NAME)
    except BaseException:
        _forget(names)
        raise
    weakref.finalize(connection, _forget, names)
    try:
        _restrict(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _restrict(connection: apsw.Connection) -> None:
    for option in _OFF:
        connection.config(option, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    for limit, value in _LIMITS.items():
        connection.limit(limit, value)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _forget(name: str) -> None:
    _evidence().files.pop(name, None)
    _evidence().files.pop(name + "-wal", None)
