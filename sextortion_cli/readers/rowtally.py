"""
The independent account of a reading of a database: whether every row stands in one record, and a message's text is what its row holds.

It asks SQLite its own questions over a connection of its own, and shares nothing with the readers but the engine. The order of the rows
is that of `model/tables.py`. Where the database is damaged it steps over what cannot be reached as long as rows come after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sextortion_cli.model.reading import Defect, Fact, Message, Noise, Record, Units
from sextortion_cli.model.tables import Table, pointer
from sextortion_cli.readers.noise import NOT_SELECTED
from sextortion_cli.readers.rowcheck import holds, leaves_out
from sextortion_cli.readers.rowwalk import Cells, Walk, walks
from sextortion_cli.words import N_

if TYPE_CHECKING:
    import apsw

WHAT = {
    "unaccounted-rows": N_("No record of the reader covers these rows."),
    "overlapping-ranges": N_("A record covers rows that another record before it covers."),
    "impossible-range": N_("A record covers no rows, or rows the database does not have."),
    "another-row": N_("A record names another row than the one it covers."),
    "undeclared-noise": N_("Rows left out as meaningless are none that the person left out."),
    "text-not-in-row": N_("The text of a message does not stand in its row."),
    "text-left-out": N_("A text of the row is not shown in its message."),
    "rows-unreadable": N_("Rows of a table could not be reached: the database is damaged there."),
}


class RowTally:
    """
    Balances one reading; feed it every record in order. The same calls as `tally.Tally`.

    Args:
        connect: Opens the database for this account alone.
        tables: What the importer declared.
        selecting: False when the person chose nothing to leave out: then ``not-selected`` is no excuse.
    """

    def __init__(self, connect: Callable[[], apsw.Connection], tables: Sequence[Table], *, selecting: bool = True) -> None:
        self._selecting = selecting
        self._damaged: set[str] = set()
        self._walks = walks(connect, tables, self._damaged)
        self._walk: Walk | None = None
        self._position = self._uncovered = 0
        self._messages = self._noise = self._facts = self._defects = 0
        self._told: set[str] = set()
        self.findings = 0

    @property
    def is_balanced(self) -> bool:
        """Say whether every row is covered once, by a record that it bears out; ask after `finish`."""
        return self.findings == 0

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield `records` with the tally's own defects among them, and what is missing at the end."""
        for record in records:
            yield from self.feed(record)
        yield from self.finish()

    def take(self, records: list[Record]) -> list[Record]:
        """Take the next records, in order; return what to pass on instead: them, and any defects found among them."""
        return [passed for record in records for passed in self.feed(record)]

    def feed(self, record: Record) -> Sequence[Record]:
        """Take the next record; return what to pass on instead: it, and any defects found before or about it."""
        if isinstance(record, Message):
            self._messages += 1
        elif isinstance(record, Noise):
            self._noise += 1
        elif isinstance(record, Fact):
            self._facts += 1
            if record.overlay:
                return (record,)
        elif isinstance(record, Defect):
            self._defects += 1
            if record.overlay:
                self._told.add(record.pointer or "")
                return (record,)
        else:
            return (record,)
        start, end = record.start, record.end
        if not 0 <= start < end:
            return (record, self._overlay(start, start, "impossible-range"))
        found: list[Record] = []
        if start > self._position:
            found += self._missing(start - self._position)
        elif start < self._position:
            return (record, self._overlay(start, end, "overlapping-ranges"))
        return (*found, record, *self._covered(record, end - start))

    def finish(self) -> list[Record]:
        """Return the last defects: the account is closed, and rows no record came for are counted."""
        return [*self._missing(None), *self._unreadable()]

    def units(self) -> Units:
        """Return the account. `covered` is less than `total` by every row that no record, or a false one, covers."""
        return Units(
            "rows",
            self._position,
            self._position - self._uncovered,
            messages=self._messages,
            noise=self._noise,
            defects=self._defects,
            facts=self._facts,
        )

    def _advance(self) -> tuple[Walk, int | None, Cells] | None:
        """Go to the next row; None after the last."""
        while True:
            if self._walk is None:
                self._walk = next(self._walks, None)
                if self._walk is None:
                    return None
            walk = self._walk
            row = next(walk.rows, None)
            if row is not None:
                self._position += 1
                return walk, row[0], row[1]
            self._walk = None

    def _covered(self, record: Message | Fact | Noise | Defect, count: int) -> list[Record]:
        """Check one record against the rows it covers."""
        start = self._position
        place = self._advance()
        if place is None:
            return [self._overlay(start, start, "impossible-range")]
        walk, rowid, cells = place
        code = self._differs(record, walk, rowid, cells, count)
        while code is None and self._position - start < count:
            further = self._advance()
            if further is None or (further[0] is not walk and not isinstance(record, Noise)):
                code = "impossible-range"
        if code is None:
            return []
        self._uncovered += self._position - start
        return [self._overlay(start, self._position, code)]

    def _differs(self, record: Message | Fact | Noise | Defect, walk: Walk, rowid: int | None, cells: Cells, count: int) -> str | None:
        if isinstance(record, Noise):
            return None if record.code == NOT_SELECTED and self._selecting else "undeclared-noise"
        if record.pointer != pointer(walk.table, rowid) or record.row != rowid:
            return "another-row"
        if count != (walk.length if rowid is None else 1):
            return "impossible-range"
        if isinstance(record, Message) and cells.known:
            if not holds(record, cells, walk.encoding):
                return "text-not-in-row"
            if leaves_out(record, cells, walk.encoding):
                return "text-left-out"
        return None

    def _missing(self, count: int | None) -> list[Record]:
        """Go over rows no record covers, `count` of them or all that are left; say so table by table."""
        found: list[Record] = []
        start, walk = self._position, self._walk
        while count is None or count > 0:
            place = self._advance()
            end = self._position - (place is not None)
            if (place is None or place[0] is not walk) and end > start:
                found.append(self._unaccounted(start, end, walk))
                start = end
            if place is None:
                break
            walk = place[0]
            count = None if count is None else count - 1
        if self._position > start:
            found.append(self._unaccounted(start, self._position, walk))
        return found

    def _unreadable(self) -> list[Record]:
        """Say which tables could not be read whole, where the reader did not."""
        untold = sorted(self._damaged - self._told)
        return [replace(self._overlay(self._position, self._position, "rows-unreadable"), pointer=at or None) for at in untold]

    def _unaccounted(self, start: int, end: int, walk: Walk | None) -> Defect:
        self._uncovered += end - start
        self._count_finding()
        at = None if walk is None else pointer(walk.table)
        return Defect(start, end, "unaccounted-rows", WHAT["unaccounted-rows"], pointer=at)

    def _overlay(self, start: int, end: int, code: str) -> Defect:
        self._count_finding()
        return Defect(start, max(start, end), code, WHAT[code], overlay=True)

    def _count_finding(self) -> None:
        self.findings += 1
        self._defects += 1
