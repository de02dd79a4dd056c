"""Phone numbers of four digits, as the few countries write them whose whole plan is that short: only beside a word that names a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder, compiled, is_apart
from sextortion_cli.extract.finders.phones import plan, words
from sextortion_cli.extract.finders.phones.edges import is_money
from sextortion_cli.model.identifier import POSSIBLE, Hit, Scope

REGIONS = frozenset(("NU", "SH", "TA", "TK"))
"""Regions with subscriber numbers of four digits (libphonenumber). Everywhere else four digits are a year, an hour, a code."""
_FOUR = compiled(r"\p{Nd}{4}")


class PhoneShort(Finder):
    """
    Finds numbers of four digits, where the scope has a region that has such numbers.

    Nothing but the words beside it can tell one from a year, so without them nothing is said at all.
    """

    id: ClassVar[str] = "phone-short"
    kinds: ClassVar[tuple[str, ...]] = ("phone",)
    version: ClassVar[str] = "1"
    hint = r"\pN"
    trigger: ClassVar[str] = r"(?:^|[^\pN])\p{Nd}{4}(?:[^\pN]|$)"
    vectors: ClassVar = {"call me on 4002": ()}  # only in its regions: tests/extract/test_finder_phone.py has libphonenumber's examples

    def prepare(self) -> None:
        """Load the numbering plans."""
        plan.load()

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the numbers of four digits that words speak for."""
        regions = [region for region in scope.regions if region in REGIONS]
        if not regions:
            return
        for found in _FOUR.finditer(text):
            start, end = found.span()
            if not is_apart(text, start, end, "+-.,:/#_$€£"):
                continue
            digits = "".join(str(int(character)) for character in found[0])
            number = next(filter(None, (plan.national(digits, region) for region in regions)), None)
            if number is None or is_money(text, start, end) or words.verdict(text, start, end, scope.before) != words.FOR:
                continue
            detail = {"region": number.region, "type": number.type}
            yield Hit("phone", number.value, found[0], start, end, POSSIBLE, "form-and-words", ("near-word",), detail)
