"""One message of Instagram or Messenger: every key finds its place, and what has none stays in `detail` under its own name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from sextortion_cli.importers.jsonchat.entry import Entry, Field, shown, stretch
from sextortion_cli.importers.jsonchat.shape import Built
from sextortion_cli.importers.meta.moments import time_of, utc_of
from sextortion_cli.importers.meta.repair import all_repaired, all_unsigned, repaired, unsigned
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Attachment, Message, MessageKind, Reaction, Sender

_MEDIA: Final[Mapping[str, str | None]] = {
    "photos": "image",
    "videos": "video",
    "audio_files": "audio",
    "gifs": "gif",
    "files": "document",
    "sticker": "sticker",
    "media": None,
}
_SERVICE_TYPES = frozenset(("Subscribe", "Unsubscribe"))
_EDITED = " (edited)"
_FAILED = "Failed to download media"
#: Says that reactions show all but what their strings look like in the file.
_MENDED = "reactions, put right"
#: The sender's address as Meta recorded it, in some exports; not the account owner's unless the owner wrote the message.
_ADDRESS = "ip"
_ADDRESS_NOTE = "address of the sender as recorded by Meta"
_PEOPLE: dict[str, Sender] = {}


def sender_of(name: str) -> Sender:
    """Return the sender with this name as the file has it; the same few people write nearly all messages."""
    found = _PEOPLE.get(name)
    if found is None:
        if len(_PEOPLE) > 10_000:
            _PEOPLE.clear()
        clean = visible(repaired(name))
        found = _PEOPLE[name] = Sender(clean, None if clean == name else name)
    return found


def message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return the record of any message, of the ordinary download or of the encrypted one."""
    problems: list[str] = []
    placed: set[str] = set()
    name = _text(entry, ("sender_name", "senderName"), placed, problems)
    stamp = next((key for key in ("timestamp_ms", "timestamp") if key in entry.fields), None)
    time, wrong = (None, None) if stamp is None else time_of(entry.fields[stamp].plain)
    if wrong:
        problems.append(wrong)
    if stamp is not None and (time is not None or entry.fields[stamp].plain is None):
        placed.add(stamp)
    text, raw, raw_b64, lossy = _content(entry, placed, problems)
    attachments = _attachments(entry, placed)
    reactions = _reactions(entry, placed)
    gaps = []
    if text is not None and text.endswith(_EDITED):
        gaps.append("edits-as-second-message")
    if _is(entry, "is_unsent", "isUnsent"):
        gaps.append("unsent")
    if any(item.note == _FAILED for item in attachments):
        gaps.append("media-not-exported")
    record = Message(
        start,
        end,
        _kind(entry, text, attachments),
        sender_of(name) if name else None,
        time,
        text,
        raw,
        raw_b64,
        lossy,
        pointer=pointer,
        attachments=attachments,
        reactions=reactions,
        detail=_detail(entry, placed),
    )
    return Built(record, tuple(problems), gaps=tuple(gaps))


def _text(entry: Entry, keys: tuple[str, ...], placed: set[str], problems: list[str]) -> str | None:
    for key in keys:
        field = entry.fields.get(key)
        if field is None:
            continue
        if isinstance(field.plain, str):
            placed.add(key)
            return field.plain
        if field.plain is not None:
            problems.append("unexpected-shape")
    return None


def _content(entry: Entry, placed: set[str], problems: list[str]) -> tuple[str | None, str | None, str | None, bool]:
    for key in ("content", "text"):
        field = entry.fields.get(key)
        if field is None or field.plain is None:
            continue
        placed.add(key)
        if not isinstance(field.plain, str):
            problems.append("unexpected-shape")
        text = repaired(shown(field))
        return text, *stretch(field, text)
    return None, None, None, False


def _kind(entry: Entry, text: str | None, attachments: tuple[Attachment, ...]) -> MessageKind:
    if _is(entry, "is_unsent", "isUnsent"):
        return "deleted"
    if "call_duration" in entry.fields or "missed" in entry.fields or entry.text("type") == "Call":
        return "call"
    if entry.text("type") in _SERVICE_TYPES:
        return "service"
    if text:
        return "text"
    return "media" if attachments else "other"


