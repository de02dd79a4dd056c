"""
Files in the pcap format: a header of 24 bytes, then records of 16 bytes and a packet each.

References: draft-ietf-opsawg-pcap; the four magic numbers stand for both byte orders and for micro- and nanoseconds.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

from sextortion_cli.importers.capture.frame import LARGEST_PACKET, SEEN_BYTES, Broken, Frame, Header, Part
from sextortion_cli.importers.capture.window import Window

MAGICS: Final = {
    b"\xd4\xc3\xb2\xa1": ("<", 1_000_000),
    b"\xa1\xb2\xc3\xd4": (">", 1_000_000),
    b"\x4d\x3c\xb2\xa1": ("<", 1_000_000_000),
    b"\xa1\xb2\x3c\x4d": (">", 1_000_000_000),
}
"""Byte order and parts of a second by magic number."""
HEADER: Final = 24
_RECORD: Final = 16
_SECOND: Final = 1_000_000_000
_NEAR: Final = 7 * 86400
_STEP: Final = 3600


class Classic:
    """
    Walks one pcap file.

    Args:
        window: The object; it begins with one of `MAGICS`.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._order, self._unit = MAGICS[window.slice(0, 4)]
        self._record = struct.Struct(self._order + "IIII")
        self._link = 0
        self._seconds: int | None = None

    def parts(self) -> Iterator[Part]:
        """Yield the header and the packets in order; what is damaged is passed over up to the next record that can be believed."""
        window = self._window
        head = window.slice(0, HEADER)
        if len(head) < HEADER:
            yield Broken(0, len(head), "truncated")
            return
        major, minor, _, _, longest, link = struct.unpack(self._order + "HHiIII", head[4:])
        self._link = link & 0xFFFF  # the upper bits tell of checksums at the end of each packet
        yield Header(
            0,
            HEADER,
            "capture",
            {
                "format": "pcap",
                "version": f"{major}.{minor}",
                "byte_order": "little-endian" if self._order == "<" else "big-endian",
                "time_unit": "microsecond" if self._unit == 1_000_000 else "nanosecond",
                "longest_packet": str(longest),
                "link_type": str(self._link),
            },
        )
        at, number = HEADER, 0
        while at < window.size:
            head = window.slice(at, _RECORD)
            end = self._end(at)
            if end is None:
                found = self._next(at + 1)
                if found is None:
                    yield Broken(at, window.size, "truncated" if self._looks_cut(at) else "damaged-record")
                    return
                yield Broken(at, found, "damaged-record")
                at = found
                continue
            number += 1
            seconds, part, captured, length = self._record.unpack(head)
            self._seconds = seconds
            data = window.slice(at + _RECORD, min(captured, SEEN_BYTES))
            time = seconds * _SECOND + part * (_SECOND // self._unit)
            yield Frame(at, end, number, time, self._link, data, captured < length)
            at = end

    def _end(self, at: int) -> int | None:
        """Return where the record at `at` ends, or None when it cannot be one."""
        head = self._window.peek(at, _RECORD)
        if len(head) < _RECORD:
            return None
        _, part, captured, length = self._record.unpack(head)
        end: int = at + _RECORD + captured
        if captured > LARGEST_PACKET or part >= self._unit or end > self._window.size or (captured > length and length):
            return None
        return end

    def _looks_cut(self, at: int) -> bool:
        """Say whether the record at `at` is a sound one of which only the beginning is left."""
        head = self._window.peek(at, _RECORD)
        if len(head) < _RECORD:
            return True
        seconds, part, captured, length = self._record.unpack(head)
        near: bool = self._seconds is None or abs(seconds - self._seconds) <= _NEAR
        return near and bool(captured <= min(LARGEST_PACKET, length or captured) and part < self._unit)

    def _next(self, at: int) -> int | None:
        """Return where the next record stands that is followed by another, or ends the file, and is of the same week."""
        window = self._window
        if self._seconds is None:
            return None
        tops = range((self._seconds - _NEAR) >> 16, ((self._seconds + _NEAR) >> 16) + 1)
        shift, form = (2, "<H") if self._order == "<" else (0, ">H")
        likely = re.compile(b"(?=" + b"|".join(re.escape(struct.pack(form, top)) for top in tops if 0 <= top <= 0xFFFF) + b")")
        places = (place - shift for place in window.places(at + shift, likely, 2))
        return next((place for place in places if self._is_near(place)), None)

    def _is_near(self, at: int) -> bool:
        """Say whether a record stands at `at` that can be believed: a time half overwritten would pass for one, but for what follows."""
        end = self._end(at)
        if end is None or not self._is_within(at, self._seconds, _NEAR):
            return False
        return end == self._window.size or (self._end(end) is not None and self._is_within(end, self._seconds_at(at), _STEP))

    def _seconds_at(self, at: int) -> int:
        seconds: int = self._record.unpack(self._window.peek(at, _RECORD))[0]
        return seconds

    def _is_within(self, at: int, other: int | None, most: int) -> bool:
        return other is not None and abs(self._seconds_at(at) - other) <= most
