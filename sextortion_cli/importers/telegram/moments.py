"""When a message was sent: Telegram writes the exporting computer's local time, newer versions seconds since 1970 beside it."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime

from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Time

_WITHIN_HOUR = {f"{minute:02d}:{second:02d}": minute * 60 + second for minute in range(60) for second in range(60)}
_HOURS: dict[str, tuple[int, str]] = {}
"""Local hour (``2026-03-12T21:``) -> seconds since 1970 at its beginning and the same hour in UTC."""
_HOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:\Z", re.ASCII)
_ZONED = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?P<fraction>\.[0-9]{1,9})?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?\Z", re.ASCII
)
_SECONDS = re.compile(r"(?:0|-?[1-9][0-9]{0,17})\Z", re.ASCII)


@functools.lru_cache(maxsize=8192)
def _is_hour(text: str) -> bool:
    """Say whether `text` is a real hour in the form ``2026-03-12T21:``."""
    if not _HOUR.match(text):
        return False
    try:
        datetime.fromisoformat(text[:13])
    except ValueError:
        return False
    return True


def is_local(date: str) -> bool:
    """Say whether `date` is a local time as Telegram writes it, ``2026-03-12T21:05:00``."""
    return date[14:] in _WITHIN_HOUR and _is_hour(date[:14])


def plain_time(date: str, unix: str) -> Time | None:
    """Return the time for a local time and its seconds since 1970, or None when either is anything but ordinary."""
    rest = date[14:]
    within = _WITHIN_HOUR.get(rest)
    if within is None:
        return None
    known = _HOURS.get(date[:14])
    if known is not None and str(known[0] + within) == unix:
        return Time(date, date, f"{known[1]}{rest}Z", "explicit")
    if not (_is_hour(date[:14]) and 0 < len(unix) < 12 and unix.isascii() and unix.isdecimal() and unix[0] != "0"):
        return None
    moment = int(unix)
    utc = utc_text(moment)
    if utc is None:
        return None
    if utc[14:19] == rest:  # the zone is whole hours from UTC: the rest of this hour follows without counting
        if len(_HOURS) > 8192:
            _HOURS.clear()
        _HOURS[date[:14]] = (moment - within, utc[:14])
    return Time(date, date, utc, "explicit")


def read_time(date: object, unix: object) -> tuple[Time | None, tuple[str, ...], tuple[str, ...]]:
    """
    Return the time of a message, the codes of what is wrong with it, and which of ``date`` and ``date_unixtime`` it does not show.

    Args:
        date: The value of ``date``; None when there is none.
        unix: The value of ``date_unixtime``, likewise.
    """
    codes: list[str] = []
    hidden: list[str] = []
    local, utc = _local(date)
    if date is not None and local is None:
        codes.append("unreadable-time" if isinstance(date, str) else "unexpected-shape")
        hidden += [] if isinstance(date, str) else ["date"]
    counted = seconds(unix)
    exact = None if counted is None else utc_text(counted)
    if unix is not None and exact is None:
        codes.append("unreadable-time" if counted is None else "time-out-of-range")
        hidden.append("date_unixtime")
    elif unix is not None and utc is not None and utc != exact:
        hidden.append("date")
    written = date if isinstance(date, str) else str(counted) if counted is not None else None
    if written is None:
        return None, tuple(codes), tuple(hidden)
    settled = exact or utc
    return Time(written, local, settled, "explicit" if settled else "unknown"), tuple(codes), tuple(hidden)


def _local(date: object) -> tuple[str | None, str | None]:
    """
    Return the local time in `date`, and UTC where it names its offset.

    Telegram writes neither an offset nor a fraction of a second; tools that rewrite exports do.
    """
    if not isinstance(date, str):
        return None, None
    if is_local(date):
        return date, None
    found = _ZONED.match(date)
    if found is None or not is_local(date[:19]):
        return None, None
    if found["zone"] is None:
        return date[:19], None
    try:
        moment = datetime.fromisoformat(date[:19] + found["zone"]).astimezone(UTC)
    except (ValueError, OverflowError):
        return None, None
    return date[:19], utc_text(round((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()))


def seconds(unix: object) -> int | None:
    """Return seconds since 1970 when `unix` is an integer or the decimal text of one, as Telegram writes it."""
    if isinstance(unix, str) and _SECONDS.match(unix):
        return int(unix)
    return unix if isinstance(unix, int) and not isinstance(unix, bool) else None
