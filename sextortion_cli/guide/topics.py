"""Short guides: a topic is a list of short sentences from the reviewed data file, each with where it comes from, and the lines to copy."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from sextortion_cli.guide import services
from sextortion_cli.guide.lines import number
from sextortion_cli.guide.platforms import Source, platforms, rails
from sextortion_cli.words import N_, translator

_NUMBER = re.compile(r"\{([a-z0-9-]+)\}")


@dataclass(frozen=True)
class Topic:
    """One guide; `log` is the kind of event the path ends in, if it ends in one."""

    id: str
    title: str
    log: str | None


@dataclass(frozen=True)
class Step:
    """
    One step, in the language asked for.

    Attributes:
        source: Where the advice comes from.
        has_number: A number of the person's country stands in it.
        commands: Lines to copy.
        more: What the data files add to it, a line each.
    """

    text: str
    source: Source
    has_number: bool = False
    commands: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it in the shape of `cli.md`."""
        return {
            "text": self.text,
            "source": self.source.name,
            "source_date": self.source.seen.isoformat(),
            "source_of": self.source.of,
            "commands": list(self.commands),
            "more": list(self.more),
        }


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("sextortion_cli.guide").joinpath("data/topics.toml").read_text(encoding="utf-8"))


@functools.cache
def sources() -> Mapping[str, Source]:
    """Return every source by its name in the file."""
    return {key: Source(entry["name"], entry["seen"], entry.get("of")) for key, entry in _data()["source"].items()}


def topics(language: str) -> list[Topic]:
    """Return the guides in the order they are offered."""
    say = translator(language)
    return [Topic(name, say(entry["title"]), entry.get("log")) for name, entry in _data()["topic"].items()]


def steps(topic: str, language: str, country: str | None) -> list[Step]:
    """
    Return the steps of one guide; numbers of the country are filled in; a step that needs one nobody knows is said without it or left out.

    Raises:
        KeyError: There is no such topic.
    """
    found = []
    for entry in _data()["topic"][topic]["steps"]:
        ways = (_filled(translator(language)(way["text"]), country) for way in (entry, *entry.get("otherwise", ())))
        text, has_number = next((way for way in ways if way is not None), (None, False))
        if text is not None:
            more = _LISTS[entry["list"]](language) if "list" in entry else ()
            found.append(Step(text, sources()[entry["source"]], has_number, tuple(entry.get("commands", ())), tuple(more)))
    return found


def _filled(text: str, country: str | None) -> tuple[str, bool] | None:
    """Return a sentence with the numbers of a country in it, and whether there are any; None when one of them is not known."""
    wanted = {kind: number(country, kind) for kind in _NUMBER.findall(text)}
    if None in wanted.values():
        return None
    return _NUMBER.sub(lambda found: str(wanted[found[1]]), text), bool(wanted)


def _rails(language: str) -> list[str]:
    """Name the ways to pay for which the number of a payment is known."""
    say = translator(language)
    return [", ".join(say(rail.name).partition(" (")[0] for key, rail in rails().items() if key != "other")]


def _deletion(language: str) -> list[str]:
    """Say for each service within how many days a deletion can be cancelled, as far as somebody found out."""
    say = translator(language)
    found = []
    for key in services.known_services():
        told = services.answers(key)["deletion"]
        if told.days is not None:
            period = say(_DAYS).format(days=told.days) if told.days else say(_AT_ONCE)
            found.append(f"{platforms()[key].name}: {period}")
    return found


def _own_data(language: str) -> list[str]:
    """Name the services whose way to one's own data is known."""
    del language
    return [", ".join(platforms()[key].name for key in services.known_services() if services.own_data(key))]


_LISTS = {"rails": _rails, "deletion": _deletion, "own-data": _own_data}
_DAYS = N_("{days} days")
_AT_ONCE = N_("cannot be undone")
