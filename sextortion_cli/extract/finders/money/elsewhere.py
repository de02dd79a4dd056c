"""Account numbers of ten digits with the word account and a bank beside them, as in Nigeria, whose check digit needs the bank's code."""

from __future__ import annotations

from collections.abc import Iterator

from sextortion_cli.extract.finders.base import compiled, near
from sextortion_cli.extract.finders.money import Account
from sextortion_cli.model.identifier import POSSIBLE, Scope

SIGNS = ("account", "acct", "a/c")
"""One of these stands, in small letters, in every text with such an account, or before it."""
_NUMBER = compiled(r"(?:account|\bacct?\b|\ba/c)[ .\-]{0,2}(?:number|num|no|nr|#)?[^0-9\n]{0,8}\b([0-9]{10})\b")
_BANK = compiled(r"\bbank\b|\bopay\b|palmpay|\bkuda\b|moniepoint|gtbank|zenith|fidelity|ecobank|\buba\b|\bfcmb\b|wema|sterling|polaris")


def found(text: str, scope: Scope) -> Iterator[Account]:
    """Yield accounts that their form assigns to no country; ``region`` is empty."""
    for match in _NUMBER.finditer(text):
        start, end = match.span(1)
        if near(text, start, end, _BANK, scope, before=120, after=80):
            yield Account(start, end, match.group(1), "", "account", POSSIBLE, "form-and-words", ("near-word",))
