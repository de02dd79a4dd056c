"""The pages that visits belong to, and the like."""

from __future__ import annotations

from typing import Any

import apsw

from sextortion_cli.importers.browser.layouts import Layout, Of
from sextortion_cli.importers.rows.database import Database, quoted
from sextortion_cli.importers.rows.values import told


class Parents:
    """The rows that rows of one table belong to, looked up one by one."""

    def __init__(self, database: Database, layout: Layout, of: Of) -> None:
        self._connection = database.connection
        self._layout = layout
        self._sql = ""
        parent = next((item for item in layout.tables if item.table == of.parents), None)
        known = database.columns.get(of.parents or "", ())
        if parent is not None and known:
            names = [*(name for name in parent.urls if name in known)]
            self._width = len(names)
            names.append(parent.time if parent.time is not None and parent.time in known else "NULL")
            wanted = ", ".join(name if name == "NULL" else quoted(name) for name in names)
            self._sql = f"SELECT {wanted} FROM {quoted(parent.table)} WHERE _rowid_ = ?"

    def of(self, number: Any) -> tuple[tuple[str, ...], Any]:
        """Return the addresses and the moment of a row's parent."""
        if not self._sql or not isinstance(number, int):
            return (), None
        try:
            found: list[Any] = self._connection.execute(self._sql, (number,)).fetchall()
        except (apsw.Error, UnicodeDecodeError):
            return (), None
        if not found:
            return (), None
        row = found[0]
        return tuple(told(url) for url in row[: self._width] if url), self._layout.moment(row[self._width])
