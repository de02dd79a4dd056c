"""
Messages as programs write them that read Signal Desktop's database: signal-export (``data.json``) and sigtop.

signal-export, one object a line, times of the exporting computer::

    {"date": "2026-03-12T21:05:00.123000", "sender": "Lina", "body": "hei  ", "quote": "", "sticker": "", "reactions": [["Ola", "x"]],
     "attachments": [{"name": "a.jpg", "path": "media/a.jpg"}]}

sigtop, a list of the rows as Signal Desktop keeps them::

    {"id": "...", "type": "incoming", "conversationId": "...", "sent_at": 1773345900000, "received_at_ms": 1773345900500,
     "sourceServiceId": "...", "source": "+47...", "body": "hei", "attachments": [], "reactions": [{"emoji": "x", "fromId": "..."}]}
"""

from __future__ import annotations

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.shape import About, Built, Read
from sextortion_cli.importers.jsonfields import media
from sextortion_cli.importers.jsonfields.draft import EMPTY, Draft, as_text, dicts, sender_of
from sextortion_cli.importers.jsonfields.moments import MILLISECONDS, epoch, iso
from sextortion_cli.importers.signal.secrets import SECRETS
from sextortion_cli.model.reading import Attachment, Conversation, MessageKind, Reaction

_TYPES: dict[str, MessageKind] = {"incoming": "text", "outgoing": "text", "story": "other", "call-history": "call"}


def folder_of(name: str) -> str | None:
    """Return the folder a file lies in, which signal-export names after the conversation."""
    parts = name.replace("\\", "/").split("/")
    return parts[-2] if len(parts) > 1 and parts[-2] else None


def exported(conversation: Conversation) -> Read:
    """Return what reads a line of signal-export's ``data.json``."""

    def line(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
        draft = Draft(start, end, pointer, entry, SECRETS)
        name = draft.string("sender")
        if name and name != "No-Sender":
            draft.sender = sender_of(name, None)
        elif name:
            draft.more["sender"] = name
        if name == "Me":
            draft.more["sent by"] = "the account owner"
        written = draft.string("date")
        draft.when(None if written is None else iso(written))
        if draft.time is not None and draft.time.utc is None:
            draft.gaps["zone-unknown"] = None
        draft.say("body")
        draft.attachments = [_exported_file(one) for one in dicts(draft.value("attachments"))]
        _pairs(draft)
        if draft.value("sticker") not in EMPTY:
            draft.attachments.append(Attachment(None, "sticker"))
        if draft.value("deleted") is True:
            draft.kind = "deleted"
        elif draft.value("call") is True:
            draft.kind = "call"
        else:
            draft.kind = "text" if (draft.text or "").strip() else "media" if draft.attachments else "other"
        draft.place_empty("quote", "sticker", "attachments", "reactions")
        draft.place_empty("deleted", "call", "missed", values=(False,))
        return draft.built(conversation)

    return line


def _exported_file(one: dict[str, object]) -> Attachment:
    name = as_text(one.get("path")) or as_text(one.get("name"))
    missing = as_text(one.get("missing_kind"))
    return Attachment(name, media.of_name(name or ""), f"({missing})" if missing else None)


def _pairs(draft: Draft) -> None:
    items = draft.value("reactions")
    if not isinstance(items, list):
        return
    for item in items:
        if isinstance(item, list) and len(item) == 2 and all(isinstance(part, str) for part in item):
            draft.reactions.append(Reaction(item[1], item[0]))
        elif isinstance(item, dict):
            draft.reactions.append(Reaction(as_text(item.get("emoji")) or "?", as_text(item.get("name"))))
        else:
            draft.problems["unexpected-shape"] = None
    if "unexpected-shape" not in draft.problems:
        draft.place("reactions")


def conversation_of_file(about: About) -> Conversation:
    """Return the conversation of a sigtop file, which has its name from it: ``Lina (+47...).json``."""
    stem = about.name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    return Conversation(stem or None)


def row(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return the message that a row of Signal Desktop is."""
    draft = Draft(start, end, pointer, entry, SECRETS)
    said = draft.string("type")
    service = draft.string("sourceServiceId") or draft.string("sourceUuid")
    number = draft.string("source")
    if service or number:
        draft.sender = sender_of(number or service or "", service or number)
    if said == "outgoing":
        draft.more["sent by"] = "the account owner"
    _sent(draft)
    draft.say("body")
    draft.attachments = [_file(one) for one in dicts(draft.value("attachments"))]
    if draft.value("sticker") not in EMPTY:
        draft.attachments.append(Attachment(None, "sticker"))
    for one in dicts(draft.value("reactions")):
        moment = epoch(one.get("timestamp"), MILLISECONDS)
        draft.reactions.append(
            Reaction(as_text(one.get("emoji")) or "?", as_text(one.get("fromId")), 1, moment.time.utc if moment else None)
        )
    draft.edited = draft.value("editHistory") not in EMPTY
    draft.kind = _kind(draft, said)
    if draft.value("isViewOnce") is True:
        draft.gaps["view-once-stripped"] = None
    if draft.value("expireTimer") not in (*EMPTY, 0):
        draft.gaps["disappearing-was-on"] = None
    draft.place_empty(*list(entry.fields))
    if said is not None:
        draft.more["type"] = said
    return draft.built()


def _sent(draft: Draft) -> None:
    for key in ("sent_at", "timestamp", "received_at_ms"):
        moment = epoch(draft.value(key), MILLISECONDS)
        if moment is not None:
            draft.place(key)
            if key != "sent_at":
                draft.more["time from"] = key
            draft.when(moment)
            return
        if draft.value(key) is not None:
            draft.problems["unreadable-time"] = None


def _kind(draft: Draft, said: str | None) -> MessageKind:
    if draft.value("deletedForEveryone") is True:
        return "deleted"
    kind = _TYPES.get(said or "", "service")
    if said is None:
        draft.problems["unknown-type"] = None
        return "other"
    if kind == "text" and not draft.text:
        if not draft.attachments and draft.value("isViewOnce") is not True:
            draft.gaps["text-missing"] = None
        return "media" if draft.attachments or draft.value("isViewOnce") is True else "other"
    return kind


def _file(one: dict[str, object]) -> Attachment:
    name = as_text(one.get("fileName")) or as_text(one.get("path"))
    return Attachment(name, media.of_type(as_text(one.get("contentType"))), None if one.get("path") else "(not downloaded)")
