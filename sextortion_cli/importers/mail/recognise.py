"""Whether a file is a mail or a mailbox, from its first bytes."""

from __future__ import annotations

import re

from sextortion_cli.importers.mail.headers import read_block
from sextortion_cli.importers.mail.view import View
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Sniff

_REACH = 64 << 10
#: Written by the server or program that made the mail; other formats with lines like headers do not have two of them.
_OWN = frozenset(("received", "message-id", "return-path", "delivered-to", "mime-version", "dkim-signature", "reply-to", "in-reply-to"))
_USUAL = frozenset(("from", "to", "subject", "date", "cc", "sender", "content-type", "content-transfer-encoding"))
_SAVED_PAGE = frozenset(("snapshot-content-location", "content-location"))
_SEPARATOR = re.compile(rb"From [^\r\n]{1,1000}\r?\n")


class _Beginning(Source):
    """The first bytes of an object, so that looking at it costs little."""

    def __init__(self, source: Source) -> None:
        super().__init__(-1, min(source.size, _REACH), source.name)
        self._data = source.head(self.size)

    def read_at(self, offset: int, count: int) -> bytes:
        return self._data[offset : offset + count]


def is_mail(source: Source) -> Sniff:
    """Return ``yes`` for a file that begins with the headers of one mail."""
    beginning = _Beginning(source)
    if not re.match(rb"[!-9;-~]{1,200}[ \t]{0,20}:", beginning.head(300)):
        return Sniff("no", "does not begin with a header line")
    block = read_block(View(beginning), 0, beginning.size)
    keys = {field.key for field in block.fields}
    if keys & _SAVED_PAGE and "received" not in keys and b"Saved by" in beginning.head(400):
        return Sniff("no", "a saved web page")
    known = keys & (_OWN | _USUAL)
    is_certain = len(known) >= 3 or (len(known) == 2 and bool(known & {"from", "received", "message-id"}))
    if is_certain and (keys & _OWN or keys >= {"from"} or keys >= {"date", "subject"}):
        return Sniff("yes", "the headers of a mail")
    return Sniff("maybe", "some headers of a mail") if known else Sniff("no", "no header of a mail")


def is_mailbox(source: Source) -> Sniff:
    """Return ``yes`` for a file that begins with the separating line of a mailbox and a mail's headers behind it."""
    beginning = _Beginning(source)
    head = beginning.head(2000)
    start = len(head) - len(head.lstrip(b"\r\n"))
    first = _SEPARATOR.match(head, start)
    if first is None:
        return Sniff("no", "does not begin with the separating line of a mailbox")
    block = read_block(View(beginning), start, beginning.size)
    keys = {field.key for field in block.fields}
    if len(keys & (_OWN | _USUAL)) >= 2:
        return Sniff("yes", "the separating line of a mailbox and the headers of a mail")
    return (
        Sniff("maybe", "the separating line of a mailbox")
        if keys & (_OWN | _USUAL)
        else Sniff("no", "no headers behind the separating line")
    )
