"""
The members of a tar archive in one forward pass: ustar, pax and GNU headers, read here so that names stay bytes and sizes stay claims.

References: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Extended Header"; GNU tar manual, "Basic Tar Format".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import msgspec

from sextortion_cli.extract.inflow import DAMAGE, Inflow, LimitReached, Packing
from sextortion_cli.extract.members import ArchiveDefect, Event, Limits, Member, MemberEnd, MemberKind, Meter, b64, shown
from sextortion_cli.words import N_

BLOCK = 512
_PIECE = 1 << 20
_HEADER_LIMIT = 1 << 20
_KINDS: dict[bytes, MemberKind] = {
    b"0": "file", b"\x00": "file", b"7": "file", b"S": "file", b"1": "hardlink", b"2": "symlink", b"3": "device", b"4": "device", b"5": "dir", b"6": "fifo",
}  # fmt: skip
_WITHOUT_DATA = frozenset({b"1", b"2", b"3", b"4", b"5", b"6"})
_WHAT = {
    "total-limit": N_("The archive inflates to more than is taken out; the rest is not read."),
    "member-limit": N_("The member inflates to more than is taken out; the rest is not read."),
    "ratio-limit": N_("The archive inflates like a bomb; the rest is not read."),
    "total-ratio-limit": N_("The archive inflates like a bomb; the rest is not read."),
}


class _BadHeader(Exception):
    """A header block cannot be read; `code` is the defect's code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclasses.dataclass
class _Header:
    """One header block, with what extended headers before it said."""

    name: bytes
    size: int
    type: bytes
    link: bytes
    mtime: str | None
    sparse: bool = False


def is_tar_block(block: bytes) -> bool:
    """Say whether `block` starts with a tar header: its checksum is right and it names something."""
    if len(block) < BLOCK or block[:BLOCK].count(0) == BLOCK:
        return False
    return _checksum_holds(block[:BLOCK])


def tar_stream(
    read_at: Callable[[int, int], bytes], size: int, packing: Packing, wanted: set[int] | None, limits: Limits
) -> Iterator[Event]:
    """Yield members, and after each wanted regular one its bytes and its end. With an empty `wanted` only members come."""
    # Packed bytes of a tar belong to no single member, so the ratio is that of the whole; members are measured by `_Walk`.
    meter = Meter(msgspec.structs.replace(limits, member_bytes=limits.total_bytes))
    walk = _Walk(Inflow(read_at, size, packing, meter), wanted, limits)
    try:
        yield from walk.events()
    except LimitReached as error:
        yield from walk.cut_short(error.code, _WHAT[error.code])
    except DAMAGE:
        yield from walk.cut_short("damaged", N_("The packed bytes cannot be inflated to the end; what came before is kept."))
    except _BadHeader as error:
        yield from walk.cut_short(error.code, N_("A tar header cannot be read; the rest of the archive is not taken out."))


class _Walk:
    """The state of one pass."""

    def __init__(self, flow: Inflow, wanted: set[int] | None, limits: Limits) -> None:
        self._flow, self._wanted, self._limits = flow, wanted, limits
        self._names: set[bytes] = set()
        self._open: int | None = None
        self._given = 0

    def cut_short(self, code: str, what: str) -> Iterator[Event]:
        """Close a half-given member and say why nothing more comes."""
        yield ArchiveDefect(code, what, self._open)
        if self._open is not None:
            yield MemberEnd(self._open, self._given, complete=False)

    def events(self) -> Iterator[Event]:
        index = 0
        while (header := self._next()) is not None:
            if index == self._limits.members:
                yield ArchiveDefect("too-many-members", f"More than {self._limits.members} members; the rest is not taken out.")
                return
            member = self._member(index, header)
            yield member
            if member.duplicate:
                yield ArchiveDefect("duplicate-name", N_("An earlier member has the same name; both are kept."), index)
            if header.sparse:
                yield ArchiveDefect(
                    "sparse", N_("A sparse member: its bytes are kept as they lie in the archive, without the holes."), index
                )
            yield from self._data(index, header, member.is_regular)
            index += 1
        if index == 0:
            yield ArchiveDefect("no-members", N_("No tar header was found."))
        yield from self._after_end()

    def _data(self, index: int, header: _Header, is_regular: bool) -> Iterator[Event]:
        size = 0 if header.type in _WITHOUT_DATA else header.size
        padded = -size % BLOCK
        if not is_regular or (self._wanted is not None and index not in self._wanted):
            if self._flow.skip(size + padded) < size:
                yield ArchiveDefect("cut-file", N_("The archive ends inside a member."), index)
            return
        self._open, self._given = index, 0
        while self._given < size:
            if self._given >= self._limits.member_bytes:
                yield ArchiveDefect("member-limit", N_("The member is larger than is taken out."), index)
                break
            piece = self._flow.read(min(_PIECE, size - self._given, self._limits.member_bytes - self._given))
            if not piece:
                yield ArchiveDefect("cut-file", N_("The archive ends inside a member; what is there is kept."), index)
                break
            self._given += len(piece)
            yield piece
        yield MemberEnd(index, self._given, complete=self._given == size)
        self._open = None
        self._flow.skip(size - self._given + padded)

    def _after_end(self) -> Iterator[Event]:
        """Tell whether anything but zeros follows the end mark (a second archive, or something hidden)."""
        while piece := self._flow.read(_PIECE):
            if piece.count(0) != len(piece):
                yield ArchiveDefect("bytes-after-end", N_("The archive goes on after its end mark; that part is not taken out."))
                return

    def _next(self) -> _Header | None:
        """Return the next member's header, extended headers applied; None at the end. Raises _BadHeader."""
        said: dict[str, bytes] = {}
        for _ in range(1000):
            block = self._flow.read(BLOCK)
            if not block or block.count(0) == len(block):
                return None
            header = _parse(block)
            if header.type in (b"x", b"X", b"g", b"L", b"K"):
                said.update(self._extended(header))
                continue
            if header.sparse:
                self._skip_sparse_maps(block)
            return _applied(header, said)
        raise _BadHeader("too-many-headers")

    def _skip_sparse_maps(self, block: bytes) -> None:
        """Step over the further maps of an old GNU sparse header: they lie between it and the data."""
        more = block[482:483]
        while more == b"\x01":
            block = self._flow.read(BLOCK)
            if len(block) < BLOCK:
                raise _BadHeader("cut-header")
            more = block[504:505]

    def _extended(self, header: _Header) -> dict[str, bytes]:
        if header.size > _HEADER_LIMIT:
            raise _BadHeader("header-too-large")
        body = self._flow.read(header.size)
        if len(body) < header.size:
            raise _BadHeader("cut-header")
        self._flow.skip(-header.size % BLOCK)
        if header.type == b"L":
            return {"path": body.split(b"\x00", 1)[0]}
        if header.type == b"K":
            return {"linkpath": body.split(b"\x00", 1)[0]}
        found = _pax(body)
        return found if header.type != b"g" else {key: value for key, value in found.items() if key == "mtime"}

    def _member(self, index: int, header: _Header) -> Member:
        name, basis = shown(header.name, False, "utf-8")
        kind = _KINDS.get(header.type, "other")
        if kind == "file" and header.name.endswith(b"/"):
            kind = "dir"
        duplicate = header.name in self._names
        self._names.add(header.name)
        link = shown(header.link, False, "utf-8")[0] if kind in ("symlink", "hardlink") else None
        why_not = None if kind == "file" else f"{kind}: not a regular file"
        return Member(
            index,
            name,
            b64(header.name),
            kind,
            kind == "file",
            header.size,
            basis,
            mtime=header.mtime,
            link=link,
            why_not=why_not,
            duplicate=duplicate,
        )


