"""
A case as one stream: POSIX tar (pax), which every system can unpack by hand; made and read piece by piece.

The same folder gives the same bytes, so a locked file is compared by making its content again. Read is only what is written here;
anything else in a tar is refused, for whoever knows the public keys can make a file that they open.
"""

from __future__ import annotations

import os
import tarfile
from collections.abc import Generator, Iterator
from typing import NamedTuple

from sextortion_cli.errors import LockedFileDamaged
from sextortion_cli.vault.age import Reads

BLOCK = 512
_LARGEST_HEADER = 1 << 16
_PIECE = 1 << 20


class Member(NamedTuple):
    """One file or folder in the stream; times in nanoseconds, so that they come back as they were."""

    name: bytes
    is_folder: bool
    mode: int
    size: int
    modified_ns: int


def header(member: Member) -> bytes:
    """Return the blocks before a member's bytes. Neither the name nor the number of the computer's account is in them."""
    info = tarfile.TarInfo(os.fsdecode(member.name))
    info.type = tarfile.DIRTYPE if member.is_folder else tarfile.REGTYPE
    info.mode, info.size = member.mode & 0o777, member.size
    seconds, rest = divmod(member.modified_ns, 1_000_000_000)
    info.pax_headers = {"mtime": f"{seconds}.{rest:09d}"}
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")


def padding(size: int) -> bytes:
    """Return what fills the last block of a member."""
    return bytes(-size % BLOCK)


END = bytes(2 * BLOCK)


class Pieces:
    """An iterator of pieces as something to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = memoryview(b"")
        #: Bytes given so far.
        self.given = 0

    def read(self, count: int) -> bytes:
        """Return up to `count` bytes; none means the end."""
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._held = memoryview(piece)
        found, self._held = self._held[:count], self._held[count:]
        self.given += len(found)
        return bytes(found)

    def exactly(self, count: int) -> bytes:
        """Return `count` bytes, fewer only at the end."""
        found = self.read(count)
        while len(found) < count and (more := self.read(count - len(found))):
            found += more
        return found


def content(stream: Reads, size: int) -> Iterator[bytes]:
    """Yield the bytes of one file; the stream has to hold exactly `size`. Raises EOFError otherwise."""
    left = size
    while left:
        piece = stream.read(min(left, _PIECE))
        if not piece:
            raise EOFError
        left -= len(piece)
        yield piece
    if stream.read(1):
        raise EOFError


class Unpacking:
    """
    Reads a stream that is pushed in: a member first, then its bytes, through `started`, `more` and `ended` of the `taker`.

    Raises:
        LockedFileDamaged: From `write` and `close`, when it is not what `header` makes.
    """

    def __init__(self, taker: Taker) -> None:
        self._taker = taker
        self._reading = self._read()
        self._wanted, self._exactly = next(self._reading)
        self._held = bytearray()
        self._over = False

    def write(self, data: bytes) -> None:
        """Take in some bytes."""
        view = memoryview(data)
        while view:
            if self._exactly:
                part = view[: self._wanted - len(self._held)]
                self._held += part
                view = view[len(part) :]
                if len(self._held) < self._wanted:
                    return
                piece, self._held = bytes(self._held), bytearray()
            else:
                piece = bytes(view[: self._wanted])
                view = view[len(piece) :]
            self._wanted, self._exactly = self._reading.send(piece)

    def close(self) -> None:
        """Say that nothing more comes."""
        self._reading.close()
        if not self._over or self._held:
            raise LockedFileDamaged()

    def _read(self) -> Generator[tuple[int, bool], bytes, None]:
        """Ask for bytes: how many, and whether all of them at once."""
        while True:
            block = yield BLOCK, True
            if block == bytes(BLOCK):
                break
            said: dict[str, str] = {}
            if _header(block).type == tarfile.XHDTYPE:
                size = _header(block).size
                if not 0 < size <= _LARGEST_HEADER:
                    raise LockedFileDamaged()
                said = _said((yield size + len(padding(size)), True)[:size])
                block = yield BLOCK, True
            member = _member(_header(block), said)
            self._taker.started(member)
            left = member.size
            while left:
                piece = yield min(left, _PIECE), False
                left -= len(piece)
                self._taker.more(piece)
            self._taker.ended(member)
            if member.size % BLOCK:
                yield len(padding(member.size)), True
        if (yield BLOCK, True) != bytes(BLOCK):
            raise LockedFileDamaged()
        self._over = True
        yield 1, True
        raise LockedFileDamaged()


class Taker:
    """What happens to the members of a stream."""

    def started(self, member: Member) -> None:
        """A member begins."""

    def more(self, piece: bytes) -> None:
        """Some of its bytes."""

    def ended(self, member: Member) -> None:
        """It is whole."""


def _header(block: bytes) -> tarfile.TarInfo:
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        raise LockedFileDamaged() from None


def _said(data: bytes) -> dict[str, str]:
    """Return the records of a pax header: each its own length, a space, a key, ``=``, a value, a newline."""
    found = {}
    while data:
        digits, _, _rest = data[:8].partition(b" ")
        if not digits.isdigit() or not len(digits) + 1 < int(digits) <= len(data):
            raise LockedFileDamaged()
        record, data = data[len(digits) + 1 : int(digits)], data[int(digits) :]
        key, mark, value = record.partition(b"=")
        if not mark or not value.endswith(b"\n"):
            raise LockedFileDamaged()
        found[key.decode("ascii", "replace")] = value[:-1].decode("utf-8", "surrogateescape")
    return found


def _member(info: tarfile.TarInfo, said: dict[str, str]) -> Member:
    if info.type not in (tarfile.DIRTYPE, tarfile.REGTYPE) or not said.keys() <= {"path", "size", "mtime", "hdrcharset"}:
        raise LockedFileDamaged()
    seconds, _, rest = said.get("mtime", "").partition(".")
    size = said.get("size", str(info.size))
    digits = seconds.removeprefix("-") + rest + size
    if not (digits.isascii() and digits.isdigit()) or len(rest) != 9 or len(seconds) > 12 or len(size) > 18:
        raise LockedFileDamaged()
    folder = info.type == tarfile.DIRTYPE
    name = os.fsencode(said.get("path", info.name)).rstrip(b"/")
    if folder and int(size):
        raise LockedFileDamaged()
    return Member(name, folder, info.mode & 0o777, int(size), int(seconds) * 1_000_000_000 + int(rest))
