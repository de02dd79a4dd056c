"""
Text as a finder of numbers reads it: one kind of space, dash and digit, without invisible characters.

People (and the programs they copy from) write numbers with non-breaking and thin spaces, typographic dashes, full-width digits, soft hyphens
and zero-width characters. A finder looks at the folded text and gives the place in the passage: the raw characters stay as they are.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

from sextortion_cli.model.identifier import Hit

HIDDEN = r"\x{ad}\x{34f}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{fe00}-\x{fe0f}\x{feff}"
"""For a class of an RE2 pattern over text that is not folded (a `trigger`): the characters that folding drops."""
ODD = HIDDEN + r"\x{660}-\x{669}\x{6f0}-\x{6f9}\x{966}-\x{96f}\x{9e6}-\x{9ef}\x{ff10}-\x{ff5a}\x{1d7ce}-\x{1d7ff}"
"""The same with those that folding turns into letters and digits."""
LONG = rf"[{ODD}0-9a-z_+/-]{{14}}"
"""What stands in every text with an address or a transaction of a cryptocurrency: the `hint` of their finders."""
BEGUN = r"(?:\b|_|%[0-9a-z]{2})"
"""For a `trigger`: before the first ASCII sign of a run of letters and digits that no other touches, also behind an escape like ``%3A``."""
SPACES = r" \t\r\n\x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}"
"""The same for white space; `DASHES` for dashes, `DIGIT` and `LETTER` for one digit or Latin letter, as they may be written."""
DASHES = r"\-\x{2010}-\x{2015}\x{2212}\x{fe58}\x{fe63}\x{ff0d}"
DIGIT = r"\p{Nd}"
LETTER = r"a-z\x{ff41}-\x{ff5a}"


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for first, last in (
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
        (0x2060, 0x2064), (0x2066, 0x2069), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    ):  # fmt: skip
        table.update(dict.fromkeys(range(first, last + 1)))
    table.update((code, chr(code - 0xFEE0)) for code in range(0xFF01, 0xFF5F))
    table.update(dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "))
    table.update(dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63), "-"))
    table.update(dict.fromkeys((0x2044, 0x2215), "/"))
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"))  # half of a character: RE2 takes none
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6):  # Arabic, Persian, Indian, mathematical digits
        table.update((zero + digit, str(digit)) for digit in range(10))
    return table


_TABLE = _table()
_DROPPED = frozenset(chr(code) for code, written in _TABLE.items() if written is None)


class Folded(NamedTuple):
    """A passage, its folded `text`, and where each character of that stands in the passage (None: at the same place)."""

    passage: str
    text: str
    places: Sequence[int] | None

    def hit(self, start: int, end: int, **said: Any) -> Hit:
        """Return the hit for ``text[start:end]``, which is not empty, with the place and the raw characters of the passage; `said` is the rest."""
        if self.places is not None:
            start, end = self.places[start], self.places[end - 1] + 1
        return Hit(raw=self.passage[start:end], start=start, end=end, **said)


@functools.lru_cache(maxsize=4)
def fold(passage: str) -> Folded:
    """Fold a passage; one of ASCII is given back as it is. Several finders look at the same passage in turn, so the last few are kept."""
    if passage.isascii():
        return Folded(passage, passage, None)
    text = passage.translate(_TABLE)
    if len(text) == len(passage):
        return Folded(passage, text, None)
    return Folded(passage, text, [place for place, character in enumerate(passage) if character not in _DROPPED])
