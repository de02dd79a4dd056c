"""The records of a backup: they tile the file whatever it holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.markup.between import Between
from sextortion_cli.importers.markup.page import overlays
from sextortion_cli.importers.markup.rules import NOT_SELECTED
from sextortion_cli.importers.smsxml.codes import BACKUP, DEFECTS, GAPS, ROOT
from sextortion_cli.importers.smsxml.element import Element, Tag, TooManyError
from sextortion_cli.importers.smsxml.message import Built, build
from sextortion_cli.importers.smsxml.pieces import MOST_BYTES, Piece, pieces
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Noise, ReadOptions, Record
from sextortion_cli.model.selection import Selection

_COUNT = re.compile(r"[0-9]{1,12}\Z", re.ASCII)
_TAIL = 4096
_END = (b"</smses", b"</calls")


class Backup(Between):
    """
    Reads one file.

    Args:
        options: What was stated.
    """

    def __init__(self, options: ReadOptions) -> None:
        super().__init__({}, DEFECTS["unread-text"], {BACKUP: ROOT})
        self._selection = Selection(options)
        self._conversation: Conversation | None = None
        self._gaps: Counter[str] = Counter()
        self._stated: tuple[int, int, int] | None = None
        self._count = 0

    def read(self, source: Source) -> Iterator[Record]:
        """Yield everything."""
        for piece in pieces(source):
            if piece.is_message:
                self._count += 1
                yield from self._message(piece)
            elif piece.is_cut:
                yield Defect(piece.start, piece.end, "too-large", DEFECTS["too-large"], line=piece.line)
            else:
                yield from self._other(piece, 0)
        if self._stated is not None and self._stated[2] != self._count:
            yield Defect(self._stated[0], self._stated[1], "count-differs", DEFECTS["count-differs"], overlay=True)
        if not any(end in source.tail(_TAIL) for end in _END) and not self._is_closed(source):
            yield Defect(source.size - 1, source.size, "truncated-page", DEFECTS["truncated-page"], overlay=True)
        for code in ("only-this-phone", "owner-not-named"):
            yield Gap(code, GAPS[code])
        for code, count in sorted(self._gaps.items()):
            yield Gap(code, GAPS[code], count)

    def _is_closed(self, source: Source) -> bool:
        return self._stated is not None and source.read_at(self._stated[1] - 2, 2) == b"/>"

    def _other(self, piece: Piece, start: int) -> Iterator[Record]:
        """Yield what stands in a piece from `start` of its data on, which is no message."""
        if start >= len(piece.data):
            return
        place = piece.place(start)
        line = piece.line + piece.data.count(b"\n", 0, start)
        if any(picture.place >= start for picture in piece.pictures):
            # Pictures outside any message: part of one that could not be read.
            yield Defect(place, piece.end, "unread-text", DEFECTS["unread-text"], line=line)
            return
        for record in self.records(piece.data[start:], place, line):
            yield self._root(record, piece.data[start:], place) if type(record) is Fact and record.kind == BACKUP else record

    def _root(self, record: Fact, data: bytes, place: int) -> Fact:
        """Return the fact of the tag that holds all messages, and remember what it says of their number."""
        tag = Tag(data, record.start - place, record.end - place)
        values = {"holds": record.values.get("root", "")} | {key: value.text for key, value in tag.values.items() if value.text}
        if self._stated is None and _COUNT.match(values.get("count", "")):
            self._stated = record.start, record.end, int(values["count"])
        return msgspec.structs.replace(record, values=values)

    def _message(self, piece: Piece) -> Iterator[Record]:
        try:
            element = Element(piece)
        except TooManyError:
            yield Defect(piece.start, piece.end, "too-many-elements", DEFECTS["too-many-elements"], line=piece.line)
            return
        if piece.is_cut and element.end >= len(piece.data):
            yield Defect(piece.start, piece.end, "too-large", DEFECTS["too-large"], line=piece.line)
            return
        end = piece.place(element.end)
        built = build(element, piece.data, piece.start, end, piece.line)
        self._gaps.update(built.gaps)
        selection = self._selection
        if not selection.has_conversation(built.conversation) or (selection.has_days and not selection.has_time(built.message.time)):
            yield Noise(piece.start, end, NOT_SELECTED)
        elif end - piece.start > MOST_BYTES:
            yield from _too_large(built, piece)
        else:
            if built.conversation != self._conversation:
                self._conversation = built.conversation
                yield built.conversation
            yield built.message
            yield from overlays(piece.start, end, built.problems, DEFECTS, piece.line)
        if piece.is_cut:
            yield Defect(end, piece.end, "too-large", DEFECTS["too-large"])
        else:
            yield from self._other(piece, element.end)


def _too_large(built: Built, piece: Piece) -> Iterator[Record]:
    """Yield a defect for a message that is too large, and beside it what it says."""
    message = built.message
    yield Defect(message.start, message.end, "too-large", DEFECTS["too-large"], line=piece.line)
    values = {
        "conversation": built.conversation.name,
        "sender": message.sender.name if message.sender else None,
        "time": message.time.utc if message.time else None,
        "text": message.text,
    }
    said = {key: value for key, value in values.items() if value} | message.detail
    yield Fact(message.start, message.end, "message-too-large", line=piece.line, values=said, overlay=True)
