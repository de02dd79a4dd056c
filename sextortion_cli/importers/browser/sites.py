"""Which sites and days of a history a person chose."""

from __future__ import annotations

from collections.abc import Iterable

from sextortion_cli.importers.history.addresses import domain_of, host_of, is_within
from sextortion_cli.model.reading import ReadOptions, Time
from sextortion_cli.model.selection import Selection


class Chosen:
    """
    Decides what of a history is read.

    Args:
        options: What was stated: ``thread`` names sites (``example.com`` is that host and everything under it).
    """

    def __init__(self, options: ReadOptions) -> None:
        self._sites = tuple(filter(None, map(domain_of, options.thread)))
        self._days = Selection(ReadOptions(since=options.since, until=options.until))
        self.is_empty = not (options.thread or options.since or options.until)

    def has(self, urls: Iterable[str], time: Time | None) -> bool:
        """Say whether a row with these addresses and this moment is wanted."""
        return self._days.has_time(time) and (not self._sites or any(self._is_at(url) for url in urls))

    def _is_at(self, url: str) -> bool:
        host = host_of(url)
        return any(is_within(host, site) for site in self._sites)
