"""A stretch of the object whose records follow each other without a gap, with its bytes: what the independent account looks at."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

SEPARATOR = ","
"""Code of a range no record covers, between two values of a JSON file: a comma at most, and white space."""


class Window(msgspec.Struct, frozen=True):
    """
    Adjacent ranges and their bytes.

    Attributes:
        block: Bytes from `origin` to the end of the last range; `origin` is one character unit before `base` where there is one.
        origin: Offset of ``block[0]`` in the object.
        base: Start of the first range; each next range starts where the one before ends.
        ends: End of each range.
        codes: Per range: None for a message, the code of noise, `SEPARATOR`, "" for what nothing is checked of (facts, defects).
    """

    block: bytes
    origin: int
    base: int
    ends: list[int]
    codes: list[str | None]

    def ranges(self) -> Iterator[tuple[int, int, str | None]]:
        """Yield (start, end, code)."""
        start = self.base
        for end, code in zip(self.ends, self.codes, strict=True):
            yield start, end, code
            start = end

    def bytes_of(self, start: int, end: int) -> bytes:
        """Return the bytes of a range of the object."""
        return self.block[start - self.origin : end - self.origin]


class Problem(msgspec.Struct):
    """A range whose bytes are not what its record says: `code` of the defect that reports it."""

    start: int
    end: int
    code: str
