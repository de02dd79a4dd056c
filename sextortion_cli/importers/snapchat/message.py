"""
One element of ``chat_history.json`` or ``snap_history.json``, in the present and the earlier layout.

Present (keyed by user name, or by the id of a group), newest first::

    {"From": "lina_example", "Media Type": "TEXT", "Created": "2026-03-12 20:05:00 UTC", "Content": "hei", "Conversation Title": null,
     "IsSender": false, "Created(microseconds)": 1773345900123, "IsSaved": true, "Media IDs": "b~abc | b~def"}

Earlier (keyed ``Received ...`` and ``Sent ...``), text with HTML entities, own messages without a sender::

    {"From": "lina_example", "Media Type": "TEXT", "Created": "2021-03-12 20:05:00 UTC", "Text": "it&#39;s me"}

``Created(microseconds)`` counts milliseconds in every export seen, whatever it is called.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Final

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.shape import Built
from sextortion_cli.importers.jsonfields.draft import Draft, sender_of
from sextortion_cli.importers.jsonfields.moments import compared, epoch, iso
from sextortion_cli.model.reading import Attachment, Conversation, MessageKind

_MEDIA: Final[Mapping[str, str | None]] = {
    "MEDIA": None,
    "MEDIA_V4": None,
    "IMAGE": "image",
    "PHOTO": "image",
    "VIDEO": "video",
    "NOTE": "audio",
    "AUDIO": "audio",
    "STICKER": "sticker",
    "GIF": "gif",
    "LOCATION": "location",
    "SHARE": None,
    "SHARESAVEDSTORY": None,
    "ATTACHMENT": "document",
}
_MICROSECONDS = "Created(microseconds)"
SECTIONS = ("Received", "Sent")


def section_of(pointer: str | None) -> str:
    """Return the key of the list that an element at `pointer` lies in (RFC 6901 section 4)."""
    steps = (pointer or "").split("/")
    return steps[-2].replace("~1", "/").replace("~0", "~") if len(steps) > 2 else ""


def is_earlier(section: str) -> bool:
    """Say whether a list's key is one of the earlier layout, ``Received Saved Chat History`` and the like."""
    return section.startswith(SECTIONS) and section.endswith("History")


def message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return the message that an element is."""
    draft = Draft(start, end, pointer, entry)
    section = section_of(pointer)
    author = draft.string("From")
    if author:
        draft.sender = sender_of(author, author)
    if draft.value("IsSender") is True:
        draft.more["sent by"] = "the account owner"
    written = draft.string("Created")
    counted = draft.value(_MICROSECONDS)
    exact = None if counted in (None, 0) else epoch(counted, None)
    if exact is None and counted not in (None, 0):
        draft.problems["unreadable-time"] = None
    draft.when(compared(iso(written) if written else None, exact, 1), "Created")
    draft.say("Text", html.unescape)
    if draft.text is None or draft.value("Content"):
        draft.say("Content")
    _what(draft)
    draft.place_empty("Media IDs", "Conversation Title")
    return draft.built(_conversation(draft, section, author))


def _what(draft: Draft) -> None:
    said = draft.string("Media Type")
    kind = (said or "").upper()
    draft.more["Media Type"] = said or ""
    media = draft.string("Media IDs")
    names = [name for name in (media or "").split(" | ") if name]
    draft.attachments = [Attachment(name, _MEDIA.get(kind)) for name in names]
    draft.kind = _kind(kind, draft)
    if draft.kind == "media" and not names:
        draft.attachments = [Attachment(None, _MEDIA.get(kind), said)]
        draft.gaps["media-not-named"] = None
    if kind == "TEXT" and draft.text is None:
        draft.gaps["text-not-exported"] = None


def _kind(kind: str, draft: Draft) -> MessageKind:
    if kind == "TEXT" or (draft.text and kind in _MEDIA):
        return "text"
    if kind in _MEDIA:
        return "media"
    if kind == "STATUSERASEDMESSAGE":
        return "deleted"
    if kind.startswith("STATUS"):
        return "service"
    draft.problems["unknown-type"] = None
    return "other"


def _conversation(draft: Draft, section: str, author: str | None) -> Conversation | None:
    """Return the conversation: the key of the list, or in the earlier layout the other person."""
    if not is_earlier(section):
        title = draft.string("Conversation Title") or None
        pointer = (draft.pointer or "").rpartition("/")[0] or None
        return Conversation(title or section, section, "group" if title else None, pointer)
    is_sent = section.startswith("Sent")
    other = draft.value("To") if is_sent else author
    if is_sent:
        draft.more["sent by"] = "the account owner"
    name = other if isinstance(other, str) else author or section
    return Conversation(name, name)