def _number(field: bytes) -> int:
    """Read an octal number, or GNU's base-256 form (first bit set). Raises _BadHeader on anything else or a negative number."""
    if field[:1] and field[0] & 0x80:
        value = int.from_bytes(field, "big", signed=field[0] == 0xFF)
        value = value if field[0] == 0xFF else value & ((1 << (8 * len(field) - 1)) - 1)
    else:
        text = field.split(b"\x00", 1)[0].strip()
        if text.translate(None, b"01234567"):
            raise _BadHeader("bad-number")
        value = int(text or b"0", 8)
    return value


_LOW = bytes(range(128))


def _checksum_holds(block: bytes) -> bool:
    try:
        wanted = _number(block[148:156])
    except _BadHeader:
        return False
    rest = block[:148] + b" " * 8 + block[156:]
    unsigned = sum(rest)
    return wanted == unsigned or wanted == unsigned - 256 * len(rest.translate(None, _LOW))  # some old writers summed signed bytes


def _parse(block: bytes) -> _Header:
    if len(block) < BLOCK:
        raise _BadHeader("cut-header")
    if not _checksum_holds(block):
        raise _BadHeader("bad-checksum")
    size = _number(block[124:136])
    if not 0 <= size < 1 << 53:
        raise _BadHeader("impossible-size")
    name = block[:100].split(b"\x00", 1)[0]
    if block[257:263] == b"ustar\x00":
        prefix = block[345:500].split(b"\x00", 1)[0]
        name = prefix + b"/" + name if prefix else name
    try:
        mtime: str | None = str(_number(block[136:148]))
    except _BadHeader:
        mtime = None
    return _Header(name, size, block[156:157], block[157:257].split(b"\x00", 1)[0], mtime, sparse=block[156:157] == b"S")


def _pax(body: bytes) -> dict[str, bytes]:
    """Read ``length key=value`` records; stops at the first that is not one."""
    found: dict[str, bytes] = {}
    position = 0
    while position < len(body):
        space = body.find(b" ", position, position + 20)
        digits = body[position:space] if space > 0 else b""
        if not digits.isdigit():
            break
        end = position + int(digits)
        key, separator, value = body[space + 1 : end - 1].partition(b"=")
        if not separator or end <= space or end > len(body):
            break
        found[key.decode("utf-8", "replace")] = value
        position = end
    return found


def _applied(header: _Header, said: dict[str, bytes]) -> _Header:
    name = said.get("GNU.sparse.name") or said.get("path") or header.name
    size, text = header.size, said.get("size", b"")
    if text.isdigit() and len(text) < 16:
        size = int(text)
    mtime = said["mtime"].decode("ascii", "replace")[:40] if "mtime" in said else header.mtime
    sparse = header.sparse or any(key.startswith("GNU.sparse.") for key in said)
    return dataclasses.replace(header, name=name, size=size, mtime=mtime, sparse=sparse, link=said.get("linkpath", header.link))
