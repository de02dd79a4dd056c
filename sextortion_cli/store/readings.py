"""
Readings: what one reader said about one object, kept beside it.

A reading file is a series of gzip members (RFC 1952), so `zcat` shows it: first one JSON object that says what was read by what
with which options, then blocks, each one JSON array of at most 1,000 records, last one JSON object with the account. Its digest
stands in the log's `read` record (decision 0005).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec

from sextortion_cli.model.canonical import canonical
from sextortion_cli.model.reading import Fact, Record
from sextortion_cli.store import layout
from sextortion_cli.store.fileops import fileops

_LEVEL = 1
_block = msgspec.json.Decoder(list[Record])
_GZIP = 31
_FACT = b'"t":"fact"'


class Block(NamedTuple):
    """Where one block of records lies: byte offset and length of its gzip member in the reading file."""

    offset: int
    length: int


class StoredReading(NamedTuple):
    """A finished reading file: its key (name), digest and size in bytes."""

    key: str
    sha256: str
    size: int


def key_of(sha256: str, reader: str, version: str, options: dict[str, Any]) -> str:
    """Return the name of a reading: 128 bits over object, reader, version and options."""
    return hashlib.sha256(canonical({"object": sha256, "reader": reader, "version": version, "options": options})).hexdigest()[:32]


class ReadingWriter:
    """A reading file on its way, under a temporary name until it is whole."""

    def __init__(self, temporary: Path, header: dict[str, Any]) -> None:
        from isal import isal_zlib  # four times as fast as zlib at the same size, and gzip all the same

        self._compressor = isal_zlib.compressobj
        self._temporary = temporary
        self._digest = hashlib.sha256()
        self._size = 0
        self._fd = fileops().create(temporary)
        self._member(canonical(header))

    def _member(self, data: bytes) -> Block:
        packer = self._compressor(_LEVEL, zlib.DEFLATED, _GZIP)
        packed = packer.compress(data) + packer.compress(b"\n") + packer.flush()
        fileops().write(self._fd, packed)
        self._digest.update(packed)
        block = Block(self._size, len(packed))
        self._size += len(packed)
        return block

    def block(self, encoded: bytes) -> Block:
        """Append one block (a JSON array of records, already canonical) and return where it lies."""
        return self._member(encoded)

    def finish(self, case: Path, key: str, account: dict[str, Any], recorded: str | None = None) -> StoredReading:
        """
        Write the account, sync, and give the file its name (in place of an unrecorded one).

        `recorded` is the digest the log names for this key: a reading that came out otherwise (the reader was cut short before, or is
        now) lies beside the old one under a key of its own.
        """
        self._member(canonical(account))
        if recorded not in (None, self._digest.hexdigest()):
            key = hashlib.sha256(f"{key} {self._digest.hexdigest()}".encode()).hexdigest()[:32]
        fileops().make_read_only(self._temporary)
        fileops().fsync(self._fd)
        fd, self._fd = self._fd, -1
        fileops().close(fd)
        fileops().replace(self._temporary, layout.reading_path(case, key))
        fileops().fsync_dir(case / layout.READINGS)
        return StoredReading(key, self._digest.hexdigest(), self._size)

    def abandon(self) -> None:
        """Close and remove the temporary file: a reading can always be made again."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            fileops().close(fd)
            fileops().unlink(self._temporary)


def members(path: Path) -> Iterator[tuple[Block, bytes]]:
    """
    Yield every gzip member of a reading file: where it lies, and its bytes.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no whole series of gzip members.
    """
    with path.open("rb") as stream:
        yield from _members(stream)


def _members(stream: BinaryIO) -> Iterator[tuple[Block, bytes]]:
    offset, pending = 0, b""
    while True:
        unpacker = zlib.decompressobj(_GZIP)
        parts, used = [], 0
        while not unpacker.eof:
            piece = pending or stream.read(1 << 18)
            pending = b""
            if not piece:
                if used:
                    raise ValueError("reading ends inside a block")
                return
            try:
                parts.append(unpacker.decompress(piece))
            except zlib.error:
                raise ValueError("reading is not a series of gzip members") from None
            used += len(piece)
        pending = unpacker.unused_data
        used -= len(pending)
        yield Block(offset, used), b"".join(parts)
        offset += used


def blocks(path: Path) -> Iterator[tuple[Block, list[Record]]]:
    """
    Yield the blocks of a reading file with their records.

    Raises:
        OSError, ValueError: As `members`; also when a block does not hold records.
    """
    with path.open("rb") as stream:
        yield from blocks_of(stream)


def blocks_of(stream: BinaryIO, first: int = 0, last: int | None = None) -> Iterator[tuple[Block, list[Record]]]:
    """
    Yield the blocks of an open reading file with their records: those that begin at an offset from `first` on and before `last`.

    Raises:
        OSError, ValueError: As `blocks`.
    """
    for place, data in _members(stream):
        if last is not None and place.offset >= last:
            return
        if data.startswith(b"[") and place.offset >= first:
            try:
                yield place, _block.decode(data)
            except msgspec.MsgspecError:
                raise ValueError("reading holds something that is no record") from None


def facts(path: Path) -> Iterator[Fact]:
    """
    Yield the facts of a reading file, in its order.

    Only blocks that can hold any are taken apart: a quote within a text of a record is written with a backslash, so that these bytes
    are always there with a fact, and hardly ever without.

    Raises:
        OSError, ValueError: As `blocks`.
    """
    for _, data in members(path):
        if data.startswith(b"[") and _FACT in data:
            try:
                yield from (record for record in _block.decode(data) if isinstance(record, Fact))
            except msgspec.MsgspecError:
                raise ValueError("reading holds something that is no record") from None


def read_block(path: Path, block: Block) -> list[Record]:
    """Return the records of one block."""
    with path.open("rb") as stream:
        stream.seek(block.offset)
        return _block.decode(zlib.decompress(stream.read(block.length), _GZIP))
