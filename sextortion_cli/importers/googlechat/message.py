"""
One message of Google Chat's ``messages.json``.

    {"creator": {"name": "Lina", "email": "lina@example.com", "user_type": "Human"}, "created_date": "Friday, May 29, 2026 at 3:00:29 AM UTC",
     "text": "hei", "topic_id": "x", "message_id": "AAAA/x/x", "attached_files": [{"original_name": "a.jpg", "export_name": "File-a.jpg"}]}
"""

from __future__ import annotations

from sextortion_cli.importers.googlechat.dates import moment
from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.shape import About, Built
from sextortion_cli.importers.jsonfields import media
from sextortion_cli.importers.jsonfields.draft import EMPTY, Draft, as_text, dicts, sender_of
from sextortion_cli.model.reading import Attachment, Conversation, Reaction

_DATES = ("created_date", "updated_date", "deleted_date")


def conversation(about: About) -> Conversation:
    """Return the conversation by its folder, ``DM abc`` or ``Space abc``, which is its id."""
    parts = about.name.replace("\\", "/").split("/")
    folder = parts[-2] if len(parts) > 1 else ""
    kind, _, identity = folder.partition(" ")
    if kind in ("DM", "Space") and identity:
        return Conversation(None, identity, "direct" if kind == "DM" else "space")
    return Conversation(folder or None)


def message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return the message that an element is."""
    draft = Draft(start, end, pointer, entry)
    draft.unsign = True
    creator = draft.value("creator")
    if isinstance(creator, dict):
        name, mail = as_text(creator.get("name")) or "", as_text(creator.get("email"))
        if name or mail:
            draft.sender = sender_of(name or mail or "", mail)
            draft.place("creator")
            kind = as_text(creator.get("user_type"))
            if kind and kind != "Human":
                draft.more["creator.user_type"] = kind
    for key in _DATES:
        written = draft.entry.text(key)
        if written:
            draft.when(moment(written))
            draft.place(key)
            if key != "created_date":
                draft.more["time from"] = key
            break
    draft.say("text")
    draft.attachments = [_file(one) for one in dicts(draft.value("attached_files"))]
    for one in dicts(draft.value("reactions")):
        emoji = one.get("emoji")
        value = as_text(emoji.get("unicode")) if isinstance(emoji, dict) else None
        mails = one.get("reactor_emails")
        draft.reactions += [Reaction(value or "?", mail) for mail in (mails if isinstance(mails, list) else []) if isinstance(mail, str)]
    draft.edited = draft.value("updated_date") not in EMPTY or draft.value("previous_message_versions") not in EMPTY
    if draft.edited and draft.value("previous_message_versions") in EMPTY:
        draft.gaps["earlier-versions-lost"] = None
    if draft.value("message_state") == "DELETED" or draft.value("deleted_date") not in EMPTY:
        draft.kind = "deleted"
    elif draft.text:
        draft.kind = "text"
    elif draft.attachments:
        draft.kind = "media"
    elif b"video_call_metadata" in (entry.fields["annotations"].token if "annotations" in entry.fields else b""):
        draft.kind = "call"
    return draft.built()


def _file(one: dict[str, object]) -> Attachment:
    name = as_text(one.get("export_name")) or as_text(one.get("original_name"))
    return Attachment(name, media.of_name(name or ""))
