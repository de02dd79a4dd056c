"""
The account of a JSON file: every message is exactly one object, and between them is nothing but what holds values together.

The fast way proves a whole run at once: its bytes, put in brackets, must decode as an array of as many values as there are messages,
each as long as its message. Where that fails (illegal JSON, a lone surrogate, or a reader that is wrong) the run is halved until the
careful way looks at single ranges.
"""

from __future__ import annotations

import re
from operator import sub

import msgspec

from sextortion_cli.readers.noise import NoiseRules
from sextortion_cli.readers.window import SEPARATOR, Problem, Window

_SEPARATOR = re.compile(rb"[ \t\r\n]*+,?[ \t\r\n]*+")
_VALUES: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(list[msgspec.Raw])
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]"]', re.DOTALL)
_CLOSES = {b"}": b"{", b"]": b"["}
_DEEPEST = 10_000


class ValueCheck:
    """Checks windows of a JSON file. `continuations` is there for likeness with text, and stays 0."""

    continuations = 0
    unit = 0

    def __init__(self, rules: NoiseRules) -> None:
        self._rules = rules

    def check(self, window: Window) -> list[Problem]:
        """Return what is wrong with the ranges of `window`."""
        starts, codes = [window.base, *window.ends[:-1]], window.codes
        if set(codes) <= {None, SEPARATOR}:
            return self._run(window, starts, 0, len(codes))
        problems: list[Problem] = []
        first = 0
        for place, code in enumerate(codes):
            if code is not None and code != SEPARATOR:
                problems += self._run(window, starts, first, place)
                problems += self._single(window, starts, place)
                first = place + 1
        return problems + self._run(window, starts, first, len(codes))

    def _run(self, window: Window, starts: list[int], first: int, stop: int) -> list[Problem]:
        """Check the ranges from `first` up to `stop`, which are messages and what separates them."""
        problems: list[Problem] = []
        while first < stop and window.codes[first] is not None:
            problems += self._single(window, starts, first)
            first += 1
        while first < stop and window.codes[stop - 1] is not None:
            stop -= 1
            problems += self._single(window, starts, stop)
        if stop - first == 1:
            problems += self._single(window, starts, first)
        elif first < stop and not _is_array(window, starts, first, stop):
            half = (first + stop) // 2
            problems += self._run(window, starts, first, half) + self._run(window, starts, half, stop)
        return problems

    def _single(self, window: Window, starts: list[int], place: int) -> list[Problem]:
        start, end, code = starts[place], window.ends[place], window.codes[place]
        if code is None:
            return [] if is_one_object(window.bytes_of(start, end)) else [Problem(start, end, "not-one-object")]
        if code == SEPARATOR:
            return [] if _SEPARATOR.fullmatch(window.bytes_of(start, end)) else [Problem(start, end, "unaccounted-bytes")]
        if not code or self._rules.is_free(code) or self._rules.accept(code, window.bytes_of(start, end)):
            return []
        return [Problem(start, end, "undeclared-noise")]


def _is_array(window: Window, starts: list[int], first: int, stop: int) -> bool:
    """Say whether the ranges are messages with commas between them: as many values, each as long, each in its brackets."""
    try:
        values = _VALUES.decode(b"[" + window.bytes_of(starts[first], window.ends[stop - 1]) + b"]")
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
    begin, end, codes = starts[first:stop], window.ends[first:stop], window.codes[first:stop]
    if codes[::2].count(None) == len(values) and codes.count(None) == len(values):  # a comma after each message, as most files have it
        begin, end = begin[::2], end[::2]
    else:
        begin, end = ([place for place, code in zip(side, codes, strict=True) if code is None] for side in (begin, end))
    if list(map(len, values)) != list(map(sub, end, begin)):
        return False
    at, origin = window.block.__getitem__, window.origin
    opened, closed = bytes(map(at, [place - origin for place in begin])), bytes(map(at, [place - origin - 1 for place in end]))
    return opened.count(b"{") == len(begin) and closed.count(b"}") == len(end)


def is_one_object(data: bytes) -> bool:
    """
    Say whether `data` is exactly one JSON object by its brackets and strings, whatever else is wrong with it.

    Tolerates what exports really hold: escapes JSON does not know, control characters, bare words, lone surrogates.
    """
    if data[:1] != b"{" or data[-1:] != b"}":
        return False
    open_: list[bytes] = []
    for match in _TOKEN.finditer(data):
        token = match.group()
        if token in (b"{", b"["):
            open_.append(token)
            if len(open_) > _DEEPEST:
                return False
        elif token in _CLOSES:
            if not open_ or open_.pop() != _CLOSES[token]:
                return False
            if not open_:
                return match.end() == len(data)
        elif token == b'"':
            return False  # a string that does not end
    return False
