r"""
Records of a CSV file (RFC 4180 and its dialects) with their bytes.

A value in quotation marks may hold line breaks and doubled quotation marks; a record begins where a line begins. What stands after a
closing quotation mark is kept and the record marked, because only a damaged or hand-made file has it. A quotation mark that is never
closed costs its own line, not the rest of the file: where the caller knows what a record begins with, reading goes on at the next
such line, otherwise at the next line.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sextortion_cli.importers.lines.textlines import Line, lines
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import Encoding, encoding_of

LONGEST_RECORD = 1 << 20
"""Characters; a longer record is taken for one whose quotation mark is never closed."""
_LONGEST_HEADING = 4096
DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r"sep=(.)\Z")


class Row(NamedTuple):
    r"""
    One record.

    Attributes:
        start, end, line: Its bytes, line ending included, and the number of its first line.
        raws: Its values as they stand between delimiters or quotation marks.
        texts: The same with doubled quotation marks undone and line breaks as ``\n``.
        problem: None, or why it cannot be relied on: ``unclosed-quote``, ``text-after-quote`` or ``too-long``.
    """

    start: int
    end: int
    line: int
    raws: list[str]
    texts: list[str]
    problem: str | None = None


class Heading(NamedTuple):
    """The first record of a file: the delimiter, the names of the columns as written, and where the records after it begin."""

    delimiter: str
    names: tuple[str, ...]
    end: int
    next_line: int

    def place(self, name: str) -> int | None:
        """Return the place of a column by its name, upper and lower case alike."""
        wanted = name.casefold()
        return next((index for index, one in enumerate(self.names) if one.strip().casefold() == wanted), None)


def heading_of(source: Source, is_heading: Callable[[tuple[str, ...]], bool]) -> Heading | None:
    """Return the heading, with the first delimiter under which its names (trimmed, lower case) are what `is_heading` accepts."""
    encoding = encoding_of(source)
    head = source.head(_LONGEST_HEADING * encoding.unit)
    parts = encoding.decode(head).split("\n", 2)
    if len(parts) == 1 and len(head) < source.size:
        return None
    stated = _SEPARATOR_LINE.match(parts[0].removeprefix("\ufeff").rstrip("\r"))
    number = 2 if stated else 1
    if len(parts) < number or (len(parts) == number and len(head) < source.size):
        return None
    written = "\n".join(parts[:number]) + ("\n" if len(parts) > number else "")
    line = parts[number - 1].removeprefix("\ufeff").rstrip("\r")
    for delimiter in (stated[1],) if stated else DELIMITERS:
        cells = _Cells(delimiter)
        if delimiter not in line or not cells.line(line) or cells.is_loose:
            continue
        names = tuple(text.strip() for text in cells.texts)
        while names and not names[-1]:
            names = names[:-1]
        if is_heading(tuple(name.casefold() for name in names)):
            return Heading(delimiter, names, min(len(encoding.encode(written)), source.size), number + 1)
    return None


def heading_rule(names: frozenset[str]) -> Callable[[bytes], bool]:
    """Return the rule for noise that is a heading: nothing but these names (lower case), delimiters and quotation marks."""

    def rule(data: bytes) -> bool:
        text = data.decode("utf-8", "replace").removeprefix("\ufeff")
        first, feed, rest = text.partition("\n")
        if feed and _SEPARATOR_LINE.match(first.rstrip("\r")):
            text = rest
        found = [name.strip(' "\r\n').casefold() for name in re.split(r"[,;\t|]", text)]
        return all(name in names or not name for name in found)

    return rule


def rows(
    source: Source,
    delimiter: str,
    start: int = 0,
    number: int = 1,
    opening: re.Pattern[str] | None = None,
    encoding: Encoding | None = None,
) -> Iterator[Row]:
    """
    Yield the records from `start`, a line start with this number.

    Args:
        opening: Matches the start of a line that begins a record and cannot stand inside a quoted value.
    """
    stream = _Again(lines(source, encoding, start, number))
    while (line := stream.next()) is not None:
        if '"' not in line.text and line.is_whole and line.is_first:
            cells = line.text.split(delimiter)
            yield Row(line.start, line.end, line.number, cells, cells)
            continue
        if not (line.is_whole and line.is_first):
            yield Row(line.start, line.end, line.number, [], [], "too-long")
            continue
        yield _record(stream, line, delimiter, opening)


class _Again:
    """Lines, of which some can be put back."""

    def __init__(self, source: Iterator[Line]) -> None:
        self._source = source
        self._back: deque[Line] = deque()

    def next(self) -> Line | None:
        return self._back.popleft() if self._back else next(self._source, None)

    def put_back(self, found: list[Line]) -> None:
        self._back.extendleft(reversed(found))


def _record(stream: _Again, line: Line, delimiter: str, opening: re.Pattern[str] | None) -> Row:
    """Read one record that has a quotation mark; lines that turn out not to belong to it are put back."""
    cells = _Cells(delimiter)
    taken = [line]
    held = len(line.text)
    is_closed = cells.line(line.text)
    while not is_closed:
        following = stream.next()
        if following is not None:
            taken.append(following)
        if following is None or held > LONGEST_RECORD or not following.is_whole:
            return _give_up(stream, taken, opening)
        held += len(following.text)
        before = cells.is_loose
        cells.feed(taken[-2].ending)
        is_closed = cells.line(following.text)
        if cells.is_loose and not before and (opening is None or opening.match(following.text)):
            return _give_up(stream, taken, opening)
    problem = "text-after-quote" if cells.is_loose else None
    return Row(line.start, taken[-1].end, line.number, cells.raws, cells.texts, problem)


def _give_up(stream: _Again, taken: list[Line], opening: re.Pattern[str] | None) -> Row:
    """Return as unclosed what cannot be a record's: its first line, or everything up to a line that can begin the next."""
    first = taken[0]
    last = 1
    if opening is not None:
        last = next((index for index, line in enumerate(taken) if index and opening.match(line.text)), len(taken))
    stream.put_back(taken[last:])
    return Row(first.start, taken[last - 1].end, first.number, [], [], "unclosed-quote")


