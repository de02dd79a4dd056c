"""The messages of one page in order; answers that are repeated below what they answer are facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from sextortion_cli.importers.imessagepages.bubble import Bubble
from sextortion_cli.importers.imessagepages.codes import DEFECTS, FACTS, GAPS, NOISE_RULES, PART, REPEATED, REPLY
from sextortion_cli.importers.lines.stamps import Clock
from sextortion_cli.importers.markup.between import Between
from sextortion_cli.importers.markup.elements import Element, parse
from sextortion_cli.importers.markup.page import Built, overlays
from sextortion_cli.importers.markup.rules import NOT_SELECTED
from sextortion_cli.importers.markup.segments import Segment
from sextortion_cli.importers.markup.words import shown
from sextortion_cli.model.reading import Conversation, Fact, Gap, Message, MessageKind, Noise, Record, Time
from sextortion_cli.model.selection import Selection

# The program leaves out the bracket that ends this tag; a space stands where it belongs.
_AUDIO: Final = re.compile(rb"(<audio controls src=\"[^\"<>]*+\"(?: type=\"[^\"<>]*+\")?+) (?=</audio>)")
_TAIL = 400


class Pages(Between):
    """
    Reads the messages of one page.

    Args:
        selection: What is wanted.
        conversation: The one they belong to.

    Attributes:
        count: Messages so far, chosen or not.
        has_zoneless: One of them has a local time.
    """

    def __init__(self, selection: Selection, conversation: Conversation) -> None:
        super().__init__(NOISE_RULES, DEFECTS["unread-text"], FACTS)
        self._selection = selection
        self._is_wanted = selection.has_conversation(conversation)
        self._clock = Clock(lambda: (), None)
        self._is_repeated = False
        self._gaps: Counter[str] = Counter()
        self.count = 0
        self.has_zoneless = False

    def torn(self) -> None:
        """Inherit nothing across something that could not be read."""
        self._is_repeated = False

    def gaps(self) -> Iterator[Gap]:
        """Yield what was kept in another form."""
        for code, count in sorted(self._gaps.items()):
            yield Gap(code, GAPS[code], count)

    def records(self, data: bytes, base: int, line: int | None = None) -> Iterator[Record]:
        """Yield what stands between messages."""
        for record in super().records(data, base, line):
            if type(record) is Fact and record.kind == PART:
                self._gaps["further-parts"] += 1
                if not self._is_wanted:
                    yield Noise(record.start, record.end, NOT_SELECTED)
                    continue
            yield record

    def message(self, data: bytes, segment: Segment) -> Built:
        """Read the message `data` begins with."""
        is_repeated, self._is_repeated = self._is_repeated, REPLY.search(data, max(0, len(data) - _TAIL)) is not None
        plain = _AUDIO.sub(rb"\1>", data)
        root = parse(plain, tag=segment.tag)
        element = root.elements[0]
        end = element.end
        problems: dict[str, None] = {}
        if not element.is_closed and not self._is_repeated:
            problems["not-closed"] = None
        if root.is_torn:
            problems["damaged-tag"] = None
        try:
            data[:end].decode()
        except UnicodeDecodeError:
            problems["invalid-utf8"] = None
        start, stop = segment.start, segment.start + end
        if "announcement" in element.classes:
            message = self._event(plain, element, segment, problems)
        else:
            message = self._said(data, plain, element, segment, problems)
        self.count += not is_repeated
        if not self._is_wanted or (self._selection.has_days and not self._selection.has_time(message.time)):
            return Built([Noise(start, stop, NOT_SELECTED)], end)
        if is_repeated:
            self._gaps["replies-repeated"] += 1
            return Built([_copy(message), *overlays(start, stop, problems, DEFECTS, segment.line)], end)
        self.has_zoneless = self.has_zoneless or (message.time is not None and message.time.local is not None)
        return Built([message, *overlays(start, stop, problems, DEFECTS, segment.line)], end)

    def _event(self, data: bytes, element: Element, segment: Segment, problems: dict[str, None]) -> Message:
        when = element.first("timestamp")
        text = " ".join(shown(data, element, without=frozenset((when,)) if when else frozenset()).split())
        time = self._time(None if when is None else shown(data, when).strip(), problems)
        kind: MessageKind = "deleted" if " unsent a message" in text else "service"
        start, end = (when.end if when else element.inner), element.inner_end
        return Message(
            segment.start,
            segment.start + element.end,
            kind,
            None,
            time,
            text,
            _stretch(data, start, end, text),
            line=segment.line,
            lossy="\ufffd" in text,
        )

    def _said(self, data: bytes, plain: bytes, element: Element, segment: Segment, problems: dict[str, None]) -> Message:
        bubble = Bubble()
        bubble.take(plain, element)
        said = bubble.words(plain)
        kind: MessageKind = "text" if said is not None else "media" if bubble.attachments else "other"
        if bubble.kinds == {"unsent"}:
            kind = "deleted"
        more = {"read": bubble.read, "other": "\n".join(bubble.unplaced)}
        return Message(
            segment.start,
            segment.start + element.end,
            kind,
            bubble.sender,
            self._time(bubble.date, problems),
            None if said is None else said.text,
            _as_written(data, plain, said.raw) if said is not None else None,
            None if said is None else said.raw_b64,
            said is not None and said.lossy,
            "edited" in bubble.kinds,
            line=segment.line,
            attachments=tuple(bubble.attachments),
            reactions=tuple(bubble.reactions),
            detail=bubble.detail | {key: value for key, value in more.items() if value},
        )

    def _time(self, written: str | None, problems: dict[str, None]) -> Time | None:
        if not written:
            problems["no-time"] = None
            return None
        time = self._clock.time(written)
        if time.local is None:
            problems["unreadable-time"] = None
        return time


def _as_written(data: bytes, plain: bytes, raw: str | None) -> str | None:
    """Return a stretch as it stands in the file, where a tag in it was mended."""
    if raw is None or data == plain:
        return raw
    place = plain.find(raw.encode())
    return raw if place < 0 else data[place : place + len(raw.encode())].decode("utf-8", "replace")


def _stretch(data: bytes, start: int, end: int, text: str) -> str | None:
    raw = data[start:end].decode("utf-8", "replace")
    return None if text in raw else raw


def _copy(message: Message) -> Fact:
    """Return a message that is repeated as a fact."""
    values = {
        "sender": message.sender.name if message.sender else None,
        "time": message.time.as_written if message.time else None,
        "text": message.text,
        "files": "\n".join(item.name or item.note or "" for item in message.attachments),
        "reactions": "\n".join(f"{item.value} by {item.actor}" for item in message.reactions),
    }
    said = {key: value for key, value in values.items() if value} | message.detail
    return Fact(message.start, message.end, REPEATED, line=message.line, values=said)
