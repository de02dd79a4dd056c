"""Slack's own export: a list of messages a day and conversation, ``users.json``, ``channels.json`` and the like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import first, glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Messages, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.slack.message import conversation, message
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import ReadOptions, Sniff
from sextortion_cli.words import N_

_PEOPLE = Section("person", "contact")
_CONVERSATIONS = Section("conversation", "unknown")
_MESSAGES = Messages(message, conversation, first=("type", "subtype", "user", "client_msg_id"))


class SlackJson(JsonImporter):
    """Reads the files of Slack's export one by one; people stand in messages by their ids."""

    id: ClassVar[str] = "slack-json"
    service: ClassVar[str] = "Slack"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "An owner or admin of the workspace opens Settings > Import/Export Data > Export. "
        "Private conversations often need a permission of their own. Import the whole .zip file."
    )
    limits: ClassVar[str] = N_(
        "Private channels and direct messages are often missing. Files are only links. Deleted messages are gone, and of edited ones only the last version is included."
    )
    seen_on: ClassVar[str] = "files composed after Slack's description of its export; no real file"
    references: ClassVar[tuple[str, ...]] = (
        "Slack Help Center, How to read Slack data exports",
        "Slack API, message event and its subtypes",
        "Slack API, Formatting text for app surfaces",
    )
    gaps: ClassVar[Mapping[str, str]] = gaps.of("deleted-not-included", "earlier-versions-lost", "media-not-included")
    shape: ClassVar[Shape] = _MESSAGES

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return what this file of the export is a list of."""
        del options
        return _shape(glance(source)) or self.shape

    def sniff(self, source: Source) -> Sniff:
        """Claim a list of messages, people or conversations with Slack's keys."""
        found = _shape(glance(source))
        return Sniff("no", "no list of Slack's export") if found is None else Sniff("yes", "a list as Slack's export has it")


def _shape(seen: Any) -> Shape | None:
    if not isinstance(seen, list):
        return None
    found = keys(seen, 0)
    if {"type", "ts"} <= found and first(seen, 0, "type") == "message" and found & {"user", "bot_id", "subtype", "text"}:
        return _MESSAGES
    if {"id", "team_id", "profile"} <= found:
        return _PEOPLE
    if {"id", "created", "members"} <= found or {"id", "created", "creator", "is_archived"} <= found:
        return _CONVERSATIONS
    return None
