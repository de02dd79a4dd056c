"""
One message of DiscordChatExporter's JSON.

Shape (2018 to 2026; older files lack ``stickers``, ``roles``, ``users``, ``reference``, ``forwardedMessage``)::

    {"id": "530805779645595660", "type": "Default", "timestamp": "2019-01-04T17:52:39.762+00:00", "timestampEdited": null,
     "callEndedTimestamp": null, "isPinned": false, "content": "hei", "author": {"id": "1", "name": "lina", "nickname": "Lina"},
     "attachments": [{"id": "2", "url": "...", "fileName": "a.png", "fileSizeBytes": 3}], "embeds": [], "stickers": [],
     "reactions": [{"emoji": {"name": "...", "code": "heart"}, "count": 1, "users": []}], "mentions": [], "inlineEmojis": []}
"""

from __future__ import annotations

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.shape import About, Built
from sextortion_cli.importers.jsonfields import media, snowflake
from sextortion_cli.importers.jsonfields.draft import EMPTY, Draft, as_json, as_text, dicts, nested, sender_of
from sextortion_cli.importers.jsonfields.links import unsigned, without_signatures
from sextortion_cli.importers.jsonfields.moments import iso
from sextortion_cli.model.reading import Attachment, Conversation, MessageKind, Reaction

_SYSTEM = frozenset(
    (
        "RecipientAdd",
        "RecipientRemove",
        "ChannelNameChange",
        "ChannelIconChange",
        "ChannelPinnedMessage",
        "GuildMemberJoin",
        "ThreadCreated",
    )
)
_PEOPLES = frozenset(("Default", "Reply", "20", "23"))
"""Messages of people; the numbers are commands to programs, which the exporter has no name for."""
_STRUCTURED = ("attachments", "embeds", "stickers", "components", "reactions", "mentions", "inlineEmojis", "reference", "interaction")


def conversation(about: About) -> Conversation:
    """Return the channel that a file holds."""
    channel = about.head.get("channel")
    channel = channel if isinstance(channel, dict) else {}
    return Conversation(as_text(channel.get("name")), as_text(channel.get("id")), as_text(channel.get("type")), about.pointer)


def message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return the message that an element is."""
    draft = Draft(start, end, pointer, entry)
    _author(draft)
    written = draft.string("timestamp")
    draft.when(snowflake.checked(None if written is None else iso(written), draft.value("id"), snowflake.DISCORD))
    draft.say("content")
    _forwarded(draft)
    draft.edited = draft.value("timestampEdited") not in EMPTY
    if draft.edited:
        draft.gaps["earlier-versions-lost"] = None
    draft.attachments = [*map(_attachment, dicts(draft.value("attachments"))), *map(_sticker, dicts(draft.value("stickers")))]
    _reactions(draft)
    draft.kind = _kind(draft)
    draft.place_empty("timestampEdited", "callEndedTimestamp", *_STRUCTURED)
    draft.place_empty("isPinned", values=(False,))
    for key in _STRUCTURED:  # links in them may be signed
        value = draft.value(key)
        if value not in EMPTY and key != "reactions":
            draft.place(key)
            draft.more[key] = as_json(without_signatures(value))
    return draft.built()


def _author(draft: Draft) -> None:
    author = draft.value("author")
    if not isinstance(author, dict):
        return
    draft.place("author")
    name = as_text(author.get("nickname")) or as_text(author.get("name")) or ""
    identity = as_text(author.get("id"))
    if name or identity:
        draft.sender = sender_of(name, identity)
    rest = {key: value for key, value in author.items() if key not in ("id", "nickname") and value not in (*EMPTY, False, "0000")}
    if rest:
        draft.more["author"] = as_json(rest)


def _forwarded(draft: Draft) -> None:
    """Take the text of a forwarded message where the message says nothing itself."""
    field = draft.entry.fields.get("forwardedMessage")
    if field is None or not isinstance(field.plain, dict):
        return
    draft.place("forwardedMessage")
    draft.more["forwardedMessage"] = as_json(without_signatures(field.plain))
    inner = nested(field)
    text = None if inner is None else inner.text("content")
    if inner is not None and text and not draft.text:
        draft.say_field(inner.fields["content"], text)


def _attachment(item: dict[str, object]) -> Attachment:
    name, link = as_text(item.get("fileName")), as_text(item.get("url"))
    shown = None if link is None else unsigned(link)
    return Attachment(shown or name, media.of_name(name or link or ""), name if shown and name and name not in shown else None)


def _sticker(item: dict[str, object]) -> Attachment:
    link = as_text(item.get("sourceUrl"))
    return Attachment(None if link is None else unsigned(link), "sticker", as_text(item.get("name")))


def _reactions(draft: Draft) -> None:
    items = dicts(draft.value("reactions"))
    for item in items:
        emoji = item.get("emoji")
        value = (as_text(emoji.get("name")) or as_text(emoji.get("code"))) if isinstance(emoji, dict) else None
        users = dicts(item.get("users"))
        for user in users:
            draft.reactions.append(
                Reaction(value or "?", as_text(user.get("nickname")) or as_text(user.get("name")) or as_text(user.get("id")))
            )
        count = item.get("count")
        rest = (count if isinstance(count, int) and not isinstance(count, bool) else len(users) or 1) - len(users)
        if rest > 0:
            draft.reactions.append(Reaction(value or "?", None, rest))
    if items:
        draft.place("reactions")
        people = [{key: user.get(key) for key in ("id", "name")} for item in items for user in dicts(item.get("users"))]
        if people:
            draft.more["reactions by"] = as_json(people)


def _kind(draft: Draft) -> MessageKind:
    said = draft.string("type")
    if said is not None and said not in ("Default", ""):
        draft.more["type"] = said
    if said in _SYSTEM or said == "Call":
        draft.more["text written by"] = "the exporting program"
        return "call" if said == "Call" else "service"
    if said not in _PEOPLES:
        if said is not None and said.isdecimal():  # a notice that the exporter has no name for
            return "service"
        draft.problems["unknown-type"] = None
        return "other"
    if draft.text:
        return "text"
    return "media" if draft.attachments or draft.value("embeds") not in EMPTY else "other"
