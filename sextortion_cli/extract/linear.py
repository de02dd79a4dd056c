"""
Patterns over text whose time is linear in it (RE2), quick on short pieces.

The library's own methods for `str` prepare more for each call than the search costs when a piece is a line of chat. So the engine is asked
directly over the encoded text, and offsets are turned into characters only where the text is not ASCII.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import re2

_ANCHOR = re2._Anchor
_Match = re2._Match


class Pattern:
    """A compiled pattern: `search`, `match`, `fullmatch` and `finditer` as in `re`, over `str` without lone surrogates."""

    __slots__ = ("_engine", "_library", "groups")

    def __init__(self, pattern: str, *, case: bool) -> None:
        options = re2.Options()
        options.log_errors = False
        options.case_sensitive = case
        options.max_mem = 64 << 20
        self._library = re2.compile(pattern, options)
        self._engine = self._library._regexp.Match
        self.groups = self._library.groups

    def search(self, text: str, pos: int = 0) -> Any:
        """Return the first match at or after `pos`, or None."""
        return next(self._matches(_ANCHOR.UNANCHORED, text, pos), None)

    def match(self, text: str, pos: int = 0) -> Any:
        """Return the match that begins at `pos`, or None."""
        return next(self._matches(_ANCHOR.ANCHOR_START, text, pos), None)

    def fullmatch(self, text: str) -> Any:
        """Return the match of the whole text, or None."""
        return next(self._matches(_ANCHOR.ANCHOR_BOTH, text, 0), None)

    def finditer(self, text: str) -> Iterator[Any]:
        """Yield every match, from left to right, none overlapping another."""
        return self._matches(_ANCHOR.UNANCHORED, text, 0)

    def _matches(self, anchor: Any, text: str, pos: int) -> Iterator[Any]:
        data, length, engine = text.encode(), len(text), self._engine
        size = len(data)
        is_ascii = size == length
        pos = min(pos, length)
        byte = char = 0
        if not is_ascii and pos:
            byte, char = len(text[:pos].encode()), pos
            pos = byte
        while True:
            spans = engine(anchor, data, pos, size)
            start, end = spans[0]
            if start < 0:
                return
            if is_ascii:
                yield _Match(self._library, text, 0, length, spans)
            else:
                char += len(data[byte:start].decode())
                byte = start
                yield _Match(self._library, text, 0, length, [_characters(data, span, byte, char) for span in spans])
            if pos >= size:
                return
            pos = end if end > pos else pos + 1
            while pos < size and data[pos] & 0xC0 == 0x80:  # never within a character
                pos += 1

    def sub(self, replacement: Any, text: str) -> str:
        """Return the text with every match replaced."""
        found: str = self._library.sub(replacement, text)
        return found


def _characters(data: bytes, span: tuple[int, int], byte: int, char: int) -> tuple[int, int]:
    """Return a span in characters; `byte` is the place of a match in bytes, `char` the same in characters."""
    start, end = span
    if start < 0:
        return span
    first = char + len(data[byte:start].decode())
    return first, first + len(data[start:end].decode())
