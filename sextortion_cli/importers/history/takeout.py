"""
``{"Browser History": [{"page_transition", "title", "url", "client_id", "time_usec"}]}``, microseconds since 1970 in UTC.

Other lists beside it (typed addresses, windows that were open) are left out: they have no days by which they could be chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from sextortion_cli.importers.history.choice import HistoryChoice
from sextortion_cli.importers.history.words import VISIT
from sextortion_cli.importers.jsonchat.codes import NOT_SELECTED
from sextortion_cli.importers.jsonchat.entry import Entry, shown
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Built, Messages, Object, Shape
from sextortion_cli.importers.jsonfields.moments import MICROSECONDS, epoch
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Fact, Noise, ReadOptions, Record, Sniff

LIST: Final = "Browser History"
_ADDRESSES = ("url", "favicon_url")


class Reading(JsonImporter):
    """
    Reads one file once.

    Args:
        choice: What is shown.
    """

    id: ClassVar[str] = "chrome-takeout-json"
    shape: ClassVar[Shape] = Object({})

    def __init__(self, choice: HistoryChoice) -> None:
        self._choice = choice

    def sniff(self, source: Source) -> Sniff:
        """Claim nothing."""
        del source
        return Sniff("no")

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return the shape, whose elements ask the choice."""
        del source, options
        return Object({LIST: Messages(self._visit, first=("favicon_url", "page_transition", "title", "url"))}, other=Messages(self._other))

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the chosen visits; any other value is not shown."""
        for record in super().read(source, options):
            if type(record) is Fact and record.kind != VISIT and not record.overlay:
                self._choice.count("other-lists-left-out")
                yield Noise(record.start, record.end, NOT_SELECTED)
            else:
                yield record

    def _other(self, start: int, end: int, pointer: str | None, entry: Entry) -> Built:
        del pointer, entry
        self._choice.count("other-lists-left-out")
        return Built(Fact(start, end, VISIT), is_left_out=True)

    def _visit(self, start: int, end: int, pointer: str | None, entry: Entry) -> Built:
        field = entry.fields.get("time_usec")
        moment = None if field is None else epoch(field.plain, MICROSECONDS)
        address = entry.text("url") or ""
        if not self._choice.takes(VISIT, None if moment is None else moment.time, (address,)):
            return Built(Fact(start, end, VISIT), is_left_out=True)
        values = {key: shown(value) for key, value in entry.fields.items()}
        values |= {f"{key}#{number}": shown(value) for number, (key, value) in enumerate(entry.more, 2)}
        for key in values:
            if key.partition("#")[0] in _ADDRESSES:
                values[key] = self._choice.plain(values[key])
        if moment is not None and moment.time.utc:
            values["time"] = moment.time.utc
        problems = () if moment is not None and moment.time.utc else ("unreadable-time",)
        return Built(Fact(start, end, VISIT, "account-owner", pointer, values=values), problems)
