"""Account numbers of the United States: the routing number of the bank, which has a check digit, and the account."""

from __future__ import annotations

from collections.abc import Iterator

from stdnum.us import rtn

from sextortion_cli.extract.finders.base import compiled
from sextortion_cli.extract.finders.money import Account, pairs
from sextortion_cli.model.identifier import SURE, WEAK, Scope

SIGNS = ("routing", "aba", "rtn", "transit")
"""One of these stands, in small letters, in every text with such an account, or before it."""
_BANK = compiled(r"(?:routing|\baba\b|\brtn\b|\btransit\b)[^0-9\n]{0,25}([0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9])\b")
_ACCOUNT = compiled(r"(?:account|\bacct?\b|\ba/c|checking|savings)[^0-9\n]{0,25}([0-9](?:[ \-]?[0-9]){3,16})\b")


def found(text: str, scope: Scope) -> Iterator[Account]:
    """Yield the American accounts of a folded text. The value is the routing number (always nine digits), then the account."""
    for start, end, bank, account in pairs(text, _BANK, _ACCOUNT):
        is_valid = rtn.is_valid(bank)
        yield Account(
            start,
            end,
            bank + account,
            "US",
            "routing-account",
            SURE if is_valid else WEAK,
            "checksum" if is_valid else "bad-check",
            ("aba", "near-word") if is_valid else (),
        )
