"""
Files in the pcapng format: sections of blocks, each with its length before and behind it.

References: draft-ietf-opsawg-pcapng.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from sextortion_cli.importers.capture.frame import LARGEST_PACKET, SEEN_BYTES, Broken, Direction, Extra, Frame, Header, Part
from sextortion_cli.importers.capture.window import Window

MAGIC: Final = b"\x0a\x0d\x0d\x0a"
_ORDERS: Final = {b"\x4d\x3c\x2b\x1a": "<", b"\x1a\x2b\x3c\x4d": ">"}
_SECTION: Final = 0x0A0D0D0A
_INTERFACE, _OLD_PACKET, _SIMPLE, _ENHANCED = 1, 2, 3, 6
EXTRA: Final = frozenset({4, 5, 7, 8, 9, 10, 0x0BAD, 0x40000BAD, 0x80000001})
"""Blocks that hold no packets: names, statistics, interface-independent notes, journals, keys, and those of one program alone."""
_TIME_UNIT, _TIME_SHIFT, _FLAGS = 9, 14, 2
_SHORTEST: Final = 12
_LARGEST: Final = LARGEST_PACKET + (1 << 20)
_OPTIONS_BYTES: Final = 64 << 10
_MOST_INTERFACES: Final = 4096
_SECOND: Final = 1_000_000_000


class Interface(msgspec.Struct, frozen=True):
    """How the packets of one interface are to be read: link type, ticks of a second, seconds to add, bytes kept of a packet."""

    link: int
    ticks: int = 1_000_000
    shift: int = 0
    longest: int = 0

    def time(self, ticks: int) -> int:
        """Return nanoseconds since 1970."""
        return ticks * _SECOND // self.ticks + self.shift * _SECOND


class Sections:
    """
    Walks one pcapng file.

    Args:
        window: The object; it begins with `MAGIC`.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._order = "<"
        self._interfaces: list[Interface] = []
        self._number = 0

    def parts(self) -> Iterator[Part]:
        """Yield headers, packets and other blocks in order; after damage, go on at the next block that can be believed."""
        window, at = self._window, 0
        while at < window.size:
            head = window.slice(at, _SHORTEST)
            if head[:4] == MAGIC:  # its byte order holds even where its length is damaged
                self._order = _ORDERS.get(head[8:12], self._order)
            end = self._end(at)
            if end is None:
                found = self._next(at + 1)
                cut = found is None and self._looks_cut(at)
                yield Broken(at, window.size if found is None else found, "truncated" if cut else "damaged-record")
                if found is None:
                    return
                at = found
                continue
            yield self._part(at, end)
            at = end

    def _end(self, at: int) -> int | None:
        """Return where the block at `at` ends: where its length, written twice, says; None when it cannot be a block."""
        window = self._window
        head = window.peek(at, _SHORTEST)
        if len(head) < _SHORTEST:
            return None
        order = self._order
        if head[:4] == MAGIC:
            order = _ORDERS.get(head[8:12], "")
            if not order:
                return None
        length: int = struct.unpack(order + "I", head[4:8])[0]
        end = at + length
        if not _SHORTEST <= length <= _LARGEST or end > window.size or window.peek(end - 4, 4) != head[4:8]:
            return None
        return end

    def _looks_cut(self, at: int) -> bool:
        head = self._window.peek(at, 8)
        if len(head) < 8:
            return True
        kind, length = struct.unpack(self._order + "II", head)
        known = kind in EXTRA or kind in (_SECTION, _INTERFACE, _OLD_PACKET, _SIMPLE, _ENHANCED)
        return known and _SHORTEST <= length <= _LARGEST and at + length > self._window.size

    def _next(self, at: int) -> int | None:
        """Return where the next section or packet block begins whose two lengths agree."""
        marks = (MAGIC, *(struct.pack(self._order + "I", kind) for kind in (_INTERFACE, _ENHANCED, _SIMPLE)))
        likely = re.compile(b"(?=" + b"|".join(map(re.escape, marks)) + b")")
        return next((place for place in self._window.places(at, likely, 4) if self._end(place) is not None), None)

    def _part(self, at: int, end: int) -> Part:
        head = self._window.slice(at, min(end - at, 28))
        if head[:4] == MAGIC:
            return self._section(at, end, head)
        kind = struct.unpack(self._order + "I", head[:4])[0]
        if kind == _INTERFACE and end - at >= 20:
            return self._interface(at, end, head)
        if kind in (_ENHANCED, _OLD_PACKET) and end - at >= 32:
            return self._packet(at, end, head, kind)
        if kind == _SIMPLE and end - at >= 16:
            return self._simple(at, end, head)
        if kind in EXTRA:
            return Extra(at, end)
        known = kind in (_INTERFACE, _ENHANCED, _OLD_PACKET, _SIMPLE)
        return Broken(at, end, "damaged-record" if known else "unknown-block")

    def _section(self, at: int, end: int, head: bytes) -> Part:
        if end - at < 28:
            return Broken(at, end, "damaged-record")
        self._interfaces = []
        major, minor = struct.unpack(self._order + "HH", head[12:16])
        order = "little-endian" if self._order == "<" else "big-endian"
        return Header(at, end, "capture", {"format": "pcapng", "version": f"{major}.{minor}", "byte_order": order})

    def _interface(self, at: int, end: int, head: bytes) -> Part:
        link, _, longest = struct.unpack(self._order + "HHI", head[8:16])
        ticks, shift = 1_000_000, 0
        for code, value in self._options(at + 16, end - 4):
            if code == _TIME_UNIT and len(value) >= 1:
                ticks = 2 ** (value[0] & 0x7F) if value[0] & 0x80 else 10 ** value[0]
            elif code == _TIME_SHIFT and len(value) == 8:
                shift = struct.unpack(self._order + "q", value)[0]
        if len(self._interfaces) >= _MOST_INTERFACES:
            return Broken(at, end, "too-many-interfaces")
        number = len(self._interfaces)
        self._interfaces.append(Interface(link, ticks, shift, longest))
        values = {"number": str(number), "link_type": str(link), "longest_packet": str(longest), "ticks_per_second": str(ticks)}
        return Header(at, end, "capture-interface", values | ({"seconds_to_add": str(shift)} if shift else {}))

    def _packet(self, at: int, end: int, head: bytes, kind: int) -> Part:
        if kind == _ENHANCED:
            number, high, low, captured, length = struct.unpack(self._order + "IIIII", head[8:28])
        else:
            number, _, high, low, captured, length = struct.unpack(self._order + "HHIIII", head[8:28])
        if captured > end - at - 32:
            return Broken(at, end, "damaged-record")
        if number >= len(self._interfaces):
            return Broken(at, end, "interface-missing")
        interface = self._interfaces[number]
        data = self._window.slice(at + 28, min(captured, SEEN_BYTES))
        direction: Direction = ""
        for code, value in self._options(at + 28 + (captured + 3) // 4 * 4, end - 4):
            if code == _FLAGS and len(value) == 4:
                bits = struct.unpack(self._order + "I", value)[0] & 3
                direction = "in" if bits == 1 else "out" if bits == 2 else ""
        self._number += 1
        time = interface.time(high << 32 | low)
        return Frame(at, end, self._number, time, interface.link, data, captured < length, direction)

    def _simple(self, at: int, end: int, head: bytes) -> Part:
        if not self._interfaces:
            return Broken(at, end, "interface-missing")
        length = struct.unpack(self._order + "I", head[8:12])[0]
        interface = self._interfaces[0]
        captured = min(length, interface.longest or length, end - at - 16)
        self._number += 1
        return Frame(at, end, self._number, None, interface.link, self._window.slice(at + 12, min(captured, SEEN_BYTES)), captured < length)

    def _options(self, at: int, end: int) -> Iterator[tuple[int, bytes]]:
        """Yield the options of a block; those of one that is damaged only up to the damage."""
        data = self._window.slice(at, min(end - at, _OPTIONS_BYTES)) if end - at >= 4 else b""
        place = 0
        while place + 4 <= len(data):
            code, length = struct.unpack_from(self._order + "HH", data, place)
            if code == 0 or place + 4 + length > len(data):
                return
            yield code, data[place + 4 : place + 4 + length]
            place += 4 + (length + 3) // 4 * 4
