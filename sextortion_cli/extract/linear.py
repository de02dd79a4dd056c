"""
Patterns over text whose time is linear in it (RE2), quick on short pieces.

The library's own methods for `str` prepare more for each call than the search costs when a piece is a line of chat. So the engine is asked
directly over the encoded text, and offsets are turned into characters only where the text is not ASCII.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import re2

_ANYWHERE = re2._Anchor.UNANCHORED
_HERE = re2._Anchor.ANCHOR_START
_WHOLE = re2._Anchor.ANCHOR_BOTH


#: What the automaton of one pattern may take, in bytes: it grows with the text it sees, and dozens of patterns stand in one child. A pattern
#: that needs more to be there at all may have it.
_THRIFTY, _LARGE = 4 << 20, 64 << 20


def thrifty(pattern: Any, *, case: bool = False) -> Any:
    """Return the library's own form of a pattern, text or bytes, whose automaton stays small."""
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = case
    options.max_mem = _THRIFTY
    try:
        return re2.compile(pattern, options)
    except re2.error:
        options.max_mem = _LARGE
        return re2.compile(pattern, options)


class Match:
    """One match: `start`, `end`, `span`, `group`, `groups` and `lastgroup` as in `re`, in characters."""

    __slots__ = ("_names", "_spans", "_text")

    def __init__(self, text: str, spans: list[tuple[int, int]], names: dict[str, int]) -> None:
        self._text = text
        self._spans = spans
        self._names = names

    def start(self, group: int = 0) -> int:
        """Return where a group begins; -1 if it took no part."""
        return self._spans[group][0]

    def end(self, group: int = 0) -> int:
        """Return where a group ends; -1 if it took no part."""
        return self._spans[group][1]

    def span(self, group: int = 0) -> tuple[int, int]:
        """Return where a group begins and ends."""
        return self._spans[group]

    def __getitem__(self, group: int | str) -> Any:
        start, end = self._spans[group if isinstance(group, int) else self._names[group]]
        return None if start < 0 else self._text[start:end]

    def group(self, *groups: int | str) -> Any:
        """Return what a group matched, None if it took no part; a tuple for several."""
        if len(groups) < 2:
            return self[groups[0] if groups else 0]
        return tuple([self[group] for group in groups])

    def groups(self) -> tuple[Any, ...]:
        """Return what every group matched."""
        return tuple([self[group] for group in range(1, len(self._spans))])

    @property
    def lastgroup(self) -> Any:
        """The name of the group that closed last, None if it has none."""
        last, ended = 0, -1
        for group, (_, end) in enumerate(self._spans[1:], 1):
            if end > ended:
                last, ended = group, end
        return next((name for name, group in self._names.items() if group == last), None)


class Pattern:
    """
    A pattern: `search`, `match`, `fullmatch` and `finditer` as in `re`, over `str` without lone surrogates.

    It is compiled when it is first used: of the hundreds that the finders have, most readings need a few dozen.
    """

    __slots__ = ("_case", "_engine", "_library", "_names", "_pattern", "groups")

    def __init__(self, pattern: str, *, case: bool) -> None:
        self._pattern = pattern
        self._case = case

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern: what compiling sets is looked for and not there yet."""
        if name not in ("_engine", "_library", "_names", "groups"):
            raise AttributeError(name)
        self._library = thrifty(self._pattern, case=self._case)
        self._engine = self._library._regexp.Match
        self._names = self._library.groupindex
        self.groups = self._library.groups
        return getattr(self, name)

    def search(self, text: str) -> Any:
        """Return the first match, or None."""
        return self._first(_ANYWHERE, text)

    def match(self, text: str) -> Any:
        """Return the match at the beginning, or None."""
        return self._first(_HERE, text)

    def fullmatch(self, text: str) -> Any:
        """Return the match of the whole text, or None."""
        return self._first(_WHOLE, text)

    def finditer(self, text: str) -> Iterator[Match]:
        """Yield every match, from left to right, none overlapping another."""
        data = text.encode()
        spans = self._engine(_ANYWHERE, data, 0, len(data))
        return _NONE if spans[0][0] < 0 else self._from(text, data, spans)

    def sub(self, replacement: Any, text: str) -> str:
        """Return the text with every match replaced."""
        found: str = self._library.sub(replacement, text)
        return found

    def _first(self, anchor: Any, text: str) -> Any:
        data = text.encode()
        size = len(data)
        spans = self._engine(anchor, data, 0, size)
        if spans[0][0] < 0:
            return None
        if size != len(text):
            place = len(data[: spans[0][0]].decode())
            spans = [_characters(data, span, spans[0][0], place) for span in spans]
        return Match(text, spans, self._names)

    def _from(self, text: str, data: bytes, spans: list[tuple[int, int]]) -> Iterator[Match]:
        """Yield the match whose spans (in bytes) these are, and those after it."""
        size, engine, names = len(data), self._engine, self._names
        is_ascii = size == len(text)
        byte = char = 0
        start, end = spans[0]
        while start >= 0:
            if is_ascii:
                yield Match(text, spans, names)
            else:
                char += len(data[byte:start].decode())
                byte = start
                yield Match(text, [_characters(data, span, byte, char) for span in spans], names)
            if start >= size:
                return
            position = end if end > start else start + 1
            while position < size and data[position] & 0xC0 == 0x80:  # never within a character
                position += 1
            spans = engine(_ANYWHERE, data, position, size)
            start, end = spans[0]


#: Used up, so that all may have it.
_NONE: Iterator[Match] = iter(())


def _characters(data: bytes, span: tuple[int, int], byte: int, char: int) -> tuple[int, int]:
    """Return a span in characters; `byte` is the place of a match in bytes, `char` the same in characters."""
    start, end = span
    if start < 0:
        return span
    first = char + len(data[byte:start].decode())
    return first, first + len(data[start:end].decode())
