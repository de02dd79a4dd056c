"""
One message of a Slack export: a list a day, in a folder named after the channel or conversation.

    {"type": "message", "user": "U012", "text": "Hi <@U013> &amp; <https://example.com|here>", "ts": "1773345900.000123",
     "edited": {"user": "U012", "ts": "..."}, "files": [{"name": "a.jpg", "url_private": "https://...?t=xoxe-..."}],
     "reactions": [{"name": "heart", "users": ["U013"], "count": 1}], "user_profile": {"real_name": "Lina"}}
"""

from __future__ import annotations

import html
import re

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.shape import About, Built
from sextortion_cli.importers.jsonfields import media
from sextortion_cli.importers.jsonfields.draft import EMPTY, Draft, as_json, as_text, dicts, sender_of
from sextortion_cli.importers.jsonfields.links import unsigned
from sextortion_cli.importers.jsonfields.moments import epoch
from sextortion_cli.model.reading import Attachment, Conversation, MessageKind, Reaction

_MARK = re.compile(r"<(?P<target>[^<>|]{1,4096})(?:\|(?P<label>[^<>]{0,4096}))?>")
_PEOPLES = frozenset(
    ("", "bot_message", "file_share", "me_message", "thread_broadcast", "file_comment", "reply_broadcast", "slackbot_response")
)
_DELETED = frozenset(("tombstone", "message_deleted"))


def text_of(text: str) -> str:
    """Return what a person saw: links and mentions without their marks, entities decoded once."""
    return html.unescape(_MARK.sub(_shown, text)) if "<" in text or "&" in text else text


def _shown(found: re.Match[str]) -> str:
    target, label = found["target"], found["label"]
    if target[0] in "@#!":
        sign = "#" if target[0] == "#" else "@"
        return f"{sign}{(label or target[1:]).lstrip('@#')}"
    return label or target.removeprefix("mailto:")


def links_of(text: str) -> list[str]:
    """Return where links lead whose label does not say so."""
    found = [match["target"] for match in _MARK.finditer(text) if match["label"] and match["target"][0] not in "@#!"]
    return [unsigned(html.unescape(link)) for link in dict.fromkeys(found)]


def conversation(about: About) -> Conversation:
    """Return the conversation that the folder is named after."""
    parts = about.name.replace("\\", "/").split("/")
    return Conversation(parts[-2] if len(parts) > 1 and parts[-2] else None)


def message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return the message that an element is."""
    draft = Draft(start, end, pointer, entry)
    draft.unsign = True
    _author(draft)
    draft.when(epoch(draft.identity("ts")), "ts")
    if draft.time is None:
        draft.problems["unreadable-time"] = None
    draft.say("text", text_of)
    written = draft.entry.text("text")
    if written and (links := links_of(written)):
        draft.more["links"] = as_json(links)
    draft.attachments = [_file(one) for one in dicts(draft.value("files"))]
    if draft.attachments:
        draft.gaps["media-not-included"] = None
    for one in dicts(draft.value("reactions")):
        _reactions(draft, one)
    draft.edited = draft.value("edited") not in EMPTY
    if draft.edited:
        draft.gaps["earlier-versions-lost"] = None
    draft.kind = _kind(draft)
    draft.place_empty("files", "reactions", "attachments", "blocks", "subtype")
    return draft.built()


def _author(draft: Draft) -> None:
    identity = draft.string("user") or draft.string("bot_id")
    profile = draft.value("user_profile") or draft.value("bot_profile")
    said = profile if isinstance(profile, dict) else {}
    name = next((found for key in ("real_name", "display_name", "name") if (found := as_text(said.get(key)))), None) or draft.string(
        "username"
    )
    if name or identity:
        draft.sender = sender_of(name or identity or "", identity)


def _file(one: dict[str, object]) -> Attachment:
    link = as_text(one.get("url_private")) or as_text(one.get("permalink"))
    name = as_text(one.get("name")) or as_text(one.get("title"))
    mime = as_text(one.get("mimetype"))
    kind = media.of_type(mime) if mime else media.of_name(name or "")
    mode = as_text(one.get("mode"))
    return Attachment(name or (unsigned(link) if link else None), kind, f"({mode})" if mode in ("tombstone", "hidden_by_limit") else None)


def _reactions(draft: Draft, one: dict[str, object]) -> None:
    value, users, count = as_text(one.get("name")) or "?", one.get("users"), one.get("count")
    people = [user for user in users if isinstance(user, str)] if isinstance(users, list) else []
    draft.reactions += [Reaction(value, user) for user in people]
    rest = (count if isinstance(count, int) and not isinstance(count, bool) else len(people)) - len(people)
    if rest > 0:
        draft.reactions.append(Reaction(value, None, rest))


def _kind(draft: Draft) -> MessageKind:
    subtype = draft.entry.text("subtype") or ""
    if draft.string("type") != "message":
        draft.problems["unknown-type"] = None
        return "other"
    if subtype in _DELETED:
        return "deleted"
    if subtype in ("huddle_thread", "sh_room_created"):
        return "call"
    if subtype not in _PEOPLES:
        return "service"
    return "text" if draft.text else "media" if draft.attachments else "other"
