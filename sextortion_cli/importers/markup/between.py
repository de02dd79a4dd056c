"""What stands outside the messages of a page: structure, what the importer knows, and text nobody expected, which is never left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sextortion_cli.importers.markup.rules import STRUCTURE
from sextortion_cli.importers.markup.tags import BLANK, TOKEN
from sextortion_cli.model.reading import Defect, Noise, Record

UNREAD = "unread-text"


class Between:
    """
    Accounts for stretches of a page without messages.

    Args:
        known: Patterns of what the importer knows, by the code of noise; each begins with ``<``.
        unread: What the defect says that covers text nobody expected.
    """

    def __init__(self, known: Mapping[str, re.Pattern[bytes]], unread: str) -> None:
        self._known = tuple(known.items())
        self._unread = unread

    def records(self, data: bytes, base: int, line: int | None = None) -> Iterator[Record]:
        """Yield records that tile `data`, which stands at `base`: noise, and one defect for each stretch of unexpected text."""
        done = place = 0
        first = last = -1  # unexpected text from `first` up to `last`, with the tags inside it
        while place < len(data):
            code, end = self._piece(data, place)
            if code == UNREAD:
                first, last = (place if first < 0 else first), end
            elif code != STRUCTURE:
                yield from self._flush(base, done, place, first, last, line)
                yield Noise(base + place, base + end, code)
                done, first = end, -1
            place = end
        yield from self._flush(base, done, place, first, last, line)

    def _piece(self, data: bytes, place: int) -> tuple[str, int]:
        """Return what stands at `place`, and where it ends."""
        if data[place] == 0x3C:
            for code, pattern in self._known:
                found = pattern.match(data, place)
                if found is not None and found.end() > place:
                    return code, found.end()
            tag = TOKEN.match(data, place)
            if tag is not None:
                return STRUCTURE, tag.end()
        end = data.find(b"<", place + 1)
        end = len(data) if end < 0 else end
        return (STRUCTURE if BLANK.fullmatch(data, place, end) else UNREAD), end

    def _flush(self, base: int, done: int, place: int, first: int, last: int, line: int | None) -> Iterator[Record]:
        if first < 0:
            first = last = place
        if first > done:
            yield Noise(base + done, base + first, STRUCTURE)
        if last > first:
            yield Defect(base + first, base + last, UNREAD, self._unread, line=line)
        if place > last:
            yield Noise(base + last, base + place, STRUCTURE)
