"""What an archive holds, as records: members, where their bytes end, and what could not be taken out. A member's name is only data."""

from __future__ import annotations

import base64
from typing import Literal

import msgspec

MemberKind = Literal["file", "dir", "symlink", "hardlink", "device", "fifo", "other"]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    How much of an archive is taken out. Where a limit stops the reading, a defect says so; the archive itself is sealed as a whole.

    Attributes:
        members: Number of members.
        total_bytes: Sum of all inflated bytes of this archive.
        member_bytes: Inflated bytes of one member.
        ratio: Inflated bytes per compressed byte, looked at after `ratio_after_bytes`.
        header_bytes: Directory of a zip, one extended header of a tar.
    """

    members: int = 20_000
    total_bytes: int = 10_000_000_000
    member_bytes: int = 2_000_000_000
    ratio: int = 200
    ratio_after_bytes: int = 50_000_000
    header_bytes: int = 64 << 20


class Member(msgspec.Struct, frozen=True, tag_field="t", tag="member", omit_defaults=True, forbid_unknown_fields=True):
    """
    One entry of an archive.

    Attributes:
        index: Its place in the archive, from 0.
        name: The name for people; U+FFFD where the bytes are not text. Never a path to open.
        name_raw: The name's bytes as base64.
        name_basis: How the bytes became `name`: ``utf-8`` (stated by the archive), ``utf-8-guessed``, ``cp437``, ``ascii``.
        kind: What it is; only ``file`` has bytes to keep.
        is_regular: `kind` is ``file``.
        size_claimed: What the archive says the size is.
        size_packed: Bytes it takes in the archive, None in a tar.
        encrypted: It cannot be read without a password.
        mtime: Time as written, without zone in a zip (``2026-03-12T21:05:10``), seconds since 1970 UTC in a tar (``1773349510``).
        mtime_unix: Seconds since 1970 UTC, where a zip gives them in an extra field.
        method: How it is packed (``stored``, ``deflate`` ...).
        crc: CRC-32 the zip claims, eight hex digits.
        link: Where a link points, for people.
        why_not: Why nothing of it will be stored, or None.
        duplicate: An earlier member has the same name.
        part: Place of a part in its mail (``1.2``).
        offset, length: Its stretch of the file, where it is one.
        charset: What a text says it is written in.
    """

    index: int
    name: str
    name_raw: str
    kind: MemberKind
    is_regular: bool
    size_claimed: int
    name_basis: str = "utf-8"
    size_packed: int | None = None
    encrypted: bool = False
    mtime: str | None = None
    mtime_unix: int | None = None
    method: str | None = None
    crc: str | None = None
    link: str | None = None
    why_not: str | None = None
    duplicate: bool = False
    part: str | None = None
    offset: int | None = None
    length: int | None = None
    charset: str | None = None


class MemberEnd(msgspec.Struct, frozen=True, tag_field="t", tag="member-end", omit_defaults=True, forbid_unknown_fields=True):
    """The bytes of a member are over: `size` were given; not `complete` when a limit or damage stopped them."""

    index: int
    size: int
    complete: bool = True


class ArchiveDefect(msgspec.Struct, frozen=True, tag_field="t", tag="archive-defect", omit_defaults=True, forbid_unknown_fields=True):
    """Something that could not be read as the archive says. `index` is None when it concerns the archive. Never holds a name or content."""

    code: str
    what: str
    index: int | None = None


Event = Member | bytes | MemberEnd | ArchiveDefect


def shown(raw: bytes, stated_utf8: bool, fallback: str) -> tuple[str, str]:
    """Return a member name for people and how it was decoded."""
    if raw.isascii():
        return raw.decode("ascii"), "ascii"
    try:
        return raw.decode("utf-8"), "utf-8" if stated_utf8 else "utf-8-guessed"
    except UnicodeDecodeError:
        if stated_utf8 or fallback == "utf-8":
            return raw.decode("utf-8", "replace"), "utf-8"
        return raw.decode(fallback, "replace"), fallback


def b64(raw: bytes) -> str:
    """Return `raw` as base64 text."""
    return base64.b64encode(raw).decode("ascii")


class Meter:
    """Counts inflated against packed bytes over a whole archive and over one member; says which limit is broken."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.total = 0
        self.set_aside = 0
        self.total_packed = 0
        self.member = 0
        self.packed = 0

    def start(self) -> None:
        """Begin a new member."""
        self.member = 0
        self.packed = 0

    def feed(self, packed: int) -> None:
        """Count packed bytes."""
        self.packed += packed
        self.total_packed += packed

    def room(self) -> int:
        """Return how many more inflated bytes are allowed, at most 1 MiB at a time."""
        return max(1, min(1 << 20, self.limits.member_bytes - self.member + 1, self.limits.total_bytes - self.total + 1))

    def count(self, inflated: int) -> str | None:
        """Count inflated bytes; return the code of the limit they break, or None."""
        self.member += inflated
        self.total += inflated
        limits = self.limits
        if self.total > limits.total_bytes:
            return "total-limit"
        if self.member > limits.member_bytes:
            return "member-limit"
        if self.member > limits.ratio_after_bytes and self.member > limits.ratio * max(1, self.packed):
            # One bomb among honest members does not count against them.
            self.set_aside += self.member
            return "ratio-limit"
        honest = self.total - self.set_aside
        if honest > limits.ratio_after_bytes and honest > limits.ratio * max(1, self.total_packed):
            return "total-ratio-limit"
        return None
