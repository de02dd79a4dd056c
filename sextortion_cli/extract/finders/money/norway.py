"""Norwegian account numbers: eleven digits, of which the last is a check digit (mod 11)."""

from __future__ import annotations

from collections.abc import Iterator

from stdnum.no import kontonr

from sextortion_cli.extract.finders.base import compiled
from sextortion_cli.extract.finders.money import Account, verdict
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, SURE, WEAK, Scope

_NUMBER = compiled(r"[0-9]{4}(?:\.[0-9]{2}\.|-[0-9]{2}-| [0-9]{2} )[0-9]{5}\b|[0-9]{4} [0-9]{7}\b|[0-9]{11}\b")
_WORDS = compiled(
    r"(?P<other>\bkid\b|kid-?n|fødsels|\bf\.?nr\b|person ?(?:nummer|nr)|\bd-?nummer|\btlf|telefon|mobil|\bphone|whatsapp|vipps|ordre|\border|faktura|invoice|rechnung|facture|bestell|beställ|pedido|paket|colis|sendung|suivi"
    r"|sporing|tracking|pakke|referanse|\bref\b|reference|imei|medlem|kunde|customer|serie|serial|\borg\.?|ticket|billett|booking|\bsak)"
    r"|(?P<account>\w*konto|\bkto|account|\bacct?\b|a/c|\bbank|overfør|transfer|betal|\bsett inn|\bpay|cuenta|compte)"
)
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_PEOPLE_MONTHS = frozenset(month + shift for shift in (0, 40, 65, 80) for month in range(1, 13))
"""Months as identity numbers write them: also help numbers (+40) and the invented people of registers' test data (+40, +65, +80)."""


def is_identity(number: str) -> bool:
    """
    Tell whether eleven digits are a Norwegian fødselsnummer, D-number or help number: a day, a month and both check digits.

    The second check digit is made like that of an account, so that one in 300 account numbers could be an identity number too.
    """
    day, month = int(number[:2]), int(number[2:4])
    if not (1 <= day <= 31 or 41 <= day <= 71) or month not in _PEOPLE_MONTHS:
        return False
    digits = [int(digit) for digit in number]
    return all(
        (sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) + digits[len(weights)]) % 11 == 0
        for weights in (_FIRST, _SECOND)
    )


def found(text: str, scope: Scope) -> Iterator[Account]:
    """Yield the Norwegian account numbers of a folded text. Identity numbers are none, unless written in groups as only accounts are."""
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        written = match.group()
        if _is_part(text, start, end):
            continue
        value = "".join(filter(str.isdigit, written))
        is_grouped = len(written) == 13
        said = verdict(text, start, end, _WORDS, scope)
        if not kontonr.is_valid(value):
            if said == "account":
                yield Account(start, end, value, "NO", "kontonummer", WEAK, "bad-check")
            continue
        if len(set(value)) == 1 or (is_identity(value) and (said == "other" or not is_grouped)):
            continue
        if said == "account":
            yield Account(start, end, value, "NO", "kontonummer", SURE, "checksum", ("mod11", "near-word"))
        elif is_grouped:
            yield Account(start, end, value, "NO", "kontonummer", POSSIBLE if said else LIKELY, "checksum", ("mod11",))
        elif len(written) == 11:
            is_likely = not said and "NO" in scope.regions and not _is_like_phone(value)
            yield Account(start, end, value, "NO", "kontonummer", POSSIBLE if is_likely else WEAK, "ambiguous", ("mod11",))


def _is_part(text: str, start: int, end: int) -> bool:
    """Tell whether the digits belong to something longer, like a decimal, an international phone number or an IBAN."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or after.isalnum() or before in ("+", "_", "$", "€", "£") or after in ("_", "@"):
        return True
    return (before in (".", ",", "-", "/") and text[start - 2 : start - 1].isdigit()) or (
        after in (".", ",", "-", "/") and text[end + 1 : end + 2].isdigit()
    )


def _is_like_phone(number: str) -> bool:
    """Tell whether eleven digits could be a British or German number with its 0, or a North American one with its 1."""
    return number[0] == "0" or (number[0] == "1" and number[1] > "1" and number[4] > "1")
