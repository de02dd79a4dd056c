"""Walk the members of a JSON object of any size: the caller reads, splits or skips each value and says where it ended."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.jsonscan.elements import CutError
from sextortion_cli.importers.jsonscan.extent import string_end, value_end
from sextortion_cli.importers.jsonscan.strings import read_string
from sextortion_cli.importers.jsonscan.window import EOF, Window

_KEY_LIMIT = 1 << 20
_QUOTE, _COMMA, _COLON, _CLOSE = 0x22, 0x2C, 0x3A, 0x7D


class Member(msgspec.Struct, frozen=True):
    """
    One member of an object.

    Attributes:
        start: The place of the key's opening quote.
        key: The decoded key.
        place: The place of the value's first byte.
        first: That byte.
        is_repeated: The same key came before in this object.
    """

    start: int
    key: str
    place: int
    first: int
    is_repeated: bool


class Members:
    """
    The members of one object.

    Args:
        window: The object of bytes.
        place: The place after ``{``, or after a value when `is_after_value`.
        is_after_value: Begin between two members.

    Attributes:
        after: The place after the value; the caller sets it before asking for the next member.
        end: The place after ``}`` once iteration has ended.
    """

    def __init__(self, window: Window, place: int, is_after_value: bool = False) -> None:
        self.window = window
        self.after = place
        self.end = place
        self._is_first = not is_after_value
        self._seen: set[str] = set()

    def __iter__(self) -> Iterator[Member]:
        """
        Yield the members in order.

        Raises:
            CutError: The bytes end or go on as no object does.
        """
        while (start := self._key_start()) is not None:
            yield self._member(start)

    def skip(self, member: Member) -> int:
        """Move behind the value of `member` without reading it, and return its end."""
        end = value_end(self.window, member.place)
        if end is None:
            raise CutError(member.start, "truncated-json")
        if end == member.place:
            raise CutError(member.start, "invalid-json")
        self.after = end
        return end

    def _key_start(self) -> int | None:
        window = self.window
        place = self._solid(self.after, self.after)
        if window.at(place) == _CLOSE:
            self.end = place + 1
            return None
        if not self._is_first:
            if window.at(place) != _COMMA:
                raise CutError(place, "invalid-json")
            place = self._solid(place + 1, self.after)
        self._is_first = False
        if window.at(place) != _QUOTE:
            raise CutError(place, "invalid-json")
        return place

    def _member(self, start: int) -> Member:
        window = self.window
        end = string_end(window, start, min(start + _KEY_LIMIT, window.source.size))
        if end is None:
            raise CutError(start, "truncated-json")
        key = read_string(window.slice(start, end)).text
        colon = self._solid(end, start)
        if window.at(colon) != _COLON:
            raise CutError(start, "invalid-json")
        place = self._solid(colon + 1, start)
        is_repeated = key in self._seen
        self._seen.add(key)
        return Member(start, key, place, window.at(place), is_repeated)

    def _solid(self, place: int, cut: int) -> int:
        """Return the next place without white space; the object is cut at `cut` when there is none."""
        found = self.window.after_space(place)
        if self.window.at(found) == EOF:
            raise CutError(cut, "truncated-json")
        return found
