"""What a mail or a mailbox holds beside the text of its mails: attachments, pictures, mails inside mails, as files of their own."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.mail.bodies import decoded, is_shown, names_of
from sextortion_cli.importers.mail.boxes import Entry, entries, first_mail
from sextortion_cli.importers.mail.headers import read_block
from sextortion_cli.importers.mail.recognise import is_mail, is_mailbox
from sextortion_cli.importers.mail.selection import is_chosen
from sextortion_cli.importers.mail.structure import Piece, read_structure
from sextortion_cli.importers.mail.transfer import Transfer
from sextortion_cli.importers.mail.view import View
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import ReadOptions


class Held(msgspec.Struct, frozen=True):
    """
    One part of a mail.

    Attributes:
        piece: Where it is and what it says of itself.
        name: By what the message names it.
        is_text: It is shown as the mail's own text.
    """

    piece: Piece
    name: str
    is_text: bool


class Letter(msgspec.Struct, frozen=True):
    """One mail: its bytes, its header block, its parts."""

    start: int
    end: int
    body: int
    parts: tuple[Held, ...]


def holds_parts(source: Source) -> bool:
    """Say whether a file is a mailbox, or a mail that is more than one text; from its first bytes."""
    if is_mailbox(source).verdict == "yes":
        return True
    if is_mail(source).verdict != "yes":
        return False
    field = read_block(View(source), 0, source.size).first("content-type")
    return field is not None and not field.line.lower().startswith((b"text/plain", b"text/html"))


def letters(source: Source, options: ReadOptions) -> Iterator[Letter]:
    """Yield the mails of a file that were chosen, one by one."""
    view = View(source)
    first = first_mail(view)
    if first is None or is_mail(source).verdict == "yes":
        yield _letter(view, Entry(0, source.size, source.size), "")
        return
    for number, entry in enumerate(entries(view, first), 1):
        if is_chosen(read_block(view, entry.start, entry.content_end), options):
            yield _letter(view, entry, f"{number}/")


def content(source: Source, piece: Piece) -> tuple[Transfer, Iterator[bytes]]:
    """Return the decoder of a part, and its decoded bytes."""
    return decoded(View(source), piece)


def _letter(view: View, entry: Entry, prefix: str) -> Letter:
    structure = read_structure(view, entry.start, entry.content_end)
    parts = structure.parts()
    held = [Held(piece, name, is_shown(piece)) for piece, name in zip(parts, names_of(parts, prefix), strict=True)]
    return Letter(entry.start, entry.end, structure.headers.body, tuple(held))
