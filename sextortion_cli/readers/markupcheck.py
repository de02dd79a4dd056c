"""
The account of an HTML or XML file: a message begins at a tag, holds one opening of a message, and noise shows nothing to a reader.

It knows no element of any format: what opens a message and what else may be left out is declared by the importer, and the bytes are
looked at here, by other code than the reader's.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from sextortion_cli.readers.noise import NoiseRules
from sextortion_cli.readers.window import Problem, Window

_TAG_START = re.compile(rb"<[A-Za-z_]")


class MarkupCheck:
    """
    Checks windows of an HTML or XML file (UTF-8 or any encoding that keeps ASCII). `continuations` stays 0, as in JSON.

    Args:
        rules: For noise.
        opening: Matches the opening tag of a message at its ``<``; every one must be the beginning of a message, unless noise of
            a code with a rule of its own, a fact or a defect holds it. Without it a message need only begin at any tag, and two that
            were merged are not found.
    """

    continuations = 0
    unit = 0

    def __init__(self, rules: NoiseRules, opening: re.Pattern[bytes] | None) -> None:
        self._rules = rules
        self._opening = opening

    def check(self, window: Window) -> list[Problem]:
        """Return what is wrong with the ranges of `window`."""
        opened = self._openings(window)
        problems = []
        for start, end, code in window.ranges():
            if code is None:
                first = bisect_left(opened, start)
                problems += self._message(window, start, end, opened[first : first + 2])
            elif code and not self._is_noise(window, start, end, code, opened):
                problems.append(Problem(start, end, "undeclared-noise"))
        return problems

    def _openings(self, window: Window) -> list[int]:
        """Return where messages open in `window`, found in one pass."""
        if self._opening is None:
            return []
        return [match.start() + window.origin for match in self._opening.finditer(window.block, window.base - window.origin)]

    def _message(self, window: Window, start: int, end: int, opened: list[int]) -> list[Problem]:
        """Check one message; `opened` are the first openings of messages at its start or after it."""
        if self._opening is None:
            return [] if _TAG_START.match(window.block, start - window.origin) else [Problem(start, end, "not-an-opening-tag")]
        if not opened or opened[0] != start:
            return [Problem(start, end, "not-an-opening-tag")]
        return [Problem(start, end, "merged-messages")] if len(opened) > 1 and opened[1] < end else []

    def _is_noise(self, window: Window, start: int, end: int, code: str, opened: list[int]) -> bool:
        if self._rules.is_free(code):
            return True
        if not self._rules.is_declared(code):
            first = bisect_left(opened, start)
            if first < len(opened) and opened[first] < end:
                return False
        return self._rules.accept(code, window.bytes_of(start, end))
