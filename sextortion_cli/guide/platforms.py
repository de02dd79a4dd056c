"""
What the police need at each provider and way of paying, what disappears there, and how they ask: read from the reviewed data file.

Every fact has a source and the day it was read; what nobody found out is unknown, and stays so. Texts are messages of the catalogue.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from sextortion_cli.words import N_

#: What is said of every platform, in this order; each of them may be unknown.
FACTS = ("identify", "changes", "route", "keeps", "disappears", "notices")
#: Needs that are no fields of a contact.
PROFILE_SCREENSHOT, MAIL_SOURCE = "profile-screenshot", "mail-source"
#: The platform of a service nobody described, and the way of paying of a method nobody did.
OTHER = "other"
#: Names and providers in the file that are words, not proper names.
WORDS = (N_("Another service"), N_("the provider of the service"), N_("the mail provider behind the @"), N_("the phone company"))


@dataclass(frozen=True)
class Source:
    """Where a fact was read, on which day, and how old it was by then, if it says so."""

    name: str
    seen: date
    of: str | None

    def as_json(self) -> dict[str, Any]:
        """Return it as `missing` gives it: ``date`` is the day it was read, ``of`` the source's own date."""
        return {"what": self.name, "date": self.seen.isoformat(), "of": self.of}


@dataclass(frozen=True)
class Fact:
    """One fact; without `text` it is unknown. `days`: how long (`keeps`), or within how many days something may be gone (`disappears`)."""

    kind: str
    text: str | None
    days: int | None
    source: Source


@dataclass(frozen=True)
class Need:
    """
    Something the provider must be told to find an account.

    Attributes:
        fields: Fields of a contact, any of which is enough; or one of the constants above.
        weight: 100 for what a request cannot do without.
        is_sure: Whether somebody checked that it can be found the way `how` says.
    """

    fields: tuple[str, ...]
    weight: int
    title: str
    how: str
    is_sure: bool
    source: Source

    @property
    def id(self) -> str:
        """Return its name: the first field, as the command line writes it."""
        return self.fields[0].replace("_", "-")


@dataclass(frozen=True)
class Platform:
    """One service, with what its provider asks for and the facts about it."""

    id: str
    name: str
    provider: str
    names: tuple[str, ...]
    needs: tuple[Need, ...]
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Rail:
    """One way of paying: what names the payee there, what the payment's number is called, where both stand, what can be done now."""

    id: str
    name: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    destination: str
    reference: str
    where: str
    act: str | None
    source: Source


@dataclass(frozen=True)
class Law:
    """The rule that makes providers keep what they have."""

    text: str
    days: int
    source: Source


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("sextortion_cli.guide").joinpath("data/platforms.toml").read_text(encoding="utf-8"))


@functools.cache
def sources() -> Mapping[str, Source]:
    """Return every source by its name in the file."""
    return {key: Source(entry["name"], entry["seen"], entry.get("of")) for key, entry in _data()["source"].items()}


def checked() -> date:
    """Return the day somebody last went through the whole file."""
    found: date = _data()["checked"]
    return found


@functools.cache
def platforms() -> Mapping[str, Platform]:
    """Return every platform by id, in the order of the file."""
    return {key: _platform(key, entry) for key, entry in _data()["platform"].items()}


def _platform(key: str, entry: dict[str, Any]) -> Platform:
    needs = tuple(
        Need(
            tuple(need["fields"]), need["weight"], need["title"], need["text"], bool(need.get("sure", True)), sources()[need["source"]]
        )
        for need in entry["needs"]
    )  # fmt: skip
    facts = {kind: _fact(kind, entry["facts"][kind]) for kind in FACTS}
    return Platform(key, entry["name"], entry["provider"], tuple(entry["names"]), needs, facts)


def _fact(kind: str, entry: dict[str, Any]) -> Fact:
    return Fact(kind, None if entry.get("unknown") else entry["text"], entry.get("days"), sources()[entry["source"]])


@functools.cache
def rails() -> Mapping[str, Rail]:
    """Return every way of paying by id, in the order of the file."""
    return {
        key: Rail(
            key, entry["name"]["text"], tuple(entry["names"]), tuple(entry["kinds"]), entry["destination"]["text"], entry["reference"]["text"],
            entry["where"]["text"], None if entry["act"].get("unknown") else entry["act"]["text"], sources()[entry["source"]],
        )
        for key, entry in _data()["rail"].items()
    }  # fmt: skip


@functools.cache
def law() -> Law:
    """Return the rule about keeping."""
    entry = _data()["law"]
    return Law(entry["text"], entry["days"], sources()[entry["source"]])


@functools.cache
def _named(table: str) -> dict[str, str]:
    """Return the id that stands behind every name people and exports use."""
    entries: dict[str, Platform | Rail] = {**(platforms() if table == "platform" else rails())}
    return {name.casefold(): key for key, entry in entries.items() for name in (key, *entry.names)}


def platform_of(service: str | None) -> Platform:
    """Return the platform of a service as people and importers name it (``Messenger / Instagram``, ``X (Twitter)``); else `OTHER`."""
    return platforms()[_find("platform", service)]


def rail_of(method: str | None, kind: str | None = None) -> Rail:
    """Return the way of paying by what it was called, or by the kind of an identifier; else `OTHER`."""
    found = _find("rail", method)
    if found == OTHER and kind is not None:
        found = next((key for key, rail in rails().items() if kind in rail.kinds), OTHER)
    return rails()[found]


def _find(table: str, name: str | None) -> str:
    """Return the id by the whole name, else by a part of it, else by the longest known name that begins it or stands in it as words."""
    known, text = _named(table), " ".join((name or "").casefold().split())
    if text in known:
        return known[text]
    for separator in ("/", ",", "("):
        for part in text.replace(")", " ").split(separator):
            if part.strip() in known:
                return known[part.strip()]
    words = f" {text} "
    hits = [key for key in known if len(key) > 1 and f" {key} " in words]
    return known[max(hits, key=lambda key: (len(key), key))] if hits else OTHER
