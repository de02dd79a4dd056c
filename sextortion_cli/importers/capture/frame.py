"""The parts of a file of packets, as its two formats both have them."""

from __future__ import annotations

from typing import Literal

import msgspec

Direction = Literal["", "in", "out"]
SEEN_BYTES = 64 << 10
"""Bytes of one packet that are looked at; all that matters here stands near its beginning."""
LARGEST_PACKET = 16 << 20
"""A packet record that claims to be larger than this is taken for damage."""


class Frame(msgspec.Struct, frozen=True, gc=False):
    """
    One packet.

    Attributes:
        start, end: Its record in the file, headers included.
        number: 1 for the first packet of the file, as programs that show captures number them.
        time: Nanoseconds since 1970 on the clock of the machine that captured; None when the record gives none.
        link: Number of the link type (IANA registry "pcap link types").
        data: The packet from its link header on, at most `SEEN_BYTES`.
        is_cut: The file holds less of the packet than was sent.
        direction: Whether the machine that captured got or sent it, where the record says so.
    """

    start: int
    end: int
    number: int
    time: int | None
    link: int
    data: bytes
    is_cut: bool = False
    direction: Direction = ""


class Header(msgspec.Struct, frozen=True, gc=False):
    """The header of a file, a section or an interface: `kind` of the fact that tells its `values`."""

    start: int
    end: int
    kind: str
    values: dict[str, str]


class Extra(msgspec.Struct, frozen=True, gc=False):
    """A block that holds no packet and is not read."""

    start: int
    end: int


class Broken(msgspec.Struct, frozen=True, gc=False):
    """Bytes that are not what the format says; `code` of the defect."""

    start: int
    end: int
    code: str


Part = Frame | Header | Extra | Broken