class _Cells:
    """Values of one record, line by line."""

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter
        self._is_open = False
        self._parts: list[str] = []
        self.raws: list[str] = []
        self.texts: list[str] = []
        self.is_loose = False

    def feed(self, ending: str) -> None:
        """Take the line break inside a value."""
        self._parts.append(ending)

    def line(self, text: str) -> bool:
        """Take a line; say whether the record ends with it."""
        at = 0
        while True:
            if self._is_open:
                close = _closing(text, at)
                if close < 0:
                    self._parts.append(text[at:])
                    return False
                self._parts.append(text[at:close])
                raw = "".join(self._parts)
                self._is_open, self._parts, at = False, [], close + 1
                end = text.find(self._delimiter, at)
                end = len(text) if end < 0 else end
                behind = text[at:end]
                if behind.strip(" \r"):
                    self.is_loose = True
                    raw = f'"{raw}"{behind}'
                    self._add(raw, raw)
                else:
                    self._add(raw, raw.replace('""', '"').replace("\r\n", "\n"))
            elif text.startswith('"', at):
                self._is_open, at = True, at + 1
                continue
            else:
                end = text.find(self._delimiter, at)
                end = len(text) if end < 0 else end
                self._add(text[at:end], text[at:end])
            if end >= len(text):
                return True
            at = end + 1

    def _add(self, raw: str, text: str) -> None:
        self.raws.append(raw)
        self.texts.append(text)


def _closing(text: str, at: int) -> int:
    """Return the place of the quotation mark that closes a value; -1 when it stays open at the end of the line."""
    while True:
        at = text.find('"', at)
        if at < 0 or not text.startswith('"', at + 1):
            return at
        at += 2
