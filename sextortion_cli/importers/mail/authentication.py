"""
``Authentication-Results`` (RFC 8601): what the provider says it checked.

Only the topmost field of the person's own provider counts; any other could have been in the mail when it was sent. SPF speaks of the
delivering server, DKIM of a domain, DMARC of both: none of them says who wrote.
"""

from __future__ import annotations

import re

import msgspec

from sextortion_cli.importers.mail.headers import Block, Field
from sextortion_cli.importers.mail.standing import belongs

_METHOD = re.compile(r"(?:^|[;\s])(spf|dkim|dmarc|arc|iprev|auth|compauth)\s{0,4}=\s{0,4}([A-Za-z]{1,20})", re.IGNORECASE)
_LONGEST = 4096


class Checked(msgspec.Struct, frozen=True):
    """
    One field.

    Attributes:
        server: Who says it (authserv-id).
        results: (method, result) in the order of the field.
        is_relied_on: It is the topmost, and the provider's own.
    """

    field: Field
    raw: str
    server: str
    results: tuple[tuple[str, str], ...]
    is_relied_on: bool


def checked(headers: Block, provider: str) -> list[Checked]:
    """Return every ``Authentication-Results`` of a mail, topmost first."""
    found = []
    for place, field in enumerate(headers.all("authentication-results")):
        raw = field.line[:_LONGEST].decode("utf-8", "replace")
        server = raw.partition(";")[0].strip().split(" ")[0].lower()
        results = tuple((match[1].lower(), match[2].lower()) for match in _METHOD.finditer(raw.partition(";")[2]))
        # Microsoft writes no name of its own in front: then nobody vouches for it.
        found.append(Checked(field, raw, server, results, place == 0 and belongs(server, provider)))
    return found
