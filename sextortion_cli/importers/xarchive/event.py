"""
One event of a conversation in ``direct-messages.js`` and ``direct-messages-group.js``.

    {"messageCreate": {"recipientId": "222", "text": "hei", "mediaUrls": [], "urls": [{"url": "https://t.co/x", "expanded": "https://...",
     "display": "..."}], "reactions": [], "senderId": "111", "id": "826958430795603972", "createdAt": "2017-02-02T01:00:28.774Z"}}
"""

from __future__ import annotations

from sextortion_cli.importers.jsonchat.entry import Entry, masked
from sextortion_cli.importers.jsonchat.shape import About, Built
from sextortion_cli.importers.jsonfields import media, snowflake
from sextortion_cli.importers.jsonfields.draft import EMPTY, Draft, as_json, as_text, dicts, nested, sender_of
from sextortion_cli.importers.jsonfields.moments import iso
from sextortion_cli.model.reading import Attachment, Conversation, MessageKind, Reaction

_EVENTS: dict[str, MessageKind] = {
    "messageCreate": "text",
    "welcomeMessageCreate": "text",
    "joinConversation": "service",
    "participantsJoin": "service",
    "participantsLeave": "service",
    "conversationNameUpdate": "service",
    "reactionCreate": "reaction",
    "messageEdit": "service",
}
_WHO = ("senderId", "initiatingUserId", "initiatingUser", "userId")


def conversation(about: About) -> Conversation:
    """Return the conversation by its id, which for two people is both their numbers."""
    identity = about.text("conversationId")
    return Conversation(None, identity, "direct" if identity and "-" in identity else "group" if identity else None, about.pointer)


def event(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return the message that an element is."""
    kind = next((key for key in _EVENTS if key in entry.fields), None)
    inner = None if kind is None else nested(entry.fields[kind])
    if kind is None or inner is None:
        draft = Draft(start, end, pointer, entry)
        draft.problems["unknown-type" if kind is None else "unexpected-shape"] = None
        return draft.built()
    draft = Draft(start, end, pointer, inner)
    draft.gaps["numbers-only"] = None
    for key, field in entry.fields.items():
        if key != kind:
            draft.more[f"/{key}"] = masked(key, field, frozenset())
    draft.kind = _EVENTS[kind]
    if kind != "messageCreate":
        draft.more["event"] = kind
    who = next((found for key in _WHO if (found := draft.identity(key))), None)
    if who:
        draft.sender = sender_of(who, who)
    _when(draft)
    draft.say("text")
    _links(draft)
    urls = draft.value("mediaUrls")
    draft.attachments = [Attachment(url, media.of_name(url)) for url in (urls if isinstance(urls, list) else []) if isinstance(url, str)]
    for one in dicts(draft.value("reactions")):
        draft.reactions.append(
            Reaction(as_text(one.get("reactionKey")) or "?", as_text(one.get("senderId")), 1, as_text(one.get("createdAt")))
        )
    draft.edited = draft.value("editHistory") not in EMPTY
    if draft.kind == "text" and not draft.text:
        draft.kind = "media" if draft.attachments else "other"
    draft.place_empty("mediaUrls", "urls", "reactions", "editHistory")
    return draft.built()


def _when(draft: Draft) -> None:
    written = draft.string("createdAt")
    if written is None:
        return
    moment = iso(written)
    identity = draft.value("id") if "id" in draft.entry.fields else draft.value("eventId")
    draft.when(moment if identity is None else snowflake.checked(moment, identity, snowflake.X))


def _links(draft: Draft) -> None:
    found = [link for one in dicts(draft.value("urls")) if (link := as_text(one.get("expanded")))]
    hidden = [link for link in dict.fromkeys(found) if link not in (draft.text or "")]
    if hidden:
        draft.more["links"] = as_json(hidden)
