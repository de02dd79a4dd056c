"""Telegram Desktop "Export chat history" and "Export Telegram data" as HTML: ``messages.html``, ``messages2.html`` and so on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.markup.between import Between
from sextortion_cli.importers.markup.page import unended, walk
from sextortion_cli.importers.markup.words import decoded
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.telegram.codes import GAPS
from sextortion_cli.importers.telegram.lists import facts, is_list
from sextortion_cli.importers.telegram.pagecodes import DATE_LINE, HEADER, NOTES, OPENING, PAGE_DEFECTS, PAGE_GAPS, PAGE_NOISE, PAGE_RULES
from sextortion_cli.importers.telegram.pages import Pages
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Conversation, Defect, Gap, ReadOptions, Record, Sniff
from sextortion_cli.model.selection import Selection
from sextortion_cli.words import N_

_SNIFFED = 256 << 10


class TelegramHtml(Importer):
    """Reads a page of messages as Telegram Desktop writes it."""

    id: ClassVar[str] = "telegram-html"
    service: ClassVar[str] = "Telegram"
    version: ClassVar[str] = "1"
    form: ClassVar[Literal["text", "json", "markup"]] = "markup"
    opening: ClassVar[re.Pattern[bytes] | None] = OPENING
    how_to_export: ClassVar[str] = N_(
        "Use Telegram Desktop on a computer. Open the chat, ⋮ > Export chat history. "
        "Choose JSON if you can, which says more than HTML; if you already have HTML, the program takes it."
    )
    limits: ClassVar[str] = N_(
        "An HTML export has no account numbers, only display names, and its times are the computer's. "
        "The offset beside a time is wrong in summer. Secret chats are never included, and what was deleted is gone."
    )
    seen_on: ClassVar[str] = "layouts of 2018 to 2026 from the program's own source; no real file"
    noise: ClassVar[Mapping[str, str]] = PAGE_NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = PAGE_RULES
    references: ClassVar[tuple[str, ...]] = (
        "Telegram Desktop, Telegram/SourceFiles/export/output/export_output_html.cpp",
        "Telegram Desktop, Telegram/SourceFiles/export/data/export_data_types.cpp (FormatDateTime)",
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim a page with Telegram's frame and, in it, the tag that opens a message."""
        head = source.head(_SNIFFED)
        if is_list(head):
            return Sniff("yes", "a list of a full export as Telegram writes it")
        if b'class="page_wrap' not in head or b'class="history' not in head:
            return Sniff("no", "no page with messages as Telegram writes it")
        found = OPENING.search(head)
        if found is not None and b'id="message' in found.group():
            return Sniff("yes", "messages as Telegram writes them")
        return Sniff("maybe", "a page of Telegram without messages")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the conversation, its messages, and what the page leaves out."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", PAGE_DEFECTS["empty-file"], overlay=True)
            return
        head = source.head(_SNIFFED)
        if is_list(head):
            yield from facts(source, head)
            yield from unended(source, PAGE_DEFECTS)
            return
        header = PAGE_RULES[HEADER].search(head)
        name = visible(decoded(header["name"])) if header else ""
        conversation = Conversation(name=name or None)
        yield conversation
        pages = Pages(Selection(options), conversation)
        known = {code: rule for code, rule in PAGE_RULES.items() if code not in (DATE_LINE, NOTES)}
        between = Between(known, PAGE_DEFECTS["unread-text"])
        yield from walk(source, OPENING, between, pages.message, pages.torn, PAGE_DEFECTS)
        if not pages.count:
            yield Defect(0, source.size, "no-messages", PAGE_DEFECTS["no-messages"], overlay=True)
        yield from unended(source, PAGE_DEFECTS)
        for code in ("secret-chats-not-included", "deleted-not-included", "no-account-ids"):
            yield Gap(code, {**GAPS, **PAGE_GAPS}[code])
        yield from pages.gaps(has_zone=options.timezone is not None)
        if b'class="pagination' in head or b'class="pagination' in source.tail(4096):
            yield Gap("one-page", PAGE_GAPS["one-page"])
