"""Mailboxes in one file: mbox in its four forms, as Google Takeout, Thunderbird, Apple Mail and servers write it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.mail import charsets
from sextortion_cli.importers.mail.boxes import Entry, entries, first_mail
from sextortion_cli.importers.mail.codes import DEFECTS, NOISE
from sextortion_cli.importers.mail.gaps import Gaps
from sextortion_cli.importers.mail.recognise import is_mailbox
from sextortion_cli.importers.mail.records import Mail, conversation_of, read_mail, records_of
from sextortion_cli.importers.mail.selection import is_chosen
from sextortion_cli.importers.mail.view import View
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Defect, Form, Message, Noise, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_QUOTED = re.compile(rb"(?m)^>{1,20}From ")


class MailMbox(Importer):
    """Reads a mailbox: each mail with its own bytes and their digest."""

    id: ClassVar[str] = "mail-mbox"
    service: ClassVar[str] = "E-mail"
    version: ClassVar[str] = "1"
    raw_form: ClassVar[str] = "mail"
    form: ClassVar[Form] = "mailbox"
    how_to_export: ClassVar[str] = N_(
        "Gmail: takeout.google.com, choose only Gmail, and if you can only a label with the mails of the case. Apple Mail: select the mailbox, Mailbox > "
        "Export Mailbox. Thunderbird: the file lies in the profile folder under Mail."
    )
    limits: ClassVar[str] = N_(
        "Senders can be forged, and only the lines your own provider wrote can be relied on. Deleted mails are not in it. A mailbox holds much that is "
        "not of the case: choose a conversation or days."
    )
    seen_on: ClassVar[str] = "composed mailboxes of the four forms and of Google Takeout; few real ones"
    noise: ClassVar[Mapping[str, str]] = NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {}
    references: ClassVar[tuple[str, ...]] = ("RFC 4155", "RFC 5322", "RFC 2045 to 2047", "RFC 5321, section 4.4", "RFC 8601")

    def prepare(self) -> None:
        """Load the alphabets mails are written in."""
        charsets.prepare()

    def sniff(self, source: Source) -> Sniff:
        """Claim a file that begins with a separating line and the headers of a mail."""
        return is_mailbox(source)

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the mails in the order of the file, each with its parts, its way and its digest."""
        view = View(source)
        first = first_mail(view)
        if first is None:
            if source.size:
                yield Defect(0, source.size, "unread-text", DEFECTS["unread-text"])
            return
        if first:
            yield Noise(0, first, "blank")
        gaps, line, last = Gaps(options), 1 + view.slice(0, first).count(b"\n"), Conversation()
        for number, entry in enumerate(entries(view, first), 1):
            mail = read_mail(view, entry.start, entry.content_end, options, line=line, prefix=f"{number}/")
            digest, lines, quoted = _looked_over(view, entry)
            line += lines
            if not is_chosen(mail.structure.headers, options):
                yield Noise(entry.start, entry.end, "not-selected")
                continue
            gaps.add(mail)
            gaps.count("quoted-from-lines", quoted)
            opened = conversation_of(mail.structure.headers)
            if opened != last:
                yield opened
                last = opened
            yield from _records(mail, entry, digest)
        yield from gaps.all()


def _records(mail: Mail, entry: Entry, digest: str) -> Iterator[Record]:
    """Yield the records of one mail; the message reaches to the next separating line, its digest is that of the mail without the mailbox's own lines."""
    for record in records_of(mail):
        if isinstance(record, Message):
            record.end = entry.end
            start = mail.structure.headers.fields[0].start if mail.structure.headers.fields else entry.start
            record.detail = {**record.detail, "mail-bytes": f"{start}-{entry.content_end}", "mail-sha256": digest}
        yield record


def _looked_over(view: View, entry: Entry) -> tuple[str, int, int]:
    """Return the digest of a mail without its separating line, the number of its lines, and of those that are quoted for the mailbox."""
    digest, lines, quoted = hashlib.sha256(), 0, 0
    start = view.after_line(entry.start, entry.end)
    for piece in view.pieces(start, entry.content_end):
        digest.update(piece)
    for piece in view.pieces(entry.start, entry.end):
        lines += piece.count(b"\n")
        quoted += len(_QUOTED.findall(piece)) if b">From " in piece else 0
    return digest.hexdigest(), lines, quoted
