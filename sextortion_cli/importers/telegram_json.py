"""Telegram Desktop "Export chat history" and "Export Telegram data" as JSON: ``result.json``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.jsonchat.codes import DEFECTS
from sextortion_cli.importers.jsonchat.cover import Cover
from sextortion_cli.importers.jsonscan.window import Window
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.telegram.codes import GAPS, NOISE, NOISE_RULES
from sextortion_cli.importers.telegram.conversations import Conversations
from sextortion_cli.importers.telegram.layout import Layout
from sextortion_cli.importers.telegram.recognise import recognise
from sextortion_cli.model.reading import Defect, Gap, ReadOptions, Record, Sniff
from sextortion_cli.model.selection import Selection
from sextortion_cli.words import N_

_UTF8_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"{\x00", b"\x00{", b"\x00\x00")
_WINDOW = 1 << 20
_OBJECT = 0x7B


class TelegramJson(Importer):
    """Reads ``result.json`` of Telegram Desktop: one conversation, or an account with all of them."""

    id: ClassVar[str] = "telegram-json"
    service: ClassVar[str] = "Telegram"
    version: ClassVar[str] = "2"
    raw_form: ClassVar[str] = "json"
    form: ClassVar[Literal["text", "json"]] = "json"
    how_to_export: ClassVar[str] = N_(
        "Use Telegram Desktop on a computer. Open the chat, ⋮ > Export chat history, and choose JSON and all media. "
        "Telegram may ask you to wait a day; that is normal."
    )
    limits: ClassVar[str] = N_(
        "Secret chats are never included. What was deleted before the export is gone. Older versions give only the computer's local time. "
        "Files that were not chosen are missing."
    )
    seen_on: ClassVar[str] = "single and full exports; layouts of 2018 to 2026 from the program's own source; few real files"
    noise: ClassVar[Mapping[str, str]] = NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = NOISE_RULES
    references: ClassVar[tuple[str, ...]] = (
        "Telegram Desktop, Telegram/SourceFiles/export/output/export_output_json.cpp",
        "RFC 8259",
        "RFC 6901",
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim a JSON object that holds messages, conversations or account data as only Telegram writes them."""
        return recognise(source)

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield conversations, their messages, the account's facts, and what the export leaves out."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", DEFECTS["empty-file"], overlay=True)
            return
        window = Window(source, _WINDOW)
        head = window.slice(0, min(4, source.size))
        if head.startswith(_WIDE_MARKS):
            yield Defect(0, source.size, "not-utf8", DEFECTS["not-utf8"])
            return
        start = window.after_space(len(_UTF8_MARK) if head.startswith(_UTF8_MARK) else 0)
        if window.at(start) != _OBJECT:
            yield Defect(0, source.size, "not-an-export", DEFECTS["not-an-export"])
            return
        cover = Cover()
        conversations = Conversations(window, cover, Selection(options, ("user", "chat", "channel")))
        yield from Layout(window, start, cover, conversations).records()
        for code in ("secret-chats-not-included", "deleted-not-included"):
            yield Gap(code, GAPS[code])
        for gap in conversations.gaps():
            if gap.code != "zone-unknown" or options.timezone is None:
                yield gap
