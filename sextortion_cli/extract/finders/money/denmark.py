"""Danish account numbers: registration number of the branch (four digits) and account (up to ten)."""

from __future__ import annotations

from collections.abc import Iterator

from sextortion_cli.extract.finders.base import compiled, near
from sextortion_cli.extract.finders.money import Account
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, Scope

SIGNS = ("konto", "kto", "reg", "account", "bank")
"""One of these stands, in small letters, in every text with such an account, or before it."""
_LABELLED = compiled(
    r"\breg(?:istrerings)?[ .]{0,2}(?:nr|nummer|no)?[^0-9\n]{0,6}([0-9]{4})(?:[ \-.,/]{1,3}|[^0-9\n]{1,6}(?:konto|kto|account)[^0-9\n]{0,14})"
    r"([0-9](?:[ .]?[0-9]){5,9})\b"
)
_TOGETHER = compiled(r"\b([0-9]{4})[ \-]{1,3}([0-9]{10})\b")
_WORDS = compiled(r"konto|\bkto\b|\breg\b|reg\.|account|\bbank")
_OTHER = compiled(r"clearing|routing|\bkid\b|telefon|\btlf|phone|mobil|order|ordre|faktura|track|sporing")


def found(text: str, scope: Scope) -> Iterator[Account]:
    """Yield the Danish accounts of a folded text. The value is the registration number, then the account, as many digits as are written."""
    for match in _LABELLED.finditer(text):
        value = match.group(1) + "".join(filter(str.isdigit, match.group(2)))
        yield Account(match.start(1), match.end(), value, "DK", "reg-konto", LIKELY, "form-and-words", ("near-word",))
    for match in _TOGETHER.finditer(text):
        start, end = match.span()
        if not near(text, start, end, _WORDS, scope):
            continue
        if near(text, start, end, _OTHER, before=30, after=0):
            continue
        confidence = LIKELY if "DK" in scope.regions else POSSIBLE
        yield Account(start, end, match.group(1) + match.group(2), "DK", "reg-konto", confidence, "form-and-words", ("near-word",))
