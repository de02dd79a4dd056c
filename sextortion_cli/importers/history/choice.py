"""What a person chose of a history; nothing, unless they said so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sextortion_cli.importers.history.addresses import domain_of, host_of, is_within, without_keys
from sextortion_cli.importers.history.words import GAPS
from sextortion_cli.model.reading import Fact, Gap, ReadOptions, Time
from sextortion_cli.model.selection import Selection

_MOST_DAYS = 20_000
_LATER = "(further days)"
_NO_DAY = "(no readable time)"


class HistoryChoice:
    """
    Decides what is shown, and counts the rest.

    Args:
        options: Days, and domains as threads: a domain means the hosts below it too. Both given, both must fit.
    """

    def __init__(self, options: ReadOptions) -> None:
        self._selection = Selection(options)
        self._domains = tuple(filter(None, map(domain_of, options.thread)))
        self.is_made = bool(options.thread or options.since or options.until)
        self._days: dict[str, Counter[str]] = {}
        self._counts: Counter[str] = Counter()

    def takes(self, kind: str, time: Time | None, addresses: Iterable[str]) -> bool:
        """Say whether a visit or download is shown; if not, it is counted."""
        utc = None if time is None else time.utc
        if not self.is_made:
            days = self._days.setdefault(kind, Counter())
            day = utc[:10] if utc else _NO_DAY
            days[day if day in days or len(days) < _MOST_DAYS else _LATER] += 1
            return False
        if self._domains and not any(is_within(host, domain) for host in map(host_of, addresses) for domain in self._domains):
            self._counts["not-chosen"] += 1
            return False
        if self._selection.has_days and (utc is None or not self._selection.has_time(time)):
            self._counts["not-chosen" if utc else "time-unknown-left-out"] += 1
            return False
        return True

    def plain(self, address: str) -> str:
        """Return an address without its keys, and count those that had any."""
        shown, had_keys = without_keys(address)
        self._counts["keys-withheld"] += had_keys
        return shown

    def count(self, code: str) -> None:
        """Count something that was left out."""
        self._counts[code] += 1

    def outcome(self, at: int = 0) -> Iterator[Fact | Gap]:
        """Yield how much there is on each day where nothing was chosen, and what was left out; `at` is a place of the object."""
        for kind, days in self._days.items():
            values = {"what": kind, "total": str(days.total())} | {day: str(count) for day, count in sorted(days.items())}
            yield Fact(at, at, "history-by-day", "account-owner", values=values, overlay=True)
        if not self.is_made:
            yield Gap("nothing-chosen", GAPS["nothing-chosen"])
        for code in ("history-is-short", "visit-is-no-view"):
            yield Gap(code, GAPS[code])
        for code, count in sorted(self._counts.items()):
            if count:
                yield Gap(code, GAPS[code], count)
