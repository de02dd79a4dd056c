"""A sliding view of one object, addressed by the object's own byte positions, so that a file of any size is read in constant memory."""

from __future__ import annotations

import re

from sextortion_cli.importers.source import Source

_NOT_SPACE = re.compile(rb"[^ \t\r\n]")
EOF = -1


class Window:
    """
    The bytes ``[base, base + len(data))`` of `source`.

    Args:
        source: The object.
        size: How many bytes one load brings in.
    """

    def __init__(self, source: Source, size: int = 1 << 20) -> None:
        self.source = source
        self.size = size
        self.base = 0
        self.data = source.read_at(0, size)

    def load(self, start: int) -> None:
        """Move the window so that it begins at `start`."""
        self.base = start
        self.data = self.source.read_at(start, self.size)

    def at(self, place: int) -> int:
        """Return the byte at `place`, or `EOF`."""
        index = place - self.base
        if not 0 <= index < len(self.data):
            if place >= self.source.size:
                return EOF
            self.load(place)
            index = 0
        return self.data[index] if index < len(self.data) else EOF

    def slice(self, start: int, end: int) -> bytes:
        """Return the bytes ``[start, end)``, from the window when it holds them."""
        if self.base <= start and end <= self.base + len(self.data):
            return self.data[start - self.base : end - self.base]
        return self.source.read_at(start, end - start)

    def after_space(self, place: int) -> int:
        """Return the first place from `place` on that holds no JSON white space; the end of the object when there is none."""
        while self.at(place) != EOF:
            found = _NOT_SPACE.search(self.data, place - self.base)
            if found is not None:
                return self.base + found.start()
            place = self.base + len(self.data)
        return place
