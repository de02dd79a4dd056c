"""
The app's own phrases, by language, ready to be looked up.

`phrases.json` lists per language what stands for media that were left out, for an attached file, a deleted or edited message, calls
and positions, and pieces of the app's own lines. ``seen`` says whether real exports in that language were checked; the others are
collected from public descriptions and may be incomplete: an unknown phrase stays what it is, a text or a line of the app.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from unicodedata import normalize

_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u061c]")
_SPACES = re.compile("[ \u00a0\u202f\u2009]+")
MEDIA = ("media", "image", "video", "audio", "sticker", "gif", "document", "contact", "view_once")
_EVENTS = (
    "encryption",
    "security",
    "created",
    "added",
    "removed",
    "left",
    "subject",
    "icon",
    "number",
    "blocked",
    "disappearing",
    "pinned",
)
_EVENT_NAMES: Final[Mapping[str, str]] = {
    "encryption": "encryption-notice",
    "security": "security-code-changed",
    "created": "group-created",
    "added": "member-added",
    "removed": "member-removed",
    "left": "member-left",
    "subject": "subject-changed",
    "icon": "icon-changed",
    "number": "number-changed",
    "blocked": "contact-blocked",
    "disappearing": "disappearing-messages",
    "pinned": "message-pinned",
}
#: Opening quotation marks and what closes them; what closes a German quotation opens an English one.
_QUOTES: Final[tuple[tuple[str, str], ...]] = (("\u00ab", "\u00bb"), ("\u300c", "\u300d"), ("\u300e", "\u300f"))
#: Full stops that may end a phrase, or not.
STOPS = ".。।"


def bare(text: str) -> str:
    """Return `text` without marks that show nothing."""
    return _MARKS.sub("", text)


def key(text: str) -> str:
    """Return the form in which phrases are compared: no marks, plain spaces, no case, composed, no angle brackets, no full stop at the end."""
    return normalize("NFC", _SPACES.sub(" ", bare(text)).strip(" <>").rstrip(STOPS).strip().casefold())


def _load() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads((Path(__file__).parent / "phrases.json").read_text(encoding="utf-8"))
    return found


LISTS: Final[Mapping[str, Mapping[str, list[str]]]] = _load()
"""The phrases by language and kind, as in the file."""
LANGUAGES: Final[tuple[str, ...]] = tuple(LISTS)


def _table(names: tuple[str, ...]) -> dict[str, str]:
    return {key(phrase): name for lists in LISTS.values() for name in names for phrase in lists.get(name, ())}


#: Placeholder of media that were left out -> what it was (``media`` when the phrase does not say).
OMITTED: Final[Mapping[str, str]] = _table(MEDIA)
DELETED: Final[frozenset[str]] = frozenset(_table(("deleted",)))
EDITED: Final[frozenset[str]] = frozenset(_table(("edited",)))
CALLS: Final[frozenset[str]] = frozenset(_table(("call",)))
LIVE: Final[frozenset[str]] = frozenset(_table(("live",)))
LOCATION: Final[frozenset[str]] = frozenset(_table(("location",)))
ATTACHED: Final[frozenset[str]] = frozenset(_table(("attached",)))
ATTACHED_BEFORE: Final[frozenset[str]] = frozenset(_table(("attached_before",)))
BANNERS: Final[tuple[str, ...]] = tuple(_table(("encryption", "security")))
_PIECES: Final[tuple[tuple[str, str], ...]] = tuple(
    (piece.casefold(), _EVENT_NAMES[name]) for name in _EVENTS for lists in LISTS.values() for piece in lists.get(name, ())
)
#: Pieces so short or common that they prove nothing inside a person's own text.
_TELLING: Final[tuple[str, ...]] = tuple(
    piece.casefold()
    for name in ("created", "subject", "icon", "disappearing")
    for lists in LISTS.values()
    for piece in lists.get(name, ())
    if len(piece) > 9
)


def event_of(text: str) -> str | None:
    """Return what one of the app's own lines tells (``encryption-notice``, ``member-added`` ...), or None for an unknown line."""
    folded = _SPACES.sub(" ", bare(text)).casefold()
    folded = f" {folded}" if folded[:1] != " " else folded
    if key(text.split(",", maxsplit=1)[0]) in CALLS:
        return "call"
    return next((event for piece, event in _PIECES if piece in folded), None)


def is_banner(text: str) -> bool:
    """Say whether `text` begins as a notice about encryption or security codes does, in any language."""
    return key(text).startswith(BANNERS)


def is_own_line(name: str) -> bool:
    """Say whether what stands before a colon is the beginning of one of the app's own lines (a quoted subject may hold a colon)."""
    folded = _SPACES.sub(" ", bare(name)).casefold()
    return any(piece in folded for piece in _TELLING)


def opens_a_quote(name: str) -> bool:
    """Say whether what stands before a colon opens a quotation and does not close it: then the colon stands in a quoted group name."""
    pairs = (*_QUOTES, ("\u201e", "\u201c\u201d") if "\u201e" in name else ("\u201c", "\u201d"))
    return name.count('"') % 2 == 1 or any(name.count(opening) > sum(map(name.count, closing)) for opening, closing in pairs)
