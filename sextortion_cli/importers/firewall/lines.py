"""Lines of a text with their places in the file, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from sextortion_cli.importers.source import Source

LONGEST: Final = 64 << 10


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line with its end: bytes ``[start, end)``, 1-based `number`; `data` is empty when it is longer than `LONGEST`."""

    start: int
    end: int
    number: int
    data: bytes


def lines_of(source: Source) -> Iterator[Line]:
    """Yield the lines in order."""
    start, number, held, length = 0, 1, b"", 0
    for chunk in source.chunks():
        at = 0
        while (feed := chunk.find(b"\n", at)) >= 0:
            piece = chunk[at : feed + 1]
            length += len(piece)
            yield Line(start, start + length, number, held + piece if length <= LONGEST else b"")
            start, number, held, length, at = start + length, number + 1, b"", 0, feed + 1
        length += len(chunk) - at
        held = held + chunk[at:] if length <= LONGEST else b""
    if length:
        yield Line(start, start + length, number, held)
