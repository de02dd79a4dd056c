"""What every sheet has: the case, its streams, and the words of one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextortion_cli.report.pen import Streams
from sextortion_cli.report.span import Say, Span, Spans, quote, word
from sextortion_cli.report.wording import STATUS
from sextortion_cli.words import N_

NONE = N_("None.")
NOTHING_STATED = N_("Nothing was stated.")
_LONGEST = 600
_WHERE = {"line": N_("line"), "bytes": N_("bytes"), "rows": N_("rows")}


class Sheet:
    """The part of a page that one file makes."""

    def __init__(self, head: Mapping[str, Any], streams: Streams, say: Say) -> None:
        self.head = head
        self.streams = streams
        self.say = say

    def said(self, text: str) -> Spans:
        """Return our words as a line."""
        return (Span(self.say(text)),)

    def heads(self, *texts: str) -> list[str]:
        """Return the heads of a table."""
        return [self.say(text) for text in texts]

    def status(self, key: str) -> Span:
        """Return what kind of evidence a line is."""
        return word(self.say, STATUS, key)

    def where(self, locator: Mapping[str, Any] | None) -> Spans:
        """Return where in a file something stands."""
        if locator is None:
            return ()
        if locator.get("line") is not None:
            return (Span(f"{self.say(_WHERE['line'])} {locator['line']}"),)
        if locator.get("pointer") is not None:
            return (cut(locator["pointer"]),)
        unit = "bytes" if locator.get("bytes") else "rows"
        stretch = locator.get(unit)
        return (Span(f"{self.say(_WHERE[unit])} {stretch[0]}-{stretch[1]}"),) if stretch else ()


def cut(text: object, longest: int = _LONGEST) -> Span:
    """Return something quoted, its beginning where it is long."""
    whole = str(text)
    return quote(whole if len(whole) <= longest else whole[:longest] + "…")
