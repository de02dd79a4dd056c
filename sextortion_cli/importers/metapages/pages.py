"""The messages of one page in order, in the layout that page has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from sextortion_cli.importers.markup.between import Between
from sextortion_cli.importers.markup.elements import Element, parse
from sextortion_cli.importers.markup.page import Built, overlays
from sextortion_cli.importers.markup.rules import NOT_SELECTED
from sextortion_cli.importers.markup.segments import Segment
from sextortion_cli.importers.markup.tags import BLANK
from sextortion_cli.importers.markup.words import decoded, shown
from sextortion_cli.importers.metapages.codes import DEFECTS, FACTS, GAPS, NOISE_RULES, THREAD
from sextortion_cli.importers.metapages.content import content_of
from sextortion_cli.importers.metapages.dates import read_time
from sextortion_cli.importers.metapages.layouts import Layout, kind_of, single
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Conversation, Fact, Gap, Message, MessageKind, Noise, Record, Sender, Time
from sextortion_cli.model.selection import Selection

_NUMBER: Final = re.compile(r"([0-9]{5,25})@facebook\.com\Z")
_BODY: Final = frozenset((b"a", b"audio", b"blockquote", b"br", b"img", b"p", b"span", b"ul", b"video"))
_UNSENT: Final = re.compile(r"(?:You|.{1,120}) unsent a message\.?\Z")


class Pages(Between):
    """
    Reads the messages of one page.

    Args:
        layout: Of this page.
        selection: What is wanted.
        order: The stated order of numbers in a date.
        name: Of the conversation, from the page's title.

    Attributes:
        count: Messages so far, chosen or not.
    """

    def __init__(self, layout: Layout, selection: Selection, order: str | None, name: str | None) -> None:
        facts = FACTS if layout.is_old else {key: value for key, value in FACTS.items() if key != THREAD}
        super().__init__(NOISE_RULES, DEFECTS["unread-text"], facts)
        self._layout, self._selection, self._order = layout, selection, order
        self.conversation = Conversation(name=name)
        self._is_wanted = selection.has_conversation(self.conversation)
        self._gaps: Counter[str] = Counter()
        self._is_open = False
        self.count = 0

    def torn(self) -> None:
        """Nothing is inherited on these pages."""

    def gaps(self) -> Iterator[Gap]:
        """Yield what the messages themselves leave open; a zone somebody states need not be the one the service chose."""
        for code, count in sorted(self._gaps.items()):
            yield Gap(code, GAPS[code], count)

    def records(self, data: bytes, base: int, line: int | None = None) -> Iterator[Record]:
        """Yield what stands between messages; the header of a conversation opens it."""
        for record in super().records(data, base, line):
            if type(record) is Fact and record.kind == THREAD:
                self.conversation = Conversation(name=record.values.get("title") or record.values.get("people"))
                self._is_wanted = self._selection.has_conversation(self.conversation)
                self._is_open = True
                yield self.conversation
            yield record

    def message(self, data: bytes, segment: Segment) -> Built:
        """Read the message `data` begins with."""
        old = self._layout.is_old
        root = parse(data, tag=segment.tag, siblings=old)
        element = root.elements[0]
        parts = [element, *_behind(data, root)] if old else [element]
        end = parts[-1].end
        problems: dict[str, None] = {}
        if not element.is_closed:
            problems["not-closed"] = None
        if root.is_torn:
            problems["damaged-tag"] = None
        try:
            data[:end].decode()
        except UnicodeDecodeError:
            problems["invalid-utf8"] = None
        sender, time, body, more = self._old(data, element, parts[1:]) if old else self._boxed(data, element)
        content = content_of(data, body)
        said = content.said
        kind: MessageKind = "text" if said is not None else "media" if content.attachments else "other"
        if said is not None and _UNSENT.match(said.text):
            kind = "deleted"
        if content.attachments:
            self._gaps["media-elsewhere"] += 1
        message = Message(
            segment.start,
            segment.start + end,
            kind,
            self._who(sender, problems),
            self._when(time, problems),
            None if said is None else said.text,
            None if said is None else said.raw,
            None if said is None else said.raw_b64,
            said is not None and said.lossy,
            line=segment.line,
            attachments=content.attachments,
            reactions=content.reactions,
            detail={**content.detail, **more},
        )
        self.count += 1
        start = segment.start
        opened: list[Record] = [] if self._is_open else [self.conversation]
        self._is_open = True
        if not self._is_wanted or (self._selection.has_days and not self._selection.has_time(message.time)):
            return Built([*opened, Noise(start, start + end, NOT_SELECTED)], end)
        return Built([*opened, message, *overlays(start, start + end, problems, DEFECTS, segment.line)], end)

    def _old(self, data: bytes, element: Element, body: list[Element]) -> tuple[str | None, str | None, list[Element], dict[str, str]]:
        """Return sender, time and body of a message of the layout until 2018, and any other text in its header."""
        users = [part for part in element.walk() if "user" in part.classes]
        times = [part for part in element.walk() if "meta" in part.classes]
        placed = frozenset([*users[:1], *times[:1]])
        other = shown(data, element, blocks=True, without=placed)
        return (
            shown(data, users[0]).strip() if users else None,
            shown(data, times[0]).strip() if times else None,
            body,
            {"other": other} if other else {},
        )

    def _boxed(self, data: bytes, element: Element) -> tuple[str | None, str | None, list[Element], dict[str, str]]:
        """Return sender, time and what stands between them, by their places, and any text outside all parts."""
        parts, layout = element.elements, self._layout
        sender = time = None
        if parts and kind_of(parts[-1]) == layout.time and (len(parts) > 2 or layout.time != layout.sender):
            time = single(data, parts[-1])
            parts = parts[:-1] if time is not None else parts
        if parts and kind_of(parts[0]) == layout.sender and (len(parts) > 1 or layout.time != layout.sender):
            sender = single(data, parts[0])
            parts = parts[1:] if sender is not None else parts
        loose = [decoded(data[node.start : node.end]).strip() for node in element.nodes if node.name is None]
        other = "\n".join(filter(None, loose))
        return sender, time, parts, {"other": other} if other else {}

    def _who(self, name: str | None, problems: dict[str, None]) -> Sender | None:
        clean = visible(name or "")
        if name is None or not clean:
            problems["no-sender"] = None
            return None
        number = _NUMBER.match(clean)
        if number is not None:
            self._gaps["names-are-numbers"] += 1
        return Sender(clean, None if clean == name else name, number[1] if number else None)

    def _when(self, text: str | None, problems: dict[str, None]) -> Time | None:
        if not text:
            problems["no-time"] = None
            return None
        time, code = read_time(text, self._order)
        if code == "unreadable-time":
            problems[code] = None
        elif code is not None:
            self._gaps[code] += 1
        if time.basis == "unknown" and time.local is not None:
            self._gaps["zone-of-the-service"] += 1
        return time


def _behind(data: bytes, root: Element) -> list[Element]:
    """Return the elements behind the first that hold what was written: up to anything that does not belong there."""
    found: list[Element] = []
    for node in root.nodes[1:]:
        if isinstance(node, Element):
            if node.name not in _BODY:
                break
            found.append(node)
        elif not BLANK.fullmatch(data, node.start, node.end):
            break
    return found
