"""
One ``chatItem`` of Signal's plain-text export (``signal.backup.ChatItem`` as protobuf JSON).

64-bit numbers are strings, times are milliseconds since 1970, fields with their default value are left out::

    {"chatId": "1", "authorId": "4", "dateSent": "1773345900000", "incoming": {"dateReceived": "..."},
     "standardMessage": {"text": {"body": "hei"}, "attachments": [{"pointer": {"contentType": "image/jpeg"}}]}, "revisions": [...]}
"""

from __future__ import annotations

from typing import Any

from sextortion_cli.importers.jsonchat.entry import Entry, masked
from sextortion_cli.importers.jsonchat.shape import Built
from sextortion_cli.importers.jsonfields import media
from sextortion_cli.importers.jsonfields.draft import EMPTY, Draft, as_text, dicts, nested
from sextortion_cli.importers.jsonfields.moments import MILLISECONDS, epoch
from sextortion_cli.importers.signal.people import People
from sextortion_cli.importers.signal.secrets import SECRETS
from sextortion_cli.model.reading import Attachment, MessageKind, Reaction

_KINDS: dict[str, MessageKind] = {
    "standardMessage": "text",
    "directStoryReplyMessage": "text",
    "contactMessage": "media",
    "stickerMessage": "media",
    "viewOnceMessage": "media",
    "remoteDeletedMessage": "deleted",
    "adminDeletedMessage": "deleted",
    "updateMessage": "service",
    "paymentNotification": "other",
    "giftBadge": "other",
    "poll": "other",
}
_CALLS = ("individualCall", "groupCall")


def item(start: int, end: int, pointer: str | None, entry: Entry, people: People) -> Built:
    """Return the message that a ``chatItem`` is."""
    draft = Draft(start, end, pointer, entry, SECRETS)
    draft.sender = people.sender(draft.identity("authorId"))
    draft.more["authorId"] = as_text(draft.value("authorId")) or ""
    sent = draft.identity("dateSent")
    draft.when(epoch(sent, MILLISECONDS))
    if sent is not None and draft.time is None:
        draft.problems["unreadable-time"] = None
        draft.more["dateSent"] = sent
    if "outgoing" in entry.fields:
        draft.more["sent by"] = "the account owner"
    draft.edited = draft.value("revisions") not in EMPTY
    draft.place_empty("revisions")
    chat = draft.identity("chatId")
    if chat is not None:
        draft.more["chatId"] = chat
    if draft.value("expiresInMs") not in (None, 0, "0", ""):
        draft.gaps["disappearing-timer"] = None
    kind = next((key for key in _KINDS if key in entry.fields), None)
    if kind is None:
        draft.problems["unknown-type"] = None
    else:
        draft.kind = _KINDS[kind]
        inner = nested(entry.fields[kind])
        if inner is None:
            draft.problems["unexpected-shape"] = None
        else:
            draft.place(kind)
            _content(draft, kind, inner, people)
    return draft.built(people.conversation(chat))


def _content(draft: Draft, kind: str, inner: Entry, people: People) -> None:
    shown: set[str] = set()
    if kind in ("standardMessage", "directStoryReplyMessage", "poll"):
        shown = _text(draft, kind, inner)
    draft.attachments = _attachments(kind, inner)
    for reaction in dicts(_plain(inner, "reactions")):
        actor = people.sender(as_text(reaction.get("authorId")))
        moment = epoch(reaction.get("sentTimestamp"), MILLISECONDS)
        draft.reactions.append(
            Reaction(as_text(reaction.get("emoji")) or "?", actor.name if actor else None, 1, moment.time.utc if moment else None)
        )
    for key, field in inner.fields.items():
        if key not in shown:
            draft.more[f"{kind}.{key}"] = masked(key, field, SECRETS)
    for number, (key, field) in enumerate(inner.more, 2):
        draft.more[f"{kind}.{key}#{number}"] = masked(key, field, SECRETS)
    if not inner.fields:
        draft.more[kind] = "{}"
    if draft.kind == "text" and not draft.text:
        draft.kind = "media" if draft.attachments else "other"
    if kind == "updateMessage":
        _update(draft, inner)
    if kind == "viewOnceMessage":
        draft.gaps["view-once-stripped"] = None


def _plain(entry: Entry, key: str) -> Any:
    field = entry.fields.get(key)
    return None if field is None else field.plain


def _text(draft: Draft, kind: str, inner: Entry) -> set[str]:
    """Take the text; return the keys of `inner` that need not be shown again."""
    if kind == "poll":
        question = inner.text("question")
        if question is not None:
            draft.say_field(inner.fields["question"], question)
        return {"question"} if question is not None else set()
    holder, path = inner, "text"
    if kind == "directStoryReplyMessage":
        reply = nested(inner.fields.get("textReply"))
        if reply is None:
            return set()
        holder = reply
    words = nested(holder.fields.get(path))
    body = None if words is None else words.text("body")
    if words is None or body is None:
        return set()
    draft.say_field(words.fields["body"], body)
    if "longText" in holder.fields:
        draft.gaps["long-text-in-file"] = None
    return {"text"} if holder is inner and set(words.fields) == {"body"} and not words.more else set()


def _attachments(kind: str, inner: Entry) -> list[Attachment]:
    found = [_attachment(one) for one in dicts(_plain(inner, "attachments"))]
    if kind == "viewOnceMessage":
        one = _plain(inner, "attachment")
        found.append(_attachment(one) if isinstance(one, dict) and one else Attachment(None, None, "(view once: not in the export)"))
    if kind == "stickerMessage":
        sticker = _plain(inner, "sticker")
        found.append(Attachment(None, "sticker", as_text(sticker.get("emoji")) if isinstance(sticker, dict) else None))
    if kind == "contactMessage":
        found.append(Attachment(None, "contact"))
    if "longText" in inner.fields:
        found.append(Attachment(None, "document", "(the rest of a long text)"))
    return found


def _attachment(value: dict[str, object]) -> Attachment:
    pointer = value.get("pointer")
    said: dict[str, Any] = pointer if isinstance(pointer, dict) else {}
    kind = (
        "audio"
        if value.get("flag") == "VOICE_MESSAGE"
        else "gif"
        if value.get("flag") == "GIF"
        else media.of_type(as_text(said.get("contentType")))
    )
    return Attachment(as_text(said.get("fileName")), kind, None if value.get("wasDownloaded") is True else "(not downloaded)")


def _update(draft: Draft, inner: Entry) -> None:
    if any(key in inner.fields for key in _CALLS):
        draft.kind = "call"
    change = _plain(inner, "expirationTimerChange")
    if isinstance(change, dict) and change.get("expiresInMs") not in (None, 0, "0"):
        draft.gaps["disappearing-was-on"] = None
    if "groupChange" in inner.fields and b'"groupExpirationTimerUpdate"' in inner.fields["groupChange"].token:
        draft.gaps["disappearing-was-on"] = None
