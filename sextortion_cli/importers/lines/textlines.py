"""Lines of a text file of any size, with the byte places of the file; and stretches that begin at lines of the reader's choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeVar

from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import UTF8, Encoding, encoding_of

WINDOW = 256 << 10
LONGEST_LINE = 4 << 20
"""Bytes; a longer line is given in pieces, of which only the first is one that begins a line."""
LONGEST_BLOCK = 8 << 20
"""Bytes; a longer stretch is not held in memory."""
_CONTROLS = bytes([*range(9), *range(14, 32)])
_LOOKED_AT = 4 << 10
_UTF8_MARK = b"\xef\xbb\xbf"

T = TypeVar("T")


class Line(NamedTuple):
    r"""
    One line of a file.

    Attributes:
        start, end: Its bytes, line ending included.
        number: 1-based.
        text: Decoded, without its ending; bytes that are no text are lone surrogates (`Encoding`). No byte-order mark.
        ending: ``\n``, ``\r\n``, or nothing at the end of the file or of a piece.
        is_first: Whether it begins a line (not a later piece of one that is too long).
        is_whole: Whether it also ends one.
    """

    start: int
    end: int
    number: int
    text: str
    ending: str
    is_first: bool
    is_whole: bool


def lines(source: Source, encoding: Encoding | None = None, start: int = 0, number: int = 1) -> Iterator[Line]:
    """Yield the lines of `source` from `start`, which begins a line with this number. Holds one window, or one line, in memory."""
    encoding = encoding or encoding_of(source)
    unit, decode, length = encoding.unit, encoding.decode, encoding.length
    feed = encoding.encode("\n")
    at, is_first, size = start, True, WINDOW
    while at < source.size:
        data = source.read_at(at, size)
        is_end = at + len(data) >= source.size
        cut = len(data) if is_end else _after_last(data, feed)
        if not cut and size < LONGEST_LINE:
            size = min(size * 4, LONGEST_LINE)
            continue
        is_piece = not cut
        cut = cut or len(data) // unit * unit
        texts = decode(data[:cut]).split("\n")
        ends_open = bool(texts[-1]) or is_piece or bool(cut % unit)
        if not ends_open:
            texts.pop()
        last = len(texts) - 1
        half = "\ufffd" if is_end and cut % unit else ""
        for index, text in enumerate(texts):
            is_last_open = ends_open and index == last
            try:
                size_of = length(text)
            except UnicodeEncodeError:
                size_of = len(encoding.encode(text))
            end = at + size_of + (0 if is_last_open else unit)
            if is_last_open and is_end:
                end = source.size
                text += half  # of UTF-16, at the end of a file that was cut
            ending = "" if is_last_open else "\n"
            if text.endswith("\r") and ending:
                text, ending = text[:-1], "\r\n"
            if at == 0 and text.startswith("\ufeff"):
                text = text[1:]
            yield Line(at, end, number, text, ending, is_first, not (is_last_open and is_piece and not is_end))
            at = end
            is_first = not (is_last_open and is_piece)
            number += is_first
        size = WINDOW


def _after_last(data: bytes, feed: bytes) -> int:
    """Return the place after the last line feed of `data`, 0 when it has none."""
    place = data.rfind(feed)
    while place > 0 and place % len(feed):
        place = data.rfind(feed, 0, place + len(feed) - 1)
    return place + len(feed) if place >= 0 and not place % len(feed) else 0


class Block(NamedTuple, Generic[T]):
    """
    A stretch of whole lines.

    Attributes:
        start, end, line: Its bytes, and the number of its first line.
        opened: What the reader saw in its first line; None for what stands before the first such line.
        first: Text of the first line, without its ending.
        rest: Everything after the first line and its ending, endings as in the file.
        ending: Of the first line.
        is_whole: False when it was too long to be held: `rest` is then cut.
        lines: How many lines it has.
    """

    start: int
    end: int
    line: int
    opened: T | None
    first: str
    rest: str
    ending: str
    is_whole: bool
    lines: int


def blocks(source: Source, opens: Callable[[Line], T | None], encoding: Encoding | None = None) -> Iterator[Block[T]]:
    """Yield the whole file as stretches that begin where `opens`, asked of every line in order, sees something."""
    return _blocks((line, opens(line) if line.is_first else None) for line in lines(source, encoding))


def blocks_ahead(source: Source, opens: Callable[[Line, str], T | None], encoding: Encoding | None = None) -> Iterator[Block[T]]:
    """Do the same where `opens` needs the text of the next line, too ("" at the end)."""

    def seen() -> Iterator[tuple[Line, T | None]]:
        before: Line | None = None
        for line in lines(source, encoding):
            if before is not None:
                yield before, opens(before, line.text) if before.is_first else None
            before = line
        if before is not None:
            yield before, opens(before, "") if before.is_first else None

    return _blocks(seen())


def _blocks(stream: Iterator[tuple[Line, T | None]]) -> Iterator[Block[T]]:
    first: Line | None = None
    opened: T | None = None
    parts: list[str] = []
    end = held = count = 0
    is_whole = True
    for line, seen in stream:
        if first is None or seen is not None:
            if first is not None:
                yield Block(first.start, end, first.number, opened, first.text, "".join(parts), first.ending, is_whole, count)
            first, opened, parts, held, is_whole, count = line, seen, [], 0, line.is_whole, 0
        elif held < LONGEST_BLOCK:
            parts += (line.text, line.ending)
            is_whole = is_whole and line.is_whole
        else:
            is_whole = False
        held += line.end - line.start
        count += line.is_first
        end = line.end
    if first is not None:
        yield Block(first.start, end, first.number, opened, first.text, "".join(parts), first.ending, is_whole, count)


def sample(source: Source, size: int = 64 << 10) -> list[str] | None:
    """Return the first lines of a file for looking at, the cut one left out; None when it is no text."""
    head = source.head(_LOOKED_AT)
    encoding = encoding_of(source)
    if encoding is UTF8 and is_binary(head):
        return None
    data = source.head(size)
    text = encoding.decode(data).removeprefix("\ufeff")
    found = text.split("\n")
    if len(data) < source.size and len(found) > 1:
        found.pop()
    return [line.removesuffix("\r") for line in found]


def is_binary(head: bytes) -> bool:
    """Say that a file is no text: a NUL, or many control bytes and as many that are no UTF-8 (the other side can write some)."""
    few = len(head) // 50
    if len(head) - len(head.translate(None, _CONTROLS)) <= few:
        return False
    return len(head) - len(head.decode("utf-8", "ignore").encode()) > few or head.count(0) > few
