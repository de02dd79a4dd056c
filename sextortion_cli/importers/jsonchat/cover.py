"""Makes the records of one reading tile the object: what stands between two of them is structure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sextortion_cli.importers.jsonchat.codes import DEFECTS, NOT_SELECTED, STRUCTURE
from sextortion_cli.importers.jsonscan.elements import Broken
from sextortion_cli.importers.jsonscan.exact import decode_exactly
from sextortion_cli.importers.jsonscan.tree import NotJsonError, TooDeepError, parse
from sextortion_cli.model.reading import Defect, Noise, Record

RECORD_LIMIT = 512 << 10
"""An element of up to so many bytes makes a record that fits a frame between reader and program, whatever it holds."""
_NOISE_LIMIT = 1 << 20


class Cover:
    """
    Keeps the place up to which the records tile the object.

    Attributes:
        done: That place.
        after: The place after the bracket that was closed last; what lies between is structure of the record to come.
    """

    def __init__(self) -> None:
        self.done = 0
        self.after = 0

    def to(self, place: int) -> Iterator[Record]:
        """Yield what stands between the last record and `place` as structure."""
        if place > self.done:
            yield Noise(self.done, place, STRUCTURE)
            self.done = place

    def put(self, record: Record, start: int, end: int) -> Iterator[Record]:
        """Yield `record`, which covers ``[start, end)``, and the structure before it."""
        yield from self.to(start)
        self.done = end
        yield record

    def defect(self, start: int, end: int, code: str, pointer: str | None = None) -> Iterator[Record]:
        """Yield a defect that covers ``[start, end)``; nothing when that is empty."""
        if end > start:
            yield from self.put(Defect(start, end, code, DEFECTS[code], pointer=pointer), start, end)

    def unselected(self, end: int) -> Iterator[Record]:
        """Yield everything up to `end` as not selected, in pieces that the independent account can hold."""
        while self.done < end:
            piece = min(end, self.done + _NOISE_LIMIT)
            yield Noise(self.done, piece, NOT_SELECTED)
            self.done = piece


def remarks(start: int, end: int, codes: Iterable[str], pointer: str | None) -> Iterator[Record]:
    """Yield a defect beside the record that covers ``[start, end)`` for each code."""
    for code in codes:
        yield Defect(start, end, code, DEFECTS[code], overlay=True, pointer=pointer)


def held_in(data: bytes) -> object:
    """Return what one value holds: a proven value, a `Tree`, or `Broken`."""
    value = decode_exactly(data)
    if value is not None:
        return value
    try:
        return parse(data)
    except TooDeepError:
        return Broken("too-deep")
    except NotJsonError:
        return Broken("invalid-json")


def escaped(key: str) -> str:
    """Return `key` as one step of a JSON pointer (RFC 6901 section 3)."""
    return key.replace("~", "~0").replace("/", "~1")
