"""When: Meta counts seconds or milliseconds since 1970, in UTC."""

from __future__ import annotations

from typing import Any

from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Time

_MILLISECONDS_FROM = 100_000_000_000
"""A larger number is no count of seconds (it would be after the year 5138), a smaller one no count of milliseconds after 1973."""


def utc_of(count: int) -> str | None:
    """Return UTC for a count of seconds or milliseconds, told apart by size; None outside the years 0001 to 9999."""
    return utc_text(count // 1000 if abs(count) >= _MILLISECONDS_FROM else count)


def time_of(value: Any) -> tuple[Time | None, str | None]:
    """Return the time of a message from the value of its time key, and the code of what is wrong with it."""
    if isinstance(value, bool) or not isinstance(value, int):
        return (None, None) if value is None else (None, "unreadable-time")
    utc = utc_of(value)
    if utc is None:
        return Time(str(value), basis="unknown"), "time-out-of-range"
    return Time(str(value), utc=utc, basis="explicit"), None
