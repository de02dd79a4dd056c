"""Times at the beginning of a line of a log, as the several programs write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

import msgspec

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS: Final = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_NAMES: Final = "|".join(_MONTHS)
_EXACT: Final = re.compile(
    r"(?P<text>(?P<naive>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?P<part>[.,]\d{1,9})?(?P<zone>Z|[+-]\d\d:?\d\d)?)(?= |\Z)"
)
_LONG: Final = re.compile(
    rf"\[?(?P<text>(?:{_DAYS}) (?P<month>{_NAMES}) (?P<day>[ \d]\d) (?P<clock>\d\d:\d\d:\d\d) (?P<year>\d{{4}}))\]?(?= |\Z)"
)
_SHORT: Final = re.compile(
    rf"(?P<text>(?:(?P<year>\d{{4}}) )?(?P<month>{_NAMES}) (?P<day>[ \d]?\d) (?P<clock>\d\d:\d\d:\d\d))(?:\.\d{{1,9}})?(?= |\Z)"
)
_BOOT: Final = re.compile(r"\[ {0,12}(?P<text>\d{1,12}\.\d{1,9})\](?= |\Z)")


class Stamp(msgspec.Struct, frozen=True):
    """
    The time of a line.

    Attributes:
        values: ``time`` as written, with ``local`` (ISO 8601) or ``utc`` where the log gives enough for it.
        end: Where it ends in the line.
        has_year, has_zone: What it gives.
        since_boot: It is seconds since the machine was started.
        is_possible: Such a time exists.
    """

    values: dict[str, str]
    end: int
    has_year: bool = True
    has_zone: bool = False
    since_boot: bool = False
    is_possible: bool = True


def stamp_of(line: str) -> Stamp | None:
    """Return the time a line begins with, or None."""
    found = _EXACT.match(line)
    if found is not None:
        return _exact(found)
    found = _LONG.match(line) or _SHORT.match(line)
    if found is not None:
        return _named(found)
    found = _BOOT.match(line)
    if found is not None:
        return Stamp({"time": found["text"]}, found.end(), has_year=False, since_boot=True)
    return None


def _exact(found: re.Match[str]) -> Stamp:
    naive, zone, text = found["naive"].replace(" ", "T"), found["zone"], found["text"]
    try:
        moment = datetime.fromisoformat(naive + (zone or "+00:00"))
        if zone is None:
            return Stamp({"time": text, "local": naive}, found.end())
        utc = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (ValueError, OverflowError):
        return Stamp({"time": text}, found.end(), has_zone=zone is not None, is_possible=False)
    return Stamp({"time": text, "utc": utc}, found.end(), has_zone=True)


def _named(found: re.Match[str]) -> Stamp:
    year, clock = found["year"], found["clock"]
    local = f"{year or 2000:04}-{_MONTHS.index(found['month']) + 1:02}-{int(found['day']):02}T{clock}"  # any leap year will do
    values, has_year = {"time": found["text"]}, year is not None
    try:
        datetime.fromisoformat(local + "+00:00")
    except ValueError:
        return Stamp(values, found.end(), has_year, is_possible=False)
    return Stamp(values | {"local": local} if has_year else values, found.end(), has_year)
