"""
The account of a JSON file: every message is exactly one object, and between them is nothing but what holds values together.

The fast way proves a whole run at once: its bytes, put in brackets, must decode as an array of as many values as there are messages,
each as long as its message. Where that fails (illegal JSON, a lone surrogate, or a reader that is wrong) the run is halved until the
careful way looks at single ranges.
"""

from __future__ import annotations

import re

import msgspec

from sextortion_cli.readers.noise import NoiseRules
from sextortion_cli.readers.window import Problem, Window

STRUCTURE_CODE = "json-structure"
_VALUES: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(list[msgspec.Raw])
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]"]', re.DOTALL)
_CLOSES = {b"}": b"{", b"]": b"["}
_DEEPEST = 10_000

Range = tuple[int, int, str | None]


class ValueCheck:
    """Checks windows of a JSON file. `continuations` is there for likeness with text, and stays 0."""

    continuations = 0
    unit = 0

    def __init__(self, rules: NoiseRules) -> None:
        self._rules = rules

    def check(self, window: Window) -> list[Problem]:
        """Return what is wrong with the ranges of `window`."""
        problems: list[Problem] = []
        run: list[Range] = []
        for item in window.ranges():
            if item[2] is None or item[2] == STRUCTURE_CODE:
                run.append(item)
                continue
            problems += self._run(window, run)
            run = []
            problems += self._single(window, item)
        return problems + self._run(window, run)

    def _run(self, window: Window, run: list[Range]) -> list[Problem]:
        if len(run) <= 1:
            return [problem for item in run for problem in self._single(window, item)]
        if run[0][2] is not None:
            return self._single(window, run[0]) + self._run_between(window, run[1:])
        return self._run_between(window, run)

    def _run_between(self, window: Window, run: list[Range]) -> list[Problem]:
        last = len(run) - 1
        while last >= 0 and run[last][2] is not None:
            last -= 1
        tail = [problem for item in run[last + 1 :] for problem in self._single(window, item)]
        run = run[: last + 1]
        if len(run) > 1 and (run[0][2] is not None or not _is_array(window, run)):
            half = len(run) // 2
            return self._run(window, run[:half]) + self._run(window, run[half:]) + tail
        return (self._single(window, run[0]) if len(run) == 1 else []) + tail

    def _single(self, window: Window, item: Range) -> list[Problem]:
        start, end, code = item
        if code is None:
            return [] if is_one_object(window.bytes_of(start, end)) else [Problem(start, end, "not-one-object")]
        if not code or self._rules.is_free(code) or self._rules.accept(code, window.bytes_of(start, end)):
            return []
        return [Problem(start, end, "undeclared-noise")]


def _is_array(window: Window, run: list[Range]) -> bool:
    """Say whether the run is messages with commas between them: as many objects, each as long, in the same places."""
    try:
        values = _VALUES.decode(b"[" + window.bytes_of(run[0][0], run[-1][1]) + b"]")
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
    lengths = [end - start for start, end, code in run if code is None]
    block, origin = window.block, window.origin
    return list(map(len, values)) == lengths and all(
        block[start - origin] == 0x7B and block[end - 1 - origin] == 0x7D for start, end, code in run if code is None
    )


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
