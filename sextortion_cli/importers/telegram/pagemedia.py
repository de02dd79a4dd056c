"""Files, places, calls and polls of the HTML export: what the boxes with a picture or an icon say."""

from __future__ import annotations

from typing import Final

import msgspec

from sextortion_cli.importers.markup.elements import Element
from sextortion_cli.importers.markup.words import shown
from sextortion_cli.model.reading import Attachment, MessageKind

_PICTURED: Final = {"photo_wrap": "image", "sticker_wrap": "sticker", "animated_wrap": "gif", "video_file_wrap": "video"}
_BOXED: Final = {
    "media_photo": "image",
    "media_video": "video",
    "media_voice_message": "audio",
    "media_audio_file": "audio",
    "media_file": "document",
    "media_contact": "contact",
    "media_location": "location",
    "media_live_location": "location",
    "media_venue": "location",
    "media_game": "game",
    "media_invoice": "invoice",
}
#: Boxes that stand for something else than a file.
_NO_FILE: Final = frozenset(("contact", "location", "game", "invoice"))
_LINES: Final = {"title": "media_title", "description": "media_description", "status": "media_status"}
_SELF_DESTRUCTING = "Self-destructing"
_ABSENT = ("Unavailable", "Exceeds maximum size", "Not included")


class Media(msgspec.Struct):
    """
    What the boxes of one message say.

    Attributes:
        kind: Of the message, when a box settles it.
        attachments, detail: As in `Message`.
        is_absent: A file was not exported.
        disappears: A file was set to disappear.
    """

    kind: MessageKind | None = None
    attachments: list[Attachment] = []
    detail: dict[str, str] = {}
    is_absent: bool = False
    disappears: bool = False

    def add(self, data: bytes, wrap: Element) -> None:
        """Take one ``media_wrap``."""
        for box in wrap.elements:
            if "media_poll" in box.classes:
                self._poll(data, box)
            elif pictured := next((media for name, media in _PICTURED.items() if name in box.classes), None):
                self._pictured(data, box, pictured)
            else:
                self._boxed(data, box)

    def _pictured(self, data: bytes, box: Element, media: str) -> None:
        href = box.get(b"href")
        self.attachments.append(Attachment(href or None, media))
        self._thumbnail(box, href)
        for element in box.walk():
            if "video_duration" in element.classes:
                self._say("media_duration", shown(data, element))

    def _boxed(self, data: bytes, box: Element) -> None:
        media = next((media for name, media in _BOXED.items() if name in box.classes), None)
        href = box.get(b"href") or None
        said: dict[str, str] = {}
        for element in box.walk():
            for name, key in _LINES.items():
                if name in element.classes:
                    said[key] = shown(data, element).strip()
                    self._say(key, said[key])
        if "media_call" in box.classes:
            self.kind = "call"
            return
        title, status = said.get("media_title", ""), said.get("media_status", "")
        absent = said.get("media_description", "").startswith(_ABSENT)
        self.disappears = self.disappears or title.startswith(_SELF_DESTRUCTING)
        self.is_absent = self.is_absent or absent
        if media in _NO_FILE:
            shown_as = " ".join(filter(None, (title, status)))
            self.attachments.append(Attachment(href if media == "contact" else None, media, shown_as or None))
            if href and media != "contact":
                self._say("media_link", href)
        else:
            note = said.get("media_description") if absent else None if href else " ".join(filter(None, (title, status)))
            self.attachments.append(Attachment(href, media or "document", note or None))
        self._thumbnail(box, href)

    def _thumbnail(self, box: Element, href: str | None) -> None:
        for element in box.walk():
            source = element.get(b"src") if element.name == b"img" else None
            if source and source != href:
                self.attachments.append(Attachment(source, "thumbnail"))

    def _poll(self, data: bytes, box: Element) -> None:
        self.kind = "other"
        answers = []
        for element in box.elements:
            text = " ".join(shown(data, element).split())
            if "question" in element.classes:
                self._say("poll_question", text)
            elif "answer" in element.classes:
                answers.append(text)
            elif "total" in element.classes:
                self._say("poll_total", text)
            elif text:
                self._say("poll_status", text)
        if answers:
            self._say("poll_answers", msgspec.json.encode(answers).decode())

    def _say(self, key: str, text: str) -> None:
        """Keep a line; a second one of the same name gets a number."""
        text = text.strip()
        number, name = 1, key
        while name in self.detail and self.detail[name] != text:
            number += 1
            name = f"{key}#{number}"
        if text:
            self.detail[name] = text
