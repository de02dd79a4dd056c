"""Numbers of payment cards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from stdnum import luhn

from sextortion_cli.extract.finders.base import Finder, compiled
from sextortion_cli.extract.finders.folding import DASHES, DIGIT, HIDDEN, SPACES, fold
from sextortion_cli.extract.finders.money import verdict
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, SURE, WEAK, Hit, Scope

_GROUPED = (
    compiled(r"[0-9]{4}([ .\-])[0-9]{4}([ .\-])[0-9]{4}([ .\-])[0-9]{4}(?:([ .\-])[0-9]{3}\b)"),
    compiled(r"[0-9]{4}([ .\-])[0-9]{4}([ .\-])[0-9]{4}([ .\-])[0-9]{4}\b"),
    compiled(r"[0-9]{4}([ .\-])[0-9]{6}([ .\-])[0-9]{4,5}\b"),
)
_TOGETHER = (compiled(r"[0-9]{12,19}\b"),)
_LONGEST = 23
"""Characters of the longest writing: nineteen digits in five groups."""
_RUN = compiled(r"[0-9]{4,}")
_WORDS = compiled(
    r"(?P<other>gift ?-?cards?|gavekort|presentkort|geschenkkarte|carte cadeau|tarjeta regalo|sim ?-?(?:card|kort)|imei|iccid|track|sporing"
    r"|spårning|sendung|colis|paket|order|ordre|bestill|beställ|invoice|faktura|rechnung|facture|serial|serienummer|barcode|\bean\b|isbn"
    r"|\bkid\b|\bocr\b|referan|reference|\bref\b|paysafe|neosurf|transcash|razer|steam|itunes|google play|voucher|licen[sc]e|iban)"
    r"|(?P<card>\bvisa\b|master ?card|maestro|amex|american express|discover|unionpay|diners|\bjcb\b|dankort|bank ?axept|\bcvv|\bcvc|cards?\b"
    r"|\bcc\b|\w*kort(?:et|nummer|nr)?\b|kredit|\w*karte|cartes?\b|tarjeta|carta\b|expir|\bexp\b|utløp|gültig)"
)
_NEVER = compiled(r"imei|iccid|paysafe|neosurf|transcash|iban")
#: Scheme: first digits (a range, inclusive), and the lengths it issues (ISO/IEC 7812; the schemes' own publications).
_RANGES = (
    ("visa", "4", "4", (13, 16, 19)),
    ("mastercard", "51", "55", (16,)),
    ("mastercard", "2221", "2720", (16,)),
    ("amex", "34", "34", (15,)),
    ("amex", "37", "37", (15,)),
    ("discover", "6011", "6011", (16, 19)),
    ("discover", "644", "659", (16, 19)),
    ("jcb", "3528", "3589", (16, 19)),
    ("diners", "300", "305", (14, 16, 19)),
    ("diners", "3095", "3095", (14, 16, 19)),
    ("diners", "36", "36", (14, 16, 19)),
    ("diners", "38", "39", (14, 16, 19)),
    ("unionpay", "62", "62", (16, 17, 18, 19)),
    ("mir", "2200", "2204", (16, 19)),
    ("dankort", "5019", "5019", (16,)),
    ("maestro", "5018", "5018", (12, 13, 14, 15, 16, 17, 18, 19)),
    ("maestro", "5020", "5020", (12, 13, 14, 15, 16, 17, 18, 19)),
    ("maestro", "5038", "5038", (12, 13, 14, 15, 16, 17, 18, 19)),
    ("maestro", "5893", "5893", (12, 13, 14, 15, 16, 17, 18, 19)),
    ("maestro", "6304", "6304", (12, 13, 14, 15, 16, 17, 18, 19)),
    ("maestro", "6759", "6763", (12, 13, 14, 15, 16, 17, 18, 19)),
    ("bankaxept", "9578", "9578", (16,)),
)
_PLAIN_LENGTHS = {"visa": 16, "mastercard": 16, "amex": 15, "discover": 16, "jcb": 16, "diners": 14, "unionpay": 16, "mir": 16}
"""Schemes whose numbers are believed without a word beside them, though written together, at this length."""


def scheme_of(number: str) -> str:
    """Return the scheme that issues numbers (digits) of this beginning and length, or ""."""
    for scheme, first, last, lengths in _RANGES:
        if first <= number[: len(first)] <= last and len(number) in lengths:
            return scheme
    return ""


class Card(Finder):
    """
    Finds card numbers by scheme, length, check digit and the words beside them.

    The value is the whole number, digits only; what shows it masks it (`cli.md`). ``detail.scheme`` is the scheme.
    """

    id: ClassVar[str] = "card"
    kinds: ClassVar[tuple[str, ...]] = ("card",)
    version: ClassVar[str] = "1"
    hint = r"\pN"
    trigger: ClassVar[str] = rf"{DIGIT}(?:[{HIDDEN}{SPACES}.{DASHES}]*{DIGIT}){{11}}"
    vectors: ClassVar = {  # test numbers that the schemes publish
        "card 4111 1111 1111 1111 12/27": (("card", "4111111111111111"),),
        "3782 822463 10005": (("card", "378282246310005"),),
        "4111 1111 1111 1112": (),
        "IMEI 490154203237518": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the card numbers of a passage."""
        folded = fold(text)
        plain, place = folded.text, 0
        for match in _RUN.finditer(plain):
            start, length = match.start(), match.end() - match.start()
            shapes = _GROUPED if length == 4 else _TOGETHER if 12 <= length <= 19 else ()
            hit = None if start < place or plain[start - 1 : start].isalnum() else _judged(plain, start, shapes, scope)
            if hit is None:
                continue
            end, value, scheme, confidence, why = hit
            place = end
            yield folded.hit(
                start,
                end,
                kind="card",
                value=value,
                confidence=confidence,
                why=why,
                checks=() if why == "bad-check" else ("luhn",),
                detail={"scheme": scheme},
            )


