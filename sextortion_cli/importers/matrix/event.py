"""
One event of a Matrix room, as Element's export has it (Matrix Client-Server API, room events).

    {"type": "m.room.message", "sender": "@lina:example.org", "event_id": "$abc", "origin_server_ts": 1773345900123,
     "content": {"msgtype": "m.text", "body": "hei"}, "room_id": "!x:example.org", "unsigned": {}}
"""

from __future__ import annotations

from sextortion_cli.importers.jsonchat.entry import Entry, masked
from sextortion_cli.importers.jsonchat.shape import About, Built
from sextortion_cli.importers.jsonfields.draft import Draft, as_text, nested, sender_of
from sextortion_cli.importers.jsonfields.moments import MILLISECONDS, epoch
from sextortion_cli.model.reading import Attachment, Conversation, MessageKind, Reaction

SECRETS = frozenset(("iv", "k", "session_id", "sender_key", "ciphertext"))
"""Keys of encrypted files and sessions; the ``key`` of a reaction is none, that of a file holds its secret in ``k``."""
_FILES = {
    "m.image": "image",
    "m.video": "video",
    "m.audio": "audio",
    "m.file": "document",
    "m.location": "location",
    "m.sticker": "sticker",
}
_TEXTS = frozenset(("m.text", "m.notice", "m.emote"))


def conversation(about: About) -> Conversation:
    """Return the room, by its name."""
    return Conversation(about.text("room_name"))


def event(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return the message that an event is."""
    draft = Draft(start, end, pointer, entry, SECRETS)
    identity = draft.string("sender")
    if identity:
        draft.sender = sender_of(identity, identity)
    draft.when(epoch(draft.value("origin_server_ts"), MILLISECONDS))
    if draft.time is None:
        draft.problems["unreadable-time"] = None
    else:
        draft.place("origin_server_ts")
    said = draft.entry.text("type") or ""
    content = nested(entry.fields.get("content"))
    if content is not None:
        draft.place("content")
        _content(draft, said, content)
    elif "content" in entry.fields:
        draft.problems["unexpected-shape"] = None
    draft.kind = _kind(draft, said, content)
    draft.place_empty("unsigned")
    return draft.built()


def _content(draft: Draft, said: str, content: Entry) -> None:
    kind = content.text("msgtype") or said
    shown: set[str] = set()
    body = content.text("body")
    if body is not None:
        draft.say_field(content.fields["body"], body)
        shown.add("body")
    if kind in _FILES:
        inner = nested(content.fields.get("file"))
        link = content.text("url") or (None if inner is None else inner.text("url"))
        name = content.text("filename") or body
        draft.attachments.append(Attachment(name or link, _FILES[kind], None))
    relation = nested(content.fields.get("m.relates_to"))
    if said == "m.reaction" and relation is not None and (value := relation.text("key")):
        draft.reactions.append(Reaction(value, draft.sender.name if draft.sender else None))
    draft.edited = "m.new_content" in content.fields or (relation is not None and relation.text("rel_type") == "m.replace")
    for key, field in content.fields.items():
        if key not in shown:
            draft.more[f"content.{key}"] = masked(key, field, SECRETS)
    for number, (key, field) in enumerate(content.more, 2):
        draft.more[f"content.{key}#{number}"] = masked(key, field, SECRETS)


def _kind(draft: Draft, said: str, content: Entry | None) -> MessageKind:
    unsigned = draft.value("unsigned")
    relations = unsigned.get("m.relations") if isinstance(unsigned, dict) else None
    if isinstance(relations, dict) and "m.replace" in relations:
        draft.edited = True
    if draft.edited:
        draft.gaps["earlier-versions-lost"] = None
    if isinstance(unsigned, dict) and "redacted_because" in unsigned:
        return "deleted"
    if said == "m.room.message":
        kind = content.text("msgtype") if content is not None else None
        if content is None:
            return "other"
        if not content.fields:
            return "deleted"
        return "text" if kind in _TEXTS else "media" if draft.attachments else "text" if draft.text else "other"
    if said == "m.sticker":
        return "media"
    if said == "m.reaction":
        return "reaction"
    if said.startswith(("m.call.", "org.matrix.msc3401.call")):
        return "call"
    if said == "m.room.encrypted":
        draft.gaps["not-decrypted"] = None
        return "other"
    if said.startswith("m.room.") or as_text(draft.value("state_key")) is not None:
        return "service"
    if said.startswith(("m.poll", "org.matrix.msc3381.poll")):
        return "other"
    draft.problems["unknown-type"] = None
    return "other"