def _is(entry: Entry, *keys: str) -> bool:
    return any(key in entry.fields and entry.fields[key].plain is True for key in keys)


def _attachments(entry: Entry, placed: set[str]) -> tuple[Attachment, ...]:
    found: list[Attachment] = []
    for key, media in _MEDIA.items():
        field = entry.fields.get(key)
        if field is None:
            continue
        items = field.plain if isinstance(field.plain, list) else [field.plain]
        whole = True
        for item in items:
            uri = item.get("uri") if isinstance(item, dict) else None
            if isinstance(item, dict) and isinstance(uri, str):
                found.append(_attachment(uri, media))
                whole = whole and len(item) == 1 and found[-1].name == uri
            else:
                whole = False
        if whole and not field.lossy:
            placed.add(key)
    share = entry.fields.get("share")
    link = share.plain.get("link") if share is not None and isinstance(share.plain, dict) else None
    if isinstance(link, str) and link:
        found.append(Attachment(None, "link", unsigned(repaired(link))))
    return tuple(found)


def _attachment(uri: str, media: str | None) -> Attachment:
    """Return what a ``uri`` names: a file of the export, or a note where it is a web address or says that there is none."""
    name = repaired(uri)
    if name.startswith(("https://", "http://")):
        return Attachment(None, media, unsigned(name))
    return Attachment(None, media, name) if name == _FAILED or not name else Attachment(name, media or _by_ending(name))


def _by_ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    if ending in ("jpg", "jpeg", "png", "webp", "heic"):
        return "image"
    if ending in ("mp4", "mov"):
        return "video"
    return {"gif": "gif", "mp3": "audio", "m4a": "audio", "aac": "audio", "wav": "audio", "ogg": "audio"}.get(ending, "document")


def _reactions(entry: Entry, placed: set[str]) -> tuple[Reaction, ...]:
    field = entry.fields.get("reactions")
    if field is None or not isinstance(field.plain, list):
        return ()
    found = []
    whole, as_written = not field.lossy, True
    for item in field.plain:
        if not isinstance(item, dict):
            whole = False
            continue
        value, actor, stamp = item.get("reaction"), item.get("actor"), item.get("timestamp")
        time = utc_of(stamp) if isinstance(stamp, int) and not isinstance(stamp, bool) else None
        value_text = repaired(value) if isinstance(value, str) else "?"
        actor_text = repaired(actor) if isinstance(actor, str) else None
        found.append(Reaction(value_text, actor_text, 1, time))
        shown_all = item.keys() <= {"reaction", "actor", "timestamp"} and (stamp is None or time is not None)
        whole = whole and shown_all and isinstance(value, str) and isinstance(actor, str | None)
        as_written = as_written and value == value_text and actor == actor_text
    if whole:
        placed.add("reactions" if as_written else _MENDED)
    return tuple(found)


def _detail(entry: Entry, placed: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, field in entry.fields.items():
        if key == "reactions" and _MENDED in placed:
            found["reactions (raw)"] = _json(field.plain)
        elif key not in placed:
            _add(found, key, field)
    for number, (key, field) in enumerate(entry.more, 2):
        _add(found, f"{key}#{number}", field)
    if _ADDRESS in found:
        found[f"{_ADDRESS} (note)"] = _ADDRESS_NOTE
    return found


def _add(found: dict[str, str], key: str, field: Field) -> None:
    """Put one value into `found`: as it was meant, and beside it as it stands in the file where that differs."""
    plain = field.plain
    if isinstance(plain, str):
        meant = repaired(plain)
        found[key] = unsigned(meant)
        if meant != plain:
            found[f"{key} (raw)"] = unsigned(plain)
    elif isinstance(plain, list | dict):
        meant = all_repaired(plain)
        found[key] = _json(meant) if meant != plain or all_unsigned(plain) != plain else shown(field)
        if meant != plain:
            found[f"{key} (raw)"] = _json(plain)
    else:
        found[key] = shown(field)


def _json(value: Any) -> str:
    return msgspec.json.encode(all_unsigned(value)).decode()
