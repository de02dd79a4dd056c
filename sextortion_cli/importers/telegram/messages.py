"""One message object, read carefully: every key is a field of the record or stands in its detail."""

from __future__ import annotations

from typing import Final

from sextortion_cli.importers.telegram.bodies import Body, read_body
from sextortion_cli.importers.telegram.fields import Fields
from sextortion_cli.importers.telegram.media import read_attachments, read_reactions
from sextortion_cli.importers.telegram.moments import read_time
from sextortion_cli.importers.telegram.people import People
from sextortion_cli.model.reading import Attachment, Message, MessageKind, Sender

_CALLS: Final = frozenset(("phone_call", "group_call", "conference_call"))
_REMOVALS: Final = frozenset(("clear_history", "history_clear"))
_TYPES: Final = frozenset(("message", "service", "unsupported"))
# Versions of 2018 to 2020 write the first second of 1970, in local time, for "never edited".
_NEVER: Final = ("1970-01-01T", "1969-12-31T")


def read_message(start: int, end: int, fields: Fields, pointer: str, people: People) -> tuple[Message, tuple[str, ...]]:
    """Return the message in `fields`, and the codes of everything that is wrong with it."""
    codes = dict.fromkeys(fields.problems)
    kept: dict[str, str] = {}
    time, wrong, hidden = read_time(fields.get("date"), fields.get("date_unixtime"))
    codes.update(dict.fromkeys(wrong))
    shown = {key for key in ("date", "date_unixtime") if key in fields and key not in hidden and not fields.is_lossy(key)}
    said = fields.get("type")
    if said == "message":
        shown.add("type")
    if said not in _TYPES:
        codes["unknown-type"] = None
    sender, told, is_odd = _sender(fields, people)
    shown.update(told)
    attachments, told, odd = read_attachments(fields)
    shown.update(told)
    reactions, odd_reactions = read_reactions(fields.get("reactions"))
    body = read_body(fields)
    shown.update(("text", "text_entities"))
    if is_odd or odd or odd_reactions or body.is_odd:
        codes["unexpected-shape"] = None
    repeated = fields.repeated()
    for key in fields:
        if key in repeated:
            kept[key] = repeated[key]
        elif key in body.detail:
            kept[key] = body.detail[key]
        elif key not in shown:
            kept[key] = fields.shown(key)
    message = Message(
        start,
        end,
        _kind(fields, body, attachments),
        sender,
        time,
        body.text,
        body.raw,
        body.raw_b64,
        body.lossy,
        _is_edited(fields),
        pointer=pointer,
        attachments=attachments,
        reactions=reactions,
        detail=kept,
    )
    return message, tuple(codes)


def _sender(fields: Fields, people: People) -> tuple[Sender | None, tuple[str, ...], bool]:
    """Return who is named: the actor of a service message, else who wrote."""
    if "actor" in fields or "actor_id" in fields:
        return people.sender(fields, "actor", "actor_id")
    return people.sender(fields, "from", "from_id")


def _kind(fields: Fields, body: Body, attachments: tuple[Attachment, ...]) -> MessageKind:
    said, action = fields.get("type"), fields.get("action")
    if said == "service":
        return "call" if action in _CALLS else "deleted" if action in _REMOVALS else "service"
    if said != "message":
        return "other"
    if body.text:
        return "text"
    return "media" if attachments else "other"


def _is_edited(fields: Fields) -> bool:
    edited, unix = fields.get("edited"), fields.get("edited_unixtime")
    if unix in (None, "0", 0) and isinstance(edited, str):
        return bool(edited) and not edited.startswith(_NEVER)
    return bool(edited) or unix not in (None, "0", 0, "")
