"""
Dates and times in the form of a region: which field is the day is settled from the whole file, or left open.

Month names and names of days are read in the languages in which phones and programs write them; words are only looked up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sextortion_cli.importers.lines.months import month_of
from sextortion_cli.importers.whatsapp.calendar import Decision, Order, decide, real_date
from sextortion_cli.importers.whatsapp.periods import hour_of, part_of
from sextortion_cli.importers.whatsapp.shape import Learned, Shape
from sextortion_cli.model.reading import Gap, Time, TimePrecision
from sextortion_cli.words import N_

_SPACES = re.compile("[\u00a0\u202f\u2009\u3000 ]+")
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c]")
_NUMBERS = re.compile(
    r"(?P<a>\d{1,4}) ?(?P<sep>[./\-年년]) ?(?P<b>\d{1,2}) ?[./\-月월] ?(?P<c>\d{1,4})(?P<after> ?(?:日|일|г\.|\.|BE))?(?![\d/\-])"
)
_DAY_NAME = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[. \-/])[. ]?(?:de )?(?P<month>[^\W\d_]{3,12})[.,]?[ \-/]?,? ?(?:de )?(?P<c>\d{4}|\d{2})(?!\d)"
)
_NAME_DAY = re.compile(r"(?P<month>[^\W\d_]{3,12})[.]? (?P<a>\d{1,2}),? (?P<c>\d{4})(?!\d)")
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})(?:(?P<sep>[:.h])|시 ?|時)(?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:분|分)?(?P<fraction>[.,]\d{1,7})?(?!\d)"
)
_LONGEST = 80


class Stamp(NamedTuple):
    """
    The parts of one date and time.

    Attributes:
        fields: Day, month and year in the order of the file; a month's name is already its number, and then the order is day, month, year.
        sep: What stands between the first two.
        after: What marks the calendar behind them.
        is_named: The month was a name.
        hour, minute, second, period: Of the time; `hour` is "" when there is only a date.
    """

    fields: tuple[str, str, str]
    sep: str
    after: str
    is_named: bool
    hour: str = ""
    minute: str = ""
    second: str = ""
    period: str = ""


def take(written: str) -> Stamp | None:
    """Return the parts of a date with or without a time, or None when `written` is none."""
    if len(written) > _LONGEST:
        return None
    text = _SPACES.sub(" ", _MARKS.sub("", written)).strip()
    date = _NUMBERS.search(text)
    named = None if date else _DAY_NAME.search(text) or _NAME_DAY.search(text)
    if date is not None:
        stamp = Stamp((date["a"], date["b"], date["c"]), date["sep"], (date["after"] or "").strip(), False)
        rest = f"{text[: date.start()]} \n {text[date.end() :]}"
    elif named is not None and (month := month_of(named["month"])) is not None:
        stamp = Stamp((named["a"], str(month), named["c"]), " ", "", True)
        rest = f"{text[: named.start()]} \n {text[named.end() :]}"
    else:
        return None
    clock = _CLOCK.search(rest)
    if clock is None:
        return stamp
    before, behind = rest[: clock.start()].rpartition("\n")[2].strip(" ,،"), rest[clock.end() :].partition("\n")[0].strip(" ,،")
    period = next(
        (word for word in (behind, behind.partition(" ")[0], before, before.rpartition(" ")[2]) if word and part_of(word) is not None), ""
    )
    return stamp._replace(hour=clock["hour"], minute=clock["minute"], second=clock["second"] or "", period=period)


def order_of(stamps: Iterable[Stamp], stated: Order | None) -> Decision | None:
    """Settle the order of the fields of a file's dates, given in the file's order; None when no date needs it."""
    stream = iter(stamps)
    first = next((stamp for stamp in stream if not stamp.is_named), None)
    if first is None:
        return None

    def dates() -> Iterator[tuple[tuple[str, str, str], str]]:
        yield first.fields, first.after
        for stamp in stream:
            if not stamp.is_named:
                yield stamp.fields, stamp.after

    year_first = len(first.fields[0]) == 4
    width = 4 if year_first else len(first.fields[2])
    shape = Shape(False, False, (first.sep, first.sep), year_first, width, first.after, " ", ":", False, "", "", "")
    return decide(Learned(shape, 1, 0, False, (None, None), ()), dates(), stated)


class Clock:
    """
    Reads the dates and times of one file.

    Args:
        written: Every date of the file as written, in its order; read only as far as needed.
        stated: The order of the fields, when somebody stated it.
    """

    def __init__(self, written: Callable[[], Iterable[str]], stated: Order | None) -> None:
        self.decision = order_of((stamp for text in written() if (stamp := take(text)) is not None), stated)
        self._known: dict[str, Time] = {}

    @property
    def is_open(self) -> bool:
        """Say whether day and month could not be told apart."""
        return self.decision is not None and self.decision.by == "open"

    def time(self, written: str) -> Time:
        """Return the time as written, with its local form where it can be told."""
        time = self._known.get(written)
        if time is None:
            if len(self._known) > 8192:
                self._known.clear()
            time = self._known[written] = self._read(written)
        return time

    def day(self, stamp: Stamp) -> str | None:
        """Return the date of a stamp, or None when there is no such day or several."""
        if stamp.is_named:
            return _day(stamp, ("dmy",))
        if len(stamp.fields[0]) == 4:
            return _day(stamp, ("ymd",))
        return None if self.decision is None else _day(stamp, self.decision.orders)

    def _read(self, written: str) -> Time:
        stamp = take(written)
        if stamp is None:
            return Time(written)
        day = self.day(stamp)
        if not stamp.hour:
            return Time(written, None if day is None else f"{day}T00:00:00", precision="day")
        return Time(written, join(day, stamp), precision="second" if stamp.second else "minute")

    def gaps(self) -> Iterator[Gap]:
        """Yield what is to be said of the order of day and month."""
        by = "" if self.decision is None else self.decision.by
        if by == "open":
            yield Gap("date-order-ambiguous", N_("Day and month cannot be told apart in this file. State the order, and read it again."))
        elif by == "sequence":
            yield Gap("date-order-inferred", N_("Day and month were told apart only by the order of the messages."))
        elif by == "dots":
            yield Gap("date-order-inferred", N_("The day was taken to come first because dots stand between day, month and year."))


def join(day: str | None, stamp: Stamp) -> str | None:
    """Return the local time of a day and the clock of `stamp`; None when either is impossible."""
    clock = clock_text(stamp.hour, stamp.minute, stamp.second, stamp.period)
    return None if day is None or clock is None else f"{day}T{clock}"


def clock_text(hour: str, minute: str, second: str, period: str) -> str | None:
    """Return ``HH:MM:SS`` in 24 hours, or None when there is no such time."""
    value = hour_of(int(hour), period)
    if value is None or int(minute) > 59 or int(second or 0) > 59:
        return None
    return f"{value:02d}:{int(minute):02d}:{int(second or 0):02d}"


def _day(stamp: Stamp, orders: tuple[Order, ...]) -> str | None:
    days = {real_date(stamp.fields, stamp.after, order) for order in orders}
    day = days.pop() if len(days) == 1 else None
    return None if day is None else day.isoformat()


def precision_of(stamp: Stamp) -> TimePrecision:
    """Return the smallest unit a stamp gives."""
    return "day" if not stamp.hour else "second" if stamp.second else "minute"
