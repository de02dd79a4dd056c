"""One e-mail as a file: what mail programs save as ``.eml``, and what web mail offers as the original message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.mail import charsets
from sextortion_cli.importers.mail.codes import DEFECTS, NOISE
from sextortion_cli.importers.mail.gaps import Gaps
from sextortion_cli.importers.mail.recognise import is_mail
from sextortion_cli.importers.mail.records import conversation_of, read_mail, records_of
from sextortion_cli.importers.mail.view import View
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, Form, ReadOptions, Record, Sniff
from sextortion_cli.words import N_


class MailEml(Importer):
    """Reads one mail (RFC 5322) with its parts (MIME), its way, and what the provider checked."""

    id: ClassVar[str] = "mail-eml"
    service: ClassVar[str] = "E-mail"
    version: ClassVar[str] = "1"
    raw_form: ClassVar[str] = "mail"
    form: ClassVar[Form] = "mail"
    how_to_export: ClassVar[str] = N_(
        "Save the mail itself as a file, not a forwarded copy: in Gmail ⋮ > Show original > Download original, in Outlook ⋯ > Save as, in "
        "Apple Mail File > Save As > Raw Message Source. If it must be forwarded, forward it as an attachment. Do not answer it."
    )
    limits: ClassVar[str] = N_(
        "The sender can be forged, and only the lines your own provider wrote can be relied on. The IP address they show is usually another "
        "provider's server, not a person. A forwarded or printed mail has lost the way it came."
    )
    seen_on: ClassVar[str] = "composed mails of every form, damaged ones, and some sixty real and hostile ones of test collections"
    noise: ClassVar[Mapping[str, str]] = NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {}
    references: ClassVar[tuple[str, ...]] = (
        "RFC 5322", "RFC 5321, section 4.4", "RFC 2045 to 2047", "RFC 2231", "RFC 8601", "RFC 6890", "WHATWG Encoding Standard",
    )  # fmt: skip

    def prepare(self) -> None:
        """Load the alphabets mails are written in."""
        charsets.prepare()

    def sniff(self, source: Source) -> Sniff:
        """Claim a file that begins with the headers of a mail."""
        return is_mail(source)

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the mail, what its parts are, how it came, and what it leaves out."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", DEFECTS["empty-file"], overlay=True)
            return
        view = View(source)
        mail = read_mail(view, 0, source.size, options, line=1)
        if not mail.structure.headers.fields:
            yield Defect(0, source.size, "not-a-mail", DEFECTS["not-a-mail"])
            return
        gaps = Gaps(options)
        gaps.add(mail)
        yield conversation_of(mail.structure.headers)
        yield from records_of(mail)
        yield from gaps.all()
