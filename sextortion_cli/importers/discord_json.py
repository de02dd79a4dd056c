"""DiscordChatExporter as JSON: one conversation, both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.discordchat.message import conversation, message
from sextortion_cli.importers.jsonchat.codes import DEFECTS
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import first, glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Messages, Object, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, Fact, Message, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_COUNT = "/messageCount"
_OPENING = rb'\{[ \t\r\n]{0,64}+"id"[ \t\r\n]{0,8}+:[ \t\r\n]{0,8}+"[0-9]{1,20}+",[ \t\r\n]{0,64}+"type"'
"""People, files and stickers in a message begin with an id too."""


class DiscordJson(JsonImporter):
    """Reads JSON files of DiscordChatExporter, and checks every time against the message's own number."""

    id: ClassVar[str] = "discord-json"
    service: ClassVar[str] = "Discord"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Such files are made with the program DiscordChatExporter on a computer. Choose the conversation and the format JSON, and include the files. "
        "Let the owner of the account do it."
    )
    limits: ClassVar[str] = N_(
        "What was deleted before the export is gone, and of edited messages only the last version is included. The file can be edited. "
        "Files that are only links must be fetched while the links work."
    )
    seen_on: ClassVar[str] = "two published sample files of 2019 and 2023; layouts of 2018 to 2026 from the program's own source"
    references: ClassVar[tuple[str, ...]] = (
        "DiscordChatExporter, DiscordChatExporter.Core/Exporting/JsonMessageWriter.cs",
        "Discord Developer Documentation, Snowflakes",
    )
    gaps: ClassVar[Mapping[str, str]] = gaps.of("deleted-not-included", "earlier-versions-lost")
    always: ClassVar[tuple[str, ...]] = ("deleted-not-included",)
    shape: ClassVar[Shape] = Object(
        {
            "guild": Section("guild", "unknown", is_listed=False),
            "channel": Section("conversation", "unknown", is_listed=False),
            "dateRange": Section("export-range", "unknown", is_listed=False),
            "exportedAt": Section("export-time", "unknown", is_listed=False),
            "messages": Messages(message, conversation, after=("channel",), first=("id",), opening=_OPENING),
            "messageCount": Section("message-count", "unknown", is_listed=False),
        }
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim an object with a guild, a channel and messages as the program writes them."""
        seen = glance(source)
        if {"guild", "channel", "messages"} <= keys(seen) and {"id", "type"} <= keys(seen, "channel"):
            found = keys(seen, "messages", 0)
            if not found and first(seen, "messages") is not None:
                return Sniff("yes", "a channel of DiscordChatExporter without messages")
            if {"id", "timestamp"} <= found:
                return Sniff("yes", "messages as DiscordChatExporter writes them")
        return Sniff("no", "no channel of DiscordChatExporter")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the records, and say when the file's own count of messages is another."""
        found, stated = 0, None
        for record in super().read(source, options):
            found += isinstance(record, Message)
            if isinstance(record, Fact) and record.pointer == _COUNT:
                stated = record
            yield record
        if stated is None or options.thread or options.since or options.until:
            return
        if stated.values.get("messageCount") != str(found):
            yield Defect(stated.start, stated.end, "count-disagrees", DEFECTS["count-disagrees"], overlay=True, pointer=_COUNT)
