"""
Times as JSON exports write them: ISO 8601 with and without an offset, dates in UTC, and counts since 1970 in any unit.

Nothing is guessed: a time without a zone keeps its local form with basis ``unknown``.
"""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime, timedelta

import msgspec

from sextortion_cli.importers.jsonscan.tree import Number
from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Time

# Anchored, bounded: linear.
_ISO = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.,][0-9]{1,9})? ?"
    r"(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?\Z",
    re.ASCII,
)
_HTTP = re.compile(
    r"[A-Z][a-z]{2}, (?P<day>[0-9]{1,2}) (?P<month>[A-Z][a-z]{2}) (?P<year>[0-9]{4}) (?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2}) (?:GMT|UTC)\Z",
    re.ASCII,
)
_HTTP_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_COUNT = re.compile(r"-?[0-9]{1,19}(?P<rest>\.[0-9]{1,9})?\Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 64
MILLISECONDS, MICROSECONDS = 1000, 1_000_000


class Moment(msgspec.Struct, frozen=True):
    """A time, its seconds since 1970 where that is known, and the codes of what is wrong with it."""

    time: Time
    seconds: int | None = None
    problems: tuple[str, ...] = ()


def iso(text: str) -> Moment:
    """Return the moment that ``2026-03-12T21:05:00.123+01:00``, ``2026-03-12 20:05:00 UTC`` or one of these without a zone says."""
    return _iso(text) if len(text) <= _LONGEST else Moment(Time(text), None, ("unreadable-time",))


@functools.lru_cache(maxsize=4096)
def _iso(text: str) -> Moment:
    found = _ISO.match(text)
    if found is None:
        return Moment(Time(text), None, ("unreadable-time",))
    local = f"{found['day']}T{found['clock']}"
    zone = found["zone"] or ""
    try:
        naive = datetime.fromisoformat(local)
        if not zone:
            return Moment(Time(text, local))
        offset = timedelta() if zone[0] not in "+-" else timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        if offset >= timedelta(hours=24) or int(zone[-2:] if offset else 0) > 59:
            return Moment(Time(text, local), None, ("unreadable-time",))
        moment = naive.replace(tzinfo=UTC) - (-offset if zone[0] == "-" else offset)
    except OverflowError:
        return Moment(Time(text, local), None, ("time-out-of-range",))
    except ValueError:
        return Moment(Time(text), None, ("unreadable-time",))
    seconds = (moment - _EPOCH) // timedelta(seconds=1)
    return Moment(Time(text, local if offset else None, utc_text(seconds), "explicit"), seconds)


def http_date(text: str) -> Moment:
    """Return the moment that ``Tue, 30 Nov 2021 05:08:21 GMT`` says (RFC 9110 section 5.6.7)."""
    found = _HTTP.match(text)
    month = _HTTP_MONTHS.find(found["month"]) if found else -1
    if found is None or month < 0 or month % 3:
        return Moment(Time(text), None, ("unreadable-time",))
    said = iso(f"{found['year']}-{month // 3 + 1:02d}-{int(found['day']):02d}T{found['clock']}Z")
    return Moment(Time(text, None, said.time.utc, said.time.basis), said.seconds, said.problems)


def taken_as_utc(moment: Moment) -> Moment:
    """Return a time without a zone as the UTC it is taken for, and marked so: basis ``assumed``."""
    if moment.time.local is None or moment.time.utc is not None:
        return moment
    said = iso(f"{moment.time.local}Z")
    return Moment(Time(moment.time.as_written, None, said.time.utc, "assumed"), said.seconds, moment.problems)


def number(value: object) -> tuple[str, int] | None:
    """Return the characters and the whole part of a number, or of the decimal text of one; None when it is neither."""
    text = value.text if isinstance(value, Number) else value if isinstance(value, str) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = str(value)
    if text is None or not _COUNT.match(text):
        return None
    return text, int(text.partition(".")[0])


def epoch(value: object, unit: int | None = 1) -> Moment | None:
    """
    Return the moment of a count since 1970; None when `value` is no number.

    Args:
        value: A whole number, a decimal one, or the decimal text of either.
        unit: Units in a second; None settles it by magnitude (seconds up to 1e11, then milliseconds up to 1e14, microseconds).
    """
    found = number(value)
    if found is None:
        return None
    text, count = found
    if unit is None:
        unit = 1 if abs(count) < 10**11 else MILLISECONDS if abs(count) < 10**14 else MICROSECONDS
    seconds = count // unit
    utc = utc_text(seconds)
    if utc is None:
        return Moment(Time(text), None, ("time-out-of-range",))
    return Moment(Time(text, None, utc, "explicit"), seconds)


def compared(first: Moment | None, second: Moment | None, tolerance: int) -> Moment | None:
    """Return `first` (or else `second`), with the code ``times-disagree`` when both are known and lie further apart than `tolerance` seconds."""
    if first is None or (first.seconds is None and second is not None and second.seconds is not None):
        if first is None or second is None:
            return second
        return Moment(second.time, second.seconds, (*first.problems, *second.problems))
    if second is not None and None not in (first.seconds, second.seconds) and abs((first.seconds or 0) - (second.seconds or 0)) > tolerance:
        return Moment(first.time, first.seconds, (*first.problems, "times-disagree"))
    return first
