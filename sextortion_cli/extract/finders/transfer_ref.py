"""References of money transfers: Western Union's MTCN, those of other senders, of banks, of payment services and of mobile money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder, is_apart, near
from sextortion_cli.extract.finders.phones import words
from sextortion_cli.extract.finders.phones.edges import begun, ended, is_money, lead_of, without_price
from sextortion_cli.extract.finders.phones.stretch import Group, is_date, is_luhn, stretches
from sextortion_cli.extract.finders.rails import references
from sextortion_cli.extract.finders.rails.named import Named
from sextortion_cli.extract.finders.rails.words import rail_near
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, SURE, WEAK, Hit, Scope

_BESIDE = ("near-word",)
_CALLED = 0.85
"""A word for a reference stands there too."""
_LOOSE = 0.75
"""The word for a reference and the way to send money stand there, but the form is anybody's."""


class TransferRef(Finder):
    """
    Finds references of money transfers; ``detail.rail`` says whose.

    Nothing but a KID, an OCR and a creditor reference has check digits, so words decide: an MTCN is ten digits beside *MTCN* or
    *Western Union*, in the passage or in what was written before it. The value has no separators, except the dots of mobile money.
    """

    id: ClassVar[str] = "transfer-ref"
    kinds: ClassVar[tuple[str, ...]] = ("mtcn", "transfer-ref")
    version: ClassVar[str] = "1"
    hint = r"\pN"
    trigger: ClassVar[str] = (
        r"\p{Nd}(?:[ .\x{a0}\x{2009}\x{202f}\x{ad}\x{200b}/-]{0,2}\p{Nd}){5}|\b[A-Z]{1,12}[0-9][A-Z0-9_.-]{4}|\b[0-9]{1,5}[A-Z][A-Z0-9_.-]{4}|\b(?:kid|ocr)\b"
    )
    vectors: ClassVar = {
        "MTCN 123-456-7890": (("mtcn", "1234567890"),),
        "Western Union: 1234567890": (("mtcn", "1234567890"),),
        "moneygram ref 12345678": (("transfer-ref", "12345678"),),
        "KID: 2345676": (("transfer-ref", "2345676"),),  # mod 10 example of the Norwegian banks' description of KID
        "RF18 5390 0754 7034": (("transfer-ref", "RF18539007547034"),),  # ISO 11649
        "Trans ID PP240101.1234.A12345": (("transfer-ref", "PP240101.1234.A12345"),),
        "call 123-456-7890": (),
        "MTCN 123456789": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the references in `text`."""
        yield from _checked(text)
        yield from _mobile(text, scope)
        services = Named(text, references.SERVICE)
        earlier = Named(scope.before[-160:], references.SERVICE) if scope.before else None
        if services.places or (earlier is not None and earlier.places):
            yield from _numbers(text, scope, services, earlier)
            yield from _lettered(text, scope, services, earlier)
        if references.SAID.search(text) or (scope.before and references.SAID.search(scope.before)):
            yield from _paypal(text, scope)
            yield from _referred(text, scope, services)


def _hit(
    text: str,
    start: int,
    end: int,
    confidence: float,
    why: str,
    rail: str | None,
    checks: tuple[str, ...] = _BESIDE,
    kind: str = "transfer-ref",
    value: str | None = None,
) -> Hit:
    if value is None:
        value = "".join(character for character in text[start:end] if character.isalnum()).upper()
    return Hit(kind, value, text[start:end], start, end, confidence, why, checks, {} if rail is None else {"rail": rail})


def _checked(text: str) -> Iterator[Hit]:
    """Yield a KID, an OCR and creditor references."""
    lowered = text.lower()
    if "kid" in lowered or "ocr" in lowered:
        for found in references.KID.finditer(text):
            start, end = found.start(2), found.end(2)
            value = text[start:end].replace(" ", "")
            ten, eleven = value.isdigit() and is_luhn(value), references.has_mod11(value)
            if found[1].lower() == "ocr":
                eleven = False
            if not value.isdigit() and not eleven:
                end, value = end - 1, value[:-1]
                ten = is_luhn(value)
                eleven = found[1].lower() == "kid" and references.has_mod11(value)
            if not is_apart(text, start, end) or is_money(text, start, end) or not 3 <= len(value) <= 25:
                continue
            checks = tuple(code for code, right in (("mod10", ten), ("mod11", eleven)) if right)
            rail = "kid" if found[1].lower() == "kid" else "bankgiro"
            confidence, why = (SURE, "checksum") if checks and len(value) > 4 else (WEAK, "bad-check" if not checks else "ambiguous")
            yield _hit(text, start, end, confidence, why, rail, (*checks, *_BESIDE), value=value)
    if "RF" in text:
        for found in references.CREDITOR.finditer(text):
            value, end = found[0].replace(" ", ""), found.end()
            while (
                not (right := len(value) <= 25 and references.has_mod97(value)) and text[found.start() : end].rpartition(" ")[2].isalpha()
            ):
                end = text.rindex(" ", found.start(), end)  # a word of capitals may follow
                value = text[found.start() : end].replace(" ", "")
            if right and len(value) > 8 and is_apart(text, found.start(), end):
                yield _hit(text, found.start(), end, SURE, "checksum", "bank-transfer", ("mod97",))


def _mobile(text: str, scope: Scope) -> Iterator[Hit]:
    """Yield ids of mobile money."""
    if "." in text:
        for found in references.MOBILE.finditer(text):
            if is_apart(text, found.start(), found.end(), "_-"):
                named = rail_near(text, found.start(), found.end(), scope.before)
                rail = named or ("airtel-money" if found[0].startswith("MP") else "orange-money")
                yield _hit(text, found.start(), found.end(), LIKELY, "written-as", rail, (), value=found[0])
    lowered = text.lower()
    if "pesa" in lowered or "bkash" in lowered or "pesa" in scope.before.lower():
        for found in references.PESA.finditer(text):
            digits = sum(character.isdigit() for character in found[0])
            if 1 < digits < 9 and is_apart(text, found.start(), found.end(), "_-@$"):
                named = rail_near(text, found.start(), found.end(), scope.before)
                if named in ("m-pesa", "bkash"):
                    yield _hit(text, found.start(), found.end(), LIKELY, "form-and-words", named)


def _nearest(services: Named, earlier: Named | None, start: int, end: int) -> str | None:
    """Return the service named closest before, else right after, else in what was written before."""
    named = services.before(start, 80)
    if named is not None:
        return references.service_of(named[0])
    after = services.after(end, 40)
    if after is None and earlier is not None and start <= 80 and earlier.places:
        begin, stop = earlier.places[-1]
        after = earlier.text[begin:stop]
    return None if after is None else references.service_of(after)


def _numbers(text: str, scope: Scope, services: Named, earlier: Named | None) -> Iterator[Hit]:
    """Yield numbers of the length that the service named beside them has."""
    for stretch in stretches(text):
        groups = ended(text, stretch)
        groups = _led(text, groups) if groups else groups
        if not groups:
            continue
        groups = without_price(text, groups)
        for taken in _units(groups):
            start, end = taken[0].start, taken[-1].end
            digits = "".join(group.digits for group in taken)
            service = _nearest(services, earlier, start, end)
            if service is None or len(digits) not in references.DIGITS[service] or is_money(text, start, end):
                continue
            referred = near(text, start, end, references.REFERENCE, scope, before=40, after=0)
            kind = "mtcn" if service == "western-union" else "transfer-ref"
            if service not in references.ENOUGH and not referred:
                continue
            if words.verdict(text, start, end, scope.before) == words.FOR or (not referred and is_date(taken)):
                yield _hit(text, start, end, WEAK, "ambiguous", service, (), kind, digits)
                continue
            yield _hit(
                text, start, end, _CALLED if referred or kind == "mtcn" else LIKELY, "form-and-words", service, _BESIDE, kind, digits
            )


def _led(text: str, groups: list[Group]) -> list[Group]:
    """Return the groups without those that belong to what stands before them; ``#`` and a word that touches them are no part of a number."""
    start = groups[0].start
    lead = lead_of(text, start)
    labelled = text[max(0, start - 6) : start].rstrip("=: ").lower().endswith(("mtcn", "ref", "pin"))
    if lead == "#" or (labelled and (lead == "=" or lead.isalpha())):
        return groups
    if lead == "+":
        return []
    return begun(text, groups)


def _units(groups: list[Group]) -> Iterator[list[Group]]:
    """Yield what may be one number each: the stretch, or the groups in it where each has eight digits or more."""
    if len(groups) > 1 and any(len(group.digits) >= 8 for group in groups):
        yield from ([group] for group in groups if len(group.digits) >= 8 and (group is groups[0] or not group.gap.strip()))
        return
    run: list[Group] = []
    for group in groups:
        if run and group.parted:
            yield run
            run = []
        run.append(group)
    if run and len(run) <= 6:
        yield run


def _lettered(text: str, scope: Scope, services: Named, earlier: Named | None) -> Iterator[Hit]:
    """Yield references that begin with a letter or ``#``, as Remitly and Wise write them."""
    for found in references.LETTERED.finditer(text):
        start, end = found.start(), found.end()
        if not is_apart(text, start, end, "_-@$"):
            continue
        service = _nearest(services, earlier, start, end)
        first = found[0][0]
        fits = (
            (service == "wise" and first in "#PT")
            or (service == "remitly" and first == "R")
            or (service in ("worldremit", "ria", "sendwave") and first.isalpha())
        )
        if fits:
            yield _hit(text, start, end, LIKELY, "form-and-words", service)


def _paypal(text: str, scope: Scope) -> Iterator[Hit]:
    for found in references.PAYPAL.finditer(text):
        start, end = found.start(), found.end()
        digits = sum(character.isdigit() for character in found[0])
        if not 3 <= digits <= 15 or not is_apart(text, start, end, "_-@$"):
            continue
        if rail_near(text, start, end, scope.before) == "paypal":
            yield _hit(text, start, end, _CALLED, "form-and-words", "paypal")
        elif near(text, start, end, references.REFERENCE, scope, before=32, after=0) and not references.OF_OTHERS.search(
            text[max(0, start - 48) : start]
        ):
            yield _hit(text, start, end, POSSIBLE, "form-and-words", "paypal")


def _referred(text: str, scope: Scope, services: Named) -> Iterator[Hit]:
    """Yield what stands right behind a word for a reference, where a way to send money is named too."""
    for found in references.REFERRED.finditer(text):
        start, end = found.start(2), found.end(2)
        written: str = found[2]
        digits = sum(character.isdigit() for character in written)
        if (
            len(written) == 17
            or digits < 4
            or digits * 3 < len(written)
            or text[end : end + 1] in ("@", "/")
            or text[end : end + 1].isalnum()
            or "." in written
        ):
            continue
        if (
            len(written.replace("-", "")) in (40, 64)
            or is_money(text, start, end)
            or references.OF_OTHERS.search(text[max(0, found.start() - 32) : start])
        ):
            continue
        if services.before(start, 80) is not None or services.after(end, 40) is not None:
            continue  # those have forms of their own
        rail = rail_near(text, start, end, scope.before)
        if rail is None and near(text, start, end, references.BANK, scope, before=60):
            rail = "bank-transfer"
        if rail is not None:
            yield _hit(text, start, end, _LOOSE, "form-and-words", rail)
        elif references.OF_MONEY.fullmatch(found[1]):
            yield _hit(text, start, end, POSSIBLE, "words", None)
