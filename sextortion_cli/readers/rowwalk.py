"""The rows of a database as the independent account sees them: every rowid, and the bytes of the cells that hold text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import apsw

from sextortion_cli.model.tables import Parts, Table, pointer


class Cells(NamedTuple):
    """
    The bytes of one row that count.

    Attributes:
        shown, within: Of the declared columns, in their order.
        parts: Of the rows of another table that belong to it.
        known: False where they could not be read: then nothing is proved of them.
    """

    shown: tuple[bytes | None, ...] = ()
    within: tuple[bytes | None, ...] = ()
    parts: tuple[bytes, ...] = ()
    known: bool = True

    def all(self) -> Iterator[bytes]:
        """Yield every cell that holds something."""
        for cell in (*self.shown, *self.within, *self.parts):
            if cell:
                yield cell


_NOTHING = Cells()
_UNKNOWN = Cells(known=False)


class Walk(NamedTuple):
    """One table: how its texts are encoded, how many rows it has where they are only counted, and its rows."""

    table: str
    encoding: str
    length: int
    rows: Iterator[tuple[int | None, Cells]]


def walks(connect: Callable[[], apsw.Connection], tables: Sequence[Table], damaged: set[str]) -> Iterator[Walk]:
    """Yield every table in the order of `model/tables.py`; add to `damaged` the pointers of those that could not be read whole."""
    try:
        base = connect()
        names = _names(base)
        encoding = str(_one(base, "PRAGMA encoding")).replace("UTF-16", "UTF-16-")
    except (apsw.Error, UnicodeDecodeError):
        damaged.add("")
        return
    declared = {table.name for table in tables}
    for table in tables:
        if table.name in names:
            yield Walk(table.name, encoding, 0, _Rows(base, table, damaged).steps())
            if not _is_sound(base, table.name):
                damaged.add(pointer(table.name))
    for name in names:
        if name not in declared:
            try:
                count = int(_one(base, f"SELECT count(*) FROM {_sql(name)} NOT INDEXED"))
            except apsw.Error:
                damaged.add(pointer(name))
                continue
            yield Walk(name, encoding, count, repeat((None, _NOTHING), count))
    base.close()


def _names(base: apsw.Connection) -> list[str]:
    """Return the tables that hold rows of their own, but SQLite's."""
    found = base.execute("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'").fetchall()
    return [str(name) for name, page in found if page and not str(name).startswith("sqlite_")]


def _is_sound(base: apsw.Connection, table: str) -> bool:
    """Have SQLite check a table's pages: damage can take rows away without any of them failing to be read. What it says of values is no damage."""
    try:
        found = base.execute(f"PRAGMA quick_check({_sql(table)})").fetchall()
    except (apsw.Error, UnicodeDecodeError):
        return False
    return all(str(line).startswith(("ok", "NULL value in", "CHECK constraint", "non-")) for (line,) in found)


def _one(base: apsw.Connection, sql: str) -> Any:
    return base.execute(sql).fetchall()[0][0]


def _sql(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _text(cell: str) -> str:
    """Return the bytes of a cell that holds text or bytes; a number is none."""
    return f"CASE WHEN typeof({cell}) IN ('text', 'blob') THEN CAST({cell} AS BLOB) END"


class _Rows:
    """Steps over the rows of one table by rowid."""

    def __init__(self, base: apsw.Connection, table: Table, damaged: set[str]) -> None:
        self._base = base
        self._damaged = damaged
        self._pointer = pointer(table.name)
        try:
            columns = [str(row[1]) for row in base.execute(f"PRAGMA table_info({_sql(table.name)})")]
        except (apsw.Error, UnicodeDecodeError):
            columns = []  # its rows can still be counted
        lowered = {column.lower() for column in columns}
        key = "_rowid_" if "_rowid_" not in lowered else "rowid" if "rowid" not in lowered else "oid"
        shown = [name for name in table.shown if name in columns]
        within = [name for name in table.within if name in columns]
        self._width = len(shown)
        wanted = "".join(f", {_text(_sql(name))}" for name in shown + within)
        self._all = f"SELECT {key}{wanted} FROM {_sql(table.name)} NOT INDEXED WHERE {key} >= ? ORDER BY {key}"
        self._next = f"SELECT {key} FROM {_sql(table.name)} NOT INDEXED WHERE {key} >= ? ORDER BY {key} LIMIT 1"
        self._parts = _parts(base, table.parts) if table.parts else None
        self._ahead: tuple[int, bytes] | None = None

    def steps(self) -> Iterator[tuple[int, Cells]]:
        """Yield (rowid, cells) of every row that can be reached."""
        at, end = -(1 << 63), (1 << 63) - 1
        while at <= end:
            try:
                rows: Iterator[Any] = self._base.execute(self._all, (at,))
                for row in rows:
                    if row[0] < at:
                        raise apsw.CorruptError  # out of order: it would be met twice
                    at = row[0] + 1
                    yield row[0], self._cells(row)
                return
            except apsw.Error:
                pass
            try:
                found = self._from(at)
            except apsw.Error:
                self._damaged.add(self._pointer)
                found = self._leap(at, end)
            if not found or found[0][0] < at:
                return
            at = found[0][0] + 1
            yield found[0][0], _UNKNOWN

    def _from(self, at: int) -> list[Any]:
        found: list[Any] = self._base.execute(self._next, (at,)).fetchall()
        return found

    def _leap(self, at: int, end: int) -> list[Any]:
        """Return the first row beyond a place where none can be reached."""
        good: list[Any] = []
        at, near, far = max(at, 0), 0, 1  # rowids begin at 1 but for those somebody chose
        while at + far <= end:
            try:
                good = self._from(at + far)
                break
            except apsw.Error:
                near, far = far, far * 2
        if not good:
            return []
        far = good[0][0] - at
        while far - near > 1:
            step = near + (far - near) // 2
            try:
                good = self._from(at + step) or good
                far = step
            except apsw.Error:
                near = step
        return good

    def _cells(self, row: tuple[Any, ...]) -> Cells:
        parts: tuple[bytes, ...] = ()
        if self._parts is not None:
            try:
                parts = self._of(row[0])
            except apsw.Error:
                self._parts = None
                return _UNKNOWN
        return Cells(row[1 : 1 + self._width], row[1 + self._width :], parts)

    def _of(self, rowid: int) -> tuple[bytes, ...]:
        """Return the parts of a row; they come in the order of what they belong to, so each is looked at once."""
        assert self._parts is not None
        found: list[bytes] = []
        while True:
            part = self._ahead or next(self._parts, None)
            self._ahead = part
            if part is None or part[0] > rowid:
                return tuple(found)
            self._ahead = None
            if part[0] == rowid:
                found.append(part[1])


def _parts(base: apsw.Connection, parts: Parts) -> Iterator[tuple[int, bytes]]:
    key, column = _sql(parts.key), _sql(parts.column)
    # Sorted by key and place alone (LIMIT keeps that a query of its own): what is sorted is held in memory.
    order = (
        f"SELECT CAST({key} AS INTEGER) AS k, _rowid_ AS r FROM {_sql(parts.table)} WHERE typeof({column}) IN ('text', 'blob') "
        f"AND {key} IS NOT NULL ORDER BY k, r LIMIT -1"
    )
    try:
        yield from base.execute(
            f"SELECT s.k, {_text('t.' + column)} FROM ({order}) AS s CROSS JOIN {_sql(parts.table)} AS t ON t._rowid_ = s.r"
        )
    except apsw.SQLError:
        return  # there is no such table or column
