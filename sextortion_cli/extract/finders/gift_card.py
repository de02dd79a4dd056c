"""Codes of gift cards and vouchers: by the brand named beside them, or by a form that nothing else has."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec

from sextortion_cli.extract.finders.base import Finder
from sextortion_cli.extract.finders.phones import words
from sextortion_cli.extract.finders.phones.edges import is_money
from sextortion_cli.extract.finders.phones.stretch import INVISIBLE, is_luhn
from sextortion_cli.extract.finders.rails import vouchers
from sextortion_cli.extract.finders.rails.named import Named
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, WEAK, Hit, Scope

_TOUCHING = "@/=_\\#$%&+"
_SHORTEST, _LONGEST = 10, 25
"""Signs of a code that is written together."""
_MOST = 5
"""Most groups of one code."""
_LIST = 40
"""A run of more groups in one spacing is a table, no code."""
_GAP = r"[ \x{a0}\x{2009}\x{202f}\x{2013}\x{2011}\x{ad}\x{200b}-]{1,3}"
_TRIGGER = "|".join(
    (
        *(f"[A-Z0-9]{{{place}}}[0-9][A-Z0-9]{{{9 - place}}}" for place in range(10)),  # ten signs with a digit among them
        r"[A-Z0-9]{3,6}(?:[-\x{2013}\x{2011}][A-Z0-9]{3,6}){2}",
        rf"[0-9]{{2,4}}{_GAP}[0-9]{{3,4}}{_GAP}[0-9]{{2,4}}",
        rf"(?:[A-Z][0-9]|[0-9][A-Z])[A-Z0-9]{{0,5}}{_GAP}[A-Z0-9]{{3,6}}",
        rf"[A-Z0-9]{{3,6}}{_GAP}[A-Z0-9]{{0,5}}(?:[A-Z][0-9]|[0-9][A-Z])",
    )
)
_VOWELS = frozenset("AEIOUY")
_FEWEST = 2
"""Digits of a code whose brand is not named; a word in capitals has none."""
_BRANDED = 0.85
"""The brand and the number of signs agree."""


class _Word(msgspec.Struct, frozen=True, gc=False):
    """One group of signs: where it stands, its signs, and what is seen between it and the group before it."""

    start: int
    end: int
    signs: str
    gap: str


class GiftCard(Finder):
    """
    Finds codes of gift cards and vouchers; ``detail.brand`` says whose.

    No brand publishes check digits. A code is believed beside its brand (in the passage, or in what was written before it), when it has the
    number of signs of that brand; beside *gift card* alone when it is written as a code; and alone only in forms that nothing else has:
    sixteen signs from ``X`` (Apple), 4-6-4 (Amazon), 5-5-5 (Steam), sixteen digits from ``0`` in fours (paysafecard).
    """

    id: ClassVar[str] = "gift-card"
    kinds: ClassVar[tuple[str, ...]] = ("gift-card",)
    version: ClassVar[str] = "1"
    trigger: ClassVar[str] = _TRIGGER
    vectors: ClassVar = {
        "apple gift card XABC 1DEF 2GHJ 3KLM": (("gift-card", "XABC1DEF2GHJ3KLM"),),
        "steam: A1B2C-D3E4F-G5H6J": (("gift-card", "A1B2CD3E4FG5H6J"),),
        "AQ12-ABCDE3-9876": (("gift-card", "AQ12ABCDE39876"),),
        "paysafecard 0123 4567 8901 2345": (("gift-card", "0123456789012345"),),
        "SEND THAT CARD CODE": (),
        "4111 1111 1111 1111": (),
        "licence key A1B2C-D3E4F-G5H6J-K7L8M-N9P0Q": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the codes in `text`."""
        named = Named(text, vouchers.WORDS)
        earlier = _last(scope.before[-160:]) if scope.before else None
        if not named.places and earlier is None and vouchers.ALONE.search(text) is None:
            return
        for run in vouchers.RUN.finditer(text):
            if not _is_plain(run[0]):
                yield from _codes(text, _split(text, run.start(), run.end()), named, earlier, scope)
        if named.places or earlier is not None:
            for found in vouchers.SMALL.finditer(text):
                if found[0].upper() != found[0] and ("-" in found[0] or _changes(found[0]) > 2):
                    yield from _codes(text, _split(text, found.start(), found.end()), named, earlier, scope)


