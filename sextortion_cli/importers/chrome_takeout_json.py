"""Chrome's history out of Google Takeout: ``BrowserHistory.json``, lately ``History.json``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.importers.history.choice import HistoryChoice
from sextortion_cli.importers.history.takeout import LIST, Reading
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Object, Shape
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import ReadOptions, Record, Sniff
from sextortion_cli.words import N_


class ChromeTakeoutJson(JsonImporter):
    """Reads visits of the chosen days or addresses; of everything else only how much there is."""

    id: ClassVar[str] = "chrome-takeout-json"
    service: ClassVar[str] = "Google Chrome"
    version: ClassVar[str] = "1"
    shows_only_chosen: ClassVar[bool] = True
    how_to_export: ClassVar[str] = N_(
        "Go to takeout.google.com, deselect everything, and choose only Chrome and in it only history. Download the file, and import it. "
        "Choose days with --from and --to, or a site with --thread."
    )
    limits: ClassVar[str] = N_(
        "A history is private: only what you choose is shown. Only what was synchronised with the Google account is included. "
        "It shows which addresses the browser opened, not who sat before it."
    )
    seen_on: ClassVar[str] = "the layout as other programs read it; composed files only"
    shape: ClassVar[Shape] = Object({})
    references: ClassVar[tuple[str, ...]] = ("abrignoni/RLEAPP, Google Takeout artifacts", "RFC 8259")

    def sniff(self, source: Source) -> Sniff:
        """Claim an object with Chrome's list of visits."""
        found = glance(source)
        is_ours = isinstance(found, dict) and isinstance(found.get(LIST), list)
        is_ours = is_ours and (not found[LIST] or {"url", "time_usec"} <= keys(found, LIST, 0))
        return Sniff("yes" if is_ours else "no", "a history of Chrome from Takeout" if is_ours else "no history of Chrome")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the chosen visits, and what is left out."""
        choice = HistoryChoice(options)
        yield from Reading(choice).read(source, options)
        yield from choice.outcome()
