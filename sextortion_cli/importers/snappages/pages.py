"""The messages of one page of Snapchat, in either layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sextortion_cli.importers.markup.between import Between
from sextortion_cli.importers.markup.elements import Element, Text, parse
from sextortion_cli.importers.markup.page import Built, overlays
from sextortion_cli.importers.markup.rules import NOT_SELECTED
from sextortion_cli.importers.markup.segments import Segment
from sextortion_cli.importers.markup.words import Words, decoded, shown, words_of
from sextortion_cli.importers.snappages.codes import DEFECTS, FACTS, GAPS, NOISE_RULES, SECTION
from sextortion_cli.importers.snappages.layouts import Layout
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Attachment, Conversation, Fact, Gap, Message, MessageKind, Noise, Record, Sender, Time
from sextortion_cli.model.selection import Selection

_TYPE: Final = re.compile(r"[A-Z][A-Z_ ]{2,40}\Z")
_TIME: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) UTC\Z", re.ASCII)
_MEDIA: Final = {b"img": "image", b"video": "video", b"audio": "audio", b"source": "video", b"a": "document"}
_KINDS: Final[dict[str, MessageKind]] = {
    "TEXT": "text",
    "STATUSERASEDMESSAGE": "deleted",
    **dict.fromkeys(("MEDIA", "SNAP", "IMAGE", "PHOTO", "VIDEO", "NOTE", "STICKER"), "media"),
    **dict.fromkeys(("MISSED_VIDEO_CHAT", "MISSED_AUDIO_CHAT", "CALL"), "call"),
}


class Pages(Between):
    """
    Reads the messages of one page.

    Args:
        layout: Of this page.
        selection: What is wanted.
        name: Of the conversation, on a page that holds one.

    Attributes:
        count: Messages so far, chosen or not.
    """

    def __init__(self, layout: Layout, selection: Selection, name: str | None) -> None:
        super().__init__(NOISE_RULES, DEFECTS["unread-text"], FACTS)
        self._layout, self._selection = layout, selection
        self._conversation: Conversation | None = None
        self._name = name
        self._direction: str | None = None
        self._gaps: Counter[str] = Counter()
        self.count = 0

    def torn(self) -> None:
        """Nothing is inherited on these pages but the section, whose heading is read on its own."""

    def gaps(self) -> Iterator[Gap]:
        """Yield what the messages themselves leave open."""
        for code, count in sorted(self._gaps.items()):
            yield Gap(code, GAPS[code], count)

    def records(self, data: bytes, base: int, line: int | None = None) -> Iterator[Record]:
        """Yield what stands between messages; a heading says whether what follows was received or sent."""
        for record in super().records(data, base, line):
            if type(record) is Fact and record.kind == SECTION:
                text = record.values.get("text", "")
                if text == "From" or text.startswith("Received"):
                    self._direction = "received"
                elif text == "To" or text.startswith("Sent"):
                    self._direction = "sent"
            yield record

    def message(self, data: bytes, segment: Segment) -> Built:
        """Read the message `data` begins with."""
        rows = self._layout.is_rows
        root = parse(data, tag=segment.tag, siblings=rows)
        parts = _rows(data, root) if rows else root.elements[:1]
        end, start = parts[-1].end, segment.start
        problems: dict[str, None] = {}
        if not parts[0].is_closed:
            problems["not-closed"] = None
        if root.is_torn:
            problems["damaged-tag"] = None
        try:
            data[:end].decode()
        except UnicodeDecodeError:
            problems["invalid-utf8"] = None
        message = self._row(data, parts, problems) if rows else self._card(data, parts[0], problems)
        message.start, message.end, message.line = start, start + end, segment.line
        self.count += 1
        who = self._name or message.detail.get("to") or (message.sender.name if message.sender else None)
        opened: list[Record] = []
        if self._conversation is None or (rows and who != self._conversation.name):
            self._conversation = Conversation(name=who)
            opened = [self._conversation]
        is_wanted = self._selection.has_conversation(self._conversation)
        if not is_wanted or (self._selection.has_days and not self._selection.has_time(message.time)):
            return Built([*opened, Noise(start, start + end, NOT_SELECTED)], end)
        return Built([*opened, message, *overlays(start, start + end, problems, DEFECTS, segment.line)], end)

    def _card(self, data: bytes, card: Element, problems: dict[str, None]) -> Message:
        found: dict[bytes, list[Element]] = {b"h4": [], b"h6": [], b"p": []}
        said: list[str] = []
        stack: list[Element | Text] = list(reversed(card.nodes))
        while stack:
            node = stack.pop()
            if not isinstance(node, Element):
                said += [text] if (text := decoded(data[node.start : node.end]).strip()) else []
            elif node.name in found:
                found[node.name].append(node)
            else:
                stack += reversed(node.nodes)
        kinds = [text for text in said if _TYPE.match(text)][:1]
        other = [text for text in said if text not in kinds]
        other += [shown(data, extra).strip() for name in (b"h4", b"h6") for extra in found[name][1:]]
        texts = [part for part in found[b"p"] if shown(data, part).strip()]
        other += [shown(data, part).strip() for part in texts[1:]]
        sender = self._sender(data, found[b"h4"][:1])
        if sender is None:
            problems["no-sender"] = None
        written = words_of(data, texts[0]) if texts else None
        time = self._time(shown(data, found[b"h6"][0]).strip() if found[b"h6"] else None, problems)
        return self._message(sender, kinds[0] if kinds else None, time, written, list(card.walk()), {"other": "\n".join(other)})

    def _row(self, data: bytes, rows: list[Element], problems: dict[str, None]) -> Message:
        cells = [part for part in rows[0].elements if part.name == b"td"]
        texts = [shown(data, cell).strip() for cell in cells]
        bodies = [part for row in rows[1:] for part in row.elements if part.name == b"td"] + cells[3:]
        bodies = [part for part in bodies if shown(data, part).strip()]
        time = self._time(texts[2] if len(texts) > 2 else None, problems)
        kind = texts[1] if len(texts) > 1 else None
        sender = None
        detail = {"direction": self._direction or "", "other": "\n".join(shown(data, part).strip() for part in bodies[1:])}
        if self._direction == "sent":
            detail["to"] = texts[0] if texts else ""
            self._gaps["own-name-not-told"] += 1
        else:
            sender = self._sender(data, cells[:1])
        if sender is None and self._direction != "sent":
            problems["no-sender"] = None
        every = [below for row in rows for below in row.walk()]
        return self._message(sender, kind, time, words_of(data, bodies[0]) if bodies else None, every, detail)

    def _message(
        self, sender: Sender | None, kind: str | None, time: Time | None, said: Words | None, every: list[Element], detail: dict[str, str]
    ) -> Message:
        attachments = tuple(_attachments(every))
        if attachments or kind in ("MEDIA", "SNAP", "IMAGE", "VIDEO", "PHOTO", "NOTE"):
            self._gaps["media-elsewhere"] += 1
        fallback: MessageKind = "service" if (kind or "").startswith("STATUS") else "text" if said is not None else "other"
        return Message(
            0,
            0,
            _KINDS.get(kind or "", fallback),
            sender,
            time,
            None if said is None else said.text,
            None if said is None else said.raw,
            None if said is None else said.raw_b64,
            said is not None and said.lossy,
            attachments=attachments,
            detail={key: value for key, value in {"media_type": kind or "", **detail}.items() if value},
        )

    def _sender(self, data: bytes, elements: list[Element]) -> Sender | None:
        name = shown(data, elements[0]).strip() if elements else ""
        clean = visible(name)
        return Sender(clean, None if clean == name else name, clean) if clean else None

    def _time(self, text: str | None, problems: dict[str, None]) -> Time | None:
        if not text:
            problems["no-time"] = None
            return None
        found = _TIME.match(text)
        try:
            utc = f"{datetime.fromisoformat(f'{found[1]}T{found[2]}').isoformat()}Z" if found else None
        except ValueError:
            utc = None
        if utc is None:
            problems["unreadable-time"] = None
        return Time(text, None, utc, "explicit" if utc else "unknown")


def _attachments(every: list[Element]) -> Iterator[Attachment]:
    seen: set[str] = set()
    for element in every:
        name = element.get(b"href" if element.name == b"a" else b"src") if element.name in _MEDIA else None
        if name and name.startswith("data:"):
            yield Attachment(None, _MEDIA[element.name], "(in the page itself)")
        elif name and name not in seen and "://" not in name:
            seen.add(name)
            yield Attachment(name, _MEDIA[element.name])


def _rows(data: bytes, root: Element) -> list[Element]:
    """Return the row that opens a message and the rows behind it that hold what was written."""
    rows = root.elements[:1]
    for node in root.nodes[1:]:
        if isinstance(node, Element):
            if node.name != b"tr" or any(cell.name == b"th" for cell in node.elements):
                break
            rows.append(node)
        elif data[node.start : node.end].strip():
            break
    return rows
