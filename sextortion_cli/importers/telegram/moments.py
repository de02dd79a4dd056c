"""When a message was sent: Telegram writes the exporting computer's local time, newer versions seconds since 1970 beside it."""

from __future__ import annotations

import functools
import re
from datetime import datetime

from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Time

_WITHIN_HOUR = frozenset(f"{minute:02d}:{second:02d}" for minute in range(60) for second in range(60))
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:\Z")
_SECONDS = re.compile(r"(?:0|-?[1-9][0-9]{0,17})\Z")


@functools.lru_cache(maxsize=8192)
def _is_hour(text: str) -> bool:
    """Say whether `text` is a real hour in the form ``2026-03-12T21:``."""
    if not _DATE.match(text):
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
    if date[14:] in _WITHIN_HOUR and _is_hour(date[:14]) and 0 < len(unix) < 12 and unix.isascii() and unix.isdecimal() and unix[0] != "0":
        utc = utc_text(int(unix))
        if utc is not None:
            return Time(date, date, utc, "explicit")
    return None


def seconds(unix: object) -> int | None:
    """Return seconds since 1970 when `unix` is an integer or the decimal text of one, as Telegram writes it."""
    if isinstance(unix, str) and _SECONDS.match(unix):
        return int(unix)
    return unix if isinstance(unix, int) and not isinstance(unix, bool) else None
