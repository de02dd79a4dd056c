"""
One event of ``Hangouts.json``; people stand in events by their gaia id, and by name in the conversation around them.

    {"sender_id": {"gaia_id": "123", "chat_id": "123"}, "timestamp": "1773345900000000", "event_id": "x", "event_type": "REGULAR_CHAT_MESSAGE",
     "chat_message": {"message_content": {"segment": [{"type": "TEXT", "text": "hei"}], "attachment": []}}}
"""

from __future__ import annotations

from typing import Any

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.shape import About, Built, Messages
from sextortion_cli.importers.jsonfields.draft import EMPTY, Draft, as_json, as_text, dicts, nested, sender_of
from sextortion_cli.importers.jsonfields.moments import MICROSECONDS, epoch
from sextortion_cli.model.reading import Attachment, Conversation, MessageKind

_KINDS: dict[str, MessageKind] = {"REGULAR_CHAT_MESSAGE": "text", "SMS": "text", "OTR_MODIFICATION": "service", "HANGOUT_EVENT": "call"}
_SERVICE = frozenset(
    ("ADD_USER", "REMOVE_USER", "RENAME_CONVERSATION", "CONVERSATION_MODE_MODIFICATION", "GROUP_LINK_SHARING_MODIFICATION")
)


def _inside(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


class Events:
    """Reads the events of one file, conversation by conversation."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def node(self) -> Messages:
        """Return where the events lie."""
        return Messages(self.event, self.conversation, after=("conversation",), first=("conversation_id", "sender_id"))

    def conversation(self, about: About) -> Conversation:
        """Return the conversation around a list, and learn its people's names."""
        said = about.head.get("conversation")
        inner = _inside(said, "conversation")
        self._names = {}
        for person in dicts(_inside(inner, "participant_data")):
            number, name = as_text(_inside(person, "id", "gaia_id")), as_text(person.get("fallback_name"))
            if number and name:
                self._names[number] = name
        name = as_text(_inside(inner, "name")) or ", ".join(list(self._names.values())[:4]) or None
        return Conversation(name, as_text(_inside(said, "conversation_id", "id")), as_text(_inside(inner, "type")), about.pointer)

    def event(self, start: int, end: int, pointer: str | None, entry: Entry) -> Built:
        """Return the message that an event is."""
        draft = Draft(start, end, pointer, entry)
        draft.unsign = True
        number = as_text(_inside(draft.value("sender_id"), "gaia_id")) or as_text(_inside(draft.value("sender_id"), "chat_id"))
        if number:
            draft.sender = sender_of(self._names.get(number, number), number)
        draft.when(epoch(draft.value("timestamp"), MICROSECONDS))
        draft.place("timestamp") if draft.time is not None else draft.problems.setdefault("unreadable-time", None)
        message = nested(entry.fields.get("chat_message"))
        content = None if message is None else nested(message.fields.get("message_content"))
        if content is not None:
            _content(draft, content)
        said = draft.entry.text("event_type") or ""
        if said in _SERVICE:
            draft.kind = "service"
        elif said in _KINDS:
            draft.kind = _KINDS[said]
            if draft.kind == "text" and not draft.text:
                draft.kind = "media" if draft.attachments else "other"
        else:
            draft.problems["unknown-type"] = None
        return draft.built()


def _content(draft: Draft, content: Entry) -> None:
    field = content.fields.get("segment")
    if field is not None:
        draft.say_field(field, "".join(_segment(one) for one in dicts(field.plain)))
        links = [link for one in dicts(field.plain) if (link := as_text(_inside(one, "link_data", "link_target")))]
        hidden = [link for link in dict.fromkeys(links) if link not in (draft.text or "")]
        if hidden:
            draft.more["links"] = as_json(hidden)
    attached = content.fields.get("attachment")
    for one in dicts(None if attached is None else attached.plain):
        photo = _inside(one, "embed_item", "plus_photo")
        link = as_text(_inside(photo, "url")) or as_text(_inside(photo, "thumbnail", "image_url"))
        draft.attachments.append(Attachment(link, "image" if photo not in EMPTY else None))


def _segment(one: dict[str, Any]) -> str:
    return as_text(one.get("text")) or ("\n" if one.get("type") == "LINE_BREAK" else "")
