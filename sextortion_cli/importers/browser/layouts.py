"""How each family of browsers keeps its history: tables, what joins them, and how time is counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sextortion_cli.importers.rows.values import APPLE, UNIX, WINDOWS, moment, whole
from sextortion_cli.model.reading import Time

_OLD = 10**11


class Of(NamedTuple):
    """
    Rows of one table.

    Attributes:
        table: Its name.
        kind: What one row is.
        urls: Columns with addresses.
        time: Column with the moment of the row, or None.
        parent: Column with the rowid of a row of `parents`, whose address (and moment, where the row has none) is the row's.
        parents: That table.
    """

    table: str
    kind: str
    urls: tuple[str, ...] = ()
    time: str | None = None
    parent: str | None = None
    parents: str | None = None


class Layout(NamedTuple):
    """One family: its tables, in the order they are read, and since when and in which parts of a second time is counted."""

    name: str
    tables: tuple[Of, ...]
    since: datetime
    per_second: int

    def moment(self, value: Any) -> Time | None:
        """Return a moment. Downloads of Chrome before version 26 count seconds since 1970, everything else of it microseconds since 1601."""
        number = whole(value)
        if self.since is WINDOWS and number is not None and 0 < number < _OLD:
            return moment(value, UNIX)
        return moment(value, self.since, self.per_second)


CHROME = Layout(
    "Chrome",
    (
        Of("urls", "page", ("url",), "last_visit_time"),
        Of("visits", "visit", (), "visit_time", "url", "urls"),
        Of("downloads", "download", ("url", "referrer", "tab_url", "tab_referrer_url", "site_url"), "start_time"),
        Of("downloads_url_chains", "download-address", ("url",), None, "id", "downloads"),
        Of("keyword_search_terms", "search", (), None, "url_id", "urls"),
    ),
    WINDOWS,
    10**6,
)
FIREFOX = Layout(
    "Firefox",
    (
        Of("moz_places", "page", ("url",), "last_visit_date"),
        Of("moz_historyvisits", "visit", (), "visit_date", "place_id", "moz_places"),
    ),
    UNIX,
    10**6,
)
SAFARI = Layout(
    "Safari",
    (Of("history_items", "page", ("url",)), Of("history_visits", "visit", (), "visit_time", "history_item", "history_items")),
    APPLE,
    1,
)
LAYOUTS = (CHROME, FIREFOX, SAFARI)
SIGNATURES = (
    {"urls": frozenset(["url", "title", "last_visit_time"]), "visits": frozenset(["url", "visit_time", "transition"])},
    {"moz_places": frozenset(["url", "title"]), "moz_historyvisits": frozenset(["place_id", "visit_date"])},
    {"history_items": frozenset(["url"]), "history_visits": frozenset(["history_item", "visit_time"])},
)
