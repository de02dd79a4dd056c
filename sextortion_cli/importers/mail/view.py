"""A mail as bytes at places: small reads come from one window, and finding something in a large body takes constant memory."""

from __future__ import annotations

from collections.abc import Iterator

from sextortion_cli.importers.source import Source

_WINDOW = 1 << 20


class View:
    """
    Positioned bytes of one object.

    Args:
        source: The object.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._at = 0
        self._data = b""
        self.size = source.size

    def slice(self, start: int, end: int) -> bytes:
        """Return the bytes of ``[start, end)``, fewer at the end of the object."""
        end = min(end, self.size)
        if start >= end:
            return b""
        if end - start > _WINDOW:
            return self._source.read_at(start, end - start)
        if not self._at <= start or end > self._at + len(self._data):
            self._fill(start)
        return self._data[start - self._at : end - self._at]

    def _fill(self, start: int) -> None:
        self._at = start
        self._data = self._source.read_at(start, _WINDOW)

    def pieces(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes of ``[start, end)`` in pieces of at most 1 MiB."""
        while start < end:
            piece = self.slice(start, min(end, start + _WINDOW))
            if not piece:
                return
            yield piece
            start += len(piece)

    def find(self, needle: bytes, start: int, end: int) -> int:
        """Return where `needle` begins first in ``[start, end)``, or -1."""
        end = min(end, self.size)
        while start < end:
            if not self._at <= start < self._at + len(self._data):
                self._fill(start)
            stop = min(end, self._at + len(self._data))
            at = self._data.find(needle, start - self._at, stop - self._at)
            if at >= 0:
                return self._at + at
            if stop >= end or stop <= start:
                return -1
            start = max(start + 1, stop - len(needle) + 1)
            self._fill(start)
        return -1

    def after_line(self, start: int, end: int) -> int:
        """Return where the line after the one that holds `start` begins, or `end`."""
        at = self.find(b"\n", start, end)
        return end if at < 0 else at + 1

    def lines_from(self, prefix: bytes, start: int, end: int) -> Iterator[int]:
        """Yield where the lines of ``[start, end)`` begin that begin with `prefix`; `start` is the start of a line."""
        if self.slice(start, min(end, start + len(prefix))) == prefix:
            yield start
        needle = b"\n" + prefix
        at = self.find(needle, start, end)
        while at >= 0:
            yield at + 1
            at = self.find(needle, at + 1, end)
