"""
How a reading of a database is counted: the tables an importer reads row by row, and where a message's text stands in them.

The rows of a database have one order, so that a record covers a half-open range ``[start, end)`` of them as it covers bytes elsewhere:
first the rows of the declared tables, table after table in the order declared, row by row by rowid; then every other table as a whole,
in the order of the schema, each as one fact with the number of its rows. A record of one row says which: `row` is the rowid, and `pointer`
is ``/table/rowid``; a record of a whole table has the pointer ``/table``.
"""

from __future__ import annotations

import msgspec


class Parts(msgspec.Struct, frozen=True):
    """Rows of another table that hold text of a row: its `column`, where its `key` is the rowid of the row."""

    table: str
    key: str
    column: str


class Table(msgspec.Struct, frozen=True):
    """
    One table an importer reads row by row.

    Attributes:
        name: Exactly as in the schema; a table that is not there has no rows.
        shown: Columns whose text a message of the row shows whole: as its text, raw or in its details.
        within: Further columns its text may be cut out of (blobs too).
        parts: Rows of another table that hold its text too, in the order of their rowid.
    """

    name: str
    shown: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    parts: Parts | None = None


def pointer(table: str, row: int | None = None) -> str:
    """Return the pointer of a table or of one of its rows (its name escaped as in RFC 6901)."""
    name = "/" + table.replace("~", "~0").replace("/", "~1")
    return name if row is None else f"{name}/{row}"
