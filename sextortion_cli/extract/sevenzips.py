"""
The members of a 7z archive, unpacked piece by piece by py7zr and counted here: what a 7z says about its sizes is only a claim.

py7zr's own ways out write files, or hand over members only while it runs. Here its decompressor is asked for one piece after another:
a block of many members passes through in bounded memory, and nothing is opened, written or started.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Generator, Iterator
from typing import Any

import msgspec

from sextortion_cli.extract.members import ArchiveDefect, Event, Limits, MemberEnd, Meter
from sextortion_cli.extract.sevenzipdirectory import DAMAGE, Block, Directory, Entry, NotASevenZip, directory
from sextortion_cli.extract.zipdirectory import ReadAt
from sextortion_cli.words import N_

_WHAT = {
    "no-directory": N_("The 7z has no directory: it is cut, or one part of several."),
    "bad-directory": N_("The 7z's directory cannot be read."),
    "directory-too-large": N_("The 7z's directory is larger than is read."),
    "encrypted": N_("The 7z needs a password."),
    "unknown-method": N_("No reader for this way of packing."),
    "too-much-memory": N_("Unpacking the member would take more memory than a reader may have."),
    "outside": N_("The data would lie outside the archive."),
    "bad-size": N_("The archive says an impossible size."),
    "unreachable": N_("The member was packed behind one that could not be unpacked."),
    "damaged": N_("The packed bytes cannot be unpacked to the end; what came before is kept."),
    "wrong-crc": N_("The member's bytes do not match the archive's check value; they are kept."),
    "total-limit": N_("The archive unpacks to more than is taken out; the rest is not read."),
    "member-limit": N_("The member unpacks to more than is taken out."),
    "ratio-limit": N_("The member unpacks like a bomb."),
    "total-ratio-limit": N_("The archive unpacks like a bomb; the rest is not read."),
}


def sevenzip_stream(read_at: ReadAt, size: int, wanted: set[int] | None, limits: Limits) -> Iterator[Event]:
    """Yield members, and after each wanted regular one its bytes and its end. With an empty `wanted` only members come."""
    try:
        found = directory(read_at, size, limits)
    except NotASevenZip as error:
        yield ArchiveDefect(error.code, _WHAT[error.code])
        return
    yield from (defect for defect in found.defects if defect.index is None)
    by_index = {defect.index: defect for defect in found.defects if defect.index is not None}
    walk = _Walk(read_at, found, wanted, Meter(limits))
    for entry in found.entries:
        member = entry.member
        if member.why_not is None and entry.block in walk.broken:
            member = msgspec.structs.replace(member, why_not="unreachable")
        yield member
        if member.index in by_index:
            yield by_index[member.index]
        if walk.is_wanted(entry) and member.why_not is not None:
            yield ArchiveDefect(member.why_not, _WHAT[member.why_not], member.index)
        elif (yield from walk.pass_through(entry)):
            return


class _Walk:
    """One pass over the blocks. `broken` are those of which nothing more can be unpacked."""

    def __init__(self, read_at: ReadAt, found: Directory, wanted: set[int] | None, meter: Meter) -> None:
        self._read_at, self._blocks, self._wanted, self._meter = read_at, found.blocks, wanted, meter
        self._last = {entry.block: entry.member.index for entry in found.entries if self.is_wanted(entry)}
        self._open: tuple[int, _Unpacking] | None = None
        self.broken: set[int | None] = set()

    def is_wanted(self, entry: Entry) -> bool:
        """Tell whether the bytes of a member are asked for."""
        return entry.member.is_regular and (self._wanted is None or entry.member.index in self._wanted)

    def pass_through(self, entry: Entry) -> Generator[Event, None, bool]:
        """Unpack one member, and give its bytes if they are wanted; return True when the archive as a whole may go no further."""
        index, wanted = entry.member.index, self.is_wanted(entry)
        if entry.block is None:
            if wanted:
                yield MemberEnd(index, 0)
            return False
        if entry.block in self.broken or self._blocks[entry.block].refused or self._last.get(entry.block, -1) < index:
            return False  # nothing of it is wanted any more
        self._meter.start()
        crc, given, problem = 0, 0, ""
        try:
            unpacking = self._at(entry.block)
            while given < entry.size and not problem:
                piece = unpacking.give(min(self._meter.room(), entry.size - given))
                self._meter.feed(unpacking.fed())
                problem = self._meter.count(len(piece)) or ""
                if problem:
                    break
                given += len(piece)
                if wanted:
                    crc = zlib.crc32(piece, crc)
                    yield piece
        except DAMAGE:
            problem = "damaged"
        if problem:
            self.broken.add(entry.block)
            self._open = None
            yield ArchiveDefect(problem, _WHAT[problem], index)
        elif wanted and entry.crc is not None and crc != entry.crc:
            yield ArchiveDefect("wrong-crc", _WHAT["wrong-crc"], index)
        if wanted:
            yield MemberEnd(index, given, complete=not problem)
        return problem.startswith("total-")

    def _at(self, number: int) -> _Unpacking:
        """Return the block that is being unpacked; a new one begins at its beginning."""
        if self._open is None or self._open[0] != number:
            self._open = number, _Unpacking(self._read_at, self._blocks[number])
        return self._open[1]


class _Unpacking:
    """One block on its way out. Raises what is in `DAMAGE`."""

    def __init__(self, read_at: ReadAt, block: Block) -> None:
        self._read_at, self._position, self._end = read_at, block.start, block.start + block.packed
        self._counted = block.start
        self._engine: Any = block.folder.get_decompressor(block.packed, reset=True)

    def give(self, room: int) -> bytes:
        """Return at most `room` unpacked bytes, at least one."""
        while True:
            before = self._position
            piece = bytes(self._engine.decompress(self, room))
            if piece:
                return piece
            if self._position == before:
                raise EOFError

    def fed(self) -> int:
        """Return how many packed bytes were taken in since this was last asked."""
        taken, self._counted = self._position - self._counted, self._position
        return taken

    def read(self, count: int) -> bytes:
        """Give py7zr packed bytes, but none while it still holds some: it would heap them up."""
        if not _is_hungry(self._engine.chain[0]):
            return b""
        data = self._read_at(self._position, min(count, self._end - self._position))
        self._position += len(data)
        return data


def _is_hungry(first: Any) -> bool:
    inner = getattr(first, "_decompressor", first)
    return not isinstance(inner, lzma.LZMADecompressor | bz2.BZ2Decompressor) or inner.needs_input
