"""
Split a JSON array into its elements, byte-exact, streaming, and with a way back after a broken one.

The quick way looks for the bytes that stood between the first two elements (a pretty-printer's line breaks, or ``},{"id"``) and
lets `decode` prove each cut: a JSON value that begins with a bracket is never a prefix of another one, so a slice that begins
where an element begins and is one complete value is that element, whatever the slice was cut by.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Generator, Iterator
from typing import Literal

import msgspec

from sextortion_cli.importers.jsonscan.extent import value_end
from sextortion_cli.importers.jsonscan.tree import NotJsonError, TooDeepError, parse
from sextortion_cli.importers.jsonscan.window import EOF, Window

SIZE_LIMIT = 32 << 20
"""A larger element is not held in memory."""
_WILD_BUDGET = 32 << 20
"""Bytes of brackets followed in vain, in one array, before broken elements are given up at once: keeps hostile files linear."""
_MISS_LIMIT = 64
"""After so many elements that the seam did not cut rightly, it is not tried any more in this array."""
_SPACE_BYTES = b" \t\r\n"
_OPENING = re.compile(rb'\{[ \t\r\n]{0,64}"[A-Za-z0-9_ ()-]{1,32}"')
_COMMA, _CLOSE, _BRACE = 0x2C, 0x5D, 0x7B

_raw = msgspec.json.Decoder(msgspec.Raw).decode

Trouble = Literal["invalid-json", "too-deep", "too-large"]
Element = tuple[int, int, bytes, object]
"""Start, end, the bytes (none where `scan` matched them), and what they hold: its match, the proven value of `decode`, a `Tree`, or a `Broken`."""
Scan = Callable[[bytes, int], "re.Match[bytes] | None"]


class Broken(msgspec.Struct, frozen=True):
    """A stretch that is no readable element."""

    trouble: Trouble


class CutError(ValueError):
    """The array does not go on as JSON does, from `place` to the end of the object."""

    def __init__(self, place: int, code: Literal["truncated-json", "invalid-json"]) -> None:
        super().__init__(code)
        self.place = place
        self.code = code


class Seam(msgspec.Struct, frozen=True):
    """
    What stands between two elements.

    Attributes:
        pattern: The end of an element, the gap, and the beginning of the next one up to its first key.
        cut: How many bytes of `pattern` belong to the first element.
        gap: How many bytes after that belong to neither.
    """

    pattern: bytes
    cut: int
    gap: int


class Elements:
    """
    The elements of one array.

    Args:
        window: The object.
        place: The place after the array's ``[``.
        decode: Returns the value of the bytes when it is proven complete and faithful, else None (like `decode_exactly`).
        seam: The `seam` of an earlier array of the same kind, to be quick from the first element on.
        first: Keys with which an element may begin, to find the next one after damage before a seam is known.
        scan: Matches an element (its first group), the comma behind it and what lies up to the ``{`` of the next one, at a place in
            the window; whatever it matches is proven. Tried before the seam.
        is_passing: Only what is broken is of interest: elements that are proven to be whole need not be yielded.

    Attributes:
        end: The place after the array's ``]`` once iteration has ended.
        seam: The bytes between two elements with the end of one and the beginning of the other, once known.
    """

    def __init__(
        self,
        window: Window,
        place: int,
        decode: Callable[[bytes], object | None],
        seam: Seam | None = None,
        first: tuple[str, ...] = ("id",),
        scan: Scan | None = None,
        is_passing: bool = False,
    ) -> None:
        self.window = window
        self.place = place
        self.decode = decode
        self.seam = seam
        self.end = place
        self._scan = scan or _nothing
        self._is_passing = is_passing
        self._boundary = _boundary(first)
        self._budget = _WILD_BUDGET
        self._misses = 0

    def __iter__(self) -> Iterator[Element]:
        """
        Yield every element in order; what lies between two of them is white space and a comma.

        Raises:
            CutError: The object ends inside the array, or the array goes on as no JSON does.
        """
        place = self._first()
        before: tuple[int, bytes] | None = None
        while place is not None:
            if self.seam is not None:
                place = yield from self._quickly(place, self.seam)
            element = self._carefully(place)
            if self.seam is None and before is not None and self._misses < _MISS_LIMIT:
                self.seam = _learn(self.window, before, element)
            yield element
            before = (element[1], element[2])
            place = yield from self._next(element[1])

    def _quickly(self, place: int, seam: Seam) -> Generator[Element, None, int]:
        """Yield what `scan` matches, or the seam cuts out and `decode` proves; return the place of the first element that needs care."""
        window, decode, scan = self.window, self.decode, self._scan
        pattern, cut, skip = seam.pattern, seam.cut, seam.cut + seam.gap
        while True:
            data, base = window.data, window.base
            find = data.find
            index = place - base
            if self._is_passing and index >= 0:
                index = _passed(data, index, seam)
            while index >= 0:
                while match := scan(data, index):
                    yield base + index, base + match.end(1), b"", match
                    index = match.end()
                found = find(pattern, index)
                if found < 0:
                    break
                element = data[index : found + cut]
                value = decode(element)
                if value is None:
                    return base + index
                yield base + index, base + found + cut, element, value
                index = found + skip
            place = base + index
            if base == place or place + len(pattern) >= window.source.size or base + len(data) >= window.source.size:
                return place
            window.load(place)

    def _first(self) -> int | None:
        place = self.window.after_space(self.place)
        byte = self.window.at(place)
        if byte == _CLOSE:
            self.end = place + 1
            return None
        if byte == EOF:
            raise CutError(self.place, "truncated-json")
        return place

    def _next(self, after: int) -> Generator[Element, None, int | None]:
        """Return the place of the element after the one that ended at `after`, or None when the array ends."""
        place = self.window.after_space(after)
        byte = self.window.at(place)
        if byte == _CLOSE:
            self.end = place + 1
            return None
        if byte == EOF:
            raise CutError(after, "truncated-json")
        if byte != _COMMA:
            stop = self._resume(place)
            if stop is None:
                raise CutError(place, "invalid-json")
            yield place, stop, b"", Broken("invalid-json")
            return (yield from self._next(stop))
        beyond = self.window.after_space(place + 1)
        if self.window.at(beyond) == EOF:
            raise CutError(after, "truncated-json")
        if self.window.at(beyond) == _CLOSE:
            yield place, place + 1, b",", Broken("invalid-json")
            self.end = beyond + 1
            return None
        return beyond

    def _carefully(self, place: int) -> Element:
        near = self._near(place)
        if near is not None:
            return near
        size = self.window.source.size
        end = value_end(self.window, place, place + min(SIZE_LIMIT, self._budget)) if self._budget > 0 else None
        end = None if end == place else end
        if end is not None:
            data = self.window.slice(place, end)
            held = self._hold(data)
            if not isinstance(held, Broken) or held.trouble == "too-deep":
                self._miss()
                return place, end, data, held
        self._budget -= (end or min(place + SIZE_LIMIT, size)) - place
        stop = self._resume(place)
        if stop is not None and (end is None or stop < end):
            return place, stop, b"", Broken("invalid-json")
        if end is not None:
            return place, end, b"", Broken("invalid-json")
        whole = value_end(self.window, place) if place + SIZE_LIMIT < size else None
        if whole is None:
            raise CutError(place, "truncated-json")
        return place, whole, b"", Broken("too-large")

    def _miss(self) -> None:
        """Count an element that the seam did not cut, and give the seam up when that is the rule and not the exception."""
        if self.seam is not None:
            self._misses += 1
            if self._misses >= _MISS_LIMIT:
                self.seam = None

    def _near(self, place: int) -> Element | None:
        """Try the cut that the seam suggests, which costs less than counting brackets."""
        window, seam = self.window, self.seam
        if seam is None:
            return None
        if not window.base <= place < window.base + len(window.data):
            window.load(place)
        found = window.data.find(seam.pattern, place - window.base)
        if found < 0:
            return None
        end = window.base + found + seam.cut
        data = window.slice(place, end)
        try:
            return place, end, data, parse(data)
        except (NotJsonError, TooDeepError):
            return None

    def _hold(self, data: bytes) -> object:
        value = self.decode(data)
        if value is not None:
            return value
        try:
            return parse(data)
        except TooDeepError:
            return Broken("too-deep")
        except NotJsonError:
            return Broken("invalid-json")

    def _resume(self, place: int) -> int | None:
        """Return the end of the element at `place` as the next boundary suggests it, or None when no other element follows."""
        window = self.window
        while window.at(place) != EOF:
            if self.seam is not None:
                index = window.data.find(self.seam.pattern, place - window.base)
                cut = self.seam.cut
            else:
                match = self._boundary.search(window.data, place - window.base)
                index, cut = (match.start(), 1) if match else (-1, 0)
            if index >= 0:
                return window.base + index + cut
            after = window.base + len(window.data)
            if after >= window.source.size:
                return None
            overlap = 512 if self.seam is None else len(self.seam.pattern)
            place = max(after - overlap, place + 1)
            window.load(place)
        return None


def _passed(data: bytes, index: int, seam: Seam) -> int:
    """Return the place after the last seam in `data`, when everything from `index` up to it is proven to be whole elements; else `index`."""
    found = data.rfind(seam.pattern, index)
    if found < 0:
        return index
    try:
        _raw(b"[" + data[index : found + seam.cut] + b"]")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return index
    return found + seam.cut + seam.gap


def _nothing(data: bytes, place: int) -> None:
    """Match nothing."""


@functools.cache
def _boundary(first: tuple[str, ...]) -> re.Pattern[bytes]:
    """Return what stands between two elements that begin with one of the keys `first` (any key when that is empty)."""
    names = b"|".join(re.escape(key.encode()) for key in first) or b"[A-Za-z0-9_]{1,32}"
    return re.compile(rb"\}[ \t\r\n]{0,64},[ \t\r\n]{0,64}\{[ \t\r\n]{0,64}\"(?:" + names + rb")\"")


def _learn(window: Window, before: tuple[int, bytes], element: Element) -> Seam | None:
    """Return the seam between the element that ended at ``before[0]`` with the bytes ``before[1]`` and `element`."""
    end, data = before
    start, _, following, held = element
    opening = _OPENING.match(following)
    closing = data[len(data[:-1].rstrip(_SPACE_BYTES)) :]
    if isinstance(held, Broken) or opening is None or not data.endswith(b"}") or max(start - end, len(closing)) > 256:
        return None
    return Seam(closing + window.slice(end, start) + opening.group(), len(closing), start - end)
