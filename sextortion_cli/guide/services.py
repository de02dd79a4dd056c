"""
What the other side learns, what disappears and what can be undone, per service, and what to save there: read from the reviewed data file.

A service is found by what people and exports call it, through the list of platforms. What nobody found out is unknown, and stays so.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any, Literal

from sextortion_cli.guide.platforms import Source, platform_of
from sextortion_cli.words import N_, gettext

Answer = Literal["yes", "no", "partly", "unknown"]
#: What an answer is called by people.
ANSWER: Mapping[str, str] = {"yes": N_("Yes."), "no": N_("No."), "partly": N_("In part."), "unknown": N_("Unknown.")}


@dataclass(frozen=True)
class Told:
    """
    The answer to one question about one service.

    Attributes:
        question: Its id, like ``screenshot``; `title` is the question itself (English, a message of the catalogue).
        text: What is known (English, a message of the catalogue); None when the answer is unknown.
        days: The period the answer speaks of, if it does.
        is_sure: Whether it was read on a page of the service itself.
    """

    question: str
    title: str
    answer: Answer
    text: str | None
    days: int | None
    is_sure: bool
    source: Source

    def as_json(self) -> dict[str, Any]:
        """Return it as `guide` gives it, in the language of the screen."""
        return {
            "question": self.question,
            "title": gettext(self.title),
            "answer": self.answer,
            "text": None if self.text is None else gettext(self.text),
            "days": self.days,
            "sure": self.is_sure,
            "source": self.source.as_json(),
        }


@dataclass(frozen=True)
class Shot:
    """Something to save; `title` and `text` are English and messages of the catalogue."""

    id: str
    title: str
    text: str


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("sextortion_cli.guide").joinpath("data/services.toml").read_text(encoding="utf-8"))


def checked() -> date:
    """Return the day somebody last went through the whole file."""
    found: date = _data()["checked"]
    return found


@functools.cache
def sources() -> Mapping[str, Source]:
    """Return every source by its name in the file."""
    return {key: Source(entry["name"], entry["seen"], entry.get("of")) for key, entry in _data()["source"].items()}


@functools.cache
def shots() -> tuple[Shot, ...]:
    """Return what to save, in the order in which it is best done."""
    return tuple(Shot(key, entry["title"], entry["text"]) for key, entry in _data()["shot"].items())


@functools.cache
def answers(platform: str) -> Mapping[str, Told]:
    """
    Return the answer to every question about the platform of this id, in the order of the questions.

    Raises:
        KeyError: There is no such platform.
    """
    entry = _data()["service"][platform]
    return {question: _told(question, about["title"], entry.get(question)) for question, about in _data()["question"].items()}


def _told(question: str, title: str, entry: Mapping[str, Any] | None) -> Told:
    if entry is None:
        return Told(question, title, "unknown", None, None, is_sure=True, source=sources()["searched"])
    return Told(
        question, title, entry["answer"], entry["text"], entry.get("days"), bool(entry.get("sure", True)), sources()[entry["source"]]
    )  # fmt: skip


def own_data(platform: str) -> tuple[str, ...]:
    """Return the importers whose way to an export is the way to one's own data there; none where nobody found a way."""
    return tuple(_data()["service"][platform]["own_data"])


def known_services() -> tuple[str, ...]:
    """Return the ids of every service, in the order of the file."""
    return tuple(_data()["service"])


def warnings(service: str) -> list[str]:
    """Return what matters before the first screenshot and before the block, a line each, in the language of the screen."""
    told = answers(platform_of(service).id)
    lines = [(BEFORE_SCREENSHOT, told["screenshot"])]
    if told["on-block"].answer in ("yes", "partly"):
        lines.append((BEFORE_BLOCK, told["on-block"]))
    return [f"{gettext(lead)} {gettext(item.text) if item.text else f'{gettext(item.title)} {shown(item)}'}" for lead, item in lines]


BEFORE_SCREENSHOT = N_("Before you take a screenshot:")
BEFORE_BLOCK = N_("Before you block:")


def shown(told: Told) -> str:
    """Return the answer in one line, in the language of the screen: the word, what is known, and whether it was checked."""
    word = gettext(ANSWER[told.answer])
    if told.text is None:
        return word
    unsure = "" if told.is_sure else " " + gettext(_UNSURE)
    return f"{word} {gettext(told.text)}{unsure}"


_UNSURE = N_("(Not checked in the app.)")
