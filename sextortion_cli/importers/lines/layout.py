"""Where the columns of a table are, from what a person says of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from sextortion_cli.importers.lines.csvrows import DELIMITERS, Row, rows
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.lines.stamps import take
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import Encoding

_NAMED = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_LOOKED_AT = 30
_SEPARATOR_LINE = re.compile(r"sep=.\Z")


class Layout:
    """
    The columns of one table.

    Args:
        delimiter: Between two values.
        stated: What was said of the columns, by role.
        heading: The first row, when it names the columns.
        heading_start: Where that row begins, -1 when there is none.

    Attributes:
        missing: Columns that were named and are not there.
        has_time: A column with dates was named.
    """

    def __init__(self, delimiter: str, stated: dict[str, str], heading: list[str] | None, heading_start: int) -> None:
        self.delimiter = delimiter
        self.heading_start = heading_start
        names = {name.strip().casefold(): place for place, name in reversed(list(enumerate(heading or [])))}
        self._places: dict[str, int] = {}
        self.missing: list[str] = []
        for role, column in stated.items():
            place = names.get(column.casefold())
            if place is None and column.isascii() and column.isdecimal() and 0 < int(column) <= 10_000:
                place = int(column) - 1
            if place is None:
                self.missing.append(column)
            else:
                self._places[role] = place
        self._heading = heading or []
        self._used = frozenset(self._places.values())
        self.has_time = bool({"time", "date"} & self._places.keys())

    def place(self, role: str) -> int | None:
        """Return the place of the column with a role, counted from 0."""
        return self._places.get(role)

    def value(self, role: str, texts: list[str]) -> str:
        """Return the value of a row for a role, "" where it has none."""
        place = self._places.get(role)
        return texts[place] if place is not None and place < len(texts) else ""

    def time(self, texts: list[str]) -> str:
        """Return date and time of a row as written, from one column or two."""
        return self.value("time", texts) or f"{self.value('date', texts)} {self.value('clock', texts)}".strip()

    def others(self, texts: list[str]) -> dict[str, str]:
        """Return every value that is not empty and whose column has no role, under the column's name or number."""
        found: dict[str, str] = {}
        for place, text in enumerate(texts):
            if text and place not in self._used:
                name = self._heading[place].strip() if place < len(self._heading) else ""
                key = name or f"column {place + 1}"
                found[key if key not in found else f"{key} ({place + 1})"] = text
        return found


def layout_of(source: Source, encoding: Encoding, columns: Iterable[str]) -> Layout:
    """Return the layout of a table: the delimiter is the one that cuts its first rows most alike, unless it was said."""
    stated = dict(statement.partition("=")[::2] for statement in columns)
    has_heading, delimiter = stated.pop("heading", ""), _NAMED.get(stated.pop("delimiter", ""), "")
    delimiter = delimiter or max(DELIMITERS, key=lambda one: _alike(source, encoding, one))
    found = list(islice(rows(source, delimiter, encoding=encoding), 3))
    first = 1 if found and found[0].texts and _SEPARATOR_LINE.match(delimiter.join(found[0].texts)) else 0
    top = found[first] if len(found) > first and not found[first].problem else None
    if top is None or has_heading == "no":
        return Layout(delimiter, stated, None, -1)
    layout = Layout(delimiter, stated, top.texts, top.start)
    if has_heading == "yes" or first or _names_columns(layout, stated, top.texts, found[first + 1 :]):
        return layout
    return Layout(delimiter, stated, None, -1)


def _names_columns(layout: Layout, stated: dict[str, str], top: list[str], below: list[Row]) -> bool:
    """Say whether the first row names the columns: one was said by its name, or it has no time where the others have one."""
    names = {text.strip().casefold() for text in top}
    if any(column.casefold() in names for column in stated.values()):
        return True
    following = below[0].texts if below else []
    if layout.has_time:
        return not _is_time(layout.time(top)) and _is_time(layout.time(following))
    unix = layout.value("unix", following)
    return bool(unix) and unix.strip().isdecimal() and not layout.value("unix", top).strip().isdecimal()


def _is_time(written: str) -> bool:
    time = moment(written)
    return bool(time.local or time.utc or take(written))


def _alike(source: Source, encoding: Encoding, delimiter: str) -> tuple[int, int]:
    """Return how many of the first rows have the commonest number of values, and that number; rows of one value count for nothing."""
    counts = Counter(len(row.texts) for row in islice(rows(source, delimiter, encoding=encoding), _LOOKED_AT) if len(row.texts) > 1)
    if not counts:
        return 0, 0
    number, times = max(counts.items(), key=lambda item: (item[1], item[0]))
    return times, number
