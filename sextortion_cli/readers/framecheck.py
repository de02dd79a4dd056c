"""
The account of a file of network packets: what is left out consists of whole packets, each of which is what its code says.

It walks the lengths before each packet itself: pcap (16 bytes before each) and pcapng (blocks with their length at both ends).
"""

from __future__ import annotations

from typing import Literal

from sextortion_cli.readers.noise import NoiseRules
from sextortion_cli.readers.window import Problem, Window

_SECTION = b"\n\r\r\n"
_BIG = (b"\xa1\xb2\xc3\xd4", b"\xa1\xb2\x3c\x4d")
_ORDERS: dict[bytes, Literal["little", "big"]] = {b"\x4d\x3c\x2b\x1a": "little", b"\x1a\x2b\x3c\x4d": "big"}
_BEFORE = {6: 28, 2: 28, 3: 12}  # type of a block with a packet: bytes before the packet


class FrameCheck:
    """
    Checks windows of a file of packets.

    Args:
        head: The first bytes of the object.
        rules: For noise: they see each packet from its link header on, and each block without a packet whole.

    Attributes:
        frames: Packets found in what is left out, so far.
    """

    continuations = 0
    unit = 0

    def __init__(self, head: bytes, rules: NoiseRules) -> None:
        self._rules = rules
        self._is_blocks = head[:4] == _SECTION
        self._order: Literal["little", "big"] = "big" if head[:4] in _BIG else "little"
        self.frames = 0

    def check(self, window: Window) -> list[Problem]:
        """Return what is wrong with the ranges of `window`."""
        problems = []
        for start, end, code in window.ranges():
            if code:
                problem = self._left_out(window, start, end, code)
                if problem is not None:
                    problems.append(problem)
            elif code is None:
                problems.append(Problem(start, end, "not-whole-frames"))  # a capture holds no messages
            else:
                self._learn(window.bytes_of(start, min(end, start + 12)))
        return problems

    def _learn(self, head: bytes) -> None:
        if self._is_blocks and head[:4] == _SECTION and head[8:] in _ORDERS:
            self._order = _ORDERS[head[8:]]

    def _left_out(self, window: Window, start: int, end: int, code: str) -> Problem | None:
        data, at = window.bytes_of(start, end), 0
        while at < len(data):
            found = self._block(data, at) if self._is_blocks else self._record(data, at)
            if found is None:
                return Problem(start, end, "not-whole-frames")
            after, packet = found
            if not self._rules.is_free(code) and not self._rules.accept(code, packet):
                return Problem(start, end, "undeclared-noise")
            at = after
        return None

    def _number(self, data: bytes, at: int, size: int = 4) -> int:
        return int.from_bytes(data[at : at + size], self._order)

    def _record(self, data: bytes, at: int) -> tuple[int, bytes] | None:
        """Return where the pcap record at `at` ends, and its packet."""
        after = at + 16 + self._number(data, at + 8)
        if at + 16 > len(data) or after > len(data):
            return None
        self.frames += 1
        return after, data[at + 16 : after]

    def _block(self, data: bytes, at: int) -> tuple[int, bytes] | None:
        """Return where the pcapng block at `at` ends, and its packet, or the block itself when it has none."""
        length = self._number(data, at + 4)
        after = at + length
        if length < 12 or after > len(data) or data[after - 4 : after] != data[at + 4 : at + 8]:
            return None
        before = _BEFORE.get(self._number(data, at))
        if before is None:
            return after, data[at:after]
        self.frames += 1
        if before == 12:
            return after, data[at + 12 : after - 4]
        return after, data[at + before : min(at + before + self._number(data, at + 20), after - 4)]
