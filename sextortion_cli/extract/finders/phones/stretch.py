"""Where digits stand together in a text as the digits of a number do: stretches, and the groups in them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sextortion_cli.extract.finders.base import compiled

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0f\u20e3\ufeff"
"""What stands between characters without being seen; the last but one draws a key around the digit before it."""
SPACES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"
_OTHERS = "./()[]\u00b7\uff0e\uff0f\uff08\uff09"
PLUS = "+\uff0b"
OPENING = "([\uff08"
_CLASS = "[" + "".join(f"\\x{{{ord(character):x}}}" for character in INVISIBLE + SPACES + DASHES + _OTHERS) + "]"
SHORTEST = 5
"""Fewest digits of a stretch worth a look; what four digits may be, `phone_short` says."""
TRIGGER = rf"\p{{Nd}}(?:{_CLASS}{{0,6}}\p{{Nd}}){{{SHORTEST - 1}}}"
_STRETCH = compiled(rf"\p{{Nd}}(?:{_CLASS}{{0,6}}\p{{Nd}}){{{SHORTEST - 1},}}")
_SLASHES = "/\uff0f"


class Group(msgspec.Struct, frozen=True, gc=False):
    """
    Digits without anything seen between them.

    Attributes:
        start, end: Where they stand in the text.
        digits: In ASCII.
        gap: What is seen between the group before it and this one; empty for the first.
    """

    start: int
    end: int
    digits: str
    gap: str

    @property
    def parted(self) -> bool:
        """Whether the gap before it parts two numbers rather than two groups of one."""
        return len(self.gap) > 1 and (self.gap.isspace() or (self.gap[0].isspace() and self.gap[-1].isspace()))


def stretches(text: str) -> Iterator[list[Group]]:
    """Yield the groups of every stretch of digits, in order."""
    for found in _STRETCH.finditer(text):
        yield _groups(text, found.start(), found.end())


def _groups(text: str, start: int, end: int) -> list[Group]:
    stretch = text[start:end]
    if stretch.isascii() and stretch.isdigit():
        return [Group(start, end, stretch, "")]
    groups: list[Group] = []
    digits: list[str] = []
    gap: list[str] = []
    begins = ends = start
    before = ""
    for place, character in enumerate(stretch, start):
        if character.isdecimal():
            if gap and digits:
                groups.append(Group(begins, ends, "".join(digits), before))
                digits, before = [], "".join(gap)
            if not digits:
                begins = place
            gap = []
            digits.append(character if character.isascii() else str(int(character)))
            ends = place + 1
        elif character not in INVISIBLE:
            gap.append(character)
    groups.append(Group(begins, ends, "".join(digits), before))
    return groups


def is_date(groups: list[Group]) -> bool:
    """Tell whether the groups are a date (``31.12.2024``, ``2024-12-31``, ``31122024``), a pair of years, or a moment in digits."""
    if len(groups) == 1:
        digits = groups[0].digits
        if len(digits) in (12, 14):
            return _is_day(digits[:4], digits[4:6], digits[6:8]) and int(digits[8:10]) < 24 and int(digits[10:12]) < 60
        if len(digits) == 8:
            return _is_day(digits[:4], digits[4:6], digits[6:]) or _is_day(digits[4:], digits[2:4], digits[:2])
        return len(digits) == 6 and (_is_day(digits[4:], digits[2:4], digits[:2]) or _is_day(digits[:2], digits[2:4], digits[4:]))
    parts = [group.digits for group in groups]
    if len(parts) == 2:
        return all(len(part) == 4 and part[:2] in ("19", "20") for part in parts)
    if len(parts) != 3 or groups[1].gap.strip() != groups[2].gap.strip() or max(len(part) for part in parts[1:2]) > 2:
        return False
    return _is_day(parts[2], parts[1], parts[0]) or _is_day(parts[0], parts[1], parts[2])


def _is_day(year: str, month: str, day: str) -> bool:
    if not (len(year) == 2 or (len(year) == 4 and year[:2] in ("19", "20"))) or not (len(month) <= 2 and len(day) <= 2):
        return False
    first, second = int(month), int(day)
    return 1 <= first <= 31 and 1 <= second <= 31 and min(first, second) <= 12


def is_card(groups: list[Group]) -> bool:
    """Tell whether the groups are written as a payment card is: 13 to 19 digits together that pass Luhn, or in fours."""
    digits = "".join(group.digits for group in groups)
    if not 13 <= len(digits) <= 19 or digits[0] == "0":
        return False
    shape = [len(group.digits) for group in groups]
    return shape in ([4, 4, 4, 4], [4, 6, 5], [4, 4, 4, 4, 3]) or (len(shape) == 1 and is_luhn(digits))


def is_luhn(digits: str) -> bool:
    """Tell whether the last digit is the Luhn check digit (ISO/IEC 7812-1) of the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit)
        if place % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def is_address(groups: list[Group]) -> bool:
    """Tell whether four groups are an IPv4 address in form."""
    return len(groups) == 4 and all(group.gap == "." for group in groups[1:]) and all(int(group.digits) < 256 for group in groups)


def is_plausible(groups: list[Group]) -> bool:
    """Tell whether nobody would write a national number so: many single digits, dots that are those of a fraction or a version."""
    sizes = [len(group.digits) for group in groups]
    if len(sizes) == 1:
        return True
    singles = sizes.count(1)
    if singles and singles != len(sizes) and (singles > 1 or sizes.index(1) > 1):
        return False
    gaps = {group.gap for group in groups[1:]}
    if gaps == {"."} and len(sizes) == 2:
        return groups[0].digits[0] == "0" and sizes[0] > 2
    if sizes in ([4, 2, 5], [6, 5]) or (sizes == [3, 2, 4] and gaps == {"-"}) or (sizes == [6, 4] and is_date(groups[:1])):
        return False
    return not any(gap in "()" and len(gap) > 1 for gap in gaps)


def shape_of(groups: list[Group]) -> tuple[int, ...]:
    """Return the sizes of the groups."""
    return tuple([len(group.digits) for group in groups])


def is_mixed(groups: list[Group]) -> bool:
    """Tell whether dots and spaces both part the groups, as in a time and a date."""
    gaps = {group.gap for group in groups[1:]}
    return "." in gaps and any(gap.isspace() for gap in gaps)


def is_hours(groups: list[Group]) -> bool:
    """Tell whether two groups are the hours from and to (``2200-2330``)."""
    if len(groups) != 2 or groups[1].gap.strip() not in DASHES or not groups[1].gap.strip():
        return False
    return all(len(group.digits) == 4 and int(group.digits[:2]) < 25 and int(group.digits[2:]) < 60 for group in groups)
