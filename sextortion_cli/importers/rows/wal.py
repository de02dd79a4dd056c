"""
The write-ahead log of a database, looked at before SQLite replays it.

SQLite stops at the first frame that is not whole and says nothing; for evidence that must be said. Time is linear in the size of
the log, about 15 seconds per GiB.

References: https://sqlite.org/fileformat2.html#the_write_ahead_log
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from sextortion_cli.importers.rows.vfs import Readable

_HEADER, _FRAME = 32, 24
_MAGIC = 0x377F0682
_MASK = 0xFFFFFFFF
_SMALLEST, _LARGEST = 512, 65536


class Log(NamedTuple):
    """
    What a write-ahead log holds.

    Attributes:
        frames: Whole frames with a right checksum, from the beginning.
        committed: Of those, the frames up to the last end of a transaction: what SQLite replays.
        damaged: Why no more frames can be read though they belong to this log: ``header``, ``checksum`` or ``cut``; else "".
    """

    frames: int = 0
    committed: int = 0
    damaged: str = ""


def inspect(source: Readable) -> Log:
    """Return what the log holds; frames left over from an earlier round of it end it without being damage."""
    if source.size == 0:
        return Log()
    head = source.read_at(0, _HEADER)
    if len(head) < _HEADER:
        return Log(damaged="header")
    magic, _, page, _, salt1, salt2, sum1, sum2 = struct.unpack(">8I", head)
    order = ">" if magic & 1 else "<"
    if magic | 1 != _MAGIC | 1 or page not in (1 << power for power in range(9, 17)) or _sum(head[:24], order, 0, 0) != (sum1, sum2):
        return Log(damaged="header")
    return _frames(source, page, (salt1, salt2), (sum1, sum2), order)


def _frames(source: Readable, page: int, salts: tuple[int, int], sums: tuple[int, int], order: str) -> Log:
    place, frames, committed = _HEADER, 0, 0
    while frame := source.read_at(place, _FRAME + page):
        if len(frame) < _FRAME:
            return Log(frames, committed, "cut")
        _, size, salt1, salt2, sum1, sum2 = struct.unpack_from(">6I", frame)
        if (salt1, salt2) != salts:
            break
        if len(frame) < _FRAME + page:
            return Log(frames, committed, "cut")
        sums = _sum(frame[_FRAME:], order, *_sum(frame[:8], order, *sums))
        if sums != (sum1, sum2):
            return Log(frames, committed, "checksum")
        frames += 1
        committed = frames if size else committed
        place += _FRAME + page
    return Log(frames, committed)


def _sum(data: bytes, order: str, first: int, second: int) -> tuple[int, int]:
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for one, other in zip(words, words, strict=True):
        first = (first + one + second) & _MASK
        second = (second + other + first) & _MASK
    return first, second
