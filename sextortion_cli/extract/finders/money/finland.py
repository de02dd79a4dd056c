"""Finnish account numbers as they were written before IBAN (BBAN): six digits, a dash, two to eight digits, the last a check digit."""

from __future__ import annotations

from collections.abc import Iterator

from stdnum import luhn

from sextortion_cli.extract.finders.base import compiled, near
from sextortion_cli.extract.finders.money import Account
from sextortion_cli.model.identifier import POSSIBLE, SURE, WEAK, Scope

SIGNS = ("tili", "konto", "account", "pankki", "bank", "nordea", "sampo")
"""One of these stands, in small letters, in every text with such an account, or before it."""
_NUMBER = compiled(r"\b([1-8][0-9]{5})-([0-9]{2,8})\b")
_WORDS = compiled(r"tili|konto|account|pankki|\bbank|nordea|osuuspankki|sampo")
_FINNISH = compiled(r"tili|pankki|nordea|sampo")


def is_right(bank: str, rest: str) -> bool:
    """Tell whether the check digit is right: mod 10 over the form of 14 digits, filled with zeros behind the sixth or seventh digit."""
    kept = 1 if bank[0] in "45" else 0
    return luhn.is_valid(bank + rest[:kept] + rest[kept:].zfill(8 - kept))


def _is_birthday(bank: str, rest: str) -> bool:
    """Tell whether this may be a Swedish identity number (YYMMDD-NNNN), whose check digit is made alike."""
    return len(rest) == 4 and 1 <= int(bank[2:4]) <= 12 and 1 <= int(bank[4:]) % 60 <= 31


def found(text: str, scope: Scope) -> Iterator[Account]:
    """Yield the Finnish accounts of a folded text, in the digits as written."""
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        bank, rest = match.groups()
        if text[start - 1 : start] in ("+", "-", ".", ",") or (_is_birthday(bank, rest) and not near(text, start, end, _FINNISH, scope)):
            continue
        is_said = near(text, start, end, _WORDS, scope, before=40)
        if not is_said and "FI" not in scope.regions:
            continue
        if is_right(bank, rest):
            confidence, checks = (SURE, ("luhn", "near-word")) if is_said else (POSSIBLE, ("luhn",))
            yield Account(start, end, bank + rest, "FI", "bban", confidence, "checksum", checks)
        elif is_said:
            yield Account(start, end, bank + rest, "FI", "bban", WEAK, "bad-check")
