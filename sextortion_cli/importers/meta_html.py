"""Facebook, Messenger and Instagram "Download your information" as HTML: the pages of one conversation, and the one page of old downloads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import HEAD_BYTES, Importer
from sextortion_cli.importers.markup.page import unended, walk
from sextortion_cli.importers.markup.words import decoded
from sextortion_cli.importers.metapages.codes import DEFECTS, GAPS, NOISE, NOISE_RULES, TITLE
from sextortion_cli.importers.metapages.layouts import layout_of
from sextortion_cli.importers.metapages.pages import Pages
from sextortion_cli.importers.source import Source
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Defect, Gap, ReadOptions, Record, Sniff
from sextortion_cli.model.selection import Selection
from sextortion_cli.words import N_


class MetaHtml(Importer):
    """Reads pages of messages of Facebook, Messenger and Instagram, old and new layouts, by their structure."""

    id: ClassVar[str] = "meta-html"
    service: ClassVar[str] = "Messenger / Instagram"
    version: ClassVar[str] = "2"
    form: ClassVar[Literal["text", "json", "markup"]] = "markup"
    how_to_export: ClassVar[str] = N_(
        "Go to Accounts Center > Your information and permissions > Download your information, and choose Messages. "
        "Choose JSON if you can, which has exact times; if you already have HTML, the program takes it."
    )
    limits: ClassVar[str] = N_(
        "Times are in the account's language, without a zone and often without seconds. People are named only by display name, closed accounts by a "
        "number. End-to-end encrypted chats are a separate download."
    )
    seen_on: ClassVar[str] = (
        "Facebook pages of 2013 and 2018 in real, masked files; Facebook and Instagram pages of 2020 to 2026 from public parsers"
    )
    noise: ClassVar[Mapping[str, str]] = NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = NOISE_RULES
    references: ClassVar[tuple[str, ...]] = (
        "Facebook Help Center, Download a copy of your information",
        "ownaginatious/fbchat-archive-parser",
        "kenn-io/msgvault, internal/fbmessenger",
    )

    def opening_for(self, head: bytes) -> re.Pattern[bytes] | None:
        """Return the tag that opens a message in the layout of this page."""
        layout = layout_of(head)
        return None if layout is None else layout.opening

    def sniff(self, source: Source) -> Sniff:
        """Claim a page whose elements are built as messages and that says itself that it is a conversation."""
        layout = layout_of(source.head(HEAD_BYTES))
        if layout is None:
            return Sniff("no", "no page with messages as this service writes it")
        if layout.is_old:
            return Sniff("yes", "message headers of the layout until 2018")
        if layout.is_certain:
            return Sniff("yes", "elements with sender, text and time, on the page of a conversation")
        return Sniff("maybe" if layout.is_known else "no", "elements with sender, text and time; perhaps posts or comments")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the conversations of a page, their messages, and what the page leaves open."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", DEFECTS["empty-file"], overlay=True)
            return
        head = source.head(HEAD_BYTES)
        layout = layout_of(head)
        if layout is None:
            yield Defect(0, source.size, "no-messages", DEFECTS["no-messages"])
            return
        title = NOISE_RULES[TITLE].search(head)
        name = visible(decoded(title["name"])) if title else ""
        pages = Pages(layout, Selection(options), options.date_order, name or None)
        yield from walk(source, layout.opening, pages, pages.message, pages.torn, DEFECTS)
        yield from unended(source, DEFECTS)
        for code in ("json-says-more", "unsent-not-included"):
            yield Gap(code, GAPS[code])
        yield from pages.gaps()
