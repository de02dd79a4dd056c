"""History of a browser: Chrome and its kin (``History``), Firefox (``places.sqlite``), Safari (``History.db``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.browser.layouts import LAYOUTS, SIGNATURES, Layout, Of
from sextortion_cli.importers.browser.parents import Parents
from sextortion_cli.importers.browser.sites import Chosen
from sextortion_cli.importers.history.addresses import without_keys
from sextortion_cli.importers.rows.database import Database, Row
from sextortion_cli.importers.rows.faults import GAPS
from sextortion_cli.importers.rows.importer import DatabaseImporter
from sextortion_cli.importers.rows.values import dated, fact, told
from sextortion_cli.model.reading import Fact, Gap, Noise, ReadOptions, Record
from sextortion_cli.model.tables import Table
from sextortion_cli.words import N_

_TABLES = tuple(Table(of.table) for layout in LAYOUTS for of in layout.tables)


class BrowserHistory(DatabaseImporter):
    """
    Reads visits, pages, downloads and searches, as facts, of the sites or days a person chose.

    A history says much about a person that no case is about: as long as nothing is chosen only the number of rows is read.
    """

    id: ClassVar[str] = "browser-history"
    service: ClassVar[str] = "Browser"
    version: ClassVar[str] = "1"
    shows_only_chosen: ClassVar[bool] = True
    tables: ClassVar[tuple[Table, ...]] = _TABLES
    signature: ClassVar[tuple[Mapping[str, frozenset[str]], ...]] = SIGNATURES
    how_to_export: ClassVar[str] = N_(
        "Close the browser. Copy the file History (Chrome, Edge), places.sqlite (Firefox) or History.db (Safari) from the profile folder, together with "
        "files that end in -wal. Choose what is to be read: --thread example.com, or --from and --to."
    )
    limits: ClassVar[str] = N_(
        "Only what you choose is read; the whole file is sealed all the same. Private windows and what the browser has deleted (often after 90 days) are not in it. "
        "That an address was visited does not show who sat at the computer."
    )
    seen_on: ClassVar[str] = "Chrome 10 to 59, Firefox of 2011 and Safari of 2016 (real test profiles)"
    references: ClassVar[tuple[str, ...]] = (
        "log2timeline/plaso, parsers/sqlite_plugins: chrome_history.py, firefox_history.py, safari.py",
        "obsidianforensics/hindsight, pyhindsight/browsers/chrome.py",
    )

    def tables_for(self, options: ReadOptions) -> tuple[Table, ...]:
        """Return no table as long as nothing is chosen: then every table is only counted."""
        return () if Chosen(options).is_empty else self.tables

    def records(self, database: Database, options: ReadOptions) -> Iterator[Record]:
        """Yield the rows of the sites and days that were chosen; every other row is left out, and says so."""
        chosen = Chosen(options)
        if chosen.is_empty:
            yield Gap("nothing-chosen", GAPS["nothing-chosen"])
            return
        for layout in LAYOUTS:
            for of in layout.tables:
                parents = Parents(database, layout, of)
                for row in database.rows(of.table):
                    yield _record(row, layout, of, parents, chosen) if isinstance(row, Row) else row


def _record(row: Row, layout: Layout, of: Of, parents: Parents, chosen: Chosen) -> Fact | Noise:
    cells = row.cells
    urls, time = parents.of(cells.get(of.parent)) if of.parent else ((), None)
    urls = (*(told(cells[name]) for name in of.urls if cells.get(name)), *urls)
    if of.time is not None:
        time = layout.moment(cells.get(of.time))
    if not chosen.has(urls, time):
        return Noise(row.start, row.start + 1, "not-selected")
    found = fact(row, of.kind)
    found.values["browser"] = layout.name
    if of.parent and urls:
        found.values["address"] = urls[-1]
    if of.time is not None:
        found.values.update(dated(found.values, {of.time: time}))
    for key, value in found.values.items():
        if "://" in value:
            found.values[key] = without_keys(value)[0]
    return found
