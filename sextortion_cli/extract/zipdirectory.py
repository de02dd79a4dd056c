"""
The directory of a zip file, parsed here and not by zipfile: names stay bytes, limits come before memory, overlaps are seen.

References: PKWARE APPNOTE.TXT 6.3.10, sections 4.3 and 4.5; D. Fifield, "A better zip bomb" (2019).
"""

from __future__ import annotations

import dataclasses
import stat
import struct
from collections.abc import Callable, Iterator

from sextortion_cli.extract.members import ArchiveDefect, Limits, Member, MemberKind, b64, shown
from sextortion_cli.words import N_

ReadAt = Callable[[int, int], bytes]
METHODS = {0: "stored", 8: "deflate", 9: "deflate64", 12: "bzip2", 14: "lzma", 93: "zstd", 95: "xz", 98: "ppmd", 99: "aes"}
READABLE = frozenset({0, 8, 12, 14})
_END, _END64, _LOCATOR, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x01\x02", b"PK\x03\x04"
_CENTRAL_FORMAT = struct.Struct("<4s4B4HL2L5H2L")
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF


class NotAZip(Exception):
    """The directory cannot be found or read; `code` is the defect's code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclasses.dataclass
class Entry:
    """A directory entry with where its data lies; `start` is None until the local header was read."""

    index: int
    raw: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    header: int
    system: int
    attributes: int
    dos: tuple[int, int]
    extra: bytes
    start: int | None = None
    refused: str | None = None
    duplicate: bool = False


def entries(read_at: ReadAt, size: int, limits: Limits) -> tuple[list[Entry], list[ArchiveDefect]]:
    """
    Return the entries in the order of the directory, overlapping and unreadable ones marked `refused`.

    Raises:
        NotAZip: There is no directory, or it is not readable as one.
    """
    where, length, count, shift, end = _find_directory(read_at, size)
    if length > limits.header_bytes:
        raise NotAZip("directory-too-large")
    defects: list[ArchiveDefect] = []
    found: list[Entry] = []
    for entry in _parse(read_at(where, length), shift, defects):
        if len(found) == limits.members:
            defects.append(ArchiveDefect("too-many-members", f"More than {limits.members} members; the rest is not taken out."))
            break
        found.append(entry)
    if count != len(found) and len(found) < limits.members:
        defects.append(ArchiveDefect("wrong-count", N_("The directory holds another number of members than it says.")))
    if end < size:
        defects.append(ArchiveDefect("bytes-after-end", f"{size - end} bytes after the end of the zip."))
    _place(read_at, found, where, defects)
    _mark_duplicates(found, defects)
    return found, defects


def _find_directory(read_at: ReadAt, size: int) -> tuple[int, int, int, int, int]:
    """Return (offset, length, count of entries, shift of all offsets, end of the zip)."""
    tail_start = max(0, size - 22 - _FULL16)
    tail = read_at(tail_start, size - tail_start)
    at = tail.rfind(_END)
    while at >= 0 and len(tail) - at < 22:
        at = tail.rfind(_END, 0, at)
    if at < 0:
        raise NotAZip("no-directory")
    disk, first_disk, _, count, length, offset, comment = struct.unpack_from("<4H2LH", tail, at + 4)
    position = tail_start + at
    end = min(size, position + 22 + comment)
    if count == _FULL16 or length == _FULL32 or offset == _FULL32:
        wide = _zip64(read_at, position)
        if wide is not None:
            position, count, length, offset = wide
            disk = first_disk = 0
    if disk not in (0, _FULL16) or first_disk not in (0, _FULL16):
        raise NotAZip("several-disks")
    where = position - length
    shift = where - offset
    if where < 0 or shift < 0:
        raise NotAZip("directory-outside")
    return where, length, count, shift, end


def _zip64(read_at: ReadAt, end: int) -> tuple[int, int, int, int] | None:
    """Return (offset of the zip64 end record, count, length, offset of the directory)."""
    locator = read_at(end - 20, 20) if end >= 20 else b""
    if locator[:4] != _LOCATOR:
        return None
    for position in (struct.unpack_from("<Q", locator, 8)[0], end - 20 - 56):
        record = read_at(position, 56) if 0 <= position < end else b""
        if record[:4] == _END64 and len(record) == 56:
            count, length, offset = struct.unpack_from("<3Q", record, 32)
            return position, count, length, offset
    raise NotAZip("bad-zip64")


def _parse(data: bytes, shift: int, defects: list[ArchiveDefect]) -> Iterator[Entry]:
    position, index = 0, 0
    while position + 46 <= len(data):
        (magic, _, system, _, _, flags, method, time, date, crc, packed, size, name, extra, comment, _, _, attributes, header) = (
            _CENTRAL_FORMAT.unpack_from(data, position)
        )
        if magic != _CENTRAL:
            break
        position += 46
        raw, more = data[position : position + name], data[position + name : position + name + extra]
        position += name + extra + comment
        if position > len(data):
            defects.append(ArchiveDefect("cut-directory", N_("The directory ends inside an entry.")))
            return
        entry = Entry(index, raw, flags, method, crc, packed, size, header, system, attributes, (date, time), more)
        _widen(entry, defects)
        entry.header += shift
        yield entry
        index += 1
    if position < len(data) and data[position : position + 4] != b"PK\x05\x05":
        defects.append(ArchiveDefect("bad-directory", N_("The directory holds something that is not an entry.")))


def _extra(extra: bytes, wanted: int) -> bytes | None:
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind == wanted:
            return extra[position + 4 : position + 4 + length]
        position += 4 + length
    return None


def _widen(entry: Entry, defects: list[ArchiveDefect]) -> None:
    """Take 64-bit sizes and offset from the extra field, in the order the standard gives them."""
    if _FULL32 not in (entry.size, entry.packed, entry.header):
        return
    numbers = _extra(entry.extra, 1) or b""
    position = 0
    for field in ("size", "packed", "header"):
        if getattr(entry, field) == _FULL32:
            if position + 8 > len(numbers):
                defects.append(ArchiveDefect("bad-zip64", N_("A 64-bit size is missing."), entry.index))
                return
            setattr(entry, field, struct.unpack_from("<Q", numbers, position)[0])
            position += 8


def _place(read_at: ReadAt, found: list[Entry], directory: int, defects: list[ArchiveDefect]) -> None:
    """Read the local headers; refuse entries that point outside, or into bytes an earlier entry owns."""
    ranges = []
    for entry in found:
        local = read_at(entry.header, 30) if entry.header + 30 <= directory else b""
        if len(local) < 30 or local[:4] != _LOCAL:
            _refuse(entry, "bad-local-header", N_("There is no local header where the directory points."), defects)
            continue
        name, extra = struct.unpack_from("<HH", local, 26)
        entry.start = entry.header + 30 + name + extra
        if entry.start + entry.packed > directory:
            _refuse(entry, "outside", N_("The data would lie outside the archive."), defects)
            continue
        if read_at(entry.header + 30, name) != entry.raw:
            defects.append(ArchiveDefect("two-names", N_("Directory and local header name this member differently."), entry.index))
        ranges.append((entry.header, entry.index, entry.start + entry.packed, entry))
    reached = 0
    for start, _, end, entry in sorted(ranges, key=lambda item: item[:2]):
        if start < reached:
            _refuse(entry, "overlap", N_("The data overlaps that of another member, as in a bomb."), defects)
        else:
            reached = end


def _refuse(entry: Entry, code: str, what: str, defects: list[ArchiveDefect]) -> None:
    entry.refused = code
    defects.append(ArchiveDefect(code, what, entry.index))


def _mark_duplicates(found: list[Entry], defects: list[ArchiveDefect]) -> None:
    seen: set[bytes] = set()
    for entry in found:
        entry.duplicate = entry.raw in seen
        seen.add(entry.raw)
        if entry.duplicate:
            defects.append(ArchiveDefect("duplicate-name", N_("An earlier member has the same name; both are kept."), entry.index))


def as_member(entry: Entry) -> Member:
    """Return the public record of an entry."""
    name, basis = _name(entry)
    kind = _kind(entry, name)
    date, time = entry.dos
    written = f"{1980 + (date >> 9):04d}-{date >> 5 & 15:02d}-{date & 31:02d}T{time >> 11:02d}:{time >> 5 & 63:02d}:{(time & 31) * 2:02d}"
    stamp = _extra(entry.extra, 0x5455)
    unix = struct.unpack_from("<i", stamp, 1)[0] if stamp is not None and len(stamp) >= 5 and stamp[0] & 1 else None
    encrypted = bool(entry.flags & 0x41) or entry.method == 99
    return Member(
        entry.index, name, b64(entry.raw), kind, kind == "file", entry.size, basis, entry.packed, encrypted, written if date or time else None, unix,
        METHODS.get(entry.method, f"method {entry.method}"), f"{entry.crc:08x}", None, _why_not(entry, kind, encrypted), entry.duplicate,
    )  # fmt: skip


def _name(entry: Entry) -> tuple[str, str]:
    """Decode the name; Info-ZIP's Unicode path is preferred where its check value matches the raw name (APPNOTE 4.6.9)."""
    import zlib

    unicode_path = _extra(entry.extra, 0x7075)
    if unicode_path is not None and len(unicode_path) > 5 and struct.unpack_from("<L", unicode_path, 1)[0] == zlib.crc32(entry.raw):
        return shown(unicode_path[5:], True, "cp437")
    return shown(entry.raw, bool(entry.flags & 0x800), "cp437")


def _kind(entry: Entry, name: str) -> MemberKind:
    mode = entry.attributes >> 16 if entry.system in (3, 19) else 0
    table: dict[int, MemberKind] = {
        stat.S_IFLNK: "symlink", stat.S_IFDIR: "dir", stat.S_IFIFO: "fifo", stat.S_IFCHR: "device", stat.S_IFBLK: "device", stat.S_IFREG: "file", stat.S_IFSOCK: "other",
    }  # fmt: skip
    kind = table.get(stat.S_IFMT(mode), "file")
    if kind == "file" and (name.endswith("/") or (entry.attributes & 0x10 and entry.size == 0)):
        return "dir"
    return kind


def _why_not(entry: Entry, kind: MemberKind, encrypted: bool) -> str | None:
    if kind != "file":
        return f"{kind}: not a regular file"
    if entry.refused is not None:
        return entry.refused
    if encrypted:
        return "encrypted"
    return None if entry.method in READABLE else "unknown-method"
