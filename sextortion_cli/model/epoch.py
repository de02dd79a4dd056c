"""Seconds since 1970 as RFC 3339 text. Pure and cached, because it runs once per message."""

from __future__ import annotations

import functools
from datetime import UTC, datetime, timedelta

FIRST_SECOND = -62_135_596_800
"""0001-01-01T00:00:00Z, the first second a four-digit year can show."""
LAST_SECOND = 253_402_300_799
"""9999-12-31T23:59:59Z."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WITHIN_HOUR = tuple(f"{second // 60:02d}:{second % 60:02d}Z" for second in range(3600))


@functools.lru_cache(maxsize=8192)
def _hour_text(hour: int) -> str:
    """Return ``2026-03-12T20:`` for an hour counted from 1970."""
    moment = _EPOCH + timedelta(hours=hour)
    return f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}T{moment.hour:02d}:"


def utc_text(epoch_seconds: int) -> str | None:
    """Return `epoch_seconds` as ``2026-03-12T20:05:00Z``, or None outside the years 0001 to 9999."""
    if not FIRST_SECOND <= epoch_seconds <= LAST_SECOND:
        return None
    return _hour_text(epoch_seconds // 3600) + _WITHIN_HOUR[epoch_seconds % 3600]
