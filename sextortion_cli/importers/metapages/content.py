"""What one message says: text, where links lead, files, and who reacted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

import msgspec

from sextortion_cli.importers.markup.elements import Element
from sextortion_cli.importers.markup.words import Words, shown, trimmed, words
from sextortion_cli.model.reading import Attachment, Reaction

_MEDIA: Final = {b"img": "image", b"video": "video", b"audio": "audio", b"source": "video"}
_FOLDERS: Final = {"photos": "image", "videos": "video", "audio": "audio", "gifs": "gif", "stickers_used": "sticker", "stickers": "sticker"}
_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
_WHEN: Final = re.compile(r"\(([^()]{6,80})\)\s*\Z")


class Content(msgspec.Struct):
    """
    The parts of what was written.

    Attributes:
        said: The text, None without one.
        attachments, reactions, detail: As in `Message`.
    """

    said: Words | None
    attachments: tuple[Attachment, ...]
    reactions: tuple[Reaction, ...]
    detail: dict[str, str]


def content_of(data: bytes, parts: list[Element]) -> Content:
    """Return what the elements say that stand between sender and time."""
    every = [element for part in parts for element in part.walk()]
    lists = frozenset(element for element in every if element.name == b"ul")
    players = frozenset(element for element in every if element.name in (b"video", b"audio"))
    detail: dict[str, str] = {}
    aside = [text for player in players if (text := shown(data, player, blocks=True))]
    if aside:
        detail["media_text"] = "\n".join(aside)
    links = list(_links(data, every))
    if links:
        detail["links"] = msgspec.json.encode(links).decode()
    reactions = tuple(_reaction(data, item) for entries in lists for item in entries.elements)
    return Content(_said(data, parts, lists | players), tuple(_attachments(every)), reactions, detail)


def _said(data: bytes, parts: list[Element], without: frozenset[Element]) -> Words | None:
    """Return the text and the stretch it stands in, from the first part with text to the last."""
    texts = [(part, text) for part in parts if part not in without and (text := shown(data, part, blocks=True, without=without))]
    if not texts:
        return None
    text = "\n".join(text for _, text in texts)
    start, end = trimmed(data, texts[0][0].inner, texts[-1][0].inner_end)
    place = data.find(text.encode("utf-8", "replace"), start, end) if "&" not in text else -1
    if place >= 0:  # nothing but tags around it
        return words(data, place, place + len(text.encode()), text)
    return words(data, start, end, text)


def _links(data: bytes, every: Iterable[Element]) -> Iterable[dict[str, str]]:
    for element in every:
        href = element.get(b"href") if element.name == b"a" else None
        if href and _ELSEWHERE.match(href):
            label = shown(data, element).strip()
            if href not in (label, f"http://{label}", f"https://{label}"):
                yield {"text": label, "href": href}


def _attachments(every: Iterable[Element]) -> Iterable[Attachment]:
    seen: set[str] = set()
    for element in every:
        name = element.get(b"href" if element.name == b"a" else b"src") if element.name in (b"a", *_MEDIA) else None
        if not name or name in seen or _ELSEWHERE.match(name):
            continue
        seen.add(name)
        folder = next((media for part, media in _FOLDERS.items() if f"/{part}/" in f"/{name}"), None)
        yield Attachment(name, folder or _MEDIA.get(element.name, "document"))


def _reaction(data: bytes, item: Element) -> Reaction:
    """Return ``😂Kari Eksempel (Dec 28, 2020 6:56 am)`` as a reaction; what cannot be told apart stays together."""
    text = " ".join(shown(data, item).split())
    when = _WHEN.search(text)
    rest = text[: when.start()].strip() if when else text
    cut = next((place for place, char in enumerate(rest) if char.isalnum() or unicodedata.category(char)[0] in "LNPZ"), len(rest))
    value, actor = rest[:cut], rest[cut:].strip()
    return Reaction(value or rest or "?", actor if value and actor else None, 1, when[1] if when else None)
