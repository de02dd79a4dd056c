"""When somebody answers: ``always``, ``unknown``, or weekdays and times, in a time zone. A pure function of the moment; public holidays are not known."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, Self

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS, UNKNOWN = "always", "unknown"
_SPAN = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? (\d\d):(\d\d)-(\d\d):(\d\d)")
_DAY = 24 * 60


class Span(NamedTuple):
    """Days of the week (0 is Monday) and minutes from midnight; an end above 1440 is on the next day."""

    days: tuple[int, ...]
    start: int
    end: int


class Hours(NamedTuple):
    """Opening hours as they are written in the reviewed data."""

    text: str
    spans: tuple[Span, ...]

    @classmethod
    def read(cls, text: str) -> Self:
        """
        Read ``mon-fri 09:00-15:00, sat 10:00-14:00``; days may run past Sunday, and an end at or before the beginning is on the next day.

        Raises:
            ValueError: It is not written like that.
        """
        if text in (ALWAYS, UNKNOWN):
            return cls(text, ())
        return cls(text, tuple(_span(part) for part in text.split(", ")))

    def holds(self, moment: datetime, zone: str | None) -> bool | None:
        """Tell whether `moment` (with a zone of its own) is within them, None where nobody knows."""
        if self.text == ALWAYS:
            return True
        if self.text == UNKNOWN or zone is None:
            return None
        from zoneinfo import ZoneInfo  # start-up is measured, and most of the first lines are always open

        local = moment.astimezone(ZoneInfo(zone))
        day, minute = local.weekday(), local.hour * 60 + local.minute
        return any(_within(span, day, minute) for span in self.spans)

    def opens(self, moment: datetime, zone: str | None) -> datetime | None:
        """Return when somebody answers next, in `zone`, at most a week later; None where it is not known or always holds."""
        if not self.spans or zone is None:
            return None
        from zoneinfo import ZoneInfo

        start = moment.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0)
        found = [
            opening
            for ahead in range(8)
            for span in self.spans
            if (opening := _at(start, ahead, span.start)) > start and opening.weekday() in span.days
        ]
        return min(found, default=None)


def _at(start: datetime, ahead: int, minute: int) -> datetime:
    """Return the wall-clock minute of a day that lies `ahead` days after `start`, in its zone."""
    day = (start + timedelta(days=ahead)).replace(hour=minute // 60 % 24, minute=minute % 60, fold=0)
    return day.astimezone(UTC).astimezone(start.tzinfo)


def _within(span: Span, day: int, minute: int) -> bool:
    if day in span.days and span.start <= minute < span.end:
        return True
    return (day - 1) % 7 in span.days and minute < span.end - _DAY


def _span(text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if match is None or match[1] not in DAYS or (match[2] or match[1]) not in DAYS:
        raise ValueError(f"opening hours are not written like 'mon-fri 09:00-15:00': {text!r}")
    first, last = DAYS.index(match[1]), DAYS.index(match[2] or match[1])
    start, end = int(match[3]) * 60 + int(match[4]), int(match[5]) * 60 + int(match[6])
    if start >= _DAY or end > _DAY or int(match[4]) > 59 or int(match[6]) > 59:
        raise ValueError(f"no such time of day: {text!r}")
    days = tuple((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))
    return Span(days, start, end if end > start else end + _DAY)
