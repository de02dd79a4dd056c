"""One mail as Outlook saves it: ``.msg``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.mail import charsets
from sextortion_cli.importers.mail.codes import DEFECTS, GAPS, NOISE
from sextortion_cli.importers.outlook.compound import BrokenError, Compound
from sextortion_cli.importers.outlook.records import records_of
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, Form, Gap, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_PROPERTIES = "__properties_version1.0"


class MailMsg(Importer):
    """Reads an Outlook mail (MS-OXMSG) with its attachments, and mails attached to it."""

    id: ClassVar[str] = "mail-msg"
    service: ClassVar[str] = "E-mail"
    version: ClassVar[str] = "1"
    raw_form: ClassVar[str] = "mail"
    form: ClassVar[Form] = "compound"
    how_to_export: ClassVar[str] = N_(
        "Outlook on Windows: open the mail, File > Save As, and choose Outlook Message Format - Unicode. If it must be passed on, send it as an "
        "attachment. Do not answer it."
    )
    limits: ClassVar[str] = N_(
        "Outlook stores properties, not the mail as it came: only the headers are verbatim. Drafts and sent mails have no headers. The sender can be "
        "forged."
    )
    seen_on: ClassVar[str] = "a real file of a test collection, and composed ones; checked against two other readers"
    noise: ClassVar[Mapping[str, str]] = NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {}
    references: ClassVar[tuple[str, ...]] = ("MS-CFB", "MS-OXMSG", "MS-OXPROPS", "RFC 5321, section 4.4")

    def prepare(self) -> None:
        """Load the alphabets mails are written in."""
        charsets.prepare()

    def sniff(self, source: Source) -> Sniff:
        """Claim a compound file whose root holds the properties of a message."""
        try:
            file = Compound(source.read_at, source.size)
        except BrokenError:
            return Sniff("no", "not a compound file")
        names = {entry.name.lower() for entry in file.children(file.entries[0])}
        if _PROPERTIES in names and any(name.startswith("__substg1.0_") for name in names):
            return Sniff("yes", "the properties of an Outlook message")
        return Sniff("no", "a compound file without a message")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the mail, what its file is made of, its attachments and its way."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", DEFECTS["empty-file"], overlay=True)
            return
        try:
            file = Compound(source.read_at, source.size)
        except BrokenError:
            yield Defect(0, source.size, "not-an-outlook-mail", DEFECTS["not-an-outlook-mail"])
            return
        gaps = {"sender-unverifiable"}
        for record in records_of(file, source.size, options):
            if isinstance(record, Gap):
                gaps.add(record.code)
            else:
                yield record
        for code in sorted(gaps):
            yield Gap(code, GAPS[code])
