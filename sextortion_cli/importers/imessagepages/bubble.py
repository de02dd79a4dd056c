"""One message of a page: who, when, what; text in parts nobody knows is kept too."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from sextortion_cli.importers.imessage.written import identity_of
from sextortion_cli.importers.markup.elements import Element
from sextortion_cli.importers.markup.words import Words, decoded, shown, words
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Attachment, Reaction, Sender

_SPACE: Final = " \t\r\n\f"
_WHEN: Final = re.compile(r"(?P<date>[^()\n]{1,40}?)\s*(?:\((?P<read>[^\n]{1,200})\))?\Z")
_GUID: Final = re.compile(r"message-guid=(?P<id>[^&\"]{1,200})\Z")
_TAPBACK: Final = re.compile(r"(?P<what>[^\n]{1,60}?)\s+by\s+(?P<who>[^\n]{1,200})\Z")
_MEDIA: Final = {b"img": "image", b"video": "video", b"audio": "audio", b"source": "video"}
_TEXTS: Final = frozenset(("bubble", "edited", "app", "app_error", "unsent", "shareplay", "shared_location"))
_FURNITURE: Final = frozenset(("reply_anchor",))
_NOTES: Final = {"subject": "subject", "deleted": "deleted", "expressive": "effect", "reply_context": "reply", "translated": "translation"}


class Bubble(msgspec.Struct):
    """
    The parts of one message, as they are found.

    Attributes:
        sender: Whom it names.
        date, read: When, as written, and what is said of reading it.
        texts: The elements with what was written, in order.
        kinds: Classes of these.
    """

    sender: Sender | None = None
    date: str | None = None
    read: str | None = None
    texts: list[Element] = []
    kinds: set[str] = set()
    attachments: list[Attachment] = []
    reactions: list[Reaction] = []
    detail: dict[str, str] = {}
    unplaced: list[str] = []

    def take(self, data: bytes, message: Element) -> None:
        """Take the parts of a message's element, wherever in it they stand."""
        stack: list[object] = list(reversed(message.nodes))
        while stack:
            node = stack.pop()
            if not isinstance(node, Element):
                self._leave(decoded(data[node.start : node.end]))  # type: ignore[attr-defined]
            elif not self._part(data, node):
                stack += reversed(node.nodes)

    def _part(self, data: bytes, part: Element) -> bool:
        """Take one part; False when it only holds others."""
        classes = part.classes
        if "sent" in classes or "received" in classes:
            self.detail["direction"] = "sent" if "sent" in classes else "received"
            self.detail |= {"service": service} if (service := " ".join(sorted(classes - {"sent", "received"}))) else {}
            return False
        text = shown(data, part).strip(_SPACE)
        if "timestamp" in classes:
            self._when(part, text)
        elif "sender" in classes:
            clean = visible(text)
            self.sender = Sender(clean, None if clean == text else text, identity_of(text)) if clean else None
        elif found := classes & _TEXTS:
            self.texts.append(part)
            self.kinds |= found
            self._files(data, part, "sticker" if "sticker" in classes else None)
        elif classes & {"attachment", "sticker"}:
            self._files(data, part, "sticker" if "sticker" in classes else None)
            self._leave(shown(data, part, blocks=True))
        elif "attachment_error" in classes:
            self.attachments.append(Attachment(note=text))
        elif classes & {"tapback", "reaction"}:
            self._reaction(data, part)
        elif found := classes & _NOTES.keys():
            self._say(_NOTES[min(found)], text)
        elif part.name in (b"img", b"video", b"audio"):
            self._files(data, part, None)
        elif not classes & _FURNITURE:
            return False
        return True

    def _when(self, part: Element, text: str) -> None:
        if self.date is not None:
            self._leave(text)
            return
        found = _WHEN.match(text)
        self.date, self.read = (found["date"], found["read"]) if found else (text, None)
        for below in part.walk():
            guid = _GUID.search(below.get(b"href") or "")
            if guid is not None:
                self.detail["id"] = guid["id"]

    def _files(self, data: bytes, part: Element, media: str | None) -> None:
        """Take files and links of a part."""
        seen: set[str] = set()
        for below in part.walk():
            source = below.get(b"src") if below.name in _MEDIA else None
            if source and source not in seen:
                seen.add(source)
                self.attachments.append(Attachment(source, media or _MEDIA[below.name]))
            href = (below.get(b"href") or "") if below.name == b"a" else ""
            if href and part.classes & {"attachment", "sticker"}:
                seen.add(href)
                self.attachments.append(Attachment(href, media or "document"))
            elif href and href != shown(data, below).strip(_SPACE):
                self._say("link", href)

    def _reaction(self, data: bytes, part: Element) -> None:
        sticker = next((below.get(b"src") for below in part.walk() if below.name == b"img"), None)
        inner = [below for below in part.elements if below.classes & {"tapback", "reaction"}]
        if inner and sticker is None:
            for below in inner:
                self._reaction(data, below)
            return
        text = " ".join(shown(data, part).split())
        found = _TAPBACK.match(text)
        if found is not None and sticker is None:
            self.reactions.append(Reaction(found["what"], found["who"]))
            return
        self.reactions.append(Reaction(sticker or text or "?", text.removeprefix("by ").removeprefix("from ") or None if sticker else None))

    def _say(self, key: str, text: str) -> None:
        number, name = 1, key
        while name in self.detail:
            number += 1
            name = f"{key}#{number}"
        if text:
            self.detail[name] = text

    def _leave(self, text: str) -> None:
        text = text.strip(_SPACE)
        if text and text not in ("Tapbacks:", "Reactions:", "Subject:"):
            self.unplaced.append(text)

    def words(self, data: bytes) -> Words | None:
        """Return what was written, the parts joined by line breaks."""
        if not self.texts:
            return None
        said = [_versions(data, part) or shown(data, part, blocks="bubble" not in part.classes).strip("\r\n") for part in self.texts]
        return words(data, self.texts[0].inner, self.texts[-1].inner_end, "\n".join(said))


def _versions(data: bytes, part: Element) -> str:
    """Return a text that was changed as the lines of its table: when, and how it was then."""
    rows = [row for row in part.walk() if row.name == b"tr"] if "edited" in part.classes else []
    cells = [[shown(data, cell).strip(_SPACE) for cell in row.elements] for row in rows]
    return "\n".join(": ".join(filter(None, row)) for row in cells)
