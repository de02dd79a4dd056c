"""Which sites and days of a history a person chose."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sextortion_cli.importers.rows.choice import Choice
from sextortion_cli.model.reading import ReadOptions, Time

#: Scheme, what stands before the host, and the host (RFC 3986 section 3.2); bounded, and no part can match what the next begins with.
_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://(?:[^/?#@\\]{0,1000}@)?([^/?#@:\\]{1,253})")


def host_of(url: str) -> str:
    """Return the host of an address, in small letters; "" where it has none."""
    found = _HOST.match(url)
    return found.group(1).lower().rstrip(".") if found else ""


class Chosen:
    """
    Decides what of a history is read.

    Args:
        options: What was stated: ``thread`` names sites (``example.com`` is that host and everything under it).
    """

    def __init__(self, options: ReadOptions) -> None:
        self._sites = tuple(site.lower().strip(".") for site in options.thread)
        self._days = Choice(ReadOptions(since=options.since, until=options.until))
        self.is_empty = not (options.thread or options.since or options.until)

    def has(self, urls: Iterable[str], time: Time | None) -> bool:
        """Say whether a row with these addresses and this moment is wanted."""
        return self._days.has_time(time) and (not self._sites or any(self._is_at(url) for url in urls))

    def _is_at(self, url: str) -> bool:
        host = host_of(url)
        return any(host == site or host.endswith("." + site) for site in self._sites)
