"""Google Chat from Takeout: ``messages.json``, ``group_info.json`` and ``user_info.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.googlechat.message import conversation, message
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Messages, Object, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Sniff
from sextortion_cli.words import N_

_DATED = frozenset(("created_date", "updated_date", "deleted_date"))


class GoogleChatJson(JsonImporter):
    """Reads one conversation of Google Chat, its members, and the account's own card."""

    id: ClassVar[str] = "google-chat-json"
    service: ClassVar[str] = "Google Chat"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open takeout.google.com, choose only Google Chat, and request the file. The link comes by e-mail. Import the whole .zip file."
    )
    limits: ClassVar[str] = N_(
        "What was deleted, and conversations with history turned off, are not included. Dates stand in the account's language and are read only in known ones. "
        "People are named by name and e-mail address."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of Takeout of 2021 to 2026; no real file"
    references: ClassVar[tuple[str, ...]] = ("Google Account Help, How to download your Google data", "Unicode CLDR, month names")
    gaps: ClassVar[Mapping[str, str]] = gaps.of("earlier-versions-lost")
    shape: ClassVar[Shape] = Object(
        {
            "messages": Messages(message, conversation, first=("creator", "created_date", "text", "topic_id", "message_id")),
            "name": Section("conversation", "unknown", is_listed=False),
            "members": Section("member", "contact"),
            "user": Section("profile", "account-owner", is_listed=False),
            "membership_info": Section("conversation", "account-owner"),
        }
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim messages with Google's dates and ids, or a list of members or memberships."""
        seen = glance(source)
        found = keys(seen, "messages", 0)
        if (
            ("message_id" in found and found & _DATED)
            or ({"creator", "topic_id"} <= found)
            or {"name", "email", "user_type"} <= keys(seen, "members", 0)
            or ("membership_info" in keys(seen) and {"name", "email", "user_type"} <= keys(seen, "user"))
        ):
            return Sniff("yes", "a file of Google Chat")
        return Sniff("no", "no file of Google Chat")
