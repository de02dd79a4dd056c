"""What stands outside the messages of a page: structure, what the importer knows, and text nobody expected, which is never left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sextortion_cli.importers.markup.rules import STRUCTURE
from sextortion_cli.importers.markup.tags import BLANK, TOKEN
from sextortion_cli.importers.markup.words import decoded
from sextortion_cli.model.reading import Defect, Fact, Noise, Record

UNREAD = "unread-text"
PAGE_TEXT = "page-text"


class Between:
    """
    Accounts for stretches of a page without messages.

    Args:
        known: Patterns of what is noise, by its code; each begins with ``<``.
        unread: What the defect says that covers text nobody expected.
        facts: Patterns of what is kept as a fact, by its kind: its values are the pattern's groups.
    """

    def __init__(self, known: Mapping[str, re.Pattern[bytes]], unread: str, facts: Mapping[str, re.Pattern[bytes]] | None = None) -> None:
        self._known = tuple(known.items())
        self._facts = facts or {}
        self._unread = unread

    def records(self, data: bytes, base: int, line: int | None = None) -> Iterator[Record]:
        """
        Yield records that tile `data`, which stands at `base`.

        They are noise, facts, and one defect for each stretch of unexpected text. What stands before all messages (`base` 0) is no part of
        one that was damaged: text there is what the page says of itself, and is kept as a fact.
        """
        done = place = 0
        first = last = -1  # unexpected text from `first` up to `last`, with the tags inside it
        said: list[str] = []
        while place < len(data):
            code, end, match = self._piece(data, place)
            if code == UNREAD:
                first, last = (place if first < 0 else first), end
                said += [decoded(data[place:end]).strip()] if base == 0 else []
            elif code != STRUCTURE:
                yield from self._flush(base, done, place, first, last, said, line)
                yield self._known_piece(code, base + place, base + end, match)
                done, first, said = end, -1, []
            place = end
        yield from self._flush(base, done, place, first, last, said, line)

    def _piece(self, data: bytes, place: int) -> tuple[str, int, re.Match[bytes] | None]:
        """Return what stands at `place`, where it ends, and how it was recognised."""
        if data[place] == 0x3C:
            for code, pattern in (*self._known, *self._facts.items()):
                found = pattern.match(data, place)
                if found is not None and found.end() > place:
                    return code, found.end(), found
            tag = TOKEN.match(data, place)
            if tag is not None:
                return STRUCTURE, tag.end(), None
        end = data.find(b"<", place + 1)
        end = len(data) if end < 0 else end
        return (STRUCTURE if BLANK.fullmatch(data, place, end) else UNREAD), end, None

    def _known_piece(self, code: str, start: int, end: int, match: re.Match[bytes] | None) -> Record:
        if code not in self._facts or match is None:
            return Noise(start, end, code)
        values = {key: " ".join(decoded(value).split()) for key, value in match.groupdict().items() if value}
        return Fact(start, end, code, values={key: value for key, value in values.items() if value})

    def _flush(self, base: int, done: int, place: int, first: int, last: int, said: list[str], line: int | None) -> Iterator[Record]:
        if first < 0:
            first = last = place
        if first > done:
            yield Noise(base + done, base + first, STRUCTURE)
        if last > first and base == 0 and self._facts:
            yield Fact(first, last, PAGE_TEXT, line=line, values={"text": "\n".join(filter(None, said))})
        elif last > first:
            yield Defect(base + first, base + last, UNREAD, self._unread, line=line)
        if place > last:
            yield Noise(base + last, base + place, STRUCTURE)
