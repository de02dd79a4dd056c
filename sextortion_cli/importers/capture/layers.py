"""
From a packet to what it carries between two machines: addresses, ports and payload.

Only headers are read. Packets inside other packets (tunnels) are not opened.

References: RFC 791, 8200, 768, 9293; the link types of tcpdump.org ("LINKTYPE_"); Linux "cooked" headers of both versions.
"""

from __future__ import annotations

import struct
from typing import Final, Literal

import msgspec

from sextortion_cli.importers.capture.frame import Direction

UDP, TCP = 17, 6
_IPV4, _IPV6 = 0x0800, 0x86DD
_VLANS: Final = frozenset({0x8100, 0x88A8, 0x9100})
_MOST_TAGS: Final = 4
_FAMILIES: Final = {2: 4, 24: 6, 28: 6, 30: 6, 10: 6}
_EXTENSIONS: Final = frozenset({0, 43, 60, 135, 139, 140})
_FRAGMENT, _AUTHENTICATION = 44, 51
_MOST_EXTENSIONS: Final = 8
_RAW: Final = frozenset({12, 14, 101, 228, 229})
LINKS: Final = frozenset({0, 1, 108, 113, 276, 258, *_RAW})
"""Link types that are read."""
Outcome = Literal["not-ip", "fragment", "other-protocol", "cut", "link"]
_H = struct.Struct(">H")
_PORTS = struct.Struct(">HH")
_TCP = struct.Struct(">HHIIBB")


class Segment(msgspec.Struct, frozen=True, gc=False):
    """
    What one packet carries from one machine to another.

    Attributes:
        protocol: `UDP` or `TCP`.
        source, target: Addresses, 4 or 16 bytes.
        source_port, target_port: 0 to 65535.
        payload: What the packet holds of it.
        sequence: Number of the first byte of `payload` in a TCP stream.
        begins: The packet opens a TCP connection.
        direction: Whether the capturing machine got or sent it, where the link header says so.
    """

    protocol: int
    source: bytes
    target: bytes
    source_port: int
    target_port: int
    payload: bytes
    sequence: int = 0
    begins: bool = False
    direction: Direction = ""


def segment_of(link: int, data: bytes) -> Segment | Outcome:
    """Return what the packet carries, or why nothing of it can be told."""
    try:
        found = _network(link, data)
        if isinstance(found, str):
            return found
        at, version, direction = found
        return _version4(data, at, direction) if version == 4 else _version6(data, at, direction)
    except (struct.error, IndexError):
        return "cut"


def _network(link: int, data: bytes, depth: int = 0) -> tuple[int, int, Direction] | Outcome:
    """Return where the IP header begins, its version, and the direction the link header gives."""
    if link == 1:
        return _ether(data, 12, "")
    if link in _RAW:
        version = data[0] >> 4
        return (0, version, "") if version in (4, 6) else "not-ip"
    if link in (0, 108):
        family = int.from_bytes(data[:4], "little" if data[0] and not data[3] else "big")
        version = _FAMILIES.get(family, 0)
        return (4, version, "") if version else "not-ip"
    if link == 113:
        return _ether(data, 14, _cooked(_H.unpack_from(data, 0)[0]))
    if link == 276:
        kind = _H.unpack_from(data, 0)[0]
        return _typed(data, 20, kind, _cooked(data[10]))
    if link == 258 and depth == 0:
        length, _, inner = struct.unpack_from("<III", data)
        flags = struct.unpack_from("<I", data, 36)[0]
        found = _network(inner, data[length:], 1)
        if isinstance(found, str):
            return found
        return found[0] + length, found[1], "in" if flags & 1 else "out" if flags & 2 else ""
    return "link"


def _cooked(kind: int) -> Direction:
    """Return the direction of a Linux cooked header: 0 is to us, 4 is from us."""
    return "in" if kind == 0 else "out" if kind == 4 else ""


def _ether(data: bytes, at: int, direction: Direction) -> tuple[int, int, Direction] | Outcome:
    return _typed(data, at + 2, _H.unpack_from(data, at)[0], direction)


def _typed(data: bytes, at: int, kind: int, direction: Direction) -> tuple[int, int, Direction] | Outcome:
    """Return the IP header behind the protocol number `kind`, over VLAN tags and PPPoE."""
    for _ in range(_MOST_TAGS):
        if kind not in _VLANS:
            break
        kind = _H.unpack_from(data, at + 2)[0]
        at += 4
    if kind == 0x8864:  # PPPoE, as home routers write it
        kind = {0x21: _IPV4, 0x57: _IPV6}.get(_H.unpack_from(data, at + 6)[0], 0)
        at += 8
    if kind == _IPV4:
        return at, 4, direction
    return (at, 6, direction) if kind == _IPV6 else "not-ip"


def _version4(data: bytes, at: int, direction: Direction) -> Segment | Outcome:
    head = data[at] & 15
    if data[at] >> 4 != 4 or head < 5:
        return "not-ip"
    total = _H.unpack_from(data, at + 2)[0]
    if _H.unpack_from(data, at + 6)[0] & 0x1FFF:
        return "fragment"
    end = at + total if total >= head * 4 else len(data)  # 0 where the card cuts packets itself
    return _transport(data[:end], at + head * 4, data[at + 9], data[at + 12 : at + 16], data[at + 16 : at + 20], direction)


def _version6(data: bytes, at: int, direction: Direction) -> Segment | Outcome:
    if data[at] >> 4 != 6:
        return "not-ip"
    length = _H.unpack_from(data, at + 4)[0]
    source, target = data[at + 8 : at + 24], data[at + 24 : at + 40]
    kind, place = data[at + 6], at + 40
    end = place + length if length else len(data)
    for _ in range(_MOST_EXTENSIONS):
        if kind in _EXTENSIONS:
            kind, place = data[place], place + 8 + data[place + 1] * 8
        elif kind == _AUTHENTICATION:
            kind, place = data[place], place + 8 + data[place + 1] * 4
        elif kind == _FRAGMENT:
            if _H.unpack_from(data, place + 2)[0] & 0xFFF8:
                return "fragment"
            kind, place = data[place], place + 8
        else:
            break
    return _transport(data[:end], place, kind, source, target, direction)


def _transport(data: bytes, at: int, kind: int, source: bytes, target: bytes, direction: Direction) -> Segment | Outcome:
    if kind == UDP:
        source_port, target_port = _PORTS.unpack_from(data, at)
        length = _H.unpack_from(data, at + 4)[0]
        end = at + length if length >= 8 else len(data)
        return Segment(UDP, source, target, source_port, target_port, data[at + 8 : end], direction=direction)
    if kind == TCP:
        source_port, target_port, sequence, _, offset, flags = _TCP.unpack_from(data, at)
        payload = data[at + (offset >> 4) * 4 :]
        return Segment(TCP, source, target, source_port, target_port, payload, sequence, bool(flags & 2), direction)
    return "other-protocol"
