"""Pieces of a line of a report: our words, or something quoted. Every format puts quotes behind its own gate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sextortion_cli.report.wording import BASIS
from sextortion_cli.words import N_

Say = Callable[[str], str]
_STAMP = re.compile(r"[0-9T:.-]{10,40}Z?")


class Span(NamedTuple):
    """A piece of a line. What is `quoted` comes from evidence or from a person."""

    text: str
    quoted: bool = False


Spans = tuple[Span, ...]


def quote(value: object) -> Span:
    """Return something quoted, whatever it is."""
    return Span(str(value), True)


def joined(parts: Iterable[Spans], between: str = ", ") -> Spans:
    """Return the parts in one line."""
    found: list[Span] = []
    for part in parts:
        if part:
            found += ([Span(between)] if found else []) + list(part)
    return tuple(found)


def word(say: Say, known: Mapping[str, str], key: str) -> Span:
    """Return the words for a key of a closed list; an unknown one is quoted."""
    return Span(say(known[key])) if key in known else quote(key)


def stamp(say: Say, time: str | None) -> Span:
    """Return a time in RFC 3339; anything else that stands in its place is quoted."""
    return Span(say(N_("time not known"))) if time is None else Span(time) if _STAMP.fullmatch(time) else quote(time)


def basis_of(say: Say, time: Mapping[str, Any]) -> str:
    """Return where a time's zone comes from."""
    if time["basis"] == "unknown" and time["precision"] == "day":
        return say(_DAY if time.get("local") else _IN_WORDS)
    return say(BASIS[time["basis"]])


def time_spans(say: Say, time: Mapping[str, Any] | None) -> Spans:
    """Return a time as written beside UTC, and where its zone comes from."""
    if time is None:
        return (Span(say(N_("time not stated"))),)
    written, basis = quote(time["as_written"]), basis_of(say, time)
    if time.get("utc"):
        return stamp(say, time["utc"]), Span(" ("), written, Span(f", {basis})")
    return written, Span(f" ({basis}"), *_either(say, time), Span(")")


def _either(say: Say, time: Mapping[str, Any]) -> Iterator[Span]:
    for number, candidate in enumerate(time["candidates"]):
        yield Span(f" {say(_OR)} " if number else ": ")
        yield stamp(say, candidate)


def money_spans(say: Say, money: Mapping[str, Any], *, when: bool = True) -> Spans:
    """Return a sum exactly as stated, with everything that may trace it, and when it was asked for or sent unless that is said already."""
    amount = joined(((quote(money[key]),) for key in ("amount", "currency") if money.get(key)), " ") or (Span(say(NO_AMOUNT)),)
    parts = [joined((amount, time_spans(say, money["when"]))) if when else amount]
    parts += [(Span(f"{say(label)} "), quote(money[key])) for key, label in MONEY if money.get(key)]
    if money.get("deadline"):
        parts.append((Span(f"{say(_DEADLINE)} "), *time_spans(say, money["deadline"])))
    return joined(parts, "; ")


_DEADLINE = N_("deadline")
NO_AMOUNT = N_("no amount stated")
_OR = N_("or")
_DAY = N_("a day, no time of day")
_IN_WORDS = N_("in the person's words")
MONEY = (
    ("destination", N_("to")), ("reference", N_("reference")), ("method", N_("by")), ("contact", N_("account")), ("service", N_("on")),
    ("exhibit", N_("see")),
)  # fmt: skip
