"""Skype's, and personal Teams', own export: ``messages.json`` in a .tar, beside ``media/``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import first, glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import HEAD, Each, Messages, Object, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.skype.message import conversation, reader
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import ReadOptions, Sniff
from sextortion_cli.words import N_

_OPENING = rb'\{[ \t\r\n]{0,64}+"id"[ \t\r\n]{0,8}+:[ \t\r\n]{0,8}+"[0-9]{1,20}+"'
"""Conversations begin with an id too, which is no number."""


def _shape(owner: str | None) -> Shape:
    messages = Messages(reader(owner), conversation, after=("id", "displayName", "threadProperties"), first=("id",), opening=_OPENING)
    about = Section("conversation", "unknown", is_listed=False)
    one = Object(
        {"id": HEAD, "displayName": HEAD, "version": about, "properties": about, "threadProperties": about, "MessageList": messages}
    )
    return Object(
        {
            "userId": Section("profile", "account-owner", is_listed=False),
            "exportDate": Section("export-time", "unknown", is_listed=False),
            "conversations": Each(one),
        }
    )


class SkypeJson(JsonImporter):
    """Reads all conversations of an account, newest message first, as the file has them."""

    id: ClassVar[str] = "skype-json"
    service: ClassVar[str] = "Skype / Teams"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Skype has ended; use a file you already have, or log in at go.skype.com/export while that still works. "
        "For Teams for personal use: teams.live.com > Settings > Export chats. Import the whole .tar file."
    )
    limits: ClassVar[str] = N_(
        "Private (encrypted) conversations are never included. Deleted messages are empty, and of edited ones only the last version is there. "
        "The other person's name may be missing; the id is always there."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of exports of 2018 to 2026; no real file"
    references: ClassVar[tuple[str, ...]] = (
        "Microsoft Support, How do I export or delete my Skype data?",
        "Skyperious, src/skyperious/live.py",
    )
    gaps: ClassVar[Mapping[str, str]] = {
        **gaps.of("deleted-not-included", "earlier-versions-lost"),
        "private-conversation": N_("An encrypted private conversation took place; what was said in it is not in the export."),
    }
    always: ClassVar[tuple[str, ...]] = ("deleted-not-included",)
    shape: ClassVar[Shape] = _shape(None)

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return the conversations, with the account owner whom the file's first lines name."""
        del options
        owner = first(glance(source), "userId")
        return _shape(owner if isinstance(owner, str) else None)

    def sniff(self, source: Source) -> Sniff:
        """Claim an object with a user, a date and conversations that have a list of messages."""
        seen = glance(source)
        if {"userId", "exportDate", "conversations"} <= keys(seen):
            found = first(seen, "conversations")
            if isinstance(found, list) and (
                not found or any({"id", "MessageList"} <= keys(one) or {"id", "version"} <= keys(one) for one in found)
            ):
                return Sniff("yes", "conversations as Skype and Teams write them")
        return Sniff("no", "no conversations of Skype or Teams")
