"""Which conversations and days a person chose for one reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sextortion_cli.model.reading import Conversation, ReadOptions, Time


class Selection:
    """
    Decides what is read.

    Args:
        options: What was stated; a thread is a conversation's name, its id, or its id with one of `prefixes` before it.
        prefixes: Words that the service writes before an id elsewhere (``user`` in ``user900000001``).
    """

    def __init__(self, options: ReadOptions, prefixes: tuple[str, ...] = ()) -> None:
        self._prefixes = prefixes
        self._threads = frozenset(options.thread)
        self.since, self.until = options.since or "", options.until or "9999-12-31"
        self.has_days = bool(options.since or options.until)
        # Without local time the day is known up to the widest offsets in use, -12:00 and +14:00: what may lie inside is kept.
        self._since_utc, self._until_utc = _moved(options.since, -1) or "", _moved(options.until, 1) or "9999-12-31"

    def has_conversation(self, conversation: Conversation) -> bool:
        """Say whether the messages of `conversation` are wanted."""
        return self.has_names((conversation.name, conversation.id, *(f"{kind}{conversation.id}" for kind in self._prefixes)))

    def has_names(self, names: Iterable[str | None]) -> bool:
        """Say whether a conversation that has these names and ids is wanted."""
        return not self._threads or not self._threads.isdisjoint(name for name in names if name)

    def has_time(self, time: Time | None) -> bool:
        """Say whether a message of this time is wanted; one without a readable time is never left out."""
        if time is not None and time.local is not None:
            return self.since <= time.local[:10] <= self.until
        if time is not None and time.utc is not None:
            return self._since_utc <= time.utc[:10] <= self._until_utc
        return True


def _moved(day: str | None, days: int) -> str | None:
    try:
        return None if day is None else (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day
