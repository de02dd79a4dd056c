"""
The account of a compound file (MS-CFB): every stream that its directory lists stands in a fact of the reader, with its name's place and size.

The directory is walked here with other code than the reader's: sector by sector, by nothing but the table.
"""

from __future__ import annotations

from collections.abc import Callable

from sextortion_cli.model.reading import Fact
from sextortion_cli.readers.noise import NoiseRules
from sextortion_cli.readers.window import Problem, Window

_END = 0xFFFFFFFA
_MOST = 65_536


class CompoundCheck:
    """
    Checks the one message of a compound file.

    Args:
        read_at: Positioned reads.
        size: Size of the file.
        rules: For noise.

    Attributes:
        continuations: There for likeness with text, and stays 0.
    """

    continuations = 0
    unit = 0

    def __init__(self, read_at: Callable[[int, int], bytes], size: int, rules: NoiseRules) -> None:
        self._read_at = read_at
        self._size = size
        self._rules = rules
        self._named: dict[str, str] = {}

    def note(self, fact: Fact) -> None:
        """Take a fact laid over the message; it comes before its message."""
        if fact.kind == "mail-streams":
            self._named |= fact.values

    def check(self, window: Window) -> list[Problem]:
        """Return what is wrong with the ranges of `window`."""
        found: list[Problem] = []
        for start, end, code in window.ranges():
            if code is None:
                found += self.range(start, end)
            elif code and not self._rules.is_free(code) and not self._rules.accept(code, window.bytes_of(start, end)):
                found.append(Problem(start, end, "undeclared-noise"))
        return found

    def range(self, start: int, end: int) -> list[Problem]:
        """Return what is wrong with the message, which must be the whole file."""
        if (start, end) != (0, self._size):
            return [Problem(start, end, "no-separator")]
        listed = self._listed()
        sizes = {number: text.rpartition("; ")[2].partition(" ")[0] for number, text in self._named.items()}
        named = {number: int(size) if size.isdecimal() else -1 for number, size in sizes.items()}
        return [] if listed == named else [Problem(start, end, "hidden-in-mail")]

    def _number(self, at: int, width: int = 4) -> int:
        return int.from_bytes(self._read_at(at, width), "little")

    def _listed(self) -> dict[str, int]:
        """Return the size of every stream by its number in the directory."""
        sector = 1 << min(12, self._number(30, 2))
        place, number, steps = self._number(48), 0, 0
        found: dict[str, int] = {}
        while place < _END and number < _MOST and (place + 1) * sector < self._size and steps <= self._size // sector:
            data = self._read_at((place + 1) * sector, sector)
            for at in range(0, len(data) - 127, 128):
                if data[at + 66] == 2:
                    found[str(number)] = int.from_bytes(data[at + 120 : at + (124 if sector == 512 else 128)], "little")
                number += 1
            place, steps = self._next(place, sector), steps + 1
        return found

    def _next(self, place: int, sector: int) -> int:
        """Return the sector after `place`, from the table, whose own sectors the header and its continuation list."""
        each = sector // 4
        which, rest = divmod(place, each)
        if which < 109:
            table = self._number(76 + 4 * which)
        else:
            lister, hops = self._number(68), (which - 109) // (each - 1)
            for _ in range(min(hops, self._size // sector)):
                lister = self._number((lister + 1) * sector + sector - 4)
            table = self._number((lister + 1) * sector + 4 * ((which - 109) % (each - 1)))
        return self._number((table + 1) * sector + 4 * rest) if (table + 1) * sector < self._size else _END
