"""The numbering plans of the world: what libphonenumber (through python-phonenumbers) says of some digits."""

from __future__ import annotations

import functools

import msgspec
import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType
from phonenumbers.phonenumberutil import COUNTRY_CODE_TO_REGION_CODE

LONGEST = 17
"""Most digits of a number as it may be written: 15 of E.164 and two of a prefix."""
_TYPES = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed-or-mobile",
    PhoneNumberType.TOLL_FREE: "toll-free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.VOIP: "voip",
}
_EXTRA_SHAPES = {
    "NO": ((3, 2, 3), (2, 2, 2, 2)), "SJ": ((3, 2, 3), (2, 2, 2, 2)), "DK": ((4, 4), (3, 2, 3), (2, 2, 2, 2)), "IS": ((3, 4),), "PL": ((3, 3, 3),), "ES": ((3, 3, 3), (3, 2, 2, 2)), "PT": ((3, 3, 3),), "US": ((3, 3, 4), (1, 3, 3, 4)),
    "CA": ((3, 3, 4), (1, 3, 3, 4)), "CI": ((2, 2, 2, 2, 2),), "BJ": ((2, 2, 2, 2),), "CZ": ((3, 3, 3),), "IT": ((3, 3, 4), (3, 7), (3, 6), (3, 2, 2, 3)), "IN": ((5, 5),), "BR": ((2, 5, 4), (2, 4, 4)),
}  # fmt: skip
"""Groups people write besides those of libphonenumber."""
_TRUNKLESS = frozenset(("IN", "TR", "RU", "KZ", "AR", "BD", "VN", "IR"))
"""Where mobile numbers are as often written without what is dialled before them."""


class Number(msgspec.Struct, frozen=True, gc=False):
    """
    A number that a numbering plan has.

    Attributes:
        value: E.164.
        region: ISO 3166 code, ``001`` for numbers of no country.
        type: ``mobile``, ``fixed``, ``fixed-or-mobile``, ``toll-free``, ``premium``, ``voip`` or ``other``.
        whole: How it is written nationally, in digits, with the trunk prefix.
        shape: Sizes of the groups it is written in nationally.
    """

    value: str
    region: str
    type: str
    whole: str
    shape: tuple[int, ...]


@functools.lru_cache(maxsize=4096)
def international(digits: str) -> Number | None:
    """Return the number these digits are after a plus sign, or None."""
    if not 6 <= len(digits) <= LONGEST:
        return None
    for size in (1, 2, 3):
        code = int(digits[:size])
        if code in COUNTRY_CODE_TO_REGION_CODE:
            break
    else:
        return None
    return _read("+" + digits, None) if _may_follow(code, digits[size:]) else None


@functools.lru_cache(maxsize=4096)
def national(digits: str, region: str) -> Number | None:
    """Return the number these digits are when dialled in `region`, or None."""
    lengths = _lengths(region)
    if not lengths or len(digits) not in lengths:
        return None
    return _read(digits, region)


@functools.cache
def codes(regions: tuple[str, ...]) -> frozenset[str]:
    """Return the country codes of these regions."""
    return frozenset(str(phonenumbers.country_code_for_region(region)) for region in regions)


def is_usual(shape: tuple[int, ...], number: Number) -> bool:
    """Tell whether numbers of its country are written in groups of these sizes."""
    return shape == number.shape or shape in _EXTRA_SHAPES.get(number.region, ())


def is_whole(digits: str, number: Number) -> bool:
    """Tell whether nothing is missing that people of its country write when they write it at home."""
    return len(digits) >= len(number.whole) or (number.region in _TRUNKLESS and number.type == "mobile")


def load() -> None:
    """Load what reading a number needs: every country's plan is a module of its own, read when first asked for (0.04 s in all)."""
    phonenumbers.enable_pattern_cache()  # the patterns of all countries are more than `re` keeps
    PhoneMetadata.load_all()
    international("4721000000")
    national("21000000", "NO")


@functools.cache
def _lengths(region: str) -> frozenset[int]:
    """Sizes a number may have in `region`, with and without what is dialled before it."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    if metadata is None or metadata.general_desc is None:
        return frozenset()
    lengths = {length for length in metadata.general_desc.possible_length if length > 0}
    prefix = len(metadata.national_prefix or "")
    if metadata.national_prefix_for_parsing and not prefix:
        prefix = 1
    longer = {length + prefix for length in lengths}
    if region == "AR":  # a mobile number is dialled 0 11 15 xxxx xxxx and kept as 9 11 xxxx xxxx
        longer |= {12, 13}
    return frozenset(lengths | longer)


def _may_follow(code: int, rest: str) -> bool:
    """Tell whether numbers of a country code may have as many digits as `rest`: asking the plan itself costs a hundred times as much."""
    lengths, prefix = _lengths_abroad(code)
    if not lengths or len(rest) in lengths:
        return True
    return (
        rest.startswith(prefix) and (len(rest) - len(prefix) in lengths) if prefix.isdigit() else bool(prefix) and len(rest) > min(lengths)
    )


@functools.cache
def _lengths_abroad(code: int) -> tuple[frozenset[int], str]:
    """Return the sizes of numbers after a country code (none: any), and what may stand before them: digits, or a pattern, or nothing."""
    regions = COUNTRY_CODE_TO_REGION_CODE[code]
    sizes: set[int] = set()
    before = ""
    for region in reversed(regions):  # the first is the one whose plan says what may stand before
        plan = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        if plan is None or plan.general_desc is None or plan.national_prefix_transform_rule:
            return frozenset(), ""
        sizes.update(length for length in plan.general_desc.possible_length if length > 0)
        before = plan.national_prefix_for_parsing or ""
    return frozenset(sizes), before


def _read(written: str, region: str | None) -> Number | None:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN:
        return None
    nationally = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    shape: list[int] = []
    size = 0
    for character in nationally + " ":
        if character.isdigit():
            size += 1
        elif size:
            shape.append(size)
            size = 0
    whole = "".join(character for character in nationally if character.isdigit())
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Number(value, phonenumbers.region_code_for_number(number) or "001", _TYPES.get(kind, "other"), whole, tuple(shape))
