"""Short guides: a topic is a list of short sentences in bokmål and English, each with where it comes from."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

from sextortion_cli.guide.lines import number

_KINDS = ("police-report", "emergency-police", "emergency-medical", "crisis-adult", "crisis-child", "support-no-report")


@dataclass(frozen=True)
class Topic:
    """One guide."""

    id: str
    title: str


@dataclass(frozen=True)
class Step:
    """One step, with the source of its advice."""

    text: str
    source: str | None


@functools.cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resources.files("sextortion_cli.guide").joinpath("data/topics.json").read_text(encoding="utf-8"))
    return found


def topics(language: str) -> list[Topic]:
    """Return the guides in the order they are offered."""
    return [Topic(name, entry["title"][language]) for name, entry in _data().items()]


def steps(topic: str, language: str, country: str | None) -> list[Step]:
    """
    Return the steps of one guide; numbers of the country are filled in; a step that needs one nobody knows is said without it or left out.

    Raises:
        KeyError: There is no such topic.
    """
    found = []
    for entry in _data()[topic]["steps"]:
        ways = (_filled(way[language], country) for way in (entry, *entry.get("else", ())))
        text = next((way for way in ways if way is not None), None)
        if text is not None:
            found.append(Step(text, entry.get("source")))
    return found


def _filled(text: str, country: str | None) -> str | None:
    """Return a sentence with the numbers of a country in it, None when one of them is not known."""
    for kind in _KINDS:
        place = "{" + kind + "}"
        if place in text:
            value = number(country, kind)
            if value is None:
                return None
            text = text.replace(place, value)
    return text
