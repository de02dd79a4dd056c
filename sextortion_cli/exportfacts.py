"""What exports say besides messages: the facts of the newest reading of each exhibit, read from the readings themselves as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sextortion_cli.errors import CaseDamaged
from sextortion_cli.model.reading import Fact
from sextortion_cli.store import layout, readings
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.case import Case
from sextortion_cli.store.reindex import current_readings


@dataclass(frozen=True)
class FactFilter:
    """Which facts are wanted; None means all."""

    exhibit: str | None = None
    kind: str | None = None
    of: str | None = None

    def wants(self, fact: Fact) -> bool:
        """Tell whether a fact is wanted."""
        return self.kind in (None, fact.kind) and self.of in (None, fact.of)


def facts(case: Case, wanted: FactFilter) -> Iterator[dict[str, Any]]:
    """
    Yield every fact of the case in the order of its file; none of an exhibit that was withdrawn.

    A reading whose account counts none is not opened, and neither is one that is missing (`verify` names it).

    Raises:
        CaseDamaged: A reading file is altered (`verify` names it).
        OSError: One cannot be read.
    """
    for identity, data in current_readings(case.book):
        units = data.get("units") or {}
        if wanted.exhibit not in (None, identity) or not case.book.is_shown(identity) or units.get("facts", 1) == 0:
            continue
        path = layout.reading_path(case.path, data["reading"]["key"])
        if path.is_file():
            exhibit, by_rows = case.book.exhibits[identity], units.get("unit") == "rows"
            try:
                yield from (_shape(exhibit, data, fact, by_rows=by_rows) for fact in readings.facts(path) if wanted.wants(fact))
            except ValueError:
                raise CaseDamaged(part=f"{layout.READINGS}/{path.name}") from None


def _shape(exhibit: Exhibit, data: dict[str, Any], fact: Fact, *, by_rows: bool) -> dict[str, Any]:
    stretch = [fact.start, fact.end]
    return {
        "exhibit": exhibit.id,
        "importer": data.get("reader"),
        "service": data.get("service"),
        "kind": fact.kind,
        "of": fact.of,
        "values": fact.values,
        "overlay": fact.overlay,
        "locator": {
            "sha256": exhibit.sha256,
            "member": (exhibit.data.get("member") and exhibit.name) or None,
            "bytes": None if by_rows else stretch,
            "rows": stretch if by_rows else None,
            "line": fact.line,
            "pointer": fact.pointer,
            "row": fact.row,
        },
    }
