"""Help lines and police numbers by country, from the reviewed data file."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

STALE_DAYS = 180
_EMERGENCY = frozenset({"emergency-medical", "emergency-police"})


@dataclass(frozen=True)
class HelpLine:
    """One number: what kind, whether it was verified, where, and when."""

    country: str
    kind: str
    value: str
    status: str
    source: str
    checked: date

    @property
    def is_printed(self) -> bool:
        """Emergency numbers and the police always print; other lines only when they were verified."""
        return self.kind in _EMERGENCY or self.kind == "police-report" or self.status == "verified"


@functools.cache
def _data() -> dict[str, Any]:
    text = resources.files("sextortion_cli.guide").joinpath("data/help.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["countries"]
    return found


def countries() -> tuple[str, ...]:
    """Return the countries that are known."""
    return tuple(_data())


def adjective(country: str, language: str) -> str:
    """Return how numbers of a country are called in a language ("Norwegian")."""
    names: dict[str, str] = _data()[country]["names"]
    return names.get(language, names["en"])


def lines(country: str) -> Iterator[HelpLine]:
    """Yield every entry of a country."""
    for entry in _data().get(country, {"entries": ()})["entries"]:
        yield HelpLine(country, entry["kind"], entry["value"], entry["status"], entry["source"], date.fromisoformat(entry["checked"]))


def number(country: str | None, kind: str) -> str | None:
    """Return the number of one kind that may be printed, or None."""
    if country is None:
        return None
    return next((line.value for line in lines(country) if line.kind == kind and line.is_printed), None)


def stale(today: date) -> list[HelpLine]:
    """Return the entries nobody checked for 180 days: a release with one fails its check."""
    return [line for country in countries() for line in lines(country) if (today - line.checked).days > STALE_DAYS]
