"""
Times of the HTML export: ``12.03.2026 21:05:00``, and since 2022 an offset behind it.

The offset is no help: the exporting program writes the zone's offset in standard time beside a local time in summer too
(`QTimeZone::displayName(QTimeZone::StandardTime, QTimeZone::OffsetName)`), so half the year it is an hour wrong in most of Europe. It stays
in `Time.as_written`.
"""

from __future__ import annotations

import functools
import re
from datetime import datetime
from typing import Final

from sextortion_cli.model.reading import Time

_TITLE: Final = re.compile(
    r"([0-3][0-9])\.([01][0-9])\.([0-9]{4}) ([0-2][0-9]):([0-5][0-9]):([0-5][0-9])(?P<offset> (?:UTC|GMT)(?:[+-][0-9]{2}:[0-9]{2})?)?\Z",
    re.ASCII,
)
_DAY: Final = re.compile(r"([0-3]?[0-9]) ([A-Z][a-z]{2,8}) ([0-9]{1,4})\Z", re.ASCII)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@functools.lru_cache(maxsize=4096)
def title_time(title: str) -> tuple[Time, bool, bool]:
    """Return the time in the title of a date, whether it could be read, and whether an offset stands beside it."""
    found = _TITLE.match(title.strip())
    if found is None:
        return Time(title), False, False
    day, month, year, hour, minute, second = map(int, found.groups()[:6])
    local = _iso(year, month, day, hour, minute, second)
    return Time(title, local), local is not None, found["offset"] is not None


def day_time(line: str) -> Time | None:
    """Return the day in a date line (``12 March 2026``)."""
    found = _DAY.match(line)
    if found is None or found[2] not in _MONTHS:
        return None
    local = _iso(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]), 0, 0, 0)
    return None if local is None else Time(line, local, precision="day")


def _iso(*parts: int) -> str | None:
    try:
        return datetime(*parts).isoformat()  # type: ignore[arg-type, misc, unused-ignore]  # noqa: DTZ001
    except ValueError:
        return None
