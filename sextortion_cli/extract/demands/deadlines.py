"""Until when, as messages say it: a span, a time of day, or a day in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from sextortion_cli.extract.demands.lexicon import Role
from sextortion_cli.extract.demands.money import decimal_of
from sextortion_cli.extract.demands.passage import CLOCK, NUMBER, Passage
from sextortion_cli.model.suggestion import Deadline

_LONGEST = 366 * 86400
_BARE = 3


class Until(NamedTuple):
    """A deadline: its tokens, what it says, and whether it speaks to the reader by itself ("you have ten minutes")."""

    first: int
    last: int
    deadline: Deadline
    addressed: bool


def deadlines(passage: Passage) -> Iterator[Until]:
    """Yield what a message says of until when, the most telling first within each place."""
    position = 0
    while position < len(passage):
        found = _span(passage, position) or _clock(passage, position) or _day(passage, position) or _up(passage, position)
        if found is None:
            position += 1
        else:
            yield found
            position = found.last + 1


def _span(passage: Passage, index: int) -> Until | None:
    """Return a number with a unit of time, where the words around it make it a deadline."""
    if passage.tokens[index].kind != NUMBER and not passage.roles[index] & Role.NUMBER:
        return None
    unit = index + 1
    if not (passage.same(index, unit) and passage.plays(unit, Role.UNIT)) or passage.plays(unit + 1, Role.AGO):
        return None
    number = decimal_of(passage.tokens[index].word) if passage.tokens[index].kind == NUMBER else Decimal(passage.code(index, Role.NUMBER))
    first, last, addressed = index, unit, False
    for distance in (1, 2, 3):
        place = index - distance
        if not passage.same(index, place):
            break
        if passage.roles[place] & Role.YOU_HAVE:
            first, addressed = place, True
            break
        if passage.roles[place] & Role.WITHIN and distance == 1:
            first = place
        if passage.roles[place] & (Role.AGO | Role.NOT) and distance == 1:
            return None
    if passage.same(index, unit + 1) and passage.roles[unit + 1] & Role.LEFT:
        last, addressed = unit + 1, True
    elif passage.plays(unit + 1, Role.BY) and passage.around(unit + 1, Role.ME, 0, 2) is not None:
        addressed = True
    elif index == 0 and len(passage) <= _BARE and first == index:
        addressed = True  # "30 min": the whole message
    elif first == index and not passage.plays(unit + 1, Role.OR | Role.ELSE):
        return None
    mine = passage.around(last + 1, Role.ME, 0, 2) is not None if passage.same(index, last + 1) else False  # "before I start sending"
    if addressed and passage.plays(last + 1, Role.BY) and not mine and not passage.seen & Role.PAY:
        return None  # "ten minutes until the bus leaves"
    seconds = None if number is None else int(number * int(passage.code(unit, Role.UNIT)))
    return Until(
        first, last, Deadline(_written(passage, first, last), seconds if seconds is not None and seconds < _LONGEST else None), addressed
    )


def _clock(passage: Passage, index: int) -> Until | None:
    """Return a time of day that follows "by" or "before"."""
    if not passage.roles[index] & Role.BY:
        return None
    last = index + 1
    while passage.same(index, last) and passage.roles[last] & Role.O_CLOCK and last - index < 4:
        last += 1
    if not passage.same(index, last):
        return None
    token = passage.tokens[last]
    said = last - index > 1
    if token.kind == CLOCK:
        hour, _, minute = token.word.replace("h", ":").partition(":")
        return _at(passage, index, last, int(hour), int(minute), sure=True)
    if token.kind != NUMBER or not token.word.replace(".", "").isdigit():
        return None
    half = passage.tokens[last + 1].word if passage.same(index, last + 1) else ""
    whole, _, minute = token.word.partition(".")
    if len(whole) > 2 or len(minute) not in (0, 2):
        return None
    if half in ("am", "pm") and 1 <= int(whole) <= 12:
        return _at(passage, index, last + 1, int(whole) % 12 + 12 * (half == "pm"), int(minute or 0), sure=True)
    behind = passage.same(index, last + 1) and passage.roles[last + 1] & Role.O_CLOCK
    if not said and not behind:
        return None
    return _at(passage, index, last + bool(behind), int(whole), int(minute or 0), sure=int(whole) > 12 or bool(minute))


def _at(passage: Passage, first: int, last: int, hour: int, minute: int, *, sure: bool) -> Until | None:
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    clock = f"{hour or 24:02d}:{minute:02d}" if hour in (0, 24) and not minute else f"{hour:02d}:{minute:02d}"
    return Until(first, last, Deadline(_written(passage, first, last), clock=clock if sure else None), addressed=False)


def _day(passage: Passage, index: int) -> Until | None:
    if not passage.roles[index] & Role.DAY:
        return None
    first = index
    for distance in (1, 2):
        if passage.same(index, index - distance) and passage.roles[index - distance] & (Role.BY | Role.WITHIN):
            first = index - distance
            break
    told = first < index and passage.plays(first - 1, Role.YOU_HAVE)  # "you have until midnight"
    first -= told
    return Until(first, index, Deadline(_written(passage, first, index), clock=passage.code(index, Role.DAY) or None), addressed=told)


def _up(passage: Passage, index: int) -> Until | None:
    if passage.roles[index] & Role.TIME_UP:
        return Until(index, index, Deadline(_written(passage, index, index)), addressed=True)
    return _countdown(passage, index)


def _countdown(passage: Passage, index: int) -> Until | None:
    """Return numbers that count down by one: ``10 9 8 7``."""
    last, numbers = index, 0
    before = None
    while last < len(passage) and passage.tokens[last].kind == NUMBER and passage.tokens[last].word.isdigit() and numbers < 30:
        value = int(passage.tokens[last].word[:9])
        if before is not None and value != before - 1:
            break
        before, numbers, last = value, numbers + 1, last + 1
    return (
        Until(index, last - 1, Deadline(_written(passage, index, last - 1)), addressed=True)
        if numbers >= (3 if passage.seen & Role.TIME_UP else 4)
        else None
    )


def _written(passage: Passage, first: int, last: int) -> str:
    return passage.text[passage.tokens[first].start : passage.tokens[last].end]
