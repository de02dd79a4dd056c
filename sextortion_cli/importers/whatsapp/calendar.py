"""From the date and time of a header to a local time: order of the fields, calendars, digits of any script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from sextortion_cli.importers.whatsapp.periods import hour_of
from sextortion_cli.importers.whatsapp.shape import Finder, Learned
from sextortion_cli.model.reading import Time, TimePrecision

Order = Literal["dmy", "mdy", "ymd"]
#: Year 1 of a Japanese era in the common calendar: Reiwa, Heisei, Showa, Taisho, Meiji.
_ERAS = {"R": 2019, "H": 1989, "S": 1926, "T": 1912, "M": 1868}
_BUDDHIST = 543
#: A four-digit year from here on can only be Buddhist (the app is younger than 2009, and no phone writes the 25th century).
_BUDDHIST_FROM = 2400
#: And so is one of two digits from here on: 2552 is 2009, the app's first year.
_BUDDHIST_SHORT = 52
_OLDEST = 1900
#: The app's first year: an order of the fields that puts a message before it is unlikely.
_FIRST = 2009
_EVIDENCE = 3
_REMEMBERED = 200_000


class Decision(NamedTuple):
    """
    How the date fields of one file are ordered.

    Attributes:
        orders: Orders that stay possible; one when it is settled.
        by: ``stated``, ``form`` (the year stands first), ``values`` (a field is larger than 12), ``sequence`` (only so do the messages
            follow each other in time), ``dots`` (no region writes the month first and dots between) or ``open``.
    """

    orders: tuple[Order, ...]
    by: Literal["stated", "form", "values", "sequence", "dots", "open"]


def real_date(fields: tuple[str, str, str], after: str, order: Order) -> date | None:
    """Return the date that three fields mean in one order, or None when there is no such day."""
    year_text, month, day = {"dmy": (fields[2], fields[1], fields[0]), "mdy": (fields[2], fields[0], fields[1]), "ymd": fields}[order]
    try:
        if year_text[0].upper() in _ERAS:
            year = _ERAS[year_text[0].upper()] + int(year_text[1:]) - 1
        else:
            year = int(year_text)
            if len(year_text) == 2:
                year += 2500 if "BE" in after or year >= _BUDDHIST_SHORT else 2000
            if "BE" in after or year >= _BUDDHIST_FROM:
                year -= _BUDDHIST
        if after.strip() in ("AH", "AP") or year < _OLDEST:
            return None
        return date(year, int(month), int(day))
    except ValueError:
        return None


def decide(learned: Learned, dates: Iterator[tuple[tuple[str, str, str], str]], stated: Order | None) -> Decision:
    """Settle the order of the fields from the dates of a file, in the file's order; never by default."""
    if stated is not None:
        return Decision((stated,), "stated")
    if learned.shape.year_first:
        return Decision(("ymd",), "form")
    orders: tuple[Order, ...] = ("dmy", "mdy")
    if learned.shape.year_width == 2:
        if learned.shape.separators[0] == ". " and learned.shape.period == "before":
            return Decision(("ymd",), "form")  # only Korean phones write both like this
        orders = ("dmy", "mdy", "ymd")
    wrong = dict.fromkeys(orders, 0)
    seen: set[tuple[str, str, str]] = set()
    steps = _Steps(orders)
    for fields, after in dates:
        steps.take(fields, after)
        if fields in seen:
            continue
        seen.add(fields)
        for order in orders:
            day = real_date(fields, after, order)
            wrong[order] += day is None or day.year < _FIRST
        if sum(count == 0 for count in wrong.values()) == 1 and sum(count < _EVIDENCE for count in wrong.values()) == 1:
            break
    least = min(wrong.values())
    left = tuple(order for order in orders if wrong[order] == least)
    if len(left) > 1 and "ymd" in left and not _is_year_steady(seen):
        left = tuple(order for order in left if order != "ymd")
    if len(left) == 1:
        return Decision(left, "values")
    calm = tuple(order for order in left if steps.backward[order] == 0)
    if len(calm) == 1:
        return Decision(calm, "sequence")
    return Decision(("dmy",), "dots") if learned.shape.separators[0] == "." and "dmy" in left else Decision(left, "open")


def _is_year_steady(seen: set[tuple[str, str, str]]) -> bool:
    """Say whether the first field changes less than the last: then the first may be the year, written with two digits."""
    return len({fields[0] for fields in seen}) < len({fields[2] for fields in seen})


