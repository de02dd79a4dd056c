"""One message of the HTML export: every part of its bubble finds its place, and text in a part nobody knows is kept too."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from sextortion_cli.importers.markup.elements import Element
from sextortion_cli.importers.markup.words import Words, decoded, shown, trimmed, words, words_of
from sextortion_cli.importers.telegram.pagemedia import Media
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Reaction, Sender

_VIA: Final = re.compile(r"(?s)(.*) via @([A-Za-z0-9_]{1,64})\Z")
_REPLY: Final = re.compile(r"#go_to_message(-?[0-9]{1,20})\Z")
_SPACE = " \t\r\n\f"


class Bubble(msgspec.Struct):
    """
    The parts of one message, as they are found.

    Attributes:
        title: The title of its date, or what stands there; None without one.
        name: The sender's name as it stands, or None on a joined message.
        forwarded: Names and time of the message it repeats; ``forwarded_from`` is missing on one that is joined.
        texts: Elements that hold text people wrote.
    """

    title: str | None = None
    name: str | None = None
    is_forwarded: bool = False
    media: Media = msgspec.field(default_factory=Media)
    texts: list[Element] = []
    reactions: list[Reaction] = []
    detail: dict[str, str] = {}
    unplaced: list[str] = []

    def read(self, data: bytes, message: Element) -> None:
        """Take the parts of a message's element."""
        for part in message.nodes:
            if not isinstance(part, Element):
                self._leave(decoded(data[part.start : part.end]))
            elif "body" in part.classes:
                self._body(data, part, is_forwarded=False)
            elif "userpic_wrap" not in part.classes:  # it holds the sender's picture, or the first letters of the name
                self._leave(shown(data, part))

    def _body(self, data: bytes, body: Element, *, is_forwarded: bool) -> None:
        for part in body.nodes:
            if isinstance(part, Element):
                self._part(data, part, is_forwarded=is_forwarded)
            else:
                self._leave(decoded(data[part.start : part.end]))

    def _part(self, data: bytes, part: Element, *, is_forwarded: bool) -> None:
        classes = part.classes
        if "userpic_wrap" in classes:
            return
        if "date" in classes and self.title is None and not is_forwarded:
            self.title = part.get(b"title") or shown(data, part).strip(_SPACE)
        elif "from_name" in classes:
            self._from(data, part, is_forwarded=is_forwarded)
        elif "forwarded" in classes and "body" in classes and not is_forwarded:
            self.is_forwarded = True
            self._body(data, part, is_forwarded=True)
        elif "reply_to" in classes:
            self._reply(data, part)
        elif "media_wrap" in classes:
            self.media.add(data, part)
        elif "text" in classes:
            self.texts.append(part)
        elif "signature" in classes:
            self.detail["author"] = shown(data, part).strip(_SPACE)
        elif "bot_buttons_table" in classes:
            self._buttons(data, part)
        elif "reactions" in classes:
            self.reactions += [one for item in part.elements if "reaction" in item.classes for one in _reactions(data, item)]
        else:
            self._leave(shown(data, part))

    def _from(self, data: bytes, part: Element, *, is_forwarded: bool) -> None:
        dates = frozenset(element for element in part.elements if "date" in element.classes)
        name = shown(data, part, without=dates).strip(_SPACE)
        if not is_forwarded:
            self.name = name
            return
        self.detail["forwarded_from"] = name
        for date in dates:
            self.detail["forwarded_date"] = date.get(b"title") or shown(data, date).strip(_SPACE)

    def _reply(self, data: bytes, part: Element) -> None:
        for element in part.walk():
            found = _REPLY.search(element.get(b"href") or "") if element.name == b"a" else None
            if found is not None:
                self.detail["reply_to_message_id"] = found[1]
                page = (element.get(b"href") or "").partition("#")[0]
                if page:
                    self.detail["reply_to_page"] = page
                return
        self.detail["reply_to"] = shown(data, part).strip(_SPACE)

    def _buttons(self, data: bytes, table: Element) -> None:
        found = []
        for link in table.walk():
            if link.name == b"a":
                found.append({"text": shown(data, link).strip(_SPACE), "does": link.get(b"href") or link.get(b"onclick") or ""})
        self.detail["buttons"] = msgspec.json.encode(found).decode()

    def _leave(self, text: str) -> None:
        text = text.strip(_SPACE)
        if text:
            self.unplaced.append(text)

    def words(self, data: bytes) -> Words | None:
        """Return the text, None without one; of several the stretch from the first to the last."""
        if not self.texts:
            return None
        if len(self.texts) == 1:
            return words_of(data, self.texts[0])
        start, end = trimmed(data, self.texts[0].inner, self.texts[-1].inner_end)
        return words(data, start, end, "\n".join(shown(data, text).strip(_SPACE) for text in self.texts))

    def links(self, data: bytes) -> str | None:
        """Return where links lead whose text does not say so, as JSON."""
        found = []
        for text in self.texts:
            for link in text.walk():
                href = (link.get(b"href") or "") if link.name == b"a" else ""
                label = shown(data, link)
                if href and href not in (label, f"mailto:{label}", f"tel:{label}", f"http://{label}", f"https://{label}"):
                    found.append({"text": label, "href": href})
        return msgspec.json.encode(found).decode() if found else None


def sender_of(name: str) -> tuple[Sender | None, str | None]:
    """Return whom a ``from_name`` names, and the bot the message was made with."""
    via = _VIA.match(name)
    bare = via[1] if via else name
    clean = visible(bare)
    sender = Sender(clean, None if clean == name else name) if clean else None
    return sender, via[2] if via else None


def _reactions(data: bytes, item: Element) -> list[Reaction]:
    value, actors, count = "?", [], 0
    for element in item.walk():
        if "emoji" in element.classes:
            value = shown(data, element).strip(_SPACE) or "?"
            value = next((f"{value} ({link.get(b'href')})" for link in element.elements if link.get(b"href")), value)
        elif "count" in element.classes:
            digits = shown(data, element).strip(_SPACE)
            count = int(digits) if digits.isdecimal() and len(digits) < 10 else 0
        elif element.get(b"title"):
            actors.append(element.get(b"title") or "")
    rest = max(count - len(actors), 0 if actors else 1)
    return [*(Reaction(value, actor) for actor in actors), *([Reaction(value, None, rest)] if rest else [])]
