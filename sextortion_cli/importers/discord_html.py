"""DiscordChatExporter's HTML: a channel or a private conversation as a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import HEAD_BYTES, Importer
from sextortion_cli.importers.discordpages.codes import DEFECTS, GAPS, NOISE, NOISE_RULES, OPENING
from sextortion_cli.importers.discordpages.pages import Pages, conversation_of
from sextortion_cli.importers.markup.page import unended, walk
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, Gap, ReadOptions, Record, Sniff
from sextortion_cli.model.selection import Selection
from sextortion_cli.words import N_

_CLASS = re.compile(rb"<div\s(?:[^<>]*?\s)?class=[\"']?chatlog__message")


class DiscordHtml(Importer):
    """Reads pages of DiscordChatExporter, minified or not, since version 2.13 (2019)."""

    id: ClassVar[str] = "discord-html"
    service: ClassVar[str] = "Discord"
    version: ClassVar[str] = "1"
    form: ClassVar[Literal["text", "json", "markup"]] = "markup"
    opening: ClassVar[re.Pattern[bytes] | None] = OPENING
    how_to_export: ClassVar[str] = N_(
        "Discord itself gives you only your own messages. If somebody has already made a page with DiscordChatExporter, the program takes it. "
        "Otherwise take screenshots of the whole conversation."
    )
    limits: ClassVar[str] = N_(
        "The page was made by another program than Discord and can have been edited. Deleted messages are not included. "
        "Times are counted from the numbers of the messages and are UTC."
    )
    seen_on: ClassVar[str] = "layouts of versions 2.13 to 2.43 from the program's own source; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = NOISE_RULES
    references: ClassVar[tuple[str, ...]] = (
        "Tyrrrz/DiscordChatExporter, DiscordChatExporter.Core/Exporting/MessageGroupTemplate.cshtml",
        "Discord developer documentation, Snowflakes",
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim a page with elements that carry a message's number and are of the exporter's class."""
        head = source.head(HEAD_BYTES)
        if OPENING.search(head) is not None and _CLASS.search(head) is not None:
            return Sniff("yes", "messages as DiscordChatExporter writes them")
        return Sniff("no", "no page with messages as DiscordChatExporter writes it")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the conversation, its messages, and what the page says of itself."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", DEFECTS["empty-file"], overlay=True)
            return
        conversation = conversation_of(source.head(HEAD_BYTES))
        yield conversation
        pages = Pages(Selection(options), conversation)
        yield from walk(source, OPENING, pages, pages.message, pages.torn, DEFECTS)
        if not pages.count:
            yield Defect(0, source.size, "no-messages", DEFECTS["no-messages"], overlay=True)
        if b"postamble" not in source.tail():  # the exporter leaves out the closing tags that HTML lets it leave out
            yield from unended(source, DEFECTS)
        for code in ("deleted-not-included", "not-from-discord"):
            yield Gap(code, GAPS[code])
        yield from pages.gaps()
