"""Help lines and police numbers by country, from the reviewed data file; who answers at a given moment is `guide/openhours.py`."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from importlib import resources
from typing import Any, NamedTuple

from sextortion_cli.guide.openhours import Hours

STALE_DAYS = 180
EMERGENCY = ("emergency-medical", "emergency-police")
#: Every kind of line, in the order it is shown.
KINDS = (
    *EMERGENCY, "crisis-adult", "crisis-child", "support-no-report", "victim-support", "police-report", "police-tip", "image-removal",
)  # fmt: skip
#: Ways in writing, for who cannot speak aloud.
WRITTEN = ("chat", "sms", "email")


class Source(NamedTuple):
    """Where it was read, on which day, and how old that was by then, if it says so."""

    name: str
    seen: date
    of: str | None

    def as_json(self) -> dict[str, Any]:
        """Return it as other documents give sources."""
        return {"what": self.name, "date": self.seen.isoformat(), "of": self.of}


class Way(NamedTuple):
    """One way to reach a line: ``phone``, ``sms``, ``chat``, ``email`` or ``web``; the number or address; when somebody answers."""

    by: str
    value: str
    hours: Hours

    def answers(self, moment: datetime, zone: str | None) -> bool | None:
        """Tell whether somebody answers at a moment, None when that is not known."""
        return self.hours.holds(moment, zone)


class HelpLine(NamedTuple):
    """One line: what kind, its own name, a sentence about it (a message of the catalogue), how to reach it, whether it was verified."""

    country: str
    kind: str
    name: str | None
    text: str | None
    ways: tuple[Way, ...]
    zone: str | None
    status: str
    cited: tuple[str, ...]
    checked: date

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return where it was read."""
        return tuple(sources()[key] for key in self.cited)

    @property
    def is_printed(self) -> bool:
        """Emergency numbers and the police always print; other lines only when they were verified."""
        return self.kind in EMERGENCY or self.kind == "police-report" or self.status == "verified"

    @property
    def phone(self) -> str | None:
        """Return its phone number, None where it has none."""
        return next((way.value for way in self.ways if way.by == "phone"), None)

    def answers(self, moment: datetime, *kinds: str) -> bool | None:
        """Tell whether somebody answers on one of these ways (without any: on one of all), None when nobody knows of any that does."""
        found = [way.answers(moment, self.zone) for way in self.ways if not kinds or way.by in kinds]
        return True if True in found else None if None in found or not found else False


@functools.cache
def _parts() -> dict[str, str]:
    """
    Return the file by country, and what stands before the first one under an empty name.

    Who opens the program in a fright waits for the lines of one country: only those are parsed (8 ms less than the whole file).
    """
    text = resources.files("sextortion_cli.guide").joinpath("data/help.toml").read_text(encoding="utf-8")
    head, *parts = text.split("\n[country.")
    return {"": head} | {part[:2]: f"[country.{part}" for part in parts}


@functools.cache
def _country(code: str) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(_parts()[code])["country"][code]
    return found


@functools.cache
def sources() -> dict[str, Source]:
    """Return every source by its name in the file."""
    found = tomllib.loads(_parts()[""])["source"]
    return {key: Source(entry["name"], entry["seen"], entry.get("of")) for key, entry in found.items()}


def countries() -> tuple[str, ...]:
    """Return the countries that are known."""
    return tuple(code for code in _parts() if code)


def country_name(country: str) -> str:
    """Return what a country is called, a message of the catalogue."""
    name: str = _country(country)["title"]
    return name


def numbers_of_country(country: str) -> str:
    """Return what numbers of a country are called ("Norwegian numbers"), a message of the catalogue."""
    name: str = _country(country)["text"]
    return name


@functools.cache
def lines(country: str) -> tuple[HelpLine, ...]:
    """Return every entry of a country, in the order of the file."""
    if country not in countries():
        return ()
    about = _country(country)
    return tuple(
        HelpLine(
            country, entry["kind"], entry.get("name"), entry.get("text"),
            tuple(Way(way["by"], way["value"], Hours.read(way["hours"])) for way in entry["ways"]), about.get("zone"), entry["status"],
            tuple(entry["sources"]), entry["checked"],
        )
        for entry in about["line"]
    )  # fmt: skip


def printed(country: str) -> Iterator[HelpLine]:
    """Yield what may be printed of a country, in the order of `KINDS`."""
    for kind in KINDS:
        yield from (line for line in lines(country) if line.kind == kind and line.is_printed)


def line_for(country: str | None, kind: str, moment: datetime | None = None) -> HelpLine | None:
    """Return the line of one kind that can be called: one that answers at the moment before one nobody knows of, before one that is closed."""
    found = [line for line in lines(country or "") if line.kind == kind and line.is_printed and line.phone]
    if moment is not None:
        rank = {True: 0, None: 1, False: 2}
        found.sort(key=lambda line: rank[line.answers(moment, "phone")])
    return found[0] if found else None


def number(country: str | None, kind: str) -> str | None:
    """Return the phone number of one kind that may be printed, or None."""
    found = line_for(country, kind)
    return None if found is None else found.phone


def stale(today: date) -> list[HelpLine]:
    """Return the entries nobody checked for 180 days: a release with one fails its check."""
    return [line for country in countries() for line in lines(country) if (today - line.checked).days > STALE_DAYS]
