"""The messages of an HTML export in order: who a joined message is from, which day a service line belongs to, what was not chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from sextortion_cli.importers.markup.elements import Element, parse
from sextortion_cli.importers.markup.page import Built, overlays
from sextortion_cli.importers.markup.rules import NOT_SELECTED
from sextortion_cli.importers.markup.segments import Segment
from sextortion_cli.importers.markup.words import words_of
from sextortion_cli.importers.telegram.bubble import Bubble, sender_of
from sextortion_cli.importers.telegram.codes import GAPS
from sextortion_cli.importers.telegram.pagecodes import DATE_LINE, PAGE_DEFECTS, PAGE_GAPS, PAGE_RULES
from sextortion_cli.importers.telegram.pagetimes import day_time, title_time
from sextortion_cli.model.reading import Conversation, Gap, Message, MessageKind, Noise, Sender, Time
from sextortion_cli.model.selection import Selection

#: What a service line ends with or says, as the exporting program words it: the kind of message, and a gap it speaks of.
_EVENTS: Final[tuple[tuple[str, str, MessageKind, str | None], ...]] = (
    ("History cleared", "history-cleared", "deleted", "history-cleared"),
    (" took a screenshot", "screenshot", "service", None),
    (" has set messages to auto-delete in", "auto-delete", "service", "messages-set-to-disappear"),
    ("New messages will auto-delete in", "auto-delete", "service", "messages-set-to-disappear"),
    ("This message is not supported by this version", "unsupported", "other", "unsupported-messages"),
    (" started voice chat", "voice-chat", "call", None),
    ("Voice chat", "voice-chat", "call", None),
)


class Pages:
    """
    Reads the messages of one page, in order.

    Args:
        selection: What is wanted.
        conversation: The one they belong to.

    Attributes:
        count: Messages so far, chosen or not.
    """

    def __init__(self, selection: Selection, conversation: Conversation) -> None:
        self._selection = selection
        self._is_wanted = selection.has_conversation(conversation)
        self._sender: Sender | None = None
        self._forwarded: str | None = None
        self._day: Time | None = None
        self._gaps: Counter[str] = Counter()
        self.count = 0

    def torn(self) -> None:
        """Inherit nothing across something that could not be read."""
        self._sender = self._forwarded = self._day = None

    def gaps(self, *, has_zone: bool) -> Iterator[Gap]:
        """Yield what the messages themselves leave out or open."""
        for code, count in sorted(self._gaps.items()):
            if not (has_zone and code == "zone-unknown"):
                yield Gap(code, PAGE_GAPS.get(code) or GAPS[code], count)

    def message(self, data: bytes, segment: Segment) -> Built:
        """Read the message `data` begins with."""
        line = PAGE_RULES[DATE_LINE].match(data)
        if line is not None:
            root = parse(data[: line.end()])
            self._day = day_time(words_of(data, root.elements[0].elements[0]).text)
            self._sender = self._forwarded = None
            return Built([Noise(segment.start, segment.start + line.end(), DATE_LINE)], line.end())
        root = parse(data, tag=segment.tag)
        element = root.elements[0]
        problems: dict[str, None] = {}
        if not element.is_closed:
            problems["not-closed"] = None
        if root.is_torn:
            problems["damaged-tag"] = None
        start, end = segment.start, segment.start + element.end
        identity = (element.get(b"id") or "").removeprefix("message")
        if "service" in element.classes and "default" not in element.classes:
            message = self._service(data, element, start, end, problems)
        else:
            message = self._default(data, element, start, end, problems)
        message.line = segment.line
        if identity:
            message.detail = {"id": identity, **message.detail}
        self.count += 1
        if not self._is_wanted or (self._selection.has_days and not self._selection.has_time(message.time)):
            return Built([Noise(start, end, NOT_SELECTED)], element.end)
        return Built([message, *overlays(start, end, problems, PAGE_DEFECTS, segment.line)], element.end)

    def _service(self, data: bytes, element: Element, start: int, end: int, problems: dict[str, None]) -> Message:
        self._sender = self._forwarded = None
        body = next((part for part in element.elements if "body" in part.classes), None)
        said = words_of(data, body if body is not None else element)
        kind: MessageKind = "service"
        detail: dict[str, str] = {}
        for phrase, event, found, gap in _EVENTS:
            if said.text.startswith(phrase) or (phrase[0] == " " and phrase in said.text):
                kind, detail["event"] = found, event
                if gap is not None:
                    self._gaps[gap] += 1
                break
        if said.lossy:
            problems["invalid-utf8"] = None
        self._gaps["service-without-time"] += 1
        for picture in element.walk():
            if "userpic_link" in picture.classes:
                detail["photo"] = picture.get(b"href") or ""
        return Message(start, end, kind, None, self._day, said.text, said.raw, said.raw_b64, said.lossy, detail=detail)

    def _default(self, data: bytes, element: Element, start: int, end: int, problems: dict[str, None]) -> Message:
        bubble = Bubble()
        bubble.read(data, element)
        detail = bubble.detail
        sender = self._who(bubble, "joined" in element.classes, problems)
        said, media = bubble.words(data), bubble.media
        if (said is not None and said.lossy) or not _is_text(data[: element.end]):
            problems["invalid-utf8"] = None
        if (links := bubble.links(data)) is not None:
            detail["links"] = links
        if bubble.unplaced:
            detail["other"] = "\n".join(bubble.unplaced)
        self._gaps["media-not-exported"] += media.is_absent
        self._gaps["messages-set-to-disappear"] += media.disappears
        self._gaps += Counter()
        return Message(
            start,
            end,
            media.kind or ("text" if said is not None and said.text else "media" if media.attachments else "other"),
            sender,
            self._when(bubble, problems),
            None if said is None else said.text,
            None if said is None else said.raw,
            None if said is None else said.raw_b64,
            said is not None and said.lossy,
            attachments=tuple(media.attachments),
            reactions=tuple(bubble.reactions),
            detail={**detail, **media.detail},
        )

    def _who(self, bubble: Bubble, is_joined: bool, problems: dict[str, None]) -> Sender | None:
        if bubble.name is not None:
            self._sender, via = sender_of(bubble.name)
            self._forwarded = None
            if via is not None:
                bubble.detail["via_bot"] = f"@{via}"
        elif is_joined and self._sender is not None:
            bubble.detail["joined"] = "true"
        else:
            self._sender = None
            problems["sender-unknown" if is_joined else "no-sender"] = None
        if bubble.is_forwarded:
            self._forwarded = bubble.detail.setdefault("forwarded_from", self._forwarded or "") or None
        return self._sender

    def _when(self, bubble: Bubble, problems: dict[str, None]) -> Time | None:
        if not bubble.title:
            problems["no-time"] = None
            return None
        time, is_read, has_offset = title_time(bubble.title)
        if not is_read:
            problems["unreadable-time"] = None
        else:
            self._gaps["offset-of-standard-time" if has_offset else "zone-unknown"] += 1
            if self._day is None or (self._day.local or "")[:10] != (time.local or "")[:10]:
                self._day = Time(time.as_written[:10], (time.local or "")[:10] + "T00:00:00", precision="day")
        return time


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
