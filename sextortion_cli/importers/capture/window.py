"""A file of packets, read through a window that only moves on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sextortion_cli.importers.source import Source

_READ = 1 << 20
_FIRST_PIECE = 4 << 10
_SEARCHED = 64 << 20


class Window:
    """
    Gives stretches of an object; a stretch near the last one costs no reading.

    Args:
        source: The object.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._block = b""
        self._origin = 0
        self._left = _SEARCHED
        self.size = source.size

    def slice(self, start: int, count: int) -> bytes:
        """Return `count` bytes at `start`, fewer at the end of the object."""
        at = start - self._origin
        if at < 0 or at + count > len(self._block):
            self._block = self._source.read_at(start, max(count, _READ))
            self._origin, at = start, 0
        return self._block[at : at + count]

    def peek(self, start: int, count: int) -> bytes:
        """Return the same without moving: for a look at a place that may prove to be nothing."""
        at = start - self._origin
        if at < 0 or at + count > len(self._block):
            return self._source.read_at(start, count)
        return self._block[at : at + count]

    def places(self, at: int, mark: re.Pattern[bytes], longest: int) -> Iterator[int]:
        """
        Yield the places from `at` on where `mark`, of at most `longest` bytes, matches.

        Ends early when as much was searched in vain as a file is worth: where packets begin can then no longer be told.
        """
        count = _FIRST_PIECE
        while at < self.size and self._left > 0:
            piece = self.peek(at, count)
            for match in mark.finditer(piece):
                yield at + match.start()
            self._left -= len(piece)
            if len(piece) < count:
                return
            at += len(piece) - longest + 1
            count = min(2 * count, _READ)
