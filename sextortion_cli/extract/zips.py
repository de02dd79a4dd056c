"""The members of a zip file, inflated piece by piece and counted here: what a zip says about its sizes is only a claim."""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections.abc import Generator, Iterator
from typing import Protocol

from sextortion_cli.extract.members import ArchiveDefect, Event, Limits, Member, MemberEnd, Meter
from sextortion_cli.extract.zipdirectory import Entry, NotAZip, ReadAt, as_member, entries
from sextortion_cli.words import N_

_PIECE = 262144
_WHAT = {
    "total-limit": N_("The archive inflates to more than is taken out; the rest is not read."),
    "member-limit": N_("The member inflates to more than is taken out."),
    "ratio-limit": N_("The member inflates like a bomb."),
    "total-ratio-limit": N_("The archive inflates like a bomb; the rest is not read."),
    "no-directory": N_("The zip has no directory: it is cut, or no zip."),
    "several-disks": N_("The zip is one part of several."),
    "directory-outside": N_("The zip's directory would lie outside the file."),
    "directory-too-large": N_("The zip's directory is larger than is read."),
    "bad-zip64": N_("The zip's 64-bit directory cannot be read."),
}
_DAMAGE = (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError, struct.error)


class _Inflater(Protocol):
    """The common shape of the decompressors."""

    eof: bool

    def give(self, data: bytes, room: int) -> bytes:
        """Return at most `room` inflated bytes of what was given so far and `data`."""

    def is_hungry(self) -> bool:
        """Say whether it needs more packed bytes."""


class _Deflate:
    def __init__(self) -> None:
        self._engine = zlib.decompressobj(-15)
        self.eof = False

    def give(self, data: bytes, room: int) -> bytes:
        piece = self._engine.decompress(self._engine.unconsumed_tail + data, room)
        self.eof = self._engine.eof
        return piece

    def is_hungry(self) -> bool:
        return not self._engine.unconsumed_tail


class _Bz2OrLzma:
    def __init__(self, engine: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._engine: bz2.BZ2Decompressor | lzma.LZMADecompressor = engine
        self.eof = False

    def give(self, data: bytes, room: int) -> bytes:
        piece = self._engine.decompress(data, room)
        self.eof = self._engine.eof
        return piece

    def is_hungry(self) -> bool:
        return bool(self._engine.needs_input)


class _Stored:
    """Bytes that are not packed."""

    def __init__(self) -> None:
        self.eof = False
        self._rest = b""

    def give(self, data: bytes, room: int) -> bytes:
        data = self._rest + data
        self._rest = data[room:]
        return data[:room]

    def is_hungry(self) -> bool:
        return not self._rest


def zip_members(read_at: ReadAt, size: int, limits: Limits) -> Iterator[Member | ArchiveDefect]:
    """Yield the members in the order of the directory, then what is wrong with it."""
    try:
        found, defects = entries(read_at, size, limits)
    except NotAZip as error:
        yield ArchiveDefect(error.code, _WHAT[error.code])
        return
    for entry in found:
        yield as_member(entry)
    yield from defects


def zip_stream(read_at: ReadAt, size: int, wanted: set[int] | None, limits: Limits) -> Iterator[Event]:
    """Yield members, and after each wanted regular one its bytes and its end."""
    try:
        found, defects = entries(read_at, size, limits)
    except NotAZip as error:
        yield ArchiveDefect(error.code, _WHAT[error.code])
        return
    yield from (defect for defect in defects if defect.index is None)
    by_index: dict[int, list[ArchiveDefect]] = {}
    for defect in defects:
        if defect.index is not None:
            by_index.setdefault(defect.index, []).append(defect)
    meter = Meter(limits)
    for entry in found:
        member = as_member(entry)
        yield member
        yield from by_index.get(entry.index, ())
        if not member.is_regular or (wanted is not None and entry.index not in wanted):
            continue
        if member.why_not is not None:
            if member.why_not in ("encrypted", "unknown-method"):
                yield ArchiveDefect(
                    member.why_not,
                    N_("The member needs a password.") if member.encrypted else N_("No reader for this way of packing."),
                    entry.index,
                )
            continue
        stop = yield from _inflate(read_at, entry, meter)
        if stop:
            return


def _inflate(read_at: ReadAt, entry: Entry, meter: Meter) -> Generator[Event, None, bool]:
    """Yield the bytes of one member and its end; return True when the archive as a whole may go no further."""
    meter.start()
    crc, given, broken = 0, 0, None
    try:
        for piece in _pieces(read_at, entry, meter):
            broken = meter.count(len(piece))
            if broken is not None:
                break
            crc = zlib.crc32(piece, crc)
            given += len(piece)
            yield piece
    except _DAMAGE:
        yield ArchiveDefect("damaged", N_("The packed bytes cannot be inflated to the end; what came before is kept."), entry.index)
        yield MemberEnd(entry.index, given, complete=False)
        return False
    if broken is not None:
        yield ArchiveDefect(broken, _WHAT[broken], entry.index)
        yield MemberEnd(entry.index, given, complete=False)
        return broken.startswith("total-")
    if given != entry.size:
        yield ArchiveDefect("wrong-size", N_("The member is not as long as the archive says; all of it is kept."), entry.index)
    if crc != entry.crc:
        yield ArchiveDefect("wrong-crc", N_("The member's bytes do not match the archive's check value; they are kept."), entry.index)
    yield MemberEnd(entry.index, given)
    return False


def _pieces(read_at: ReadAt, entry: Entry, meter: Meter) -> Iterator[bytes]:
    """Yield inflated pieces. Raises one of `_DAMAGE`."""
    position, end = entry.start or 0, (entry.start or 0) + entry.packed
    engine, position = _engine(entry, read_at, position)
    has_no_end = entry.method in (0, 14)  # LZMA in a zip may come without an end mark
    while not engine.eof:
        data = b""
        if engine.is_hungry():
            data = read_at(position, min(_PIECE, end - position)) if position < end else b""
            position += len(data)
            meter.feed(len(data))
            if not data:
                if has_no_end:
                    return
                raise EOFError
        piece = engine.give(data, meter.room())
        if piece:
            yield piece
    if position < end:
        raise ValueError("packed bytes after the end")


def _engine(entry: Entry, read_at: ReadAt, position: int) -> tuple[_Inflater, int]:
    if entry.method == 0:
        return _Stored(), position
    if entry.method == 8:
        return _Deflate(), position
    if entry.method == 12:
        return _Bz2OrLzma(bz2.BZ2Decompressor()), position
    # APPNOTE 5.8.8: two version bytes, a length, then the raw LZMA properties.
    head = read_at(position, 9)
    length, packed, dictionary = struct.unpack_from("<HBL", head, 2)
    if length != 5 or dictionary > 64 << 20 or packed >= 225:
        raise ValueError("unusual LZMA properties")
    filters = [{"id": lzma.FILTER_LZMA1, "dict_size": max(4096, dictionary), "lc": packed % 9, "lp": packed // 9 % 5, "pb": packed // 45}]
    return _Bz2OrLzma(lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)), position + 9
