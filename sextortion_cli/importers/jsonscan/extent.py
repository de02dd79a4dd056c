"""Where a JSON value ends, found without building it: by brackets and quotes alone, so that illegal tokens inside do not matter."""

from __future__ import annotations

import re

from sextortion_cli.importers.jsonscan.window import EOF, Window

_QUOTE, _BACKSLASH = 0x22, 0x5C
_OPENING = frozenset(b"{[")
# Each pattern is one character class with at most one unbounded repeat: linear on any input.
_STRUCTURE = re.compile(rb'["{}\[\]]')
_STRING_STOP = re.compile(rb'["\\]')
_SCALAR_STOP = re.compile(rb"[,\]}\r\n]")


def string_end(window: Window, start: int, limit: int) -> int | None:
    """Return the place after the closing quote of the string at `start`, or None when it does not close before `limit`."""
    place = start + 1
    while place < limit and window.at(place) != EOF:
        found = _STRING_STOP.search(window.data, place - window.base)
        if found is None:
            place = window.base + len(window.data)
        elif window.data[found.start()] == _QUOTE:
            return window.base + found.end()
        else:
            place = window.base + found.end() + 1
    return None


def value_end(window: Window, start: int, limit: int | None = None) -> int | None:
    """
    Return the place after the value that begins at `start` (not white space), or None when it does not end before `limit`.

    Brackets are counted, not matched by kind, to any depth: whether the value is legal JSON is for `tree.parse` to say.
    """
    stop = window.source.size if limit is None else min(limit, window.source.size)
    first = window.at(start)
    if first == _QUOTE:
        return string_end(window, start, stop)
    if first in _OPENING:
        return _bracket_end(window, start, stop)
    return _scalar_end(window, start, stop)


def _bracket_end(window: Window, start: int, stop: int) -> int | None:
    depth = 0
    place = start
    while place < stop and window.at(place) != EOF:
        found = _STRUCTURE.search(window.data, place - window.base)
        if found is None:
            place = window.base + len(window.data)
            continue
        byte = window.data[found.start()]
        place = window.base + found.end()
        if byte == _QUOTE:
            after = string_end(window, place - 1, stop)
            if after is None:
                return None
            place = after
        elif byte in _OPENING:
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                return place
    return None


def _scalar_end(window: Window, start: int, stop: int) -> int | None:
    place = start
    while place < stop and window.at(place) != EOF:
        found = _SCALAR_STOP.search(window.data, place - window.base)
        if found is not None:
            end = window.base + found.start()
            return start + len(window.slice(start, end).rstrip(b" \t")) if end - start <= window.size else end
        place = window.base + len(window.data)
    return None
