"""One pass over the rows of a database in the order `model/tables.py` gives them, whatever is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import apsw

from sextortion_cli.importers.rows.faults import DEFECTS, GAPS
from sextortion_cli.importers.rows.wal import inspect
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, Fact, Gap
from sextortion_cli.model.tables import pointer

MAGIC = b"SQLite format 3\0"
Cells = dict[str, Any]
"""What stands in a row by column, without what says nothing: NULL, 0 and empty. `BadText` where text is not valid Unicode."""
_FIRST, _LAST = -(1 << 63), (1 << 63) - 1


class BadText(bytes):
    """The bytes of a text that is not valid in the database's encoding."""


class Damaged(Exception):
    """Nothing of the database can be read."""


class Row:
    """One row: where it stands among all rows, its rowid, its pointer's table and its cells."""

    __slots__ = ("cells", "id", "start", "table")

    def __init__(self, start: int, table: str, rowid: int, cells: Cells) -> None:
        self.start = start
        self.table = table
        self.id = rowid
        self.cells = cells

    @property
    def pointer(self) -> str:
        """Return the pointer of a record of this row."""
        return f"/{self.table}/{self.id}"


def quoted(name: str) -> str:
    """Return a name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


class Database:
    """
    A database on its way through a reader.

    Attributes:
        columns: Of each table with rows of its own, in the order of the schema.
        position: How many rows have been handed out: where the next record begins.

    Raises:
        Damaged: Nothing of it can be read.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self.position = 0
        self.columns: dict[str, tuple[str, ...]] = {}
        self._read: set[str] = set()
        try:
            self.connection = source.database()
        except apsw.Error:
            raise Damaged from None
        try:
            names = self.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0").fetchall()
            self.columns = {str(name): self._columns(str(name)) for (name,) in names if not str(name).startswith("sqlite_")}
        except (apsw.Error, UnicodeDecodeError):
            self.close()
            raise Damaged from None

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()

    def _columns(self, table: str) -> tuple[str, ...]:
        try:
            found = self.connection.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
        except (apsw.Error, UnicodeDecodeError):
            return ()
        return tuple(str(column[1]) for column in found)

    def beginning(self) -> Iterator[Defect | Gap]:
        """Say what the file and its write-ahead log say of how complete they are."""
        log = self._source.companions.get("-wal")
        if log is None and self._source.read_at(18, 2) == b"\2\2":
            yield Gap("wal-missing", GAPS["wal-missing"])
        if log is not None:
            found = inspect(log)
            if found.damaged:
                yield Defect(0, 0, "wal-damaged", DEFECTS["wal-damaged"], overlay=True)
            if found.committed:
                yield Gap("wal-read", GAPS["wal-read"])
            if found.frames > found.committed:
                yield Gap("wal-unfinished", GAPS["wal-unfinished"])

    def rows(self, table: str) -> Iterator[Row | Defect]:
        """Yield the rows of a table by rowid. A row that cannot be read is a defect that covers it; rows that cannot be reached, one that covers none."""
        self._read.add(table)
        columns = self.columns.get(table)
        if columns is None:
            return
        walk = _Walk(self.connection, table, columns)
        try:
            for rowid, cells in walk:
                start = self.position
                if rowid is not None and cells is not None:
                    self.position = start + 1
                    yield Row(start, table, rowid, cells)
                elif rowid is not None:
                    self.position = start + 1
                    yield Defect(start, start + 1, "row-unreadable", DEFECTS["row-unreadable"], pointer=pointer(table, rowid), row=rowid)
                else:
                    yield Defect(start, start, "rows-unreadable", DEFECTS["rows-unreadable"], overlay=True, pointer=pointer(table))
        except apsw.Error:
            yield Defect(
                self.position, self.position, "table-unreadable", DEFECTS["table-unreadable"], overlay=True, pointer=pointer(table)
            )

    def others(self) -> Iterator[Fact | Defect]:
        """Yield a fact for every table that was not read row by row: what it is called, its columns, how many rows it has."""
        for table, columns in self.columns.items():
            if table in self._read:
                continue
            start = self.position
            try:
                found: list[Any] = self.connection.execute(f"SELECT count(*) FROM {quoted(table)} NOT INDEXED").fetchall()
            except apsw.Error:
                yield Defect(start, start, "table-unreadable", DEFECTS["table-unreadable"], overlay=True, pointer=pointer(table))
                continue
            if count := int(found[0][0]):
                self.position = start + count
                values = {"table": table, "rows": str(count), "columns": ", ".join(columns)}
                yield Fact(start, start + count, "table-not-read", pointer=pointer(table), values=values)


