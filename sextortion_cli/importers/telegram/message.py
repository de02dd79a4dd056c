"""One message of a Telegram export: every key finds its place, and what has none stays in `detail` under its own name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sextortion_cli.importers.jsonchat.entry import Entry, Field, shown, stretch
from sextortion_cli.importers.telegram.moments import plain_time, read_time, seconds
from sextortion_cli.importers.telegram.wire import Plain
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Attachment, Message, MessageKind, Reaction, Sender, Time

_MEDIA_TYPES: Final[Mapping[str, str]] = {
    "sticker": "sticker",
    "video_message": "video",
    "voice_message": "audio",
    "animation": "gif",
    "video_file": "video",
    "audio_file": "audio",
}
_MEDIA_KEYS = frozenset(
    [
        "photo",
        "file",
        "thumbnail",
        "media_type",
        "contact_information",
        "contact_vcard",
        "location_information",
        "live_location_period_seconds",
        "game_title",
        "invoice_information",
    ]
)
#: Keys that a record shows elsewhere; everything else stays in `detail`.
_PLACED = frozenset(
    ["type", "date", "date_unixtime", "from", "from_id", "actor", "actor_id", "text", "photo", "file", "thumbnail", "contact_vcard"]
)
_KIND_OF_ACTION: Final[Mapping[str, MessageKind]] = {
    "phone_call": "call",
    "group_call": "call",
    "conference_call": "call",
    "clear_history": "deleted",
    "history_clear": "deleted",
}
_PEOPLE: dict[tuple[str, str], Sender] = {}
_NEVER_EDITED = "1970-01-01"


class Built:
    """A message on its way: the record, and the codes of its defects."""

    __slots__ = ("message", "problems")

    def __init__(self, message: Message, problems: dict[str, None]) -> None:
        self.message = message
        self.problems = problems


def from_plain(start: int, end: int, pointer: str, plain: Plain) -> Message | None:
    """Return the record of the commonest message, or None when something in it needs care."""
    time = plain_time(plain.date, plain.date_unixtime)
    if time is None or not plain.text:
        return None
    sender = _PEOPLE.get((plain.sender, plain.from_id)) or sender_of(plain.sender, plain.from_id)
    return Message(start, end, "text", sender, time, plain.text, pointer=pointer, detail={"id": str(plain.id)})


def sender_of(name: str, identity: str | None) -> Sender:
    """Return the sender with this display name and id; the same few people write nearly all messages."""
    key = (name, identity or "")
    found = _PEOPLE.get(key)
    if found is None:
        if len(_PEOPLE) > 10_000:
            _PEOPLE.clear()
        clean = visible(name)
        found = _PEOPLE[key] = Sender(clean, None if clean == name else name, identity)
    return found


def from_entry(start: int, end: int, pointer: str, entry: Entry) -> Built:
    """Return the record of any message."""
    problems = dict.fromkeys(entry.problems)
    kind_text = entry.text("type")
    if kind_text not in ("message", "service", "unsupported"):
        problems["unknown-type"] = None
    text, raw, raw_b64, lossy = _text(entry, problems)
    attachments = _attachments(entry)
    time, time_problems, hidden = _time(entry)
    problems.update(dict.fromkeys(time_problems))
    message = Message(
        start,
        end,
        _kind(entry, kind_text, text, attachments),
        _who(entry, problems),
        time,
        text,
        raw,
        raw_b64,
        lossy,
        _is_edited(entry),
        pointer=pointer,
        attachments=attachments,
        reactions=_reactions(entry),
        detail=_detail(entry, text, hidden),
    )
    return Built(message, problems)


def _kind(entry: Entry, kind: str | None, text: str | None, attachments: tuple[Attachment, ...]) -> MessageKind:
    if kind == "service":
        return _KIND_OF_ACTION.get(entry.text("action") or "", "service")
    if kind != "message" or "poll" in entry.fields:
        return "other"
    if text:
        return "text"
    return "media" if attachments or _MEDIA_KEYS & entry.fields.keys() else "other"


def _who(entry: Entry, problems: dict[str, None]) -> Sender | None:
    for name_key, id_key in (("from", "from_id"), ("actor", "actor_id")):
        name, identity = entry.fields.get(name_key), entry.fields.get(id_key)
        if name is None and identity is None:
            continue
        if name is not None and name.plain is not None and not isinstance(name.plain, str):
            problems["unexpected-shape"] = None
        shown_name = name.plain if name is not None and isinstance(name.plain, str) else ""
        shown_id = None if identity is None or identity.plain is None else shown(identity)
        if shown_name or shown_id:
            return sender_of(shown_name, shown_id)
    return None


def _time(entry: Entry) -> tuple[Time | None, tuple[str, ...], tuple[str, ...]]:
    """Return the time, the codes of what is wrong with it, and which of its keys it does not show."""
    date, unix = entry.fields.get("date"), entry.fields.get("date_unixtime")
    return read_time(None if date is None else date.plain, None if unix is None else unix.plain)


def _text(entry: Entry, problems: dict[str, None]) -> tuple[str | None, str | None, str | None, bool]:
    """Return text, raw, raw_b64 and lossy."""
    field = entry.fields.get("text")
    if field is None:
        return None, None, None, False
    if isinstance(field.plain, str):
        text = field.plain
    elif isinstance(field.plain, list):
        text = "".join(_piece(part, problems) for part in field.plain)
    else:
        problems["unexpected-shape"] = None
        text = shown(field)
    return text, *stretch(field, text)


def _piece(part: object, problems: dict[str, None]) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, dict) and isinstance(part.get("text"), str):
        return str(part["text"])
    problems["unexpected-shape"] = None
    return ""


def _attachments(entry: Entry) -> tuple[Attachment, ...]:
    found = []
    media = _MEDIA_TYPES.get(entry.text("media_type") or "") or _by_mime(entry.text("mime_type"))
    for key, kind in (("photo", "image"), ("file", media), ("thumbnail", "thumbnail"), ("contact_vcard", "contact")):
        value = entry.text(key)
        if value:  # a sentence in brackets stands where a file was not exported
            found.append(Attachment(None, kind, value) if value.startswith("(") else Attachment(value, kind))
    place = entry.fields.get("location_information")
    if place is not None:
        found.append(Attachment(None, "location", shown(place)))
    person = entry.fields.get("contact_information")
    if person is not None and "contact_vcard" not in entry.fields:
        found.append(Attachment(None, "contact", shown(person)))
    return tuple(found)


def _by_mime(mime: str | None) -> str:
    family = (mime or "").partition("/")[0]
    return family if family in ("image", "video", "audio") else "document"


def _is_edited(entry: Entry) -> bool:
    """Old exports write the year 1970 for what was never edited."""
    date = entry.text("edited")
    unix = entry.fields.get("edited_unixtime")
    moment = None if unix is None else seconds(unix.plain)
    return bool(moment) if moment is not None else date is not None and not date.startswith(_NEVER_EDITED)


def _reactions(entry: Entry) -> tuple[Reaction, ...]:
    field = entry.fields.get("reactions")
    if field is None or not isinstance(field.plain, list):
        return ()
    found = []
    for item in field.plain:
        if not isinstance(item, dict):
            continue
        value = next((item[key] for key in ("emoji", "document_id", "type") if isinstance(item.get(key), str)), "?")
        recent = [one for one in item.get("recent") or [] if isinstance(one, dict)] if isinstance(item.get("recent"), list) else []
        for one in recent:
            actor = one.get("from") if isinstance(one.get("from"), str) else one.get("from_id")
            found.append(
                Reaction(value, actor if isinstance(actor, str) else None, 1, one["date"] if isinstance(one.get("date"), str) else None)
            )
        count = item.get("count")
        rest = (count if isinstance(count, int) and not isinstance(count, bool) else len(recent) or 1) - len(recent)
        if rest > 0:
            found.append(Reaction(value, None, rest))
    return tuple(found)


def _detail(entry: Entry, text: str | None, hidden: tuple[str, ...]) -> dict[str, str]:
    found = {key: shown(field) for key, field in entry.fields.items() if key in hidden or not _is_placed(key, field, entry, text)}
    for number, (key, field) in enumerate(entry.more, 2):
        found[f"{key}#{number}"] = shown(field)
    return found


def _is_placed(key: str, field: Field, entry: Entry, text: str | None) -> bool:
    if key == "text_entities":  # shown only when they say more than the text
        return field.plain in ([], [{"type": "plain", "text": text}])
    if key == "type":
        return field.plain in ("message", "service")
    if key in ("from", "from_id") or key in ("actor", "actor_id"):
        other = "from" in entry.fields or "from_id" in entry.fields
        shown_as = str | int | None if key.endswith("_id") else str | None
        return isinstance(field.plain, shown_as) and not (key.startswith("actor") and other)
    if key == "text" and "text_entities" not in entry.fields:  # old exports say only here where a link leads
        return not isinstance(field.plain, list) or all(isinstance(part, str) for part in field.plain)
    if key in ("photo", "file", "thumbnail", "contact_vcard"):
        return isinstance(field.plain, str) and bool(field.plain)
    return key in _PLACED