def _changes(token: str) -> int:
    """Return how often letters and digits take turns: user names end in their digits, codes do not."""
    return sum(left.isdigit() != right.isdigit() for left, right in itertools.pairwise(token))


def _is_plain(run: str) -> bool:
    """Tell whether a run is one word or number that is no code: too short, or without a digit."""
    return run.isalnum() and (len(run) < _SHORTEST or run.isalpha())


def _split(text: str, start: int, end: int) -> list[_Word]:
    """Return the groups of a run."""
    if text[start:end].isalnum():
        return [_Word(start, end, text[start:end].upper(), "")]
    groups: list[_Word] = []
    signs: list[str] = []
    gap: list[str] = []
    begins = ends = start
    before = ""
    for place in range(start, end):
        character = text[place]
        if character.isalnum():
            if gap and signs:
                groups.append(_Word(begins, ends, "".join(signs), before))
                signs, before = [], "".join(gap)
            if not signs:
                begins = place
            gap = []
            signs.append(character.upper())
            ends = place + 1
        elif character not in INVISIBLE:
            gap.append("-" if character in "-\u2013\u2011" else " ")
    if signs:
        groups.append(_Word(begins, ends, "".join(signs), before))
    return groups


def _codes(text: str, groups: list[_Word], named: Named, earlier: str | None, scope: Scope) -> Iterator[Hit]:
    if _is_account(groups) or (len(groups) > _LIST and len({group.gap for group in groups[1:]}) == 1):
        return
    place = 0
    while place < len(groups):
        step = 1
        for size in range(min(_MOST, len(groups) - place), 0, -1):
            taken = groups[place : place + size]
            if not _is_code(text, groups, place, size):
                continue
            hit = _judged(text, taken, named, earlier, scope)
            if hit is not None:
                yield hit
                step = size
                break
        place += step


def _is_account(groups: list[_Word]) -> bool:
    """Tell whether the run is an IBAN in its groups of four."""
    for place, group in enumerate(groups):
        signs = group.signs
        if len(signs) == 4 and signs[:2].isalpha() and signs[2:].isdigit():
            rest = "".join([other.signs for other in groups[place + 1 : place + 8]])
            return len(rest) > 10 and sum(character.isdigit() for character in rest) * 4 > len(rest) * 3
    return False


def _is_code(text: str, groups: list[_Word], place: int, size: int) -> bool:
    """Tell whether some groups are written as one code and nothing touches them."""
    taken = groups[place : place + size]
    gaps = {group.gap for group in taken[1:]}
    if size > 1 and (len(gaps) > 1 or tuple([len(group.signs) for group in taken]) not in vouchers.SHAPES):
        return False
    if size == 1 and not _SHORTEST <= len(taken[0].signs) <= _LONGEST:
        return False
    if (place > 0 and "-" in taken[0].gap and " " not in taken[0].gap) or (place + size < len(groups) and groups[place + size].gap == "-"):
        return False
    signs = "".join([group.signs for group in taken])
    digits = sum(character.isdigit() for character in signs)
    if (digits == 0 and (gaps != {"-"} or size < 3 or all(_VOWELS & set(group.signs) for group in taken))) or not signs.isascii():
        return False  # words in capitals
    mixed = [group for group in taken if not group.signs.isdigit() and not group.signs.isalpha()]
    if digits < len(signs) and not mixed and gaps != {"-"}:
        return False  # capitals and numbers beside each other
    left, right = text[taken[0].start - 1 : taken[0].start], text[taken[-1].end : taken[-1].end + 1]
    if left.isalnum() or right.isalnum() or (left and left in _TOUCHING + "-") or (right and right in _TOUCHING + "-"):
        return False
    return not (right in (".", ",", ":") and text[taken[-1].end + 1 : taken[-1].end + 2].isalnum()) and not (
        left in (".", ",") and text[max(0, taken[0].start - 2) : taken[0].start - 1].isalnum()
    )


