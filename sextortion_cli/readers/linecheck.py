"""The account of a text: messages begin at a line start, their further lines are counted, and noise holds nothing that is one."""

from __future__ import annotations

import re

from sextortion_cli.readers.noise import NoiseRules
from sextortion_cli.readers.window import Problem, Window

_BOM = b"\xef\xbb\xbf"
_WIDE = {b"\xff\xfe": ("utf-16-le", b"\n\0"), b"\xfe\xff": ("utf-16-be", b"\0\n")}


class LineCheck:
    """
    Checks windows of a text file (UTF-8 or any encoding that keeps ASCII; UTF-16 with a byte-order mark).

    Args:
        head: The first bytes of the object.
        rules: For noise; they see UTF-8.
        opening: Matches at the start of a line that opens a message; such a line inside a message means two were merged.

    Attributes:
        continuations: Lines of messages after their first, so far.
    """

    def __init__(self, head: bytes, rules: NoiseRules, opening: re.Pattern[bytes] | None) -> None:
        self._rules = rules
        self._opening = opening
        self._codec, self._newline = _WIDE.get(head[:2], ("", b"\n"))
        self._text_start = 2 if self._codec else 3 if head[:3] == _BOM else 0
        self.continuations = 0

    @property
    def unit(self) -> int:
        """Return the bytes before a range that are needed to see whether it begins a line."""
        return len(self._newline)

    def check(self, window: Window) -> list[Problem]:
        """Return what is wrong with the ranges of `window`."""
        if not self._codec and (self._opening is None) and set(window.codes) == {None} and self._all_lines(window):
            return []
        problems = []
        for start, end, code in window.ranges():
            if code is None:
                problems += self._message(window, start, end)
            elif code and not self._rules.is_free(code) and not self._rules.accept(code, self._utf8(window.bytes_of(start, end))):
                problems.append(Problem(start, end, "undeclared-noise"))
        return problems

    def _all_lines(self, window: Window) -> bool:
        """Prove and count a window of nothing but messages at once; say whether that could be done."""
        block, origin = window.block, window.origin
        first, last = window.base - origin, window.ends[-1] - origin
        ends = bytes(map(block.__getitem__, [end - origin - 1 for end in window.ends]))
        if ends.count(b"\n", 0, -1) != len(ends) - 1 or not (window.base <= self._text_start or block[first - 1] == 0x0A):
            return False
        self.continuations += block.count(b"\n", first, last) - ends.count(b"\n")
        return True

    def _message(self, window: Window, start: int, end: int) -> list[Problem]:
        block, at, unit = window.block, start - window.origin, len(self._newline)
        further = (
            self._utf8(block[at : end - unit - window.origin]).count(b"\n")
            if self._codec
            else block.count(b"\n", at, end - 1 - window.origin)
        )
        self.continuations += further
        if start > self._text_start and block[at - unit : at] != self._newline:
            return [Problem(start, end, "not-a-line-start")]
        if further and self._opening is not None and self._opens_again(self._utf8(window.bytes_of(start, end))):
            return [Problem(start, end, "merged-messages")]
        return []

    def _opens_again(self, data: bytes) -> bool:
        assert self._opening is not None
        at = data.find(b"\n") + 1
        while 0 < at < len(data):
            if self._opening.match(data, at):
                return True
            at = data.find(b"\n", at) + 1
        return False

    def _utf8(self, data: bytes) -> bytes:
        return data.decode(self._codec, "replace").encode() if self._codec else data
