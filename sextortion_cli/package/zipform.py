"""
The one form of the zip files this program writes: stored, in the order given, no time of its own, 64-bit fields only where they are needed.

Nothing in such a file is free to differ, so the same files give the same bytes, and a bit changed between them shows (APPNOTE 6.3, 4.3).
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_DATE = (1 << 5) | 1  # 1980-01-01, the first day the format knows
_MODE = 0o100644 << 16
_UNIX = 3 << 8


class Placed(NamedTuple):
    """One file in a zip: its name, where its header begins, its check value and size."""

    name: str
    offset: int
    crc: int
    size: int

    @property
    def version(self) -> int:
        """Return the version of the format it needs: 4.5 for 64-bit fields."""
        return 45 if self.size >= _FULL32 or self.offset >= _FULL32 else 20

    def header(self) -> bytes:
        """Return what stands before its bytes."""
        name, wide = self.name.encode("ascii"), self.size >= _FULL32
        extra = struct.pack("<HHQQ", 1, 16, self.size, self.size) if wide else b""
        shown = _FULL32 if wide else self.size
        fixed = struct.pack("<4s5H3L2H", b"PK\x03\x04", 45 if wide else 20, 0, 0, 0, _DATE, self.crc, shown, shown, len(name), len(extra))
        return fixed + name + extra

    def entry(self) -> bytes:
        """Return its entry in the directory."""
        name = self.name.encode("ascii")
        wide = [self.size] * 2 if self.size >= _FULL32 else []
        numbers = [*wide, *([self.offset] if self.offset >= _FULL32 else [])]
        extra = struct.pack(f"<HH{len(numbers)}Q", 1, 8 * len(numbers), *numbers) if numbers else b""
        size, offset = min(self.size, _FULL32), min(self.offset, _FULL32)
        fixed = struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", _UNIX | self.version, self.version, 0, 0, 0, _DATE, self.crc, size, size,
            len(name), len(extra), 0, 0, 0, _MODE, offset,
        )  # fmt: skip
        return fixed + name + extra


def header_length(name: str, size: int) -> int:
    """Return how many bytes stand before a file's own."""
    return len(Placed(name, 0, 0, size).header())


def directory(files: list[Placed], start: int) -> bytes:
    """Return what stands behind all files, from offset `start` on."""
    entries = b"".join(item.entry() for item in files)
    count, wide = len(files), len(files) >= _FULL16 or start >= _FULL32 or len(entries) >= _FULL32
    end = b""
    if wide:
        end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, _UNIX | 45, 45, 0, 0, count, count, len(entries), start)
        end += struct.pack("<4sLQL", b"PK\x06\x07", 0, start + len(entries), 1)
    shown = min(count, _FULL16)
    end += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, shown, shown, min(len(entries), _FULL32), min(start, _FULL32), 0)
    return entries + end