class _Steps:
    """
    Follows the dates of a file, up to `_REMEMBERED` changes of them.

    Attributes:
        backward: How often they go back by more than a day, for each order: exports are in the order of sending.
    """

    def __init__(self, orders: tuple[Order, ...]) -> None:
        self.backward = dict.fromkeys(orders, 0)
        self._last: dict[Order, date | None] = dict.fromkeys(orders)
        self._fields: tuple[str, str, str] | None = None
        self._left = _REMEMBERED

    def take(self, fields: tuple[str, str, str], after: str) -> None:
        """Take the next date."""
        if fields == self._fields or not self._left:
            return
        self._fields = fields
        self._left -= 1
        for order, last in self._last.items():
            day = real_date(fields, after, order)
            if day is not None:
                self.backward[order] += last is not None and (last - day).days > 1
                self._last[order] = day


def decisions_of(learned: Learned, finder: Finder, headers: Callable[[], Iterator[str]], stated: Order | None) -> tuple[Decision, ...]:
    """Settle the order of the date fields for every shape of a file; `headers` gives what `Finder.split` found, from the start."""
    return tuple(
        decide(one, _dates(headers(), taker, found if learned.more else None), stated)
        for one, (found, taker) in zip((learned, *learned.more), finder.parts, strict=True)
    )


def _dates(headers: Iterator[str], taker: re.Pattern[str], only: re.Pattern[str] | None) -> Iterator[tuple[tuple[str, str, str], str]]:
    seen = ""
    for header in headers:
        if header == seen:
            continue
        seen = header
        own = header if only is None else _stamp(header, only)
        found = None if own is None else taker.fullmatch(own)
        if found is not None:
            yield (found["f1"], found["f2"], found["f3"]), found["after"] or ""


def _stamp(header: str, finder: re.Pattern[str]) -> str | None:
    found = finder.fullmatch(f"\n{header}")
    return None if found is None else found[2]


def clock_of(learned: Learned, finder: Finder, decisions: tuple[Decision, ...]) -> Callable[[str], Time]:
    """Return a function from what `Finder.split` gives as date and time to `Time`; it remembers the parts it has seen."""
    clocks = tuple(
        clock(one, taker, decision) for one, (_, taker), decision in zip((learned, *learned.more), finder.parts, decisions, strict=True)
    )
    if not learned.more:
        return clocks[0]
    choices = tuple((found, read) for (found, _), read in zip(finder.parts, clocks, strict=True))

    def read(header: str) -> Time:
        for found, one in choices:
            stamp = _stamp(header, found)
            if stamp is not None:
                return one(stamp)
        return Time(header.strip())

    return read


def clock(learned: Learned, taker: re.Pattern[str], decision: Decision) -> Callable[[str], Time]:
    """Return a function from a header's date and time, as written, to `Time`; it remembers the parts it has seen."""
    precision: TimePrecision = "second" if learned.shape.seconds else "minute"
    between = learned.shape.between
    quick = not learned.marked and not learned.shape.time_first and between != ""
    days: dict[str, str | None] = {}
    times: dict[str, str | None] = {}
    whole: dict[str, Time] = {}

    def slow(stamp: str) -> Time:
        found = taker.fullmatch(stamp)
        day = None if found is None else _day(found, decision)
        time = None if found is None else _time(found)
        if quick:
            left, _, right = stamp.partition(between)
            if len(days) < _REMEMBERED and len(times) < _REMEMBERED:
                days[left], times[right] = day, time
        return Time(stamp, None if day is None or time is None else f"{day}T{time}", precision=precision)

    def read(stamp: str) -> Time:
        time = whole.get(stamp)
        if time is not None:
            return time
        if len(whole) > _REMEMBERED // 10:
            whole.clear()
        left, _, right = stamp.partition(between) if quick else ("", "", "")
        day, hour = days.get(left), times.get(right)
        time = slow(stamp) if day is None or hour is None else Time(stamp, f"{day}T{hour}", precision=precision)
        whole[stamp] = time
        return time

    return read


def _day(found: re.Match[str], decision: Decision) -> str | None:
    fields = (found["f1"], found["f2"], found["f3"])
    days = {real_date(fields, found["after"] or "", order) for order in decision.orders}
    day = days.pop() if len(days) == 1 else None
    return None if day is None else day.isoformat()


def _time(found: re.Match[str]) -> str | None:
    part = found.groupdict()
    hour = hour_of(int(part["hh"]), part.get("period") or "")
    return None if hour is None else f"{hour:02d}:{int(part['mm']):02d}:{int(part.get('ss') or 0):02d}"
