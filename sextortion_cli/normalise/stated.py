"""Times as people state them on the command line."""

from __future__ import annotations

import re
from typing import Any

from sextortion_cli.model.reading import Time, TimePrecision
from sextortion_cli.normalise.times import TimeNormaliser

_MONTHS = (
    "jan(?:uar|uary)?", "feb(?:ruar|ruary)?", "mars?|march", "apr(?:il)?", "mai|may", "jun[ie]?", "jul[iy]?", "aug(?:ust)?",
    "sept?(?:ember)?", "o[kc]t(?:ober)?", "nov(?:ember)?", "de[sc](?:ember)?",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_DOTS = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", re.ASCII)
_NAMED = re.compile(rf"(?P<day>\d{{1,2}})\.?\s?(?P<name>{_MONTH})\.?,?\s(?P<year>\d{{4}})", re.ASCII | re.IGNORECASE)
_AMERICAN = re.compile(rf"(?P<name>{_MONTH})\.?\s(?P<day>\d{{1,2}}),?\s(?P<year>\d{{4}})", re.ASCII | re.IGNORECASE)
_TIME = re.compile(r"(?:[T ,]+(?:kl\.? ?|at )?)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?", re.ASCII | re.IGNORECASE)
_HALF = re.compile(r"\s?([ap])\.?m\.?", re.IGNORECASE)
_ZONE = re.compile(r"\s?(Z|UTC|[+-]\d{2}:?\d{2})", re.ASCII)


def stated(text: str, timezone: str | None) -> dict[str, Any]:
    """
    Return a stated time: ``as_written, local, utc, basis, precision, candidates``.

    ``YYYY-MM-DD``, ``D.M.YYYY`` (dots mean day first) and dates with a month's name in Norwegian or English, each with an optional
    time and zone, are understood; anything else is kept as written, with nothing guessed.
    """
    time = _parse(text.strip()) or Time(as_written=text, precision="day")
    applied = TimeNormaliser(timezone).at(time)
    found = applied or time
    return {
        "as_written": text,
        "local": found.local,
        "utc": found.utc,
        "basis": found.basis,
        "precision": found.precision,
        "candidates": list(found.candidates),
    }


def _parse(text: str) -> Time | None:
    date = next((found for shape in (_ISO, _DOTS, _NAMED, _AMERICAN) if (found := shape.match(text))), None)
    if date is None:
        return None
    rest = text[date.end() :]
    clock = _TIME.match(rest)
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    rest = rest[clock.end() :] if clock else rest
    half = _HALF.match(rest) if clock else None
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour, rest = hour % 12 + (12 if half[1] in "pP" else 0), rest[half.end() :]
    zone = _ZONE.fullmatch(rest) if clock else None
    if rest and zone is None:
        return None
    return _time(text, (int(date["year"]), _month(date), int(date["day"]), hour, minute, second), None if zone is None else zone[1], clock)


def _month(date: re.Match[str]) -> int:
    named = date.groupdict().get("name")
    if named is None:
        return int(date["month"])
    return next(number for number, shape in enumerate(_MONTHS, 1) if re.fullmatch(shape, named, re.IGNORECASE))


def _time(text: str, parts: tuple[int, int, int, int, int, int], zone: str | None, clock: re.Match[str] | None) -> Time | None:
    from datetime import UTC, datetime

    precision: TimePrecision = "day" if clock is None else "minute" if clock[3] is None else "second"
    try:
        naive = datetime(*parts)  # noqa: DTZ001  (a local time without a zone is what was stated)
        if zone is not None:
            offset = "+0000" if zone in ("Z", "UTC") else zone
            exact = datetime.strptime(naive.strftime("%Y-%m-%dT%H:%M:%S") + offset.replace(":", ""), "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
            return Time(as_written=text, utc=exact.strftime("%Y-%m-%dT%H:%M:%SZ"), basis="explicit", precision=precision)
    except (ValueError, OverflowError):
        return None
    return Time(as_written=text, local=naive.isoformat(), precision=precision)
