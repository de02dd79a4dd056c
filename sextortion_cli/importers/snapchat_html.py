"""Snapchat "My Data" as HTML: ``html/chat_history/subpage_*.html``, and the tables of ``chat_history.html`` before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import HEAD_BYTES, Importer
from sextortion_cli.importers.markup.page import unended, walk
from sextortion_cli.importers.markup.words import decoded
from sextortion_cli.importers.snappages.codes import DEFECTS, GAPS, NOISE, NOISE_RULES
from sextortion_cli.importers.snappages.layouts import layout_of
from sextortion_cli.importers.snappages.pages import Pages
from sextortion_cli.importers.source import Source
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Defect, Gap, ReadOptions, Record, Sniff
from sextortion_cli.model.selection import Selection
from sextortion_cli.words import N_

_HEADING = re.compile(rb"<h1(?:\s[^<>]*+)?+>([^<]{1,400}+)</h1>")
_WITH = "Chat History with "


class SnapchatHtml(Importer):
    """Reads pages of conversations as Snapchat's "My Data" writes them, as cards and as tables."""

    id: ClassVar[str] = "snapchat-html"
    service: ClassVar[str] = "Snapchat"
    version: ClassVar[str] = "2"
    form: ClassVar[Literal["text", "json", "markup"]] = "markup"
    how_to_export: ClassVar[str] = N_(
        "Sign in at accounts.snapchat.com, choose My Data, and turn on chat history and JSON files. "
        "Take screenshots first: what is not saved disappears. If you already have the HTML pages, the program takes them."
    )
    limits: ClassVar[str] = N_(
        "Only what was saved when the data were requested is included. The pages name people by user name, and do not always say whose account it is. "
        "Pictures and videos are separate files."
    )
    seen_on: ClassVar[str] = "layouts of 2021 to 2026 as public parsers and their tests describe them; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = NOISE_RULES
    references: ClassVar[tuple[str, ...]] = (
        "Snapchat Support, How do I download my data from Snapchat?",
        "EmreCenk/snapchat_message_analysis, parsing_snapchat_html.py",
    )

    def opening_for(self, head: bytes) -> re.Pattern[bytes] | None:
        """Return the tag that opens a message in the layout of this page."""
        layout = layout_of(head)
        return None if layout is None else layout.opening

    def sniff(self, source: Source) -> Sniff:
        """Claim a page with cards of name and time in Snapchat's right panel, or with rows of name, kind and time."""
        layout = layout_of(source.head(HEAD_BYTES))
        if layout is None:
            return Sniff("no", "no page with messages as Snapchat writes it")
        return Sniff("yes", "rows of name, kind and time" if layout.is_rows else "cards of name and time")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the conversations of a page, their messages, and what the page leaves out."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", DEFECTS["empty-file"], overlay=True)
            return
        head = source.head(HEAD_BYTES)
        layout = layout_of(head)
        if layout is None:
            yield Defect(0, source.size, "no-messages", DEFECTS["no-messages"])
            return
        heading = None if layout.is_rows else _HEADING.search(head)
        name = visible(decoded(heading[1])).removeprefix(_WITH).strip() if heading else ""
        pages = Pages(layout, Selection(options), name or None)
        yield from walk(source, layout.opening, pages, pages.message, pages.torn, DEFECTS)
        yield from unended(source, DEFECTS)
        for code in ("json-says-more", "unsaved-not-included"):
            yield Gap(code, GAPS[code])
        yield from pages.gaps()
