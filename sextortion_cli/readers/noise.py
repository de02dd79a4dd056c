"""What bytes declared noise may hold: a rule per code, checked by other code than the reader that declared them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

NoiseRule = re.Pattern[bytes] | Callable[[bytes], bool] | None
"""
What the bytes of one noise code must satisfy: a pattern that matches all of them (bounded or possessive: it runs over evidence), a
function that says yes, or None where anything may be left out (only for what a person chose not to read).
"""

#: Blank lines, byte-order marks, direction marks and other characters that show nothing.
BLANK = re.compile(rb"(?:[\s\0]|\xc2\xa0|\xef\xbb\xbf|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0\xa6-\xa9])*+")
#: What holds JSON values together: white space, brackets, commas, and keys with their colons. No values.
STRUCTURE = re.compile(rb'(?:[\s,:\[\]{}]++|\xef\xbb\xbf|"(?:[^"\\]++|\\.)*+"\s*+:)*+', re.DOTALL)
#: What holds elements together: tags, comments, declarations and what shows nothing. No text, and nothing in ``style`` or ``script``.
#: Every repeat is possessive and its parts begin differently, so a stretch is read once, whatever it holds.
MARKUP = re.compile(
    rb"(?:[\s\0]++|\xc2\xa0|\xef\xbb\xbf|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0\xa6-\xa9]|&(?:nbsp|#160|#[xX][aA]0);"
    rb"|<!--(?:[^-]++|-(?!->))*+-->"
    rb"|<(?:[!?/]?)[A-Za-z_](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>)*+"
)
#: For files in which every code has its own rule.
NOTHING = re.compile(rb"(?!)")
#: Left out because the person asked for other conversations or days (`ReadOptions`).
NOT_SELECTED = "not-selected"
_SHORT = 64
_REMEMBERED = 512


class NoiseRules:
    """
    Decides whether noise is what its code says.

    Args:
        declared: Rule per code. A code without a rule gets `otherwise`: unknown is never allowed more than the least.
        otherwise: The rule for every other code.
        selecting: Whether the person chose a part, so that ``not-selected`` may hold anything.
    """

    def __init__(self, declared: Mapping[str, NoiseRule], otherwise: re.Pattern[bytes], selecting: bool) -> None:
        self._declared: dict[str, NoiseRule] = {**({NOT_SELECTED: None} if selecting else {}), **declared}
        self._otherwise = otherwise
        self._seen: set[tuple[str, bytes]] = set()

    def is_free(self, code: str) -> bool:
        """Say whether `code` may hold anything."""
        return self._declared.get(code, self._otherwise) is None

    def is_declared(self, code: str) -> bool:
        """Say whether `code` has a rule of its own."""
        return code in self._declared

    def accept(self, code: str, data: bytes) -> bool:
        """Say whether `data` may be noise of this code. Short stretches that were right once are remembered: they come by the million."""
        key = (code, data)
        if key in self._seen:
            return True
        rule = self._declared.get(code, self._otherwise)
        right = rule.fullmatch(data) is not None if isinstance(rule, re.Pattern) else rule is None or rule(data)
        if right and len(data) <= _SHORT and len(self._seen) < _REMEMBERED:
            self._seen.add(key)
        return right
