"""TikTok's own download as JSON (``user_data.json``, ``user_data_tiktok.json``): found by shape, because its keys are renamed every year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.said import rest, said
from sextortion_cli.importers.jsonchat.shape import About, Built, Messages, Object, Shape
from sextortion_cli.importers.lines.moments import zoned
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Message, MessageKind, Sender, Sniff, Time
from sextortion_cli.words import N_

_DATE = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2}) (?P<clock>\d{2}:\d{2}:\d{2})(?P<zone> UTC)?\Z", re.ASCII)
_WITH = re.compile(r"Chat History with (?P<name>.{1,200}?):?\Z", re.DOTALL)
_PLACED: Final = frozenset(("Date", "From", "Content"))
_ROOTS: Final = ("Direct Message", "Direct Messages")
_LISTS: Final = ("Direct Messages", "Chat History", "Direct Message")
_KNOWN: Final = frozenset(
    (*_ROOTS, "Your Activity", "Activity", "App Settings", "Profile", "Comment", "Ads and data", "Tiktok Live", "Video", "Post")
)


def _message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    problems = dict.fromkeys(entry.problems)
    time = _time(entry.text("Date"))
    if time is not None and time.utc is None:
        problems["unreadable-time"] = None
    name = entry.text("From")
    text = said(entry, "Content")
    sender = Sender(name, None, name) if name else None
    detail = rest(entry, _PLACED)
    kind: MessageKind = "text" if text.text else "other"
    message = Message(start, end, kind, sender, time, text.text, text.raw, text.raw_b64, text.lossy, pointer=pointer, detail=detail)
    return Built(message, tuple(problems), gaps=("zone-assumed",) if time is not None and time.basis == "assumed" else ())


def _time(written: str | None) -> Time | None:
    """Return the time: TikTok writes UTC, in newer files with the word and in older ones without; then it is assumed."""
    if written is None:
        return None
    found = _DATE.match(written)
    if found is None:
        return Time(written)
    time = zoned(written, f"{found['day']}T{found['clock']}", "UTC")
    return time if found["zone"] or time.utc is None else Time(written, None, time.utc, "assumed")


def _conversation(about: About) -> Conversation:
    found = _WITH.match(about.key)
    name = about.key if found is None else found["name"]
    return Conversation(name or None, None, None, about.pointer)


_CHATS: Final = Object({}, other=Messages(_message, _conversation, first=("Date", "From", "Content")))
_INNER: Final = Object({"ChatHistory": _CHATS}, other=Section("direct-message-data", "unknown"))
_MESSAGES: Final = Object(dict.fromkeys(_LISTS, _INNER) | {"ChatHistory": _CHATS}, other=Section("direct-message-data", "unknown"))
#: What stands in the download beside messages is about the owner of the account; the addresses of logins are the owner's own.
_ACTIVITY: Final = Section("activity", "account-owner")
_PARTS: Final = {
    "Your Activity": _ACTIVITY, "Activity": _ACTIVITY, "Profile": Section("profile", "account-owner"), "App Settings": Section("settings", "account-owner"),
    "Profile And Settings": Section("profile", "account-owner"),
}  # fmt: skip


class TiktokJson(JsonImporter):
    """Reads the direct messages, and what the download says of the account."""

    id: ClassVar[str] = "tiktok-json"
    service: ClassVar[str] = "TikTok"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[Mapping[str, str]] = {
        "nb": "I TikTok: Profil > ☰ > Innstillinger og personvern > Konto > Last ned dataene dine. Velg JSON. Hent filen når den er klar; den ligger bare noen dager.",
        "en": "In TikTok: Profile > ☰ > Settings and privacy > Account > Download your data. Choose JSON. Fetch the file when it is ready; it stays only a few days.",
    }
    limits: ClassVar[Mapping[str, str]] = {
        "nb": "Andre står bare med brukernavnet de hadde da filen ble laget, og det kan byttes. Bilder og klistremerker er ikke med. IP-adresser er dine egne.",
        "en": "Others stand only with the user name they had when the file was made, and names can be changed. Pictures and stickers are not included. IP addresses are your own.",
    }
    seen_on: ClassVar[str] = "layouts of 2021 to 2026 from other programs' parsers; composed files only"
    shape: ClassVar[Shape] = Object({**dict.fromkeys(_ROOTS, _MESSAGES), **_PARTS})
    references: ClassVar[tuple[str, ...]] = ("RLEAPP, scripts/artifacts/tikTokArchiveJson.py",)
    gaps: ClassVar[Mapping[str, str]] = {
        "pictures-not-included": N_("Pictures and stickers that were sent are not in the export."),
        "zone-assumed": N_(
            "The file does not say which time zone its times are in; they were taken to be UTC, as TikTok writes them elsewhere."
        ),
    }
    always: ClassVar[tuple[str, ...]] = ("pictures-not-included",)

    def sniff(self, source: Source) -> Sniff:
        """Claim an object with TikTok's parts, or with chats whose keys begin as only TikTok's do."""
        found = glance(source)
        known = frozenset(found) & _KNOWN if isinstance(found, dict) else frozenset()
        is_ours = len(known) >= 2 or _has_chats(found)
        return Sniff("yes" if is_ours else "no", "parts of a TikTok download" if is_ours else "no TikTok download")


def _has_chats(found: Any, depth: int = 4) -> bool:
    if not isinstance(found, dict) or depth == 0:
        return False
    chats = found.get("ChatHistory")
    if isinstance(chats, dict) and any(_WITH.match(key) for key in chats):
        return True
    return any(_has_chats(item, depth - 1) for item in found.values())
