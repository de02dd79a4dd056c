"""
Discord's own data package: ``messages/c<id>/messages.json``, which holds only what the account owner wrote.

Beside it: ``index.json`` and ``channel.json`` say whom a conversation is with, ``account/user.json`` is about the account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import About, Built, Messages, Object, Shape
from sextortion_cli.importers.jsonfields import gaps, media, snowflake
from sextortion_cli.importers.jsonfields.draft import Draft
from sextortion_cli.importers.jsonfields.links import unsigned
from sextortion_cli.importers.jsonfields.moments import iso
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Attachment, Conversation, ReadOptions, Sniff
from sextortion_cli.words import N_

_KEYS = frozenset(("ID", "Timestamp", "Contents", "Attachments"))
_ID = re.compile(r"[0-9]{15,20}\Z", re.ASCII)
_SECRETS = frozenset(("access_token", "token", "mfa_sessions", "backup_codes", "authenticator_types", "billing_address", "payment_source"))
_ACCOUNT = Object(
    {
        "relationships": Section("relationship", "contact", withheld=_SECRETS),
        "notes": Section("note-about-person", "contact"),
        "friend_suggestions": Section("friend-suggestion", "contact"),
        "recent_avatars": Section("avatar", "account-owner"),
        "connections": Section("connection", "account-owner", withheld=_SECRETS),
    },
    other=Section("account", "account-owner", is_listed=False, withheld=_SECRETS),
)
_INDEX = Object({}, other=Section("conversation", "unknown", is_listed=False))
_ABOUT_CHANNEL = Object(
    {"recipients": Section("conversation", "unknown", is_listed=False)}, other=Section("conversation", "unknown", is_listed=False)
)
_CHANNEL = re.compile(r"(?:\A|/)c?(?P<id>[0-9]{15,20})/[^/]{1,60}\Z", re.ASCII)


def message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return one message: ``{"ID": 123, "Timestamp": "2026-03-12 20:05:00", "Contents": "hei", "Attachments": ""}``."""
    draft = Draft(start, end, pointer, entry)
    written = draft.string("Timestamp")
    draft.when(snowflake.checked(None if written is None else iso(written), draft.value("ID"), snowflake.DISCORD))
    draft.say("Contents")
    links = draft.string("Attachments")
    draft.attachments = [Attachment(unsigned(link), media.of_name(link)) for link in (links or "").split()]
    draft.kind = "text" if draft.text else "media" if draft.attachments else "other"
    draft.more["sent by"] = "the account owner"
    if draft.time is not None and draft.time.utc is None and draft.time.local is not None:
        draft.gaps["zone-unknown"] = None
    return draft.built()


def conversation(about: About) -> Conversation:
    """Return the channel whose number the folder has."""
    found = _CHANNEL.search(about.name)
    return Conversation(None, found["id"] if found else None)


class DiscordPackageJson(JsonImporter):
    """Reads the messages of Discord's own package as JSON: one channel a file, the account owner's side."""

    id: ClassVar[str] = "discord-package-json"
    service: ClassVar[str] = "Discord"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open Discord: Settings > Data & Privacy > Request all of my data. The package comes by e-mail, often only after days. "
        "It holds only your own messages, so take screenshots of the conversation too."
    )
    limits: ClassVar[str] = N_(
        "Only what the account owner wrote is included; the other side's messages are always missing. What was deleted is gone. "
        "The file does not say whom the conversation is with."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of packages of 2023 to 2026; no real file"
    references: ClassVar[tuple[str, ...]] = ("Discord Support, Your Discord Data Package", "Discord Developer Documentation, Snowflakes")
    gaps: ClassVar[Mapping[str, str]] = gaps.of("own-messages-only", "deleted-not-included", "zone-unknown")
    always: ClassVar[tuple[str, ...]] = ("own-messages-only", "deleted-not-included")
    shape: ClassVar[Shape] = Messages(message, conversation, first=("ID",))

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return what this file of the package holds."""
        del options
        return _shape(glance(source)) or self.shape

    def sniff(self, source: Source) -> Sniff:
        """Claim a list whose elements have exactly the package's keys, and what the package says beside it."""
        if keys(glance(source), 0) == _KEYS:
            return Sniff("yes", "messages as Discord's package has them")
        if _shape(glance(source)) is not None:
            return Sniff("yes", "what Discord's package says of the account or its conversations")
        return Sniff("no", "no part of Discord's package that is read")


def _shape(seen: Any) -> Shape | None:
    """Return what a file without messages holds."""
    found = keys(seen)
    if {"id", "username", "discriminator", "email"} <= found:
        return _ACCOUNT
    if {"id", "type"} <= found <= {"id", "type", "name", "recipients", "guild"} and _ID.match(str(seen["id"])):
        return _ABOUT_CHANNEL
    if found and all(_ID.match(key) for key in found) and all(value is None or isinstance(value, str) for value in seen.values()):
        return _INDEX
    return None
