"""Pieces of a text file of any size, cut where messages begin, with the byte places of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sextortion_cli.importers.source import Source

WINDOW = 256 << 10
LONGEST_MESSAGE = 32 << 20
"""A longer message is not held in memory; its bytes are a defect."""


class Encoding(NamedTuple):
    """
    How the characters of a file are written.

    Attributes:
        unit: Bytes of a line feed.
        decode: Bytes to characters; what is not valid becomes lone surrogates, and nothing is lost.
        length: Characters to their number of bytes; raises UnicodeEncodeError when there are such surrogates.
        encode: Characters back to the bytes of the file.
    """

    unit: int
    decode: Callable[[bytes], str]
    length: Callable[[str], int]
    encode: Callable[[str], bytes]


def _utf8_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


UTF8 = Encoding(1, lambda data: data.decode("utf-8", "surrogateescape"), _utf8_length, lambda text: text.encode("utf-8", "surrogateescape"))


def _wide(codec: str) -> Encoding:
    return Encoding(
        2,
        lambda data: data[: len(data) & ~1].decode(codec, "surrogatepass"),
        lambda text: len(text.encode(codec)),
        lambda text: text.encode(codec, "surrogatepass"),
    )


_WIDE = {b"\xff\xfe": _wide("utf-16-le"), b"\xfe\xff": _wide("utf-16-be")}


def encoding_of(source: Source) -> Encoding:
    """Return UTF-16 where a byte-order mark says so, else UTF-8."""
    return _WIDE.get(source.head(2), UTF8)


class Window(NamedTuple):
    """
    A stretch of the file.

    Attributes:
        start, end: Its bytes.
        pieces: As `re.split` gives them: what stands before the first header (after one character that is not of the file), then
            header, date and time, and the rest of each message, without the line feed that ends it (but see `is_last`).
        is_last: The file ends here; the last piece may end with a line feed.
        is_cut: A message longer than `LONGEST_MESSAGE` was cut: the stretch cannot be read as messages.
        encoding: Of the file.
    """

    start: int
    end: int
    pieces: list[str]
    is_last: bool
    is_cut: bool
    encoding: Encoding


def windows(source: Source, encoding: Encoding, finder: re.Pattern[str]) -> Iterator[Window]:
    """Yield the whole file in order; every window begins where a message begins, except the first and after a cut."""
    start, size, at_line_start = 0, WINDOW, True
    while start < source.size:
        data = source.read_at(start, size)
        before = "\n" if at_line_start else "\0"
        is_last = start + len(data) >= source.size
        # A line too long for any window is looked at in part: the message before it must still be seen to end.
        cut = len(data) if is_last or size >= LONGEST_MESSAGE else _last_line_end(data, encoding)
        pieces = finder.split(before + encoding.decode(data[:cut]))
        if is_last:
            yield Window(start, source.size, pieces, True, False, encoding)
            return
        if len(pieces) > 4:
            end = start + cut - len(encoding.encode(pieces[-3] + pieces[-1]))
            yield Window(start, end, pieces[:-3], False, False, encoding)
            start, size, at_line_start = end, WINDOW, True
        elif size < LONGEST_MESSAGE:
            size = min(size * 4, LONGEST_MESSAGE)
        else:
            cut = _last_line_end(data, encoding)
            yield Window(start, start + cut, [before + encoding.decode(data[:cut])], False, True, encoding)
            at_line_start = encoding.encode("\n") == data[cut - encoding.unit : cut]
            start, size = start + cut, WINDOW


def _last_line_end(data: bytes, encoding: Encoding) -> int:
    """Return the place after the last line feed of `data`, or all of it when it has none."""
    if encoding.unit == 1:
        return data.rfind(b"\n") + 1 or len(data)
    feed = encoding.encode("\n")
    place = data.rfind(feed)
    while place > 0 and place % 2:
        place = data.rfind(feed, 0, place + 1)
    return place + 2 if place >= 0 else len(data) & ~1