class _Walk:
    """Steps through a table, around what is damaged: yields (rowid, cells), (rowid, None) for a bad row, (None, None) for lost rows."""

    def __init__(self, connection: apsw.Connection, table: str, columns: tuple[str, ...]) -> None:
        self._connection = connection
        self._columns = columns
        taken = {column.lower() for column in columns}
        self._rowid = next((name for name in ("_rowid_", "rowid", "oid") if name not in taken), "_rowid_")
        self._from = f"FROM {quoted(table)} NOT INDEXED WHERE {self._rowid}"  # an index may lack what the table has
        self._plain = f"SELECT {', '.join((self._rowid, *map(quoted, columns)))} {self._from} >= ? ORDER BY {self._rowid}"
        careful = ", ".join(
            f"typeof({name}), CASE typeof({name}) WHEN 'text' THEN CAST({name} AS BLOB) ELSE {name} END" for name in map(quoted, columns)
        )
        self._careful = f"SELECT {', '.join((self._rowid, careful))} {self._from} >= ? ORDER BY {self._rowid}"
        self._next_id = f"SELECT {self._rowid} {self._from} >= ? ORDER BY {self._rowid} LIMIT 1"
        self._encoding = str(connection.execute("PRAGMA encoding").fetchall()[0][0]).replace("UTF-16", "UTF-16-")

    def __iter__(self) -> Iterator[tuple[int | None, Cells | None]]:
        at, rows = _FIRST, self._plainly
        while at <= _LAST:
            try:
                for rowid, cells in rows(at):
                    if rowid < at:
                        raise apsw.CorruptError  # out of order: a damaged page leads back
                    at = rowid + 1
                    yield rowid, cells
                return
            except UnicodeDecodeError:
                rows = self._carefully
                continue
            except apsw.Error:
                pass
            try:
                found = self._first_from(at)
            except apsw.Error:
                found = self._beyond(at)
                yield None, None
            if found is None:
                return
            if found < at:
                yield None, None
                return
            at = found + 1
            yield found, self._row(found)

    def _plainly(self, at: int) -> Iterator[tuple[int, Cells | None]]:
        columns = self._columns
        for rowid, *values in self._connection.execute(self._plain, (at,)):
            yield rowid, {name: value for name, value in zip(columns, values, strict=True) if value} if columns else None

    def _carefully(self, at: int) -> Iterator[tuple[int, Cells | None]]:
        """Yield rows whose texts may be no Unicode."""
        for rowid, *values in self._connection.execute(self._careful, (at,)):
            kinds = zip(self._columns, values[::2], values[1::2], strict=True)
            yield rowid, {name: self._text(value) if kind == "text" else value for name, kind, value in kinds if value}

    def _first_from(self, at: int) -> int | None:
        """Return the rowid of the first row from `at`, without looking at its cells."""
        found: list[Any] = self._connection.execute(self._next_id, (at,)).fetchall()
        return int(found[0][0]) if found else None

    def _beyond(self, at: int) -> int | None:
        """Return the first rowid that can be reached again beyond a damaged place, by ever longer steps and then shorter ones."""
        short, found = 0, None
        at = max(at, 0)  # few tables have negative rowids, and from the smallest one steps would never get anywhere
        for power in range(63):
            if at + (1 << power) > _LAST:
                break
            try:
                found = self._first_from(at + (1 << power))
                break
            except apsw.Error:
                short = 1 << power
        if found is None:
            return None
        long = found - at
        while long - short > 1:
            middle = (short + long) // 2
            try:
                found = self._first_from(at + middle) or found
                long = middle
            except apsw.Error:
                short = middle
        return found

    def _row(self, rowid: int) -> Cells | None:
        """Return one row; None when it cannot be read."""
        try:
            found, cells = next(self._carefully(rowid), (None, None))
        except apsw.Error:
            return None
        return cells if found == rowid and self._columns else None

    def _text(self, value: bytes) -> str | BadText:
        try:
            return value.decode(self._encoding)
        except UnicodeDecodeError:
            return BadText(value)
