"""One message of an exported page: who, when, what, and text in parts nobody knows."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from sextortion_cli.importers.markup.elements import Element
from sextortion_cli.importers.markup.words import Words, decoded, shown, trimmed, words
from sextortion_cli.model.reading import Attachment, Reaction

_NUMBER: Final = re.compile(r"'([0-9]{1,20})'")
_SIGNED: Final = re.compile(r"(https://(?:cdn|media)\.discordapp\.(?:com|net)/[^?#]*+)\?.*\Z", re.DOTALL)
_TITLE: Final = re.compile(r"(Image|Video|Audio): (.*) \(([^()]{1,40})\)\Z", re.DOTALL)
_MEDIA: Final = {b"img": "image", b"video": "video", b"audio": "audio"}
_FURNITURE: Final = frozenset(
    (
        "chatlog__avatar",
        "chatlog__reply-symbol",
        "chatlog__reference-symbol",
        "chatlog__short-timestamp",
        "chatlog__system-notification-icon",
    )
)
_WITHHELD: Final = "(withheld: signature)"
_SPACE = " \t\r\n\f"


class Bubble(msgspec.Struct):
    """
    The parts of one message, as they are found.

    Attributes:
        author: The element that names the sender, or None.
        time: The time as written, or None.
        notice: The text of a line Discord wrote itself.
        edited: When it was changed, as written.
    """

    author: Element | None = None
    time: str | None = None
    content: Element | None = None
    notice: Element | None = None
    edited: str | None = None
    attachments: list[Attachment] = []
    reactions: list[Reaction] = []
    detail: dict[str, str] = {}
    unplaced: list[str] = []
    is_signed: bool = False

    def read(self, data: bytes, message: Element) -> None:
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
        text = shown(data, part).strip(_SPACE)
        if classes & _FURNITURE:
            if "chatlog__short-timestamp" in classes and self.time is None:
                self.time = part.get(b"title") or text
        elif classes & {"chatlog__author", "chatlog__author-name", "chatlog__system-notification-author"}:
            self.author = self.author or part
        elif classes & {"chatlog__timestamp", "chatlog__system-notification-timestamp"}:
            self.time = part.get(b"title") or text
        elif classes & {"chatlog__author-tag", "chatlog__bot-label", "chatlog__bot-tag"}:
            self.detail["author_tag"] = text
        elif classes & {"chatlog__reply", "chatlog__reference"}:
            self._reply(data, part)
        elif "chatlog__edited-timestamp" in classes:
            self.edited = part.get(b"title") or text
        elif classes & {"chatlog__markdown-preserve", "markdown"} and self.content is None:
            self._content(data, part)
        elif "chatlog__system-notification-content" in classes:
            self.notice = part
        elif "chatlog__attachment" in classes:
            self._attachment(data, part)
        elif "chatlog__embed" in classes:
            self._say("embed", shown(data, part, blocks=True))
            self._links(data, part)
        elif "chatlog__sticker" in classes:
            self._sticker(part)
        elif "chatlog__reaction" in classes:
            self._reaction(data, part)
        else:
            return False
        return True

    def _content(self, data: bytes, part: Element) -> None:
        self.content = part
        for below in part.walk():
            if "chatlog__edited-timestamp" in below.classes:
                self.edited = below.get(b"title") or shown(data, below)
        self._links(data, part)

    def _reply(self, data: bytes, part: Element) -> None:
        for below in part.walk():
            name = next((item for item in below.classes if item.endswith(("reply-author", "reference-author"))), None)
            if name is not None:
                self.detail["reply_to_author"] = shown(data, below).strip(_SPACE)
            elif below.classes & {
                "chatlog__reply-content",
                "chatlog__reference-content",
                "chatlog__reply-unknown",
                "chatlog__reference-unknown",
            }:
                self.detail["reply_to_text"] = shown(data, below, images=True).strip(_SPACE)
            number = _NUMBER.search(below.get(b"onclick") or "")
            if number is not None:
                self.detail["reply_to_message_id"] = number[1]

    def _attachment(self, data: bytes, part: Element) -> None:
        href = name = note = None
        media = "document"
        for below in part.walk():
            link = below.get(b"href" if below.name == b"a" else b"src") if below.name in (b"a", b"img", b"source") else None
            href = href or link
            media = _MEDIA.get(below.name, media)
            titled = _TITLE.match(below.get(b"title") or "")
            if titled is not None:
                name, note = titled[2], titled[3]
            if "chatlog__attachment-generic-name" in below.classes:
                name = shown(data, below).strip(_SPACE)
            elif "chatlog__attachment-generic-size" in below.classes:
                note = shown(data, below).strip(_SPACE)
        if name is None:
            note = shown(data, part).strip(_SPACE) or None
        place = self._unsigned(href) if href else None
        said = ", ".join(filter(None, (name if place and name and not place.endswith(name) else None, note)))
        self.attachments.append(Attachment(place or name, media, said or None))

    def _sticker(self, part: Element) -> None:
        for below in part.walk():
            source = below.get(b"src") or below.get(b"data-source")
            if source:
                self.attachments.append(Attachment(self._unsigned(source), "sticker", part.get(b"title") or None))
                return
        self.attachments.append(Attachment(None, "sticker", part.get(b"title") or None))

    def _reaction(self, data: bytes, part: Element) -> None:
        value, count = part.get(b"title") or "?", 1
        for below in part.walk():
            if below.name == b"img":
                value = below.get(b"alt") or value
            elif "chatlog__reaction-count" in below.classes:
                digits = shown(data, below).strip(_SPACE)
                count = int(digits) if digits.isdecimal() and len(digits) < 10 else 1
        self.reactions.append(Reaction(value, None, count))

    def _links(self, data: bytes, part: Element) -> None:
        found = msgspec.json.decode(self.detail["links"]) if "links" in self.detail else []
        for below in part.walk():
            href = (below.get(b"href") or "") if below.name == b"a" else ""
            label = shown(data, below, images=True).strip(_SPACE)
            if href and not href.startswith("#") and href != label:
                found.append({"text": label, "href": self._unsigned(href)})
        if found:
            self.detail["links"] = msgspec.json.encode(found).decode()

    def _unsigned(self, link: str) -> str:
        """Return a link without its signature, which lets whoever has it download the file."""
        signed = _SIGNED.match(link)
        if signed is None:
            return link
        self.is_signed = True
        return f"{signed[1]} {_WITHHELD}"

    def _say(self, key: str, text: str) -> None:
        number, name = 1, key
        while name in self.detail:
            number += 1
            name = f"{key}#{number}"
        if text:
            self.detail[name] = text

    def _leave(self, text: str) -> None:
        text = text.strip(_SPACE)
        if text:
            self.unplaced.append(text)

    def words(self, data: bytes) -> Words | None:
        """Return what was written, pictures of emoji as what they stand for."""
        part = self.content or self.notice
        if part is None:
            return None
        edits = [below for below in part.walk() if "chatlog__edited-timestamp" in below.classes]
        end = edits[0].start if edits and edits[0].start > part.inner else part.inner_end
        start, end = trimmed(data, part.inner, end)
        text = shown(data, part, images=True, without=frozenset(edits))
        text = " ".join(text.split()) if part is self.notice else text.strip(_SPACE)
        return words(data, start, end, text) if text else None
