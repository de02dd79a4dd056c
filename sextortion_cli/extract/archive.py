"""
Listing and streaming the members of zip, tar, 7z and WARC archives from a descriptor. Nothing is written anywhere, names are only data.

Nested archives come out as ordinary members; whoever calls decides about depth (three at most, decision of the caller). Zip-based
documents (docx, odt, jar, apk, epub) are documents and are not taken apart.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from sextortion_cli.extract.extras import SEVENZIP_MAGIC, has_sevenzip
from sextortion_cli.extract.inflow import DAMAGE, Inflow, LimitReached, Packing
from sextortion_cli.extract.members import ArchiveDefect, Event, Limits, Member, MemberEnd, MemberKind, Meter
from sextortion_cli.extract.tars import BLOCK, is_tar_block, tar_stream
from sextortion_cli.extract.warcs import is_warc, warc_stream
from sextortion_cli.extract.zipdirectory import NotAZip, entries
from sextortion_cli.extract.zips import zip_members, zip_stream

MAX_DEPTH = 3

__all__ = [
    "MAX_DEPTH",
    "ArchiveDefect",
    "Event",
    "Limits",
    "Member",
    "MemberEnd",
    "MemberKind",
    "is_container",
    "is_warc",
    "members",
    "stream",
]

_ZIP_HEADS = (b"PK\x03\x04", b"PK\x05\x06")
_PACKINGS: tuple[tuple[bytes, Packing], ...] = ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"))
_PLAIN_TYPES = frozenset({"application/zip", "application/x-zip-compressed", "application/x-zip", "application/octet-stream"})
_DOCUMENT_NAMES = frozenset(
    {"[content_types].xml", "meta-inf/manifest.mf", "meta-inf/container.xml", "androidmanifest.xml", "mimetype", "meta-inf/manifest.xml"}
)
_HEAD_LIMITS = Limits(total_bytes=1 << 20, member_bytes=1 << 20)


def is_container(media_type: str, head: bytes, names: Iterable[str] = ()) -> bool:
    """
    Say whether a file is a plain zip, tar or (where the extra for it is installed) 7z, whose members are files of their own.

    Args:
        media_type: Type by content.
        head: The first bytes (64 KiB).
        names: Member names, where known: they tell a document that the engine took for a plain zip.
    """
    if head.startswith(_ZIP_HEADS):
        if media_type not in _PLAIN_TYPES:
            return False
        # An OPC or ODF document names its type in a member at the root; `mimetype` must be stored first (ODF 1.3 part 2, section 3.3).
        return not (head[30:38] == b"mimetype" or any(name.lower() in _DOCUMENT_NAMES for name in names))
    if head.startswith(SEVENZIP_MAGIC):
        return has_sevenzip()
    return _tar_packing(head) is not None


def members(fd: int, size: int, limits: Limits | None = None) -> Iterator[Member | ArchiveDefect]:
    """
    Yield the members of an archive in its order, and what is wrong with it.

    A packed tar has to be inflated for that, within the limits.

    Args:
        fd: A descriptor that allows `pread`.
        size: Size of the file in bytes.
        limits: `Limits()` when None.
    """
    limits = limits or Limits()
    read_at = _reader(fd)
    head = read_at(0, 65536)
    packing = _tar_packing(head)
    if packing is None and not head.startswith(SEVENZIP_MAGIC):
        yield from zip_members(read_at, size, limits)
        return
    for event in stream(fd, size, set(), limits):
        if isinstance(event, Member | ArchiveDefect):
            yield event


def stream(fd: int, size: int, wanted: set[int] | None = None, limits: Limits | None = None) -> Iterator[Event]:
    """
    Yield every member, and after each wanted regular one its bytes in pieces of at most 1 MiB and a `MemberEnd`, in one pass.

    Args:
        fd: A descriptor that allows `pread`.
        size: Size of the file in bytes.
        wanted: Indexes whose bytes are given; None for all.
        limits: `Limits()` when None.
    """
    limits = limits or Limits()
    read_at = _reader(fd)
    head = read_at(0, 65536)
    if is_warc(head):
        return warc_stream(read_at, size, wanted, limits)
    if head.startswith(SEVENZIP_MAGIC):
        from sextortion_cli.extract.sevenzips import sevenzip_stream

        return sevenzip_stream(read_at, size, wanted, limits)
    packing = _tar_packing(head)
    if packing is None:
        return zip_stream(read_at, size, wanted, limits)
    return tar_stream(read_at, size, packing, wanted, limits)


def member_names(fd: int, size: int, limits: Limits | None = None) -> tuple[str, ...]:
    """Return the names in a zip's directory for `is_container`; nothing for anything else."""
    try:
        found, _ = entries(_reader(fd), size, limits or Limits())
    except NotAZip:
        return ()
    return tuple(entry.raw.decode("utf-8", "replace") for entry in found)


def _tar_packing(head: bytes) -> Packing | None:
    """Return how a tar is packed, from its first bytes; None when it is no tar."""
    if is_tar_block(head):
        return "plain"
    for magic, packing in _PACKINGS:
        if head.startswith(magic):
            flow = Inflow(lambda offset, count: head[offset : offset + count], len(head), packing, Meter(_HEAD_LIMITS))
            try:
                return packing if is_tar_block(flow.read(BLOCK)) else None
            except (*DAMAGE, LimitReached):
                return None
    return None


def _reader(fd: int) -> Callable[[int, int], bytes]:
    def read_at(offset: int, count: int) -> bytes:
        parts = []
        while count > 0:
            part = os.pread(fd, count, offset)
            if not part:
                break
            parts.append(part)
            offset += len(part)
            count -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    return read_at
