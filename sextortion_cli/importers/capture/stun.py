"""
STUN and TURN messages: who asks, who answers, and the addresses the answers name.

References: RFC 8489 (5389), RFC 3489 (classic, without the magic cookie), RFC 8656 (TURN).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

COOKIE: Final = b"\x21\x12\xa4\x42"
HEADER: Final = 20
BINDING, ALLOCATE, SEND, DATA, PERMISSION, CHANNEL = 1, 3, 6, 7, 8, 9
Class = Literal["request", "indication", "success", "error"]
Named = Literal["mapped", "peer", "relayed"]
_CLASSES: Final[tuple[Class, ...]] = ("request", "indication", "success", "error")
_ADDRESSES: Final[dict[int, Named]] = {0x0001: "mapped", 0x0020: "mapped", 0x8020: "mapped", 0x0012: "peer", 0x0016: "relayed"}
_PLAIN: Final = 0x0001
_CLASSIC_TYPES: Final = frozenset({0x0001, 0x0101, 0x0111})
_CLASSIC_ATTRIBUTES: Final = frozenset({*range(1, 0x0C), 0x0020, 0x8020, 0x8022, 0x8028})
_MOST_ATTRIBUTES: Final = 64
_HEAD = struct.Struct(">HH")


class Address(msgspec.Struct, frozen=True, gc=False):
    """An address in a message: what it is said to be, 4 or 16 bytes, and the port."""

    named: Named
    host: bytes
    port: int


class Message(msgspec.Struct, frozen=True, gc=False):
    """One STUN message; `transaction` is the same in a request and its answer."""

    method: int
    kind: Class
    transaction: bytes
    addresses: tuple[Address, ...] = ()
    is_classic: bool = False


def looks_like_stun(data: bytes, at: int = 0) -> bool:
    """Say whether a message of today's form begins at `at`: two zero bits, a length of whole words, the cookie."""
    return len(data) >= at + HEADER and data[at + 4 : at + 8] == COOKIE and data[at] < 0x40 and not data[at + 3] & 3


def read(data: bytes) -> Message | None:
    """Return the message that begins `data`, of today's form; the addresses of one that is cut so far as they are there."""
    if not looks_like_stun(data):
        return None
    kind, length = _HEAD.unpack_from(data)
    method = _method(kind)
    key, named = data[4:HEADER], []
    for code, value in _attributes(data[HEADER : HEADER + length]):
        what = _ADDRESSES.get(code)
        # In an answer to Allocate a plain address is the relay's in older servers; there only the masked form is one's own.
        if what is None or (code == _PLAIN and method != BINDING):
            continue
        address = _address(what, value, b"" if code == _PLAIN else key)
        if address is not None:
            named.append(address)
    return Message(method, _class(kind), data[8:HEADER], tuple(named))


def read_classic(data: bytes) -> Message | None:
    """Return a message of 2003, which has no cookie: believed only when known attributes fill it to the last byte."""
    if len(data) < HEADER or data[4:8] == COOKIE:
        return None
    kind, length = _HEAD.unpack_from(data)
    if kind not in _CLASSIC_TYPES or length != len(data) - HEADER or length & 3:
        return None
    named, filled = [], 0
    for code, value in _attributes(data[HEADER:]):
        if code not in _CLASSIC_ATTRIBUTES:
            return None
        filled += 4 + (len(value) + 3) // 4 * 4
        if code == _PLAIN:
            address = _address("mapped", value, b"")
            if address is not None:
                named.append(address)
    if filled != length or not any(data[4:HEADER]):
        return None
    return Message(_method(kind), _class(kind), data[4:HEADER], tuple(named), True)


def _method(kind: int) -> int:
    return (kind & 0x000F) | (kind & 0x00E0) >> 1 | (kind & 0x3E00) >> 2


def _class(kind: int) -> Class:
    return _CLASSES[(kind & 0x0100) >> 7 | (kind & 0x0010) >> 4]


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_MOST_ATTRIBUTES):
        if at + 4 > len(data):
            return
        code, length = _HEAD.unpack_from(data, at)
        if at + 4 + length > len(data):
            return
        yield code, data[at + 4 : at + 4 + length]
        at += 4 + (length + 3) // 4 * 4


def _address(named: Named, value: bytes, key: bytes) -> Address | None:
    """Return the address in an attribute, unmasked with `key` (cookie and transaction) where there is one."""
    size = {1: 4, 2: 16}.get(value[1] if len(value) > 1 else 0)
    if size is None or len(value) != 4 + size:
        return None
    host, port = value[4:], value[2:4]
    if key:
        host = bytes(one ^ other for one, other in zip(host, key, strict=False))
        port = bytes(one ^ other for one, other in zip(port, key, strict=False))
    return Address(named, host, int.from_bytes(port, "big"))
