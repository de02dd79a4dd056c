"""
A compound file (OLE2, MS-CFB): streams in storages, each a chain of sectors, read by place and without trust in any number of it.

Nothing is loaded but the table of sectors and the directory; chains that run in circles, out of the file or over each other end with a
problem, never without end.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Callable, Iterator

import msgspec

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ReadAt = Callable[[int, int], bytes]
_NOTHING = 0xFFFFFFFA  # and above: no sector
_MOST_ENTRIES = 65_536
_MINI = 64
_PIECE = 1 << 20


class BrokenError(ValueError):
    """The file is no compound file that can be read; the message is a defect code."""


class Entry(msgspec.Struct, frozen=True):
    """
    One entry of the directory.

    Attributes:
        number: Its place in the directory.
        name: As written.
        is_stream: It holds bytes; otherwise other entries.
        start, size: First sector and bytes.
        left, right, child: Numbers of its neighbours and its first inner entry.
    """

    number: int
    name: str
    is_stream: bool
    start: int
    size: int
    left: int
    right: int
    child: int


class Compound:
    """
    An open compound file.

    Args:
        read_at: Positioned reads.
        size: Size in bytes.

    Attributes:
        entries: Directory entries in use, by number.
        problems: Codes of what was wrong so far.
        digests: Of streams that were read whole: (size, SHA-256) by number.

    Raises:
        BrokenError: It cannot be read at all.
    """

    def __init__(self, read_at: ReadAt, size: int) -> None:
        self._read_at = read_at
        head = read_at(0, 512)
        if len(head) < 512 or not head.startswith(MAGIC):
            raise BrokenError("not-a-compound-file")
        shift, mini_shift = struct.unpack_from("<HH", head, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise BrokenError("not-a-compound-file")
        self._sector = 1 << shift
        self._sectors = max(0, -(-size // self._sector) - 1)
        self.problems: set[str] = set()
        self.digests: dict[int, tuple[int, str]] = {}
        (directory,) = struct.unpack_from("<I", head, 48)
        cutoff, mini, _, more = struct.unpack_from("<4I", head, 56)
        self._cutoff = cutoff
        self._table = self._load_table(head, more)
        self.entries = self._load_directory(directory, is_old=shift == 9)
        self._mini_table = self._words(b"".join(self._chain_bytes(mini)))
        root = self.entries.get(0)
        self._mini_sectors = list(self._chain(root.start)) if root is not None else []

    # -- the tables ----------------------------------------------------------------------------------------------------------

    @staticmethod
    def _words(data: bytes) -> array[int]:
        found = array("I", data[: len(data) // 4 * 4])
        if sys.byteorder == "big":
            found.byteswap()
        return found

    def _load_table(self, head: bytes, more: int) -> array[int]:
        needed = self._sectors // (self._sector // 4) + 1
        places = list(self._words(head[76:512]))
        while more < _NOTHING and len(places) < needed:
            words = self._words(self._at(more))
            if not words:
                break
            places += words[:-1]
            more = words[-1]
        table = array("I")
        for place in places[:needed]:
            if place < _NOTHING:
                table += self._words(self._at(place))
        return table

    def _load_directory(self, start: int, *, is_old: bool) -> dict[int, Entry]:
        found: dict[int, Entry] = {}
        number = 0
        for data in self._chain_bytes(start):
            for at in range(0, len(data) - 127, 128):
                entry = _entry(data[at : at + 128], number, is_old=is_old)
                if entry is not None:
                    found[number] = entry
                number += 1
            if number >= _MOST_ENTRIES:
                self.problems.add("directory-too-long")
                break
        if 0 not in found:
            raise BrokenError("no-directory")
        return found

    # -- sectors -------------------------------------------------------------------------------------------------------------

    def _at(self, sector: int) -> bytes:
        return self._read_at((sector + 1) * self._sector, self._sector)

    def _chain(self, start: int) -> Iterator[int]:
        """Yield the sectors of a chain; one that is longer than the file is cut."""
        left = self._sectors + 1
        while start < _NOTHING:
            if left == 0 or start >= self._sectors or start >= len(self._table):
                self.problems.add("broken-chain")
                return
            yield start
            start, left = self._table[start], left - 1

    def _chain_bytes(self, start: int) -> Iterator[bytes]:
        for sector in self._chain(start):
            yield self._at(sector)

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """Yield the bytes of a stream; fewer than its size where the file is damaged."""
        left = entry.size
        source = self._mini_pieces(entry.start) if entry.size < self._cutoff else self._chain_bytes(entry.start)
        for data in source if left else ():
            yield data[:left]
            left -= len(data[:left])
            if left <= 0:
                return
        if left:
            self.problems.add("broken-chain")

    def _mini_pieces(self, start: int) -> Iterator[bytes]:
        left = len(self._mini_table) + 1
        each = self._sector // _MINI
        while start < _NOTHING:
            place, rest = divmod(start, each)
            if left == 0 or place >= len(self._mini_sectors) or start >= len(self._mini_table):
                self.problems.add("broken-chain")
                return
            yield self._read_at((self._mini_sectors[place] + 1) * self._sector + rest * _MINI, _MINI)
            start, left = self._mini_table[start], left - 1

    # -- the tree ------------------------------------------------------------------------------------------------------------

    def children(self, entry: Entry) -> list[Entry]:
        """Return what lies in a storage, sorted by name; whatever the tree of it looks like, each entry once."""
        found: dict[int, Entry] = {}
        pending = [entry.child]
        while pending:
            inner = self.entries.get(pending.pop())
            if inner is not None and inner.number not in found and inner.number != entry.number:
                found[inner.number] = inner
                pending += [inner.left, inner.right]
        return sorted(found.values(), key=lambda item: (item.name, item.number))


def _entry(data: bytes, number: int, *, is_old: bool) -> Entry | None:
    length, kind = struct.unpack_from("<HB", data, 64)
    if kind not in (1, 2, 5):
        return None
    left, right, child = struct.unpack_from("<3I", data, 68)
    start, size = struct.unpack_from("<IQ", data, 116)
    name = data[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return Entry(number, name, kind == 2, start, size & 0xFFFFFFFF if is_old else size, left, right, child)
