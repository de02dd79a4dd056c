"""imessage-exporter as pages: one file a conversation, out of a Mac's Messages or an iPhone backup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import HEAD_BYTES, Importer
from sextortion_cli.importers.imessage.written import identity_of
from sextortion_cli.importers.imessagepages.codes import DEFECTS, GAPS, NOISE, NOISE_RULES, OPENING
from sextortion_cli.importers.imessagepages.pages import Pages
from sextortion_cli.importers.markup.page import unended, walk
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Defect, Gap, ReadOptions, Record, Sniff
from sextortion_cli.model.selection import Selection
from sextortion_cli.words import N_

_NAME = re.compile(r"(?:\A|/)(?P<name>[^/]{1,250})\.html\Z")
_OURS = re.compile(rb"<span class=\"timestamp\">(?:<a title=\"Reveal in Messages app\"|[A-Z][a-z]{2} [0-9]{2}, [0-9]{4} )")


class ImessageExporterHtml(Importer):
    """Reads pages of imessage-exporter, 2022 to 2025."""

    id: ClassVar[str] = "imessage-exporter-html"
    service: ClassVar[str] = "Apple Messages"
    version: ClassVar[str] = "1"
    form: ClassVar[Literal["text", "json", "markup"]] = "markup"
    opening: ClassVar[re.Pattern[bytes] | None] = OPENING
    how_to_export: ClassVar[str] = N_(
        "Such pages are made with the program imessage-exporter on a Mac, or from a backup of an iPhone. Include the folder attachments, and do not "
        "rename the files: the other side's number often stands only there. Keep chat.db or the backup too."
    )
    limits: ClassVar[str] = N_(
        "The page was made by another program than Messages and can be edited. The account owner is only “Me”, and times are the computer's, without "
        "a zone. Deleted messages are not always included."
    )
    seen_on: ClassVar[str] = "pages composed after the program's own source and example, 2022 to 2025; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = NOISE_RULES
    references: ClassVar[tuple[str, ...]] = ("ReagentX/imessage-exporter, imessage-exporter/src/exporters/html.rs",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a page with messages whose time is written as the program writes it."""
        head = source.head(HEAD_BYTES)
        if OPENING.search(head) is not None and _OURS.search(head) is not None:
            return Sniff("yes", "messages as imessage-exporter writes them")
        return Sniff("no", "no page with messages as imessage-exporter writes it")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the conversation, its messages, and what such a page leaves open."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", DEFECTS["empty-file"], overlay=True)
            return
        named = _NAME.search(source.name)
        name = named["name"] if named and named["name"] != "orphaned" else None
        conversation = Conversation(name, identity_of(name) if name else None)
        yield conversation
        pages = Pages(Selection(options), conversation)
        yield from walk(source, OPENING, pages, pages.message, pages.torn, DEFECTS)
        if not pages.count:
            yield Defect(0, source.size, "no-messages", DEFECTS["no-messages"], overlay=True)
        yield from unended(source, DEFECTS)
        for code in ("deleted-not-included", "not-from-apple", "own-name-is-me"):
            yield Gap(code, GAPS[code])
        if pages.has_zoneless and options.timezone is None:
            yield Gap("zone-unknown", GAPS["zone-unknown"])
        yield from pages.gaps()
