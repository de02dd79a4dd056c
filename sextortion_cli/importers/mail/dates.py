"""Dates as mails write them (RFC 5322, section 3.3 and 4.3), with the offset they state and none assumed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from sextortion_cli.model.reading import Time, TimePrecision

_MONTHS = {
    name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_DATE = re.compile(
    r"(?:[A-Za-z]{2,12},?\s{0,8})?(?P<day>\d{1,2})[\s-]{1,8}(?P<month>[A-Za-z]{3})[a-z]{0,6}[\s-]{1,8}(?P<year>\d{4}|\d{2})\s{1,8}"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:\.\d{1,9})?(?:\s{0,8}(?P<zone>[+-]\d{4}|[A-Za-z]{1,5})(?![A-Za-z0-9]))?"
)
# ``Thu Jan  1 00:00:00 1970``, as the first line of a mailbox entry has it, with a zone before or after the year.
_ASCTIME = re.compile(
    r"[A-Za-z]{3}\s{1,2}(?P<month>[A-Za-z]{3})\s{1,2}(?P<day>\d{1,2})\s(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?:\s(?P<zone>[+-]\d{4}|[A-Z]{3,5}))?\s(?P<year>\d{4})(?:\s(?P<later>[+-]\d{4}))?"
)
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})[T ](?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})(?:\.\d{1,9})?\s?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
#: Zones that RFC 5322 gives a meaning; every other name says nothing certain.
_ZONES = {
    "UT": 0,
    "GMT": 0,
    "UTC": 0,
    "Z": 0,
    "EST": -300,
    "EDT": -240,
    "CST": -360,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
}
_LONGEST = 200


def time_of(line: bytes) -> Time:
    """Return when a field says it was: UTC where an offset stands there, local time where none does, and the words in any case."""
    text = line[:_LONGEST].decode("utf-8", "replace").strip()
    for pattern in (_DATE, _ASCTIME, _ISO):
        match = pattern.match(text)
        if match is not None:
            return _time(text, match.groupdict())
    return Time(text)


def _time(text: str, found: dict[str, str | None]) -> Time:
    year = int(found["year"] or 0)
    if len(found["year"] or "") == 2:  # RFC 5322, section 4.3
        year += 2000 if year < 50 else 1900
    month = int(found["number"] or 0) if "number" in found else _MONTHS.get((found["month"] or "").lower(), 0)
    second = min(int(found["second"] or 0), 59)  # a leap second is the last of its minute
    try:
        local = datetime(year, month, int(found["day"] or 0), int(found["hour"] or 0), int(found["minute"] or 0), second, tzinfo=UTC)
        minutes = offset_of(found.get("zone") or found.get("later"))
        utc = None if minutes is None else local - timedelta(minutes=minutes)
    except (ValueError, OverflowError):
        return Time(text)
    precision: TimePrecision = "second" if found["second"] else "minute"
    naive = local.replace(tzinfo=None).isoformat()
    if utc is None:
        return Time(text, naive, None, "unknown", precision)
    return Time(text, naive, f"{utc.replace(tzinfo=None).isoformat()}Z", "explicit", precision)


def offset_of(zone: str | None) -> int | None:
    """Return minutes east of UTC, or None when `zone` does not say."""
    if zone is None:
        return None
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        hours, minutes = int(digits[:2]), int(digits[2:])
        return None if hours > 24 or minutes > 59 else (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)
    return _ZONES.get(zone.upper())
