"""Tinder's own download: ``data.json``. It holds only what the owner of the account wrote."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import ClassVar, Final

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.said import rest, said, unescaped
from sextortion_cli.importers.jsonchat.shape import HEAD, About, Built, Each, Messages, Object, Shape
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.source import Source
from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Conversation, Message, MessageKind, Sender, Sniff, Time
from sextortion_cli.words import N_

_PLACED: Final = frozenset(("message", "from", "sent_date"))


def _message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    problems = dict.fromkeys(entry.problems)
    written = entry.text("sent_date")
    time = None if written is None else sent(written)
    if time is not None and time.utc is None and time.local is None:
        problems["unreadable-time"] = None
    text = said(entry, "message", unescaped)
    name = entry.text("from")
    kind: MessageKind = "text" if text.text else "other"
    message = Message(
        start, end, kind, Sender(name) if name else None, time, text.text, text.raw, text.raw_b64, text.lossy,
        pointer=pointer, detail=rest(entry, _PLACED),
    )  # fmt: skip
    return Built(message, tuple(problems), gaps=("zone-unknown",) if time is not None and time.utc is None and time.local else ())


def sent(written: str) -> Time:
    """Return the time of ``Tue, 30 Nov 2021 05:08:21 GMT`` (RFC 1123), or of an ISO 8601 time; in UTC only where the zone is written."""
    if not written.endswith(("GMT", "UTC", "+0000")):
        return moment(written)
    try:
        utc = utc_text(int(parsedate_to_datetime(written[:64]).timestamp()))
    except (ValueError, TypeError, OverflowError, IndexError):
        return moment(written)
    return Time(written, None, utc, "explicit" if utc else "unknown")


def _conversation(about: About) -> Conversation:
    """``Match 1`` is a number in this file only, never the other person's."""
    return Conversation(about.text("match_id"), None, None, about.pointer)


class TinderJson(JsonImporter):
    """Reads one's own messages, and what the download says of the account."""

    id: ClassVar[str] = "tinder-json"
    service: ClassVar[str] = "Tinder"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[Mapping[str, str]] = {
        "nb": "Gå til account.gotinder.com/data på en datamaskin og logg inn. Be om dataene dine. Gi filen data.json, og ta skjermbilder av samtalen i appen.",
        "en": "Go to account.gotinder.com/data on a computer and sign in. Ask for your data. Give the file data.json, and take screenshots of the chat in the app.",
    }
    limits: ClassVar[Mapping[str, str]] = {
        "nb": "Bare det du selv skrev, er med: ingenting av det den andre skrev, og ikke hvem det var. Skjermbilder av samtalen og profilen er derfor viktigst.",
        "en": "Only what you wrote is included: nothing the other person wrote, and not who it was. So screenshots of the chat and the profile matter most.",
    }
    seen_on: ClassVar[str] = "the layout of 2021 to 2025 from another program's types; composed files only"
    shape: ClassVar[Shape] = Object(
        {
            "Messages": Each(Object({"match_id": HEAD, "messages": Messages(_message, _conversation, after=("match_id",), first=("to",))})),
            "User": Section("profile", "account-owner", is_listed=False),
            "Usage": Section("usage", "account-owner"),
        }
    )
    references: ClassVar[tuple[str, ...]] = ("swipestats.io, src/lib/interfaces/TinderDataJSON.ts", "RFC 1123 section 5.2.14")
    gaps: ClassVar[Mapping[str, str]] = {
        "own-side-only": N_("Only what the owner of the account wrote is in this export; nothing of the other side."),
        "zone-unknown": N_("The file does not say which time zone its times are in."),
    }
    always: ClassVar[tuple[str, ...]] = ("own-side-only",)

    def sniff(self, source: Source) -> Sniff:
        """Claim an object with Tinder's list of matches, or its usage and user."""
        found = glance(source)
        is_ours = "match_id" in keys(found, "Messages", 0) or {"Usage", "User"} <= keys(found)
        return Sniff("yes" if is_ours else "no", "a Tinder download" if is_ours else "no Tinder download")
