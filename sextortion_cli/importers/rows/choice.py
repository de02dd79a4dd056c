"""Which conversations and days a person chose for one reading of a database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sextortion_cli.model.reading import ReadOptions, Time


class Choice:
    """
    Decides what is read.

    Args:
        options: What was stated. A thread is any name or id a conversation has.
    """

    def __init__(self, options: ReadOptions) -> None:
        self._threads = frozenset(options.thread)
        # Times of databases are in UTC. The person's day is known up to the widest offsets, -12:00 and +14:00: what may lie in it is kept.
        self._since = _moved(options.since, -1) or ""
        self._until = _moved(options.until, 1) or "9999-12-31"

    def has_conversation(self, names: Iterable[str | None]) -> bool:
        """Say whether a conversation with these names is wanted."""
        return not self._threads or not self._threads.isdisjoint(name for name in names if name)

    def has_time(self, time: Time | None) -> bool:
        """Say whether a message of this time is wanted; one without a readable time is never left out."""
        return time is None or time.utc is None or self._since <= time.utc[:10] <= self._until


def _moved(day: str | None, days: int) -> str | None:
    try:
        return None if day is None else (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day
