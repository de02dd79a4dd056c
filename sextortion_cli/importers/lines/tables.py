"""The part of reading a CSV export that all of them share: heading, empty rows, rows that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sextortion_cli.importers.lines.csvrows import Heading, Row, rows
from sextortion_cli.importers.lines.emit import unread, valid
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import Encoding, encoding_of
from sextortion_cli.model.reading import Defect, Fact, Noise


class Values:
    """
    The values of one row by the names of their columns (lower case).

    Attributes:
        row: The row.
    """

    __slots__ = ("_places", "row")

    def __init__(self, row: Row, places: Mapping[str, int]) -> None:
        self.row = row
        self._places = places

    def __getitem__(self, name: str) -> str:
        """Return a value, "" where there is no such column."""
        place = self._places.get(name)
        return "" if place is None else self.row.texts[place]

    def raw(self, name: str) -> str | None:
        """Return a value as it stands in the file, None where that is the same."""
        place = self._places.get(name)
        return None if place is None or self.row.raws[place] == self.row.texts[place] else self.row.raws[place]

    def others(self, *names: str) -> dict[str, str]:
        """Return every value that is not empty and not of these columns."""
        return {name: self.row.texts[place] for name, place in self._places.items() if name not in names and self.row.texts[place]}


def places_of(heading: Heading) -> dict[str, int]:
    """Return the place of every column by its name in lower case; a name that stands twice is numbered."""
    found: dict[str, int] = {}
    for place, name in enumerate(heading.names):
        key = name.casefold() or f"column {place + 1}"
        found[key if key not in found else f"{key} ({place + 1})"] = place
    return found


def read_rows(
    source: Source,
    heading: Heading,
    needed: int,
    opening: re.Pattern[str] | None = None,
    encoding: Encoding | None = None,
    known: frozenset[str] | None = None,
) -> Iterator[Row | Noise | Fact | Defect]:
    """
    Yield the heading as noise (as a fact where it names columns that are not `known`), every row with as many values as there are columns, and the noise and defects between them.

    Args:
        needed: How many values a row must have; what is missing behind them is empty.
    """
    width = len(heading.names)
    if known is None or {name.casefold() for name in heading.names} <= known:
        yield Noise(0, heading.end, "heading")
    else:
        yield Fact(0, heading.end, "columns", line=1, values={str(at): valid(name) for at, name in enumerate(heading.names, 1)})
    for row in rows(source, heading.delimiter, heading.end, heading.next_line, opening, encoding or encoding_of(source)):
        if row.problem is not None:
            yield unread(row.start, row.end, row.problem, row.line)
        elif not any(text.strip(" \t\r\n") for text in row.texts):
            yield Noise(row.start, row.end, "blank-row")
        elif len(row.texts) < needed or any(row.texts[width:]):
            yield unread(row.start, row.end, "wrong-columns", row.line)
        else:
            missing = [""] * (width - len(row.texts))
            yield Row(row.start, row.end, row.line, row.raws[:width] + missing, row.texts[:width] + missing)
