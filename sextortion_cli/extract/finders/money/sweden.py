"""Swedish account numbers, with the clearing number of the bank, and the giro numbers bankgiro and plusgiro."""

from __future__ import annotations

from collections.abc import Iterator

from stdnum import luhn

from sextortion_cli.extract.finders.base import compiled, near
from sextortion_cli.extract.finders.money import Account, verdict
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, SURE, WEAK, Scope

SIGNS = ("giro", "bg", "pg", "clearing", "clr")
"""One of these stands, in small letters, in every text with such an account, or before it."""
_GIRO = compiled(r"\b(?:[0-9]{3,4}-[0-9]{4}|[0-9]{7,8}|[0-9](?:[ ]?[0-9]){0,6}-[0-9])\b")
_GIRO_WORDS = compiled(
    r"(?P<other>telefon|\btel\b|\btfn|mobil|postnr|\border|faktura|\bocr\b|organisationsn|org\.?nr|clearing)"
    r"|(?P<bankgiro>bankgiro|\bbg\b|\bbgnr|\bbg[ .:-])|(?P<plusgiro>plusgiro|postgiro|\bpg\b|\bpgnr|\bpg[ .:-])"
)
_ACCOUNT = compiled(r"\b([0-9]{4})(?:-([0-9]))?(?:[ ,.\-/:]{1,3}|[^0-9\n]{1,30}konto[^0-9\n]{0,20})([0-9](?:[ \-.]{0,2}[0-9]){5,9})\b")
_CLEARING = compiled(r"clearing|\bclr\b")
_KONTO = compiled(r"konto|account|\bbank")
#: First clearing number, last one, and how the account is checked (Bankgirot, "Bankernas kontonummeruppbyggnad"): `a` seven digits, mod 11
#: with the clearing number but its first digit; `b` the same with all of it; `c` nine digits, mod 11; `d` ten digits, mod 10; `-` not always.
_BANKS = (
    (1100, 2099, "a"), (2300, 2399, "b"), (2400, 2499, "a"), (3300, 3300, "d"), (3782, 3782, "d"), (3000, 3999, "a"), (4000, 4999, "b"),
    (5000, 5999, "a"), (6000, 6999, "c"), (7000, 7999, "a"), (8000, 8999, "-"), (9020, 9049, "b"), (9060, 9069, "a"), (9100, 9109, "b"),
    (9120, 9149, "a"), (9150, 9169, "b"), (9170, 9179, "a"), (9180, 9189, "d"), (9190, 9199, "b"), (9230, 9259, "a"), (9260, 9269, "b"),
    (9270, 9289, "a"), (9300, 9349, "d"), (9400, 9469, "a"), (9470, 9479, "b"), (9550, 9569, "b"), (9570, 9579, "d"), (9630, 9639, "a"),
    (9640, 9649, "b"),
)  # fmt: skip


def _mod11(digits: str) -> bool:
    return sum((place % 10 + 1) * int(digit) for place, digit in enumerate(reversed(digits))) % 11 == 0


def is_right(clearing: str, account: str) -> bool | None:
    """Tell whether the check digits of an account (digits) at a bank (clearing number) are right; None where the bank is not known to have any."""
    kind = next((kind for first, last, kind in _BANKS if first <= int(clearing[:4]) <= last), "-")
    if kind == "a":
        return len(account) == 7 and _mod11(clearing[1:4] + account)
    if kind == "b":
        return len(account) == 7 and _mod11(clearing[:4] + account)
    if kind == "c":
        return len(account) in (8, 9) and _mod11(account.zfill(9))
    if kind == "d":
        return len(account) == 10 and luhn.is_valid(account)
    return None


def found(text: str, scope: Scope) -> Iterator[Account]:
    """Yield the Swedish accounts and giro numbers of a folded text: each needs a word beside it."""
    for match in _GIRO.finditer(text):
        start, end = match.span()
        said = verdict(text, start, end, _GIRO_WORDS, scope, before=30, after=15)
        value = "".join(filter(str.isdigit, match.group()))
        is_bankgiro = said == "bankgiro" and len(value) in (7, 8) and match.group()[-2] != "-"
        if not is_bankgiro and not (said == "plusgiro" and 2 <= len(value) <= 8):
            continue
        is_valid = luhn.is_valid(value)
        yield Account(
            start,
            end,
            value,
            "SE",
            said,
            SURE if is_valid else WEAK,
            "checksum" if is_valid else "bad-check",
            ("luhn", "near-word") if is_valid else (),
        )
    is_swedish = "SE" in scope.regions
    for match in _ACCOUNT.finditer(text):
        start, end = match.span()
        clearing, account = match.group(1) + (match.group(2) or ""), "".join(filter(str.isdigit, match.group(3)))
        has_clearing = near(text, start, end, _CLEARING, scope, before=40)
        if clearing < "1100" or not (has_clearing or (is_swedish and near(text, start, end, _KONTO, scope, before=40))):
            continue
        right = is_right(clearing, account)
        if right is None:
            confidence, why = LIKELY if has_clearing else POSSIBLE, "form-and-words"
        else:
            confidence, why = (SURE, "checksum") if right else (WEAK, "bad-check")
        checks = ("national", "near-word") if right else ("near-word",) if right is None else ()
        yield Account(start, end, clearing + account, "SE", "clearing-account", confidence, why, checks)
