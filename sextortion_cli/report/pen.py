"""The small pieces every section of the Markdown report is made of: headings, labelled lines, times, sums. Quotes only inside code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sextortion_cli.gates.markdown import code
from sextortion_cli.report.span import Span, money_spans, stamp, time_spans
from sextortion_cli.report.wording import STATUS
from sextortion_cli.words import N_

_NOT_STATED = N_("not stated")
Streams = Mapping[str, Callable[[], Iterator[dict[str, Any]]]]


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

    def status(self, key: str) -> str:
        """Return what kind of evidence a line is."""
        return self.word(STATUS, key)

    def spans(self, spans: Iterable[Span]) -> str:
        """Return pieces of a line, quotes inside code."""
        return "".join([code(text) if quoted else text for text, quoted in spans])

    def stamp(self, time: str | None) -> str:
        """Return a time in RFC 3339; anything else that stands in its place is quoted."""
        return self.spans((stamp(self.say, time),))

    def time(self, time: Mapping[str, Any] | None) -> str:
        """Return a time as written beside UTC, and where its zone comes from."""
        return self.spans(time_spans(self.say, time))

    def money(self, money: Mapping[str, Any], *, when: bool = True) -> str:
        """Return a sum exactly as stated, with everything that may trace it, and when it was asked for or sent unless that is said already."""
        return self.spans(money_spans(self.say, money, when=when))
