"""
The directory of a 7z archive: py7zr reads it, and what it says is checked here before anything is unpacked.

Reference: 7-Zip, DOC/7zFormat.txt and DOC/Methods.txt.
"""

from __future__ import annotations

import dataclasses
import io
import lzma
import struct
import zlib
from collections.abc import Iterator
from typing import IO, Any, cast

from py7zr import SevenZipFile
from py7zr.archiveinfo import HeaderStreamsInfo
from py7zr.exceptions import ArchiveError, PasswordRequired
from py7zr.properties import PROPERTY

from sextortion_cli.extract.members import ArchiveDefect, Limits, Member, MemberKind, b64
from sextortion_cli.extract.zipdirectory import ReadAt
from sextortion_cli.words import N_

#: What py7zr and the libraries below it raise over bytes that are not as they should be.
DAMAGE = (
    ArchiveError, PasswordRequired, lzma.LZMAError, zlib.error, struct.error, OSError, ValueError, EOFError, LookupError, TypeError, AttributeError,
    ArithmeticError, AssertionError, RuntimeError,
)  # fmt: skip
_START = struct.Struct("<6sBBLQQL")
_EPOCH = 116_444_736_000_000_000  # 1970 in units of 100 ns since 1601
_MEMORY = 256 << 20
_AES = b"\x06\xf1\x07\x01"
_LZMA, _LZMA2 = b"\x03\x01\x01", b"\x21"
#: Ways of packing that Python's own libraries unpack, in 7-Zip's names. PPMd, Deflate64, Zstandard and Brotli are left to other programs:
#: what py7zr has for them takes any amount of memory, or destroys it over damaged bytes (pyppmd 1.3.1 does).
_METHODS = {b"\x00": "copy", _LZMA: "lzma", _LZMA2: "lzma2", b"\x04\x01\x08": "deflate", b"\x04\x02\x02": "bzip2", b"\x03": "delta"}
#: Filters for programs. Beside LZMA2 Python undoes them; otherwise it would be a library of py7zr's.
_FILTERS = {
    b"\x04": "bcj", b"\x03\x03\x01\x03": "bcj", b"\x05": "ppc", b"\x03\x03\x02\x05": "ppc", b"\x07": "arm", b"\x03\x03\x05\x01": "arm",
    b"\x08": "armt", b"\x03\x03\x07\x01": "armt", b"\x09": "sparc", b"\x03\x03\x08\x05": "sparc",
}  # fmt: skip
_NAMES = {_AES: "aes", **_METHODS, **_FILTERS}


