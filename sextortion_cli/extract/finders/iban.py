"""Bank accounts written as IBAN, of every country of the registry (ISO 13616)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from stdnum import numdb
from stdnum.iso7064 import mod_97_10

from sextortion_cli.extract.finders.base import Finder, compiled, near
from sextortion_cli.extract.finders.folding import DASHES, DIGIT, HIDDEN, LETTER, SPACES, fold
from sextortion_cli.model.identifier import SURE, WEAK, Hit, Scope

_HEAD = compiled(r"[A-Z]{2}[ .\-]?[0-9]{2}")
_WORD = compiled(r"iban|international bank account")
_GAP = " .-\t\r\n"
_LONGEST_GAP = 2


class Form(NamedTuple):
    """How the IBANs of a country are written: how many characters, and a pattern of what follows the check digits."""

    length: int
    pattern: Any


@functools.cache
def form_of(country: str) -> Form | None:
    """Return the form that the registry (as `stdnum` has it) gives the IBANs of a country (``NO``), or None where it has none."""
    known = numdb.get("iban").info(country)[0][1]
    if not known:
        return None
    parts = [part.split("!") for part in known["bban"].replace("n", "n ").replace("a", "a ").replace("c", "c ").split()]
    sets = {"n": "[0-9]", "a": "[A-Z]", "c": "[0-9A-Z]"}
    pattern = "".join(f"{sets[kind]}{{{count}}}" for count, kind in parts)
    return Form(4 + sum(int(count) for count, _ in parts), compiled(pattern, case=True))


def _taken(text: str, start: int, length: int) -> tuple[str, int]:
    """Return the next `length` letters and digits (upper case), and where they end; fewer where something else stands between them."""
    characters: list[str] = []
    gap, end = 0, start
    for place in range(start, min(len(text), start + length * (1 + _LONGEST_GAP))):
        character = text[place]
        if character.isascii() and character.isalnum():
            characters.append(character)
            gap, end = 0, place + 1
            if len(characters) == length:
                break
        elif character not in _GAP or (gap := gap + 1) > _LONGEST_GAP:
            break
    return "".join(characters).upper(), end


class Iban(Finder):
    """
    Finds IBANs, in groups or together, in any case; what follows the length of the country is no part of it.

    The value is in upper case without separators. ``detail.region`` is the country of the bank; no bank is named, since that needs a look-up.
    """

    id: ClassVar[str] = "iban"
    kinds: ClassVar[tuple[str, ...]] = ("iban",)
    version: ClassVar[str] = "1"
    hint = r"\pN"
    trigger: ClassVar[str] = (
        rf"[{LETTER}][{HIDDEN}]*[{LETTER}][{HIDDEN} .{DASHES}]*{DIGIT}[{HIDDEN}]*{DIGIT}(?:[{HIDDEN}{SPACES}.{DASHES}]*[{LETTER}{DIGIT}]){{11}}"
    )
    vectors: ClassVar = {  # examples of the IBAN registry
        "Konto: NO93 8601 1117 947 takk": (("iban", "NO9386011117947"),),
        "GB29 NWBK 6016 1331 9268 19": (("iban", "GB29NWBK60161331926819"),),
        "mt84malt011000012345mtlcast001s": (("iban", "MT84MALT011000012345MTLCAST001S"),),
        "DE89 3704 0044 0532 0130 01": (),
    }

    def prepare(self) -> None:
        """Load the registry."""
        form_of("NO")

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the IBANs of a passage; one with wrong check digits is a weak hit."""
        folded = fold(text)
        plain, place = folded.text, 0
        for match in _HEAD.finditer(plain):
            start = match.start()
            if start < place:
                continue
            form = form_of(plain[start : start + 2].upper())
            if form is None or (plain[start - 1 : start].isalnum() and plain[max(0, start - 4) : start].upper() != "IBAN"):
                continue
            value, end = _taken(plain, start, form.length)
            if len(value) < form.length or plain[end : end + 1].isalnum() or form.pattern.fullmatch(value[4:]) is None:
                continue
            is_valid = mod_97_10.is_valid(value[4:] + value[:4])
            if not is_valid and not (plain[start : start + 2].isupper() or near(plain, start, end, _WORD, scope)):
                continue
            place = end
            yield folded.hit(
                start,
                end,
                kind="iban",
                value=value,
                confidence=SURE if is_valid else WEAK,
                why="checksum" if is_valid else "bad-check",
                checks=("mod97",) if is_valid else (),
                detail={"region": value[:2]},
            )
