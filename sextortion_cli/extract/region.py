"""A stretch of a window of text that holds something written into it, and the patterns that find such stretches."""

from __future__ import annotations

from typing import Any, NamedTuple

import re2


class Region(NamedTuple):
    """A half-open range of the window; `until` is the set of characters that end it when it runs past the window."""

    start: int
    end: int
    until: bytes = b""


def compiled(pattern: bytes) -> Any:
    """Return a pattern over bytes whose time is linear in the input (decision 0009)."""
    options = re2.Options()
    options.log_errors = False
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = 64 << 20
    return re2.compile(pattern, options)
