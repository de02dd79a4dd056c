"""
A page cut at the tags that open messages, wherever those stand.

The cut depends on nothing that stands before it: whatever is damaged, unclosed or nested in one message, the next begins where its
opening tag is. So a piece is held in memory, never the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.source import Source

LIMIT = 2 << 20
"""Bytes from one opening tag to the next that are read; a longer piece is reported."""
_CHUNK = 256 << 10
_REACH = 4 << 10
"""How many bytes `opening` may look at: some openings are known only by the tags behind them."""


class Segment(msgspec.Struct, frozen=True):
    """
    A piece of the page.

    Attributes:
        start, end: Its place.
        data: Its bytes; None when it is too large to be read.
        tag: Length of the tag that opens a message, with which it begins; 0 when it is what stands before all of them.
        line: 1-based line of its start.
    """

    start: int
    end: int
    data: bytes | None
    tag: int
    line: int


def segments(source: Source, opening: re.Pattern[bytes], limit: int = LIMIT) -> Iterator[Segment]:
    """Yield the page in pieces, each from one opening tag to the next; the first is what stands before all of them."""
    held = bytearray()
    base, line, searched, tag, is_large = 0, 1, 0, 0, False
    chunks = source.chunks(_CHUNK)
    while True:
        match = opening.search(held, searched)
        if match is not None and match.start() > 0:
            cut = match.start()
            piece = bytes(held[:cut])
            yield Segment(base, base + cut, None if is_large else piece, tag, line)
            line += piece.count(b"\n")
            del held[:cut]
            base, searched, tag, is_large = base + cut, 1, match.end() - match.start(), False
            continue
        if match is not None:
            tag, searched, is_large = match.end(), 1, False
            continue
        again = held.find(b"<", max(searched, len(held) - _REACH))  # it may open a message by what follows: look at it again with that
        searched = len(held) if again < 0 else again
        if len(held) > limit:
            cut = searched or len(held)
            piece = bytes(held[:cut])
            yield Segment(base, base + cut, None, tag, line)
            line += piece.count(b"\n")
            del held[:cut]
            base, searched, tag, is_large = base + cut, 0, 0, True
        chunk = next(chunks, None)
        if chunk is None:
            break
        held += chunk
    if held:
        yield Segment(base, base + len(held), None if is_large else bytes(held), tag, line)
