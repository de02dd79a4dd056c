"""The messages of one exported page in order; a message without a name is from whom its group is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from sextortion_cli.importers.discordpages.bubble import Bubble
from sextortion_cli.importers.discordpages.codes import DEFECTS, FACTS, GAPS, GROUP, NOISE_RULES, NOTE
from sextortion_cli.importers.markup.between import Between
from sextortion_cli.importers.markup.elements import Element, parse
from sextortion_cli.importers.markup.page import Built, overlays
from sextortion_cli.importers.markup.rules import NOT_SELECTED
from sextortion_cli.importers.markup.segments import Segment
from sextortion_cli.importers.markup.words import decoded, shown
from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message, MessageKind, Noise, Record, Sender, Time
from sextortion_cli.model.selection import Selection

_GROUP_TAG: Final = b"chatlog__message-group"
_FIRST_MS: Final = 1_420_070_400_000  # 2015-01-01, from which Discord counts
_EXPORTED: Final = re.compile(r"Exported ([0-9][0-9.,'\u00a0\u202f\u2019 ]*) message", re.ASCII)


class Pages(Between):
    """
    Reads the messages of one page.

    Args:
        selection: What is wanted.
        conversation: The one they belong to.

    Attributes:
        count: Messages so far, chosen or not.
    """

    def __init__(self, selection: Selection, conversation: Conversation) -> None:
        super().__init__(NOISE_RULES, DEFECTS["unread-text"], FACTS)
        self._selection = selection
        self._is_wanted = selection.has_conversation(conversation)
        self._sender: Sender | None = None
        self._group_time: str | None = None
        self._full: str | None = None
        self._gaps: Counter[str] = Counter()
        self.count = 0

    def torn(self) -> None:
        """Inherit nothing across something that could not be read."""
        self._sender = self._group_time = self._full = None

    def gaps(self) -> Iterator[Gap]:
        """Yield what was left out of the records."""
        for code, count in sorted(self._gaps.items()):
            yield Gap(code, GAPS[code], count)

    def records(self, data: bytes, base: int, line: int | None = None) -> Iterator[Record]:
        """Yield what stands between messages; a new group is somebody else's, or later."""
        if _GROUP_TAG in data:
            self.torn()
        for record in super().records(data, base, line):
            if type(record) is Fact and record.kind == GROUP:
                yield self._group(data[record.start - base : record.end - base], record)
                continue
            yield record
            if type(record) is Fact and record.kind == NOTE:
                exported = _EXPORTED.match(record.values.get("text", ""))
                if exported is not None and int(re.sub(r"[^0-9]", "", exported[1])[:12]) != self.count:
                    yield Defect(record.start, record.end, "count-differs", DEFECTS["count-differs"], overlay=True)

    def _group(self, data: bytes, record: Fact) -> Fact:
        author = parse(data).elements[0]
        self._take(data, author)
        self._group_time = record.values.get("time")
        values = {key: record.values.get(key) for key in ("name", "time")} | {
            "id": author.get(b"data-user-id"),
            "title": author.get(b"title"),
        }
        return msgspec.structs.replace(record, values={key: value for key, value in values.items() if value})

    def _take(self, data: bytes, author: Element) -> None:
        """Remember whom an element names."""
        name = shown(data, author).strip()
        clean = visible(name)
        identity = author.get(b"data-user-id") or None
        self._sender = Sender(clean, None if clean == name else name, identity) if clean or identity else None
        full = author.get(b"title")
        self._full = full if full and full != name else None

    def message(self, data: bytes, segment: Segment) -> Built:
        """Read the message `data` begins with."""
        root = parse(data, tag=segment.tag)
        element = root.elements[0]
        end = element.end
        problems: dict[str, None] = {}
        if not element.is_closed:
            problems["not-closed"] = None
        if root.is_torn:
            problems["damaged-tag"] = None
        try:
            data[:end].decode()
        except UnicodeDecodeError:
            problems["invalid-utf8"] = None
        bubble = Bubble()
        bubble.read(data, element)
        if bubble.author is not None:
            self._take(data, bubble.author)
        if self._sender is None:
            problems["sender-unknown"] = None
        identity = re.search(rb"data-message-id=[\"']?([0-9]{1,20})", data[: segment.tag])
        number = identity[1].decode() if identity else ""
        said = bubble.words(data)
        if bubble.notice is not None and said is not None and said.text.startswith("started a call"):
            bubble.detail["event"] = "call"
        time = self._when(bubble, number, problems)
        message = Message(
            segment.start,
            segment.start + end,
            self._kind(bubble, said is not None),
            self._sender,
            time,
            None if said is None else said.text,
            None if said is None else said.raw,
            None if said is None else said.raw_b64,
            said is not None and said.lossy,
            bubble.edited is not None,
            line=segment.line,
            attachments=tuple(bubble.attachments),
            reactions=tuple(bubble.reactions),
            detail=self._detail(bubble, number, element),
        )
        self._gaps["withheld-signatures"] += bubble.is_signed
        self._gaps += Counter()
        self.count += 1
        if not self._is_wanted or (self._selection.has_days and not self._selection.has_time(time)):
            return Built([Noise(segment.start, segment.start + end, NOT_SELECTED)], end)
        return Built([message, *overlays(segment.start, segment.start + end, problems, DEFECTS, segment.line)], end)

    def _kind(self, bubble: Bubble, has_text: bool) -> MessageKind:
        if bubble.notice is not None:
            return "call" if bubble.detail.get("event") == "call" else "service"
        return "text" if has_text else "media" if bubble.attachments else "other"

    def _detail(self, bubble: Bubble, number: str, element: Element) -> dict[str, str]:
        more = {
            "id": number,
            "author_title": self._full,
            "edited": bubble.edited,
            "pinned": "true" if any(name.endswith("--pinned") for name in element.classes) else None,
            "other": "\n".join(bubble.unplaced),
        }
        return {**{key: value for key, value in more.items() if value}, **bubble.detail}

    def _when(self, bubble: Bubble, number: str, problems: dict[str, None]) -> Time | None:
        """Return the time: UTC from the message's number (Discord's documentation, Snowflakes), beside what the page shows."""
        written, self._group_time = bubble.time or self._group_time, None  # the time of a group is that of its first message
        utc = utc_text(((int(number) >> 22) + _FIRST_MS) // 1000) if number and int(number) >> 22 else None
        if written is None and utc is None:
            problems["no-time"] = None
            return None
        return Time(written if written is not None else number, None, utc, "explicit" if utc else "unknown")


def conversation_of(head: bytes) -> Conversation:
    """Return the channel that the beginning of a page names."""
    entries = re.findall(rb"<div class=\"?preamble__entry\"?\s*+>([^<]{0,4096}+)</div>", head)
    names = [visible(" ".join(decoded(entry).split())) for entry in entries]
    if len(names) > 1:
        return Conversation(name=names[1] or None)
    title = NOISE_RULES["page-title"].search(head)
    return Conversation(name=visible(decoded(title["name"])) or None if title else None)