def _judged(text: str, taken: list[_Word], named: Named, earlier: str | None, scope: Scope) -> Hit | None:
    """Return the hit that some groups written as a code are, judged by the words beside them; None where they are nothing."""
    start, end = taken[0].start, taken[-1].end
    signs = "".join([group.signs for group in taken])
    shape = tuple([len(group.signs) for group in taken])
    said = _said(named, earlier, start, end)
    if said == vouchers.AGAINST or is_money(text, start, end):
        return None
    if signs.isdigit() and words.verdict(text, start, end, scope.before) == words.FOR:
        return None
    alone = _brand_by_form(signs, shape, taken)
    if said in vouchers.SIZES:
        if _fits(said, signs, shape):
            return _hit(text, start, end, signs, said, _BRANDED, "form-and-words")
        if alone is None:
            return None
    if alone is not None:
        return _hit(
            text, start, end, signs, alone, LIKELY if said == vouchers.GIFT else POSSIBLE, "form-and-words" if said else "written-as"
        )
    if sum(character.isdigit() for character in signs) < _FEWEST:
        return None
    if said == vouchers.GIFT and not signs.isdigit():
        return _hit(text, start, end, signs, None, POSSIBLE, "form-and-words")
    if said == vouchers.GIFT and len(signs) in (10, 12, 16) and not is_luhn(signs):
        return _hit(text, start, end, signs, None, WEAK, "ambiguous")
    return None


def _said(named: Named, earlier: str | None, start: int, end: int) -> str | None:
    """Return the brand named nearest, else whether a gift card or something else is, else None."""
    close = named.before(start, 60)
    if close is not None:
        meaning = vouchers.meaning(close[0].lower())
        if meaning == vouchers.GIFT:
            # "apple gift card": the brand stands before it
            at = start - len(close[1]) - len(close[0])
            further = named.before(at, 40)
            if further is not None and (brand := vouchers.meaning(further[0].lower())) != vouchers.AGAINST:
                return brand
            behind = named.after(end, 24)
            if behind is not None and (brand := vouchers.meaning(behind.lower())) in vouchers.SIZES:
                return brand
        return meaning
    after = named.after(end, 32)
    if after is None:
        return earlier
    meaning = vouchers.meaning(after.lower())
    if meaning == vouchers.GIFT:
        behind = named.after(named.text.find(after, end) + len(after), 16)  # "(coupon PCS)"
        if behind is not None and vouchers.meaning(behind.lower()) in vouchers.SIZES:
            return vouchers.meaning(behind.lower())
    return meaning


def _last(text: str) -> str | None:
    """Return what the words of an earlier message say: its last brand, else its last word."""
    said = [vouchers.meaning(found[0].lower()) for found in vouchers.WORDS.finditer(text)]
    brands = [meaning for meaning in said if meaning in vouchers.SIZES]
    if said and said[-1] == vouchers.AGAINST:
        return vouchers.AGAINST
    return brands[-1] if brands else (said[-1] if said else None)


def _fits(brand: str, signs: str, shape: tuple[int, ...]) -> bool:
    """Tell whether a code has the signs of a brand's codes."""
    if len(signs) not in vouchers.SIZES[brand]:
        return False
    kind = vouchers.SIGNS[brand]
    if brand == "apple":
        return signs[0] == "X" and not signs.isdigit()
    if brand == "paysafecard" and signs[0] != "0":
        return signs.isdigit() and not is_luhn(signs)
    if brand == "google-play" and signs.isdigit():
        return not is_luhn(signs) and len(signs) == 20
    if brand == "roblox" and signs.isdigit():
        return len(signs) == 10
    return kind == vouchers.EITHER or signs.isdigit() == (kind == vouchers.DIGITS)


def _brand_by_form(signs: str, shape: tuple[int, ...], taken: list[_Word]) -> str | None:
    """Return the brand whose form nothing else has."""
    digits = sum(character.isdigit() for character in signs)
    letters = len(signs) - digits
    dashed = len(taken) > 1 and taken[1].gap == "-"
    if signs[0] == "X" and len(signs) == 16 and digits > 2 and letters > 3 and shape in ((16,), (4, 4, 4, 4)):
        return "apple"
    if dashed and shape in ((4, 6, 4), (4, 6, 5)) and digits > 1 and letters > 2:
        return "amazon"
    if dashed and shape == (5, 5, 5) and digits > 1 and letters > 4:
        return "steam"
    return "paysafecard" if shape == (4, 4, 4, 4) and signs.isdigit() and signs[0] == "0" else None


def _hit(text: str, start: int, end: int, signs: str, brand: str | None, confidence: float, why: str) -> Hit:
    detail: dict[str, Any] = {} if brand is None else {"brand": brand}
    checks = ("near-word",) if why == "form-and-words" else ()
    return Hit("gift-card", signs, text[start:end], start, end, confidence, why, checks, detail)
