"""Hinge's own download: ``matches.json``, which holds only what the account owner wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import first, glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import About, Built, Each, Messages, Object, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.jsonfields.draft import Draft
from sextortion_cli.importers.jsonfields.links import unsigned
from sextortion_cli.importers.jsonfields.moments import iso
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Attachment, Conversation, Sniff
from sextortion_cli.words import N_

_PARTS = frozenset(("like", "match", "block", "chats", "we_met", "voice_notes"))


def message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return one message: ``{"body": "hei", "timestamp": "2026-03-12 20:05:00"}``, or a voice note with ``url``."""
    draft = Draft(start, end, pointer, entry)
    draft.unsign = True
    written = draft.string("timestamp")
    if written is not None:
        draft.when(iso(written))
        if draft.time is not None and draft.time.local is not None and draft.time.utc is None:
            draft.gaps["zone-unknown"] = None
    draft.say("body")
    link = draft.string("url")
    if link:
        draft.attachments = [Attachment(unsigned(link), "audio")]
    draft.kind = "text" if draft.text else "media" if draft.attachments else "other"
    draft.more["sent by"] = "the account owner"
    return draft.built()


def conversation(about: About) -> Conversation:
    """Return the thread, of which only its place in the file is known."""
    number = (about.pointer or "").rpartition("/")[2]
    return Conversation(f"match {int(number) + 1}" if number.isdecimal() and len(number) < 12 else None, None, None, about.pointer)


class HingeJson(JsonImporter):
    """Reads Hinge's download: own messages and likes by match."""

    id: ClassVar[str] = "hinge-json"
    service: ClassVar[str] = "Hinge"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Take screenshots of the conversation and the profile first; they may vanish when the other person unmatches. Then open Hinge > Settings > Download my data. "
        "The file holds only your own messages."
    )
    limits: ClassVar[str] = N_(
        "Only what the account owner wrote is included, and the file does not say whom the conversation is with. Times stand without a zone."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of downloads of 2020 to 2025; no real file"
    references: ClassVar[tuple[str, ...]] = ("Hinge Help Center, How do I request my data?",)
    gaps: ClassVar[Mapping[str, str]] = {
        **gaps.of("own-messages-only", "zone-unknown"),
        "no-peer": N_("The export does not say whom a conversation is with: there is neither a name nor an id of the other person."),
    }
    always: ClassVar[tuple[str, ...]] = ("own-messages-only", "no-peer")
    shape: ClassVar[Shape] = Each(
        Object(
            {
                "chats": Messages(message, conversation, first=("body", "timestamp")),
                "voice_notes": Messages(message, conversation, first=("url", "timestamp")),
                "match": Section("match", "account-owner"),
                "like": Section("like", "account-owner"),
                "block": Section("block", "account-owner"),
                "we_met": Section("we-met", "account-owner"),
            }
        )
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim a list of threads with Hinge's parts alone, at least one of which has a timestamp."""
        seen = glance(source)
        if isinstance(seen, list) and seen and all(_is_thread(one) for one in seen):
            return Sniff("yes", "threads as Hinge writes them")
        return Sniff("no", "no threads of Hinge")


def _is_thread(value: Any) -> bool:
    found = keys(value)
    return bool(found) and found <= _PARTS and any("timestamp" in keys(first(value, part), 0) for part in found)