class NotASevenZip(Exception):
    """The directory cannot be found or read; `code` is the defect's code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclasses.dataclass
class Block:
    """Members that were packed together (a "folder" of the format): where the packed bytes lie, and why it is not unpacked, or None."""

    folder: Any
    start: int
    packed: int
    method: str
    refused: str | None


@dataclasses.dataclass
class Entry:
    """A member and where it is: in which block (None: it is empty), of how many bytes, with which check value."""

    member: Member
    block: int | None
    size: int
    crc: int | None


@dataclasses.dataclass
class Directory:
    """Everything an archive says it holds, in its order, and what is wrong with it."""

    entries: list[Entry]
    blocks: list[Block]
    defects: list[ArchiveDefect]


class _Bytes(io.RawIOBase):
    """The archive as py7zr wants it."""

    def __init__(self, read_at: ReadAt, size: int) -> None:
        self._read_at, self._size, self._at = read_at, size, 0

    def read(self, count: int = -1) -> bytes:
        count = self._size - self._at if count < 0 else count
        data = self._read_at(self._at, min(count, max(0, self._size - self._at)))
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = max(0, offset + (0, self._at, self._size)[whence])
        return self._at

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def directory(read_at: ReadAt, size: int, limits: Limits) -> Directory:
    """
    Return what the archive says it holds.

    Raises:
        NotASevenZip: There is no directory, or none that can be read.
    """
    end, packed_end = _ends(read_at, size, limits)
    if end is None:
        return Directory(
            [], [], [ArchiveDefect("no-members", N_("The 7z has no directory; whatever wrote it did not finish."))] if size > 32 else []
        )
    try:
        _check_packing(read_at(packed_end, end - packed_end), limits)
        archive = SevenZipFile(cast("IO[bytes]", _Bytes(read_at, size)))
        blocks = list(_blocks(archive.header, packed_end))
        found = Directory([], blocks, [])
        _fill(found, archive, limits)
    except DAMAGE:
        raise NotASevenZip("bad-directory") from None
    if end < size:
        found.defects.append(ArchiveDefect("bytes-after-end", f"{size - end} bytes after the end of the 7z."))
    return found


def _ends(read_at: ReadAt, size: int, limits: Limits) -> tuple[int | None, int]:
    """Return where the archive and its packed bytes end; None for one without a directory. Raises NotASevenZip."""
    start = read_at(0, 32)
    if len(start) < 32:
        raise NotASevenZip("no-directory")
    _, _, _, crc, offset, length, _ = _START.unpack(start)
    if crc != zlib.crc32(start[12:32]):
        raise NotASevenZip("bad-directory")
    if length == 0:
        return None, 32
    if 32 + offset + length > size:
        raise NotASevenZip("no-directory")
    if length > limits.header_bytes:
        raise NotASevenZip("directory-too-large")
    return 32 + offset + length, 32 + offset


def _check_packing(head: bytes, limits: Limits) -> None:
    """Look how the directory itself is packed, before py7zr unpacks it. Raises NotASevenZip, and what is in `DAMAGE`."""
    if head[:1] != PROPERTY.ENCODED_HEADER:
        return
    folders = HeaderStreamsInfo.retrieve(io.BytesIO(head[1:])).unpackinfo.folders
    refused = next(filter(None, (_refused(folder.coders, len(folder.packed_indices)) for folder in folders)), None)
    if refused is not None:
        raise NotASevenZip(refused)
    if sum(max(folder.unpacksizes, default=0) for folder in folders) > limits.header_bytes:
        raise NotASevenZip("directory-too-large")


def _blocks(header: Any, packed_end: int) -> Iterator[Block]:
    streams = getattr(header, "main_streams", None)
    if streams is None:
        return
    first = 0
    sizes, places = streams.packinfo.packsizes, streams.packinfo.packpositions
    for folder in streams.unpackinfo.folders:
        count = max(1, len(folder.packed_indices))
        start, packed = 32 + streams.packinfo.packpos + places[first], sum(sizes[first : first + count])
        first += count
        method = "+".join(_NAMES.get(coder["method"], coder["method"].hex()) for coder in folder.coders)
        refused = _refused(folder.coders, count)
        yield Block(folder, start, packed, method, "outside" if start + packed > packed_end else refused)


def _refused(coders: list[dict[str, Any]], streams: int) -> str | None:
    if any(coder["method"] == _AES for coder in coders):
        return "encrypted"
    methods = {coder["method"] for coder in coders}
    known = methods <= {_LZMA2, *_FILTERS} or methods <= _METHODS.keys()
    if streams > 1 or not known:
        return "unknown-method"
    return "too-much-memory" if any(_memory(coder) > _MEMORY for coder in coders) else None


def _memory(coder: dict[str, Any]) -> int:
    """Return how many bytes unpacking has to keep: the dictionary of LZMA."""
    properties = coder["properties"] or b""
    if coder["method"] == _LZMA2:
        bits = properties[0]
        return (2 | bits & 1) << (bits // 2 + 11)
    if coder["method"] == _LZMA:
        return int.from_bytes(properties[1:5], "little")
    return 0


def _fill(found: Directory, archive: Any, limits: Limits) -> None:
    """Add the entries, and what is wrong with them."""
    numbers = {id(block.folder): number for number, block in enumerate(found.blocks)}
    empty = iter(getattr(getattr(archive.header, "files_info", None), "emptyfiles", None) or ())
    names: set[str] = set()
    for index, file in enumerate(archive.files):
        if index == limits.members:
            found.defects.append(ArchiveDefect("too-many-members", f"More than {limits.members} members; the rest is not taken out."))
            return
        is_folder = bool(file.emptystream and not next(empty, False))
        number = None if file.folder is None else numbers[id(file.folder)]
        block = None if number is None else found.blocks[number]
        refused = None if block is None else "bad-size" if file.uncompressed < 0 else block.refused
        member = _member(index, file, block, "dir" if is_folder else _kind(file), refused, duplicate=file.filename in names)
        names.add(file.filename)
        found.entries.append(Entry(member, number, max(0, file.uncompressed), file.crc32))
        if member.duplicate:
            found.defects.append(ArchiveDefect("duplicate-name", N_("An earlier member has the same name; both are kept."), index))


def _kind(file: Any) -> MemberKind:
    if file.is_directory:
        return "dir"
    if file.is_symlink or file.is_junction:
        return "symlink"
    return "file" if file.is_file else "other"


def _member(index: int, file: Any, block: Block | None, kind: MemberKind, refused: str | None, *, duplicate: bool) -> Member:
    stamp = file.lastwritetime
    encrypted = block is not None and block.refused == "encrypted"
    return Member(
        index,
        file.filename,
        b64(file.filename.encode("utf-8", "surrogatepass")),
        kind,
        kind == "file",
        max(0, file.uncompressed),
        "utf-16",
        encrypted=encrypted,
        mtime=None if stamp is None else _since_1970(int(stamp)),
        method=None if block is None else block.method,
        crc=None if file.crc32 is None else f"{file.crc32:08x}",
        why_not=refused if kind == "file" else f"{kind}: not a regular file",
        duplicate=duplicate,
    )


def _since_1970(stamp: int) -> str:
    """Return a time of the format as seconds since 1970 UTC, with all its digits."""
    seconds, rest = divmod(abs(stamp - _EPOCH), 10_000_000)
    sign = "-" if stamp < _EPOCH else ""
    return f"{sign}{seconds}" + (f".{rest:07d}".rstrip("0") if rest else "")
