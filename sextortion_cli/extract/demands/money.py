"""Sums of money in a message: the exact decimal where there is one, the currency as stated, and nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from sextortion_cli.extract.demands.lexicon import Role
from sextortion_cli.extract.demands.passage import NUMBER, Passage

_FINE = frozenset(("BTC", "ETH"))
"""Currencies in which three digits behind the point are as likely as thousands."""
_LONGEST = 30


class Sum(NamedTuple):
    """A sum: the tokens it is written with, the decimal (None: it could be two), the currency as stated (None: none is)."""

    first: int
    last: int
    amount: str | None
    currency: str | None


def decimal_of(text: str, *, fine: bool = False) -> Decimal | None:
    """
    Return the number a group of digits means in a sum, None where it could mean two.

    Money has at most two digits behind the point, so ``20.000`` is twenty thousand; with `fine` that is not known.
    """
    plain = text.removesuffix(",-").replace(" ", "").replace("'", "")
    if len(plain) > _LONGEST:
        return None
    dots, commas = plain.count("."), plain.count(",")
    if not dots and not commas:
        return Decimal(plain)
    if dots and commas:
        point = "." if plain.rindex(".") > plain.rindex(",") else ","
        other = "," if point == "." else "."
        return Decimal(plain.replace(other, "").replace(point, "."))
    mark = "." if dots else ","
    whole, _, rest = plain.rpartition(mark)
    if dots + commas > 1 or (len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0")):
        if fine and dots + commas == 1:
            return None
        return Decimal(plain.replace(mark, ""))
    return Decimal(f"{whole}.{rest}")


def sums(passage: Passage) -> Iterator[Sum]:
    """Yield every sum of a message that names a currency or is written as sums are, in order."""
    position = 0
    while position < len(passage):
        found = _sum_at(passage, position)
        if found is None:
            position += 1
        else:
            yield found
            position = max(found.last, position) + 1


def bare(passage: Passage, index: int) -> Sum | None:
    """Return a number without a currency as a sum, where what follows does not make it something else."""
    token = passage.tokens[index]
    if token.kind != NUMBER:
        return None
    value, last = _value(passage, index)
    after = last + 1
    if value is None or value < 10 or passage.plays(last, Role.UNIT):
        return None
    if passage.same(index, after) and not passage.roles[after] & _AFTER and passage.tokens[after].kind != NUMBER:
        return None
    return Sum(index, last, str(value), None)


def loose(passage: Passage) -> Iterator[Sum]:
    """Yield numbers that nothing but a sum is likely to be: of some size, and no count of hours or of pictures."""
    for index, token in enumerate(passage.tokens):
        if token.kind != NUMBER or len(token.word) > _LONGEST:
            continue
        value, last = _value(passage, index)
        counted = passage.same(index, last + 1) and passage.roles[last + 1] & (Role.UNIT | Role.MATERIAL | Role.RECIPIENT | Role.O_CLOCK)
        if value is not None and value >= _SOME and not counted and not passage.plays(index - 1, Role.O_CLOCK):
            yield Sum(index, last, str(value), None)


_SOME = 20
_AFTER = (
    Role.METHOD
    | Role.TO
    | Role.OR
    | Role.ELSE
    | Role.NOW
    | Role.WITHIN
    | Role.BY
    | Role.DAY
    | Role.HERE
    | Role.IF
    | Role.ME
    | Role.YOU
    | Role.DELETE
)


def _sum_at(passage: Passage, index: int) -> Sum | None:
    token = passage.tokens[index]
    is_number = token.kind == NUMBER
    if not is_number and not passage.roles[index] & (Role.NUMBER | Role.TIMES):
        return None
    before = index - 1 if passage.same(index, index - 1) and passage.plays(index - 1, Role.CURRENCY) else None
    if before is not None and passage.tokens[before].end < token.start - 1:
        before = None
    value, last = _value(passage, index)
    after = last + 1 if passage.same(index, last + 1) and passage.plays(last + 1, Role.CURRENCY) else None
    if after is not None and before is not None and not passage.code(after, Role.CURRENCY).isalpha():
        after = None
    place = after if after is not None else before
    if place is None:
        return Sum(index, last, str(value), None) if is_number and token.word.endswith(",-") and value is not None else None
    currency = passage.code(place, Role.CURRENCY)
    if is_number and currency in _FINE and last == index:
        value = decimal_of(token.word, fine=True)
    return Sum(min(index, place), max(last, place), None if value is None else str(value), currency)


def _value(passage: Passage, index: int) -> tuple[Decimal | None, int]:
    """Return the number that begins there with its thousands, and its last token."""
    token = passage.tokens[index]
    if token.kind == NUMBER:
        value = decimal_of(token.word)
    elif passage.roles[index] & Role.NUMBER:
        value = Decimal(passage.code(index, Role.NUMBER))
    else:
        value = Decimal(passage.code(index, Role.TIMES))
    last = index
    while value is not None and passage.same(index, last + 1) and passage.plays(last + 1, Role.TIMES) and last - index < 3:
        last += 1
        value *= Decimal(passage.code(last, Role.TIMES))
        value = value.to_integral_value() if value == value.to_integral_value() else value.normalize()
    return value, last


def as_written(passage: Passage, found: Sum) -> str:
    """Return a sum in the characters of the message."""
    return passage.text[passage.tokens[found.first].start : passage.tokens[found.last].end]
