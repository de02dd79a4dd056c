"""Where a text names something, for looking back and ahead from many places in time linear in the text."""

from __future__ import annotations

import bisect
from typing import Any


class Named:
    """The places of a pattern in one text."""

    def __init__(self, text: str, pattern: Any) -> None:
        self.text = text
        self.places = [(found.start(), found.end()) for found in pattern.finditer(text)]

    def before(self, start: int, far: int) -> tuple[str, str] | None:
        """Return what is named last in the `far` characters before `start`, and what stands between; None where nothing is."""
        at = bisect.bisect_left(self.places, (start, start)) - 1
        if at < 0 or self.places[at][0] < start - far:
            return None
        begin, end = self.places[at]
        return self.text[begin:end], self.text[end:start]

    def after(self, end: int, far: int) -> str | None:
        """Return what is named first in the `far` characters after `end`, or None."""
        at = bisect.bisect_left(self.places, (end, end))
        if at == len(self.places) or self.places[at][1] > end + far:
            return None
        return self.text[slice(*self.places[at])]