def _judged(text: str, start: int, shapes: tuple[Any, ...], scope: Scope) -> tuple[int, str, str, float, str] | None:
    """Return where a card number that begins here ends, its digits, scheme, confidence and why; None where none begins."""
    mistyped = None
    for shape in shapes:
        match = shape.match(text[start : start + _LONGEST + 1])
        if match is None or match.end() > _LONGEST:
            continue
        end = start + match.end()
        gaps = {gap for gap in match.groups() if gap is not None} if shape.groups else set()
        value = "".join(filter(str.isdigit, text[start:end]))
        scheme = scheme_of(value)
        if len(gaps) > 1 or not scheme or len(set(value)) == 1 or not _stands_alone(text, start, end, gaps):
            continue
        said = verdict(text, start, end, _WORDS, scope)
        if not luhn.is_valid(value):
            if said == "card" and mistyped is None:
                mistyped = (end, value, scheme, WEAK, "bad-check")
            continue
        if said == "card":
            return end, value, scheme, SURE, "checksum"
        is_refused = said == "other" and _NEVER.search(text[max(0, start - 40) : end + 20]) is not None
        if gaps and not is_refused:
            return end, value, scheme, POSSIBLE if said else LIKELY, "checksum"
        if not said and _PLAIN_LENGTHS.get(scheme) == len(value):
            return end, value, scheme, LIKELY, "checksum"
        return end, value, scheme, WEAK, "ambiguous"
    return mistyped


def _stands_alone(text: str, start: int, end: int, gaps: set[str]) -> bool:
    """Tell whether the digits are not a part of a longer number: of an account in groups, a decimal, a version."""
    after, behind = text[end : end + 1], text[end + 1 : end + 2]
    if after.isalnum() or (after in ".,-_" and behind.isdigit() and after != ""):
        return False
    before = text[start - 1 : start]
    if before in "+.,-/_" and before != "" and (before == "+" or text[start - 2 : start - 1].isdigit()):
        return False
    group = text[max(0, start - 5) : start - 1]  # the one before: DE89 3704 0044 0532 0130 00
    if (
        before == " "
        and gaps
        and len(group) == 4
        and group.isalnum()
        and any(map(str.isdigit, group))
        and not text[start - 6 : start - 5].isalnum()
    ):
        return False
    return not (after == " " and gaps and text[end + 1 : end + 5].isdigit() and len(text[end + 1 : end + 5]) == 4)
