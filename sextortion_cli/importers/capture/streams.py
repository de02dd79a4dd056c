"""
STUN in TCP streams: messages one after the other, each as long as it says, over the borders of packets.

References: RFC 8656 section 3.1 (TURN over TCP), RFC 4571 and 6544 (two bytes of length before each, between peers).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sextortion_cli.importers.capture import stun
from sextortion_cli.importers.capture.layers import Segment

MOST_STREAMS: Final = 4096
_HELD: Final = 72 << 10
_WRAP: Final = 1 << 32


class _Stream:
    """One direction of one connection: the next byte expected, and the bytes of a message that is not whole."""

    __slots__ = ("expected", "held", "prefix")

    def __init__(self, expected: int, prefix: int) -> None:
        self.expected = expected
        self.prefix = prefix
        self.held = b""


class Streams:
    """Follows connections that begin a packet with STUN. `refused` counts those that were one too many."""

    def __init__(self) -> None:
        self._streams: dict[tuple[bytes, int, bytes, int], _Stream] = {}
        self.refused = 0

    def take(self, segment: Segment) -> Iterator[bytes]:
        """Yield the whole messages that end in `segment`."""
        data = segment.payload
        key = (segment.source, segment.source_port, segment.target, segment.target_port)
        if segment.begins:
            self._streams.pop(key, None)
        if not data:
            return
        stream = self._streams.get(key)
        if stream is None:
            prefix = _prefix(data)
            if prefix is None:
                return
            if len(self._streams) >= MOST_STREAMS:
                self.refused += 1
                return
            stream = self._streams[key] = _Stream(segment.sequence, prefix)
        ahead = (segment.sequence - stream.expected) % _WRAP
        if ahead >= _WRAP // 2:  # sent again, in part or whole
            data = data[_WRAP - ahead :]
            if not data:
                return
        elif ahead:  # something is missing
            prefix = _prefix(data)
            stream.held = b""
            if prefix is None:
                stream.expected = (segment.sequence + len(data)) % _WRAP
                return
            stream.prefix = prefix
        stream.expected = (segment.sequence + len(segment.payload)) % _WRAP
        stream.held += data
        yield from self._whole(stream, key)

    def _whole(self, stream: _Stream, key: tuple[bytes, int, bytes, int]) -> Iterator[bytes]:
        held, at = stream.held, 0
        while (size := _size(held, at, stream.prefix)) is not None and at + size <= len(held):
            yield held[at + stream.prefix : at + size]
            at += size
        if (size is None and len(held) - at >= 4) or len(held) - at > _HELD:
            del self._streams[key]
            return
        stream.held = held[at:]


def _prefix(data: bytes) -> int | None:
    """Return how many bytes stand before each message, or None when `data` does not begin with one."""
    if stun.looks_like_stun(data):
        return 0
    return 2 if stun.looks_like_stun(data, 2) and int.from_bytes(data[:2], "big") >= stun.HEADER else None


def _size(held: bytes, at: int, prefix: int) -> int | None:
    """Return the bytes of the message at `at` with what stands before it; None when it is too short to tell, or is none."""
    if len(held) - at < 4:
        return None
    if prefix:
        return 2 + int.from_bytes(held[at : at + 2], "big")
    length = int.from_bytes(held[at + 2 : at + 4], "big")
    if held[at] < 0x40:
        return stun.HEADER + length
    return 4 + (length + 3) // 4 * 4 if held[at] < 0x80 else None
