"""Google Chat from Google Takeout: ``messages.json`` of one conversation."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import ClassVar, Final

from sextortion_cli.importers.jsonchat.entry import Entry, Field
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.said import rest, said
from sextortion_cli.importers.jsonchat.shape import About, Built, Messages, Object, Shape
from sextortion_cli.importers.lines.moments import zoned
from sextortion_cli.importers.lines.stamps import join, take
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Attachment, Conversation, Message, MessageKind, Sender, Sniff, Time
from sextortion_cli.words import N_

_OWN: Final = frozenset(("message_id", "topic_id", "created_date", "creator"))
_CHINESE = re.compile(
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日[^\d]{0,20}(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})\Z"
)
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{2})\.(\d{2})\Z")  # the clock in Danish, Finnish and older Norwegian
_PLACED: Final = frozenset(("text", "creator", "created_date", "attached_files"))


def _message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    problems = dict.fromkeys(entry.problems)
    text = said(entry, "text")
    attachments = _attachments(entry)
    written = entry.text("created_date") or entry.text("updated_date") or entry.text("deleted_date")
    time = None if written is None else moment(written)
    if time is not None and time.utc is None:
        problems["unreadable-time"] = None
    is_deleted = entry.text("message_state") == "DELETED" or "deleted_date" in entry.fields
    kind: MessageKind = "deleted" if is_deleted else "text" if text.text else "media" if attachments else "other"
    creator = entry.fields.get("creator")
    sender = _sender(creator)
    placed = {*_PLACED, *(() if entry.text("created_date") else ({"updated_date"} if entry.text("updated_date") else {"deleted_date"}))}
    if "attached_files" in entry.fields and not attachments:
        placed.discard("attached_files")
    detail = rest(entry, placed)
    if creator is not None and (more := _more(creator.plain)):
        detail |= more
    message = Message(
        start,
        end,
        kind,
        sender,
        time,
        text.text,
        text.raw,
        text.raw_b64,
        text.lossy,
        "updated_date" in entry.fields,
        pointer=pointer,
        attachments=attachments,
        detail=detail,
    )
    return Built(message, tuple(problems))


def _sender(creator: Field | None) -> Sender | None:
    person = creator.plain if creator is not None else None
    if not isinstance(person, dict):
        return None
    name, email = person.get("name"), person.get("email")
    shown = name if isinstance(name, str) else ""
    identity = email if isinstance(email, str) else None
    return Sender(shown, None, identity) if shown or identity else None


def _more(creator: object) -> dict[str, str]:
    """Return what the creator says beside name and address."""
    if not isinstance(creator, dict):
        return {} if creator is None else {"creator": str(creator)}
    return {f"creator.{key}": str(value) for key, value in creator.items() if key not in ("name", "email")}


def _attachments(entry: Entry) -> tuple[Attachment, ...]:
    field = entry.fields.get("attached_files")
    files = field.plain if field is not None and isinstance(field.plain, list) else []
    found = []
    for item in files:
        if not isinstance(item, dict):
            return ()  # kept in the detail as it stands
        original, exported = item.get("original_name"), item.get("export_name")
        name = exported if isinstance(exported, str) else original
        if not isinstance(name, str) or set(item) - {"original_name", "export_name"}:
            return ()
        found.append(Attachment(name, None, original if isinstance(original, str) and original != name else None))
    return tuple(found)


def moment(written: str) -> Time:
    """
    Return the time of ``Friday, May 29, 2026 at 3:00:29 AM UTC``, in the language of the account.

    The zone is read only where it is written (``UTC``); a month in an unknown language leaves the time as written.
    """
    if "UTC" not in written and "GMT" not in written:
        return Time(written)
    plain = written.replace("UTC", "").replace("GMT", "").strip(" ,\u202f\u00a0")
    plain = _DOTTED.sub(r"\1:\2:\3", plain)
    chinese = _CHINESE.search(plain)
    if chinese is not None:
        year, month, day = (int(chinese[key]) for key in ("year", "month", "day"))
        return zoned(written, f"{year:04d}-{month:02d}-{day:02d}T{int(chinese['hour']):02d}:{chinese['minute']}:{chinese['second']}", "UTC")
    stamp = take(plain)
    if stamp is None or not stamp.is_named or not stamp.hour or len(stamp.fields[2]) != 4:
        return Time(written)
    local = join(f"{stamp.fields[2]}-{int(stamp.fields[1]):02d}-{int(stamp.fields[0]):02d}", stamp)
    return Time(written) if local is None else zoned(written, local, "UTC")


def _conversation(about: About) -> Conversation:
    """Name the conversation by its folder (``DM 1a2b``, ``Space XYZ``): the file itself gives no name."""
    folder = posixpath.basename(posixpath.dirname(about.name))
    return Conversation(folder or None, None, None, about.pointer)


class GoogleChatJson(JsonImporter):
    """Reads ``Takeout/Google Chat/Groups/.../messages.json``."""

    id: ClassVar[str] = "google-chat-json"
    service: ClassVar[str] = "Google Chat"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[Mapping[str, str]] = {
        "nb": "Gå til takeout.google.com på en datamaskin. Velg bort alt, kryss av for Google Chat, og be om en zip-fil. Last den ned når e-posten kommer.",
        "en": "Go to takeout.google.com on a computer. Deselect everything, tick Google Chat, and ask for a zip file. Download it when the e-mail comes.",
    }
    limits: ClassVar[Mapping[str, str]] = {
        "nb": "Det som var slettet før eksporten, er borte; av slettede meldinger står bare at de fantes. Tidligere utgaver av endrede meldinger mangler.",
        "en": "What was deleted before the export is gone; of deleted messages only their existence is told. Earlier versions of changed messages are missing.",
    }
    seen_on: ClassVar[str] = "layouts of 2020 to 2026 from other programs' tests; dates in ten languages, composed; no real file"
    references: ClassVar[tuple[str, ...]] = ("RLEAPP, scripts/artifacts/googleChat.py", "Unicode CLDR, date formats")
    gaps: ClassVar[Mapping[str, str]] = {"deleted-not-included": N_("What was deleted before the export is not in it.")}
    shape: ClassVar[Shape] = Object(
        {"messages": Messages(_message, _conversation, first=("creator", "created_date", "text", "message_id", "topic_id"))}
    )
    always: ClassVar[tuple[str, ...]] = ("deleted-not-included",)

    def sniff(self, source: Source) -> Sniff:
        """Claim an object whose messages have Google's keys."""
        found = keys(glance(source), "messages", 0)
        is_ours = len(found & _OWN) >= 2 and bool(found & {"created_date", "message_state", "topic_id"})
        return Sniff("yes" if is_ours else "no", "messages as Google Chat writes them" if is_ours else "no messages of Google Chat")
