"""Hinge's own download: ``matches.json``. It holds only what the owner of the account wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.said import rest, said
from sextortion_cli.importers.jsonchat.shape import About, Built, Each, Messages, Object, Shape
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Message, MessageKind, Sniff
from sextortion_cli.words import N_

_PLACED: Final = frozenset(("body", "timestamp"))
_OWN: Final = frozenset(("like", "match", "block", "chats", "we_met", "voice_notes"))


def _message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    problems = dict.fromkeys(entry.problems)
    written = entry.text("timestamp")
    time = None if written is None else moment(written)
    if time is not None and time.local is None and time.utc is None:
        problems["unreadable-time"] = None
    text = said(entry, "body")
    kind: MessageKind = "text" if text.text else "other"
    detail = rest(entry, _PLACED)
    message = Message(start, end, kind, None, time, text.text, text.raw, text.raw_b64, text.lossy, pointer=pointer, detail=detail)
    return Built(message, tuple(problems), gaps=("zone-unknown",) if time is not None and time.utc is None and time.local else ())


def _conversation(about: About) -> Conversation:
    """Number a thread by its place: the file names nobody."""
    number = (about.pointer or "").rpartition("/")[2]
    return Conversation(
        f"Match {int(number) + 1}" if number.isdecimal() and number.isascii() and len(number) < 10 else None, None, None, about.pointer
    )


_SIGNS: Final = {
    key: Section(kind, "account-owner")
    for key, kind in (("like", "like"), ("match", "match"), ("block", "block"), ("we_met", "we-met"), ("voice_notes", "voice-note"))
}


class HingeJson(JsonImporter):
    """Reads one's own messages, likes, matches and blocks, thread by thread."""

    id: ClassVar[str] = "hinge-json"
    service: ClassVar[str] = "Hinge"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[Mapping[str, str]] = {
        "nb": "I Hinge: Innstillinger > Last ned mine data. Vent på beskjed i appen, og last ned zip-filen. Ta skjermbilder av samtalen også.",
        "en": "In Hinge: Settings > Download my data. Wait for the notice in the app, and download the zip file. Take screenshots of the chat too.",
    }
    limits: ClassVar[Mapping[str, str]] = {
        "nb": "Bare det du selv skrev, er med: ingenting av det den andre skrev, og ikke hvem det var. Filen sier ikke hvilken tidssone den bruker.",
        "en": "Only what you wrote is included: nothing the other person wrote, and not who it was. The file does not say which time zone it uses.",
    }
    seen_on: ClassVar[str] = "the layout of 2023 to 2025 from another program's types; composed files only"
    shape: ClassVar[Shape] = Each(Object({"chats": Messages(_message, _conversation, first=("body",)), **_SIGNS}))
    references: ClassVar[tuple[str, ...]] = ("swipestats.io, src/lib/interfaces/HingeDataJSON.ts",)
    gaps: ClassVar[Mapping[str, str]] = {
        "own-side-only": N_("Only what the owner of the account wrote is in this export; nothing of the other side."),
        "zone-unknown": N_("The file does not say which time zone its times are in."),
    }
    always: ClassVar[tuple[str, ...]] = ("own-side-only",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a list of threads with Hinge's keys."""
        found = glance(source)
        threads = [keys(found, number) for number in range(5)]
        is_ours = any(len(thread) >= 1 and thread <= _OWN and thread & {"match", "like", "chats", "block"} for thread in threads) and all(
            thread <= _OWN for thread in threads
        )
        return Sniff("yes" if is_ours else "no", "threads as Hinge writes them" if is_ours else "no Hinge download")
