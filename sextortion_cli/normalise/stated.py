"""Times as people state them on the command line."""

from __future__ import annotations

import re
from typing import Any

from sextortion_cli.model.reading import Time, TimePrecision
from sextortion_cli.normalise.times import TimeNormaliser

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_TIME = re.compile(r"(?:[T ,]+(?:kl\.? ?|at )?)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?")
_ZONE = re.compile(r"\s?(Z|UTC|[+-]\d{2}:?\d{2})")


def stated(text: str, timezone: str | None) -> dict[str, Any]:
    """
    Return a stated time: ``as_written, local, utc, basis, precision, candidates``.

    ``YYYY-MM-DD`` and ``D.M.YYYY`` (dots mean day first), each with an optional time and zone, are understood; anything else is
    kept as written, with nothing guessed.
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
    date = _ISO.match(text) or _DOTS.match(text)
    if date is None:
        return None
    year, month, day = (int(part) for part in (date.groups() if date.re is _ISO else reversed(date.groups())))
    rest = text[date.end() :]
    clock = _TIME.match(rest)
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    rest = rest[clock.end() :] if clock else rest
    zone = _ZONE.fullmatch(rest) if clock else None
    if rest and zone is None:
        return None
    return _time(text, (year, month, day, hour, minute, second), None if zone is None else zone[1], clock)


def _time(text: str, parts: tuple[int, int, int, int, int, int], zone: str | None, clock: re.Match[str] | None) -> Time | None:
    from datetime import UTC, datetime

    try:
        naive = datetime(*parts)  # noqa: DTZ001  (a local time without a zone is what was stated)
        if zone is not None:
            offset = "+0000" if zone in ("Z", "UTC") else zone
            exact = datetime.strptime(naive.strftime("%Y-%m-%dT%H:%M:%S") + offset.replace(":", ""), "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
            return Time(as_written=text, utc=exact.strftime("%Y-%m-%dT%H:%M:%SZ"), basis="explicit", precision="second")
    except (ValueError, OverflowError):
        return None
    precision: TimePrecision = "day" if clock is None else "minute" if clock[3] is None else "second"
    return Time(as_written=text, local=naive.isoformat(), precision=precision)
