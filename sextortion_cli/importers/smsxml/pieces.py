"""
The file cut at the tags that open messages, and each piece without the pictures in it, which may be many megabytes.

Of a picture only its length and digest are kept while it passes; so what is held in memory is the text of one message, and a window.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.smsxml.codes import OPENING, OPENING_BYTES
from sextortion_cli.importers.source import Source

MOST_BYTES = 31 << 20
"""Bytes of one message, pictures included: the independent account looks at no larger one."""
MOST_TEXT = 1 << 20
"""Bytes of one message without its pictures."""
_CHUNK = 256 << 10
_DATA = re.compile(rb"<part(?:\s++(?!data[\s=])[^\s<>=\"'/]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'))*+\s++data\s*+=\s*+([\"'])")
_END = {b'"': re.compile(rb'["<]'), b"'": re.compile(rb"['<]")}
_BREAK = re.compile(rb"\s++|&#(?:9|10|13|[xX]0?[9aAdD]);")


class Picture(msgspec.Struct, frozen=True):
    """
    A value of ``data`` that was left out of a piece.

    Attributes:
        place: Where it stood in what is left of the piece.
        removed: Bytes left out.
        size: Bytes it stands for, or None when it is no base64.
        sha256: Of these.
    """

    place: int
    removed: int
    size: int | None
    sha256: str


class Piece(msgspec.Struct, frozen=True):
    """
    A piece of the file.

    Attributes:
        start, end: Its place.
        data: What is left of it, or the beginning of that.
        is_cut: Too much was left to be read; `data` is its beginning.
        pictures: What was left out.
        is_message: It begins with a tag that opens a message.
        line: 1-based line of its start.
    """

    start: int
    end: int
    data: bytes
    is_cut: bool
    pictures: tuple[Picture, ...]
    is_message: bool
    line: int

    def place(self, at: int) -> int:
        """Return the place in the file of a place in `data`."""
        is_end = at == len(self.data)
        return self.start + at + sum(picture.removed for picture in self.pictures if picture.place < at or is_end)


def pieces(source: Source) -> Iterator[Piece]:
    """Yield the file in pieces, each from one tag that opens a message to the next; the first is what stands before all of them."""
    before, line, is_message = 0, 1, False
    for at, lines in _openings(source):
        if at > before:
            yield _piece(source, before, at, is_message, line)
        before, line, is_message = at, lines, True
    if before < source.size:
        yield _piece(source, before, source.size, is_message, line)


def _openings(source: Source) -> Iterator[tuple[int, int]]:
    """Yield where messages open, and the line of that."""
    held, base, line = b"", 0, 1
    for chunk in source.chunks(_CHUNK):
        held += chunk
        # What is cut by the end of the window is looked at again with what follows.
        until = len(held) if base + len(held) >= source.size else len(held) - OPENING_BYTES
        counted = 0
        for match in OPENING.finditer(held):
            if match.start() >= until:
                break
            line += held.count(b"\n", counted, match.start())
            counted = match.start()
            yield base + match.start(), line
        until = max(until, 0)
        line += held.count(b"\n", counted, until)
        held, base = held[until:], base + until


def _piece(source: Source, start: int, end: int, is_message: bool, line: int) -> Piece:
    data, is_cut, pictures = _without_pictures(source, start, end)
    return Piece(start, end, data, is_cut, tuple(pictures), is_message, line)


def _without_pictures(source: Source, start: int, end: int) -> tuple[bytes, bool, list[Picture]]:
    """Return a piece of the file without its pictures, whether it is only the beginning of that, and the pictures."""
    left, held, place, at = bytearray(), b"", 0, start  # `held` from `place` on is still to be looked at; it ends at `at`
    pictures: list[Picture] = []
    while True:
        match = _DATA.search(held, place)
        if match is not None:
            left += held[place : match.end()]
            meter = _Meter()
            held, place, at = _pass(source, held, match.end(), at, end, _END[match[1]], meter)
            pictures.append(meter.picture(len(left)))
            continue
        held, place = held[place:], 0
        if at < end and len(held) + len(left) <= MOST_TEXT:
            held += source.read_at(at, min(_CHUNK, end - at))
            at += min(_CHUNK, end - at)
        else:
            return bytes(left) + held, at < end, pictures


def _pass(source: Source, held: bytes, place: int, at: int, end: int, closing: re.Pattern[bytes], meter: _Meter) -> tuple[bytes, int, int]:
    """Measure a value from `place` up to its end; return the window, the place in it behind the value, and where the window ends."""
    while True:
        found = closing.search(held, place)
        if found is not None:
            meter.take(held[place : found.start()])
            return held, found.start(), at
        meter.take(held[place:])
        held, place = source.read_at(at, min(_CHUNK, end - at)), 0
        at += len(held)
        if not held:
            return b"", 0, at


class _Meter:
    """Measures base64 as it passes."""

    def __init__(self) -> None:
        self._removed = self._size = 0
        self._digest = hashlib.sha256()
        self._left = b""
        self._is_base64 = True

    def take(self, data: bytes) -> None:
        self._removed += len(data)
        if not self._is_base64:
            return
        data = self._left + data
        mark = data.rfind(b"&", max(0, len(data) - 5))  # a line break may be cut here
        data, rest = (data, b"") if mark < 0 or b";" in data[mark:] else (data[:mark], data[mark:])
        data = _BREAK.sub(b"", data)
        whole = len(data) - len(data) % 4
        self._left = data[whole:] + rest
        self._decode(data[:whole])

    def _decode(self, data: bytes) -> None:
        try:
            decoded = binascii.a2b_base64(data, strict_mode=True) if data else b""
        except binascii.Error:
            self._is_base64 = False
            return
        self._size += len(decoded)
        self._digest.update(decoded)

    def picture(self, place: int) -> Picture:
        if self._left and self._is_base64:
            self._decode(self._left + b"=" * (-len(self._left) % 4))
        return Picture(place, self._removed, self._size if self._is_base64 else None, self._digest.hexdigest() if self._is_base64 else "")
