"""
The engine over the finders: which texts can hold something, what each finder says of them, and which of two overlapping hits stands.

Most messages hold no identifier. So many texts are looked through at once for the finders' triggers, and only those that show one are
given to the finders whose trigger it is.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import re2

from sextortion_cli.extract.finders.base import LONGEST, WINDOW, Finder, finders
from sextortion_cli.extract.linear import thrifty
from sextortion_cli.model.identifier import SURE, Hit, Scope

#: No pattern matches across it: a NUL ends every text that is searched together with others.
_BETWEEN = b"\x00"
_ANYWHERE = re2._Anchor.UNANCHORED
#: What may stand inside an address and still be an identifier of its own: it has check digits, or the address exists to carry it.
_WITHIN_ADDRESS = frozenset(("btc", "eth", "tron", "ltc", "doge", "xmr", "sol", "ton", "tx"))
_ADDRESSES = frozenset(("url", "profile", "payment-handle"))


class Identify:
    """
    Finds identifiers in texts.

    Args:
        chosen: The finders to ask, by id; all of them when None.
    """

    def __init__(self, chosen: Mapping[str, Finder] | None = None) -> None:
        self._finders = list((finders() if chosen is None else chosen).values())
        self._families = [
            (_engine(hint) if hint else None, [(finder, _engine(finder.trigger)) for finder in self._finders if finder.hint == hint])
            for hint in sorted({finder.hint for finder in self._finders})
        ]

    def prepare(self) -> None:
        """Load what finding needs: called before the child loses the right to open files."""
        for finder in self._finders:
            finder.prepare()

    def candidates(self, texts: Sequence[str]) -> Iterator[tuple[int, list[Finder]]]:
        """Yield the places of the texts in which something may be found, each with the finders that may find it."""
        encoded = [text.encode() for text in texts]
        asked: dict[int, list[Finder]] = {}
        together = _together(encoded)
        places: Sequence[int]
        for hint, family in self._families:
            places, shown = range(len(encoded)), together
            if hint is not None:
                places = list(_matched(hint, *together))
                shown = _together([encoded[place] for place in places])
            for finder, trigger in family:
                for number in _matched(trigger, *shown):
                    asked.setdefault(places[number], []).append(finder)
        yield from sorted(asked.items(), key=lambda item: item[0])

    def hits(self, text: str, scope: Scope, asked: Sequence[Finder] | None = None) -> Iterator[Hit]:
        """
        Yield what one text holds, in its order; where hits overlap, the one that is believed more, then the longer one, stands.

        Args:
            asked: The finders that may find something in it, as `candidates` says; without it they are looked for.
        """
        if asked is None:
            asked = next((finders for _, finders in self.candidates([text])), ())
        if len(text) <= WINDOW:
            yield from _settled(text, scope, asked)
            return
        step = WINDOW - LONGEST
        for start in range(0, len(text), step):
            piece = text[start : start + WINDOW]
            last = start + WINDOW >= len(text)
            for hit in _settled(piece, scope if start == 0 else Scope(scope.regions, scope.service), asked):
                if last or hit.start < step:
                    yield _moved(hit, start)
            if last:
                return


def _engine(pattern: str) -> Any:
    """Return the engine's own search for a pattern, without regard to case."""
    return thrifty(pattern.encode())._regexp.Match


def _together(encoded: Sequence[bytes]) -> tuple[bytes, list[int]]:
    """Return texts as one, to be searched at once, and where each ends."""
    return _BETWEEN.join(encoded) + _BETWEEN, list(accumulate([len(item) + 1 for item in encoded]))


def _matched(search: Any, block: bytes, ends: Sequence[int]) -> Iterator[int]:
    """Yield the places of the texts (of `_together`) in which a pattern matches; `search` is RE2's own."""
    position, size, last = 0, len(block), len(ends)
    while (start := search(_ANYWHERE, block, position, size)[0][0]) >= 0:
        place = bisect.bisect_right(ends, start)
        if place >= last:
            return
        yield place
        position = ends[place]


def _settled(text: str, scope: Scope, asked: Sequence[Finder]) -> list[Hit]:
    found = [hit for finder in asked for hit in finder.find(text, scope)]
    return _settle(found, len(text)) if len(found) > 1 else found


def _moved(hit: Hit, by: int) -> Hit:
    if by == 0:
        return hit
    return Hit(hit.kind, hit.value, hit.raw, hit.start + by, hit.end + by, hit.confidence, hit.why, hit.checks, hit.detail)


def _may_stand_within(hit: Hit) -> bool:
    """Tell whether a hit counts inside an address too: what has check digits, and a number the address is made to call (``wa.me/...``)."""
    return hit.kind in _WITHIN_ADDRESS or (hit.kind == "phone" and hit.confidence >= SURE)


def _settle(found: list[Hit], length: int) -> list[Hit]:
    """Return the hits that stand. Each character is looked at a bounded number of times, however many hits there are."""
    taken = bytearray(length)
    kept = []
    for hit in sorted(found, key=lambda item: (-item.confidence, item.start - item.end, item.start, item.kind, item.value)):
        stretch = taken[hit.start : hit.end]
        if any(stretch) and not (_may_stand_within(hit) and set(stretch) == {2}):
            continue
        mark = 2 if hit.kind in _ADDRESSES else 1
        taken[hit.start : hit.end] = bytes([mark]) * (hit.end - hit.start)
        kept.append(hit)
    kept.sort(key=lambda item: (item.start, item.end, item.kind))
    return kept


def known_answers(finder: Finder) -> list[tuple[str, Any]]:
    """Return the vectors of a finder that it does not answer as they say: (text, what it said instead)."""
    wrong = []
    for text, expected in finder.vectors.items():
        said = {(hit.kind, hit.value) for hit in finder.find(text, Scope()) if hit.confidence >= 0.5}
        if said != set(expected):
            wrong.append((text, sorted(said)))
    return wrong
