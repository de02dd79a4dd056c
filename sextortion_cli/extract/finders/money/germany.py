"""German account numbers as they were written before IBAN: Kontonummer and Bankleitzahl."""

from __future__ import annotations

from collections.abc import Iterator

from sextortion_cli.extract.finders.base import compiled
from sextortion_cli.extract.finders.money import Account, pairs
from sextortion_cli.model.identifier import LIKELY, Scope

SIGNS = ("blz", "bankleitzahl")
"""One of these stands, in small letters, in every text with such an account, or before it."""
_BANK = compiled(r"(?:\bblz|bankleitzahl)[^0-9\n]{0,12}([1-8][0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{2})\b")
_ACCOUNT = compiled(r"(?:konto|\bkto|bankverbindung)[^0-9\n]{0,20}([0-9](?:[ .]?[0-9]){3,9})\b")


def found(text: str, scope: Scope) -> Iterator[Account]:
    """Yield the German accounts of a folded text: a number with the word Konto beside one with BLZ. The value is BLZ, then account."""
    for start, end, bank, account in pairs(text, _BANK, _ACCOUNT):
        yield Account(start, end, bank + account, "DE", "blz-konto", LIKELY, "form-and-words", ("near-word",))
