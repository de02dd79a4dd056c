"""The small pieces every section of the Markdown report is made of: headings, labelled lines, times, sums. Quotes only inside code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sextortion_cli.gates.markdown import code
from sextortion_cli.report.wording import BASIS
from sextortion_cli.words import N_

_DEADLINE = N_("deadline")
_NOT_STATED = N_("not stated")
_DAY = N_("a day, no time of day")
_IN_WORDS = N_("in the person's words")
Streams = Mapping[str, Callable[[], Iterator[dict[str, Any]]]]
_STAMP = re.compile(r"[0-9T:.-]{10,40}Z?")


class Pen:
    """
    Writes in one language.

    Args:
        words: Gives a text in that language.
    """

    def __init__(self, words: Callable[[str], str]) -> None:
        self.say = words

    def title(self, text: str, level: int = 2) -> str:
        """Return a heading."""
        return f"\n{'#' * level} {self.say(text)}\n\n"

    def line(self, label: str, value: str | None) -> str:
        """Return a labelled line; what nobody stated is said to be so."""
        return f"- {self.say(label)}: {value or self.say(_NOT_STATED)}\n"

    def quoted(self, label: str, value: object) -> str:
        """Return a labelled line whose value comes from evidence or from a person."""
        return self.line(label, None if value in (None, "") else code(str(value)))

    def word(self, known: Mapping[str, str], key: str) -> str:
        """Return the words for a key of a closed list; an unknown one as it is."""
        return self.say(known[key]) if key in known else code(key)

    def stamp(self, time: str | None) -> str:
        """Return a time in RFC 3339; anything else that stands in its place is quoted."""
        return self.say(N_("time not known")) if time is None else time if _STAMP.fullmatch(time) else code(time)

    def time(self, time: Mapping[str, Any] | None) -> str:
        """Return a time as written beside UTC, and where its zone comes from."""
        if time is None:
            return self.say(N_("time not stated"))
        written, basis = code(time["as_written"]), self.say(BASIS[time["basis"]])
        if time["basis"] == "unknown" and time["precision"] == "day":
            basis = self.say(_DAY if time.get("local") else _IN_WORDS)
        if time.get("utc"):
            return f"{self.stamp(time['utc'])} ({written}, {basis})"
        either = self.say(N_("or")).join(f" {self.stamp(item)} " for item in time["candidates"]).strip()
        return f"{written} ({basis}{': ' + either if either else ''})"

    def money(self, money: Mapping[str, Any], *, when: bool = True) -> str:
        """Return a sum exactly as stated, with everything that may trace it, and when it was asked for or sent unless that is said already."""
        amount = " ".join(code(money[key]) for key in ("amount", "currency") if money.get(key)) or self.say(N_("no amount stated"))
        rest = [f"{self.say(label)} {code(money[key])}" for key, label in _MONEY if money.get(key)]
        if money.get("deadline"):
            rest.append(f"{self.say(_DEADLINE)} {self.time(money['deadline'])}")
        return "; ".join([f"{amount}, {self.time(money['when'])}" if when else amount, *rest])


_MONEY = (
    ("method", N_("by")), ("destination", N_("to")), ("reference", N_("reference")), ("contact", N_("account")), ("service", N_("on")),
    ("exhibit", N_("see")),
)  # fmt: skip
