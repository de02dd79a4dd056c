"""Rows of one table that belong to rows of another, looked up in step with a pass over the other: nothing is held but the next of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import apsw

from sextortion_cli.importers.rows.database import Database, quoted


class Links:
    """
    What belongs to each row of a table that is read by rowid.

    Args:
        database: The database.
        table, key: Where the links stand, and the column with the rowid they belong to.
        columns: What of them is wanted. Links of one row come in the order they were made.

    Attributes:
        strays: Links that belong to no row asked for so far.
        is_damaged: The table could not be read to its end.
    """

    def __init__(self, database: Database, table: str, key: str, columns: tuple[str, ...]) -> None:
        self.strays = 0
        self.is_damaged = False
        self._ahead: tuple[Any, ...] | None = None
        self._rows: Iterator[tuple[Any, ...]] = iter(())
        known = database.columns.get(table, ())
        if key in known:
            wanted = ", ".join(f"t.{quoted(name)}" if name in known else "NULL" for name in columns)
            # Only keys are sorted (LIMIT keeps the inner query one of its own), since sorting takes memory where there is no index.
            places = f"SELECT {quoted(key)} AS k, _rowid_ AS r FROM {quoted(table)} ORDER BY k, r LIMIT -1"
            sql = f"SELECT s.k, {wanted} FROM ({places}) AS s CROSS JOIN {quoted(table)} AS t ON t._rowid_ = s.r"
            self._rows = self._guarded(database.connection, sql)
            self._ahead = next(self._rows, None)

    def _guarded(self, connection: apsw.Connection, sql: str) -> Iterator[tuple[Any, ...]]:
        try:
            yield from connection.execute(sql)
        except (apsw.Error, UnicodeDecodeError):
            self.is_damaged = True

    def of(self, rowid: int) -> list[tuple[Any, ...]]:
        """Return what belongs to a row; rows must be asked for in ascending order."""
        link = self._ahead
        if link is None or (type(link[0]) is int and link[0] > rowid):
            return []
        found: list[tuple[Any, ...]] = []
        while link is not None and not (isinstance(link[0], int) and link[0] > rowid) and not isinstance(link[0], str | bytes):
            if link[0] == rowid:
                found.append(link[1:])
            else:
                self.strays += 1
            link = next(self._rows, None)
        self._ahead = link
        return found

    def finish(self) -> None:
        """Count what is left as strays."""
        self.strays += (self._ahead is not None) + sum(1 for _ in self._rows)
        self._ahead = None
