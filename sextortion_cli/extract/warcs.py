"""
The records of a WARC file in one forward pass, plain or gzip, metered; and their payloads as members for the gate.

Reference: ISO 28500:2017 (WARC/1.1) sections 4 to 6. A record is its header block, as many bytes as it says, and two line ends.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sextortion_cli.extract.httpbody import HEADER_LIMIT, Chunks, Headers, HttpBody, Unpacked, header_fields
from sextortion_cli.extract.inflow import DAMAGE, Inflow, LimitReached
from sextortion_cli.extract.members import ArchiveDefect, Event, Limits, Member, MemberEnd, Meter, b64
from sextortion_cli.extract.metadata.address import shown
from sextortion_cli.words import N_

_START = b"WARC/"
_FEED = 16384  # what follows a gzip member is handed on: of a file of very small ones only a little at a time
_PIECE = 65536
_LONGEST_NAME = 1000
_WITH_PAYLOAD = frozenset({"response", "resource", "conversion"})
_WHAT = N_("The archive could not be read further.")


class Record(NamedTuple):
    """
    One record of the archive.

    Attributes:
        number: Its place in the archive, from 0.
        version: ``WARC/1.1``.
        headers: Its fields by names in small letters.
        length: What it says its block has, in bytes.
    """

    number: int
    version: str
    headers: Headers
    length: int

    @property
    def type(self) -> str:
        """Return what kind of record it is (``response``, ``request``, ``warcinfo`` ...)."""
        return self.headers.get("warc-type", "?")[:40].lower()

    @property
    def target(self) -> str:
        """Return the address it is about, without the angle brackets some versions of wget put around it."""
        target = self.headers.get("warc-target-uri", "")
        return target[1:-1] if target.startswith("<") and target.endswith(">") else target

    @property
    def is_http(self) -> bool:
        """Say whether its block is an HTTP message."""
        return self.headers.get("content-type", "").lower().startswith("application/http")


def is_warc(head: bytes) -> bool:
    """Say whether a file is a WARC, plain or gzip, from its first bytes."""
    if head.startswith(b"\x1f\x8b"):
        try:
            return zlib.decompressobj(31).decompress(head[:4096], 16).startswith(_START)
        except zlib.error:
            return False
    return head.startswith(_START) and head[5:6].isdigit()


class Warc:
    """
    Reads a WARC from its start.

    Attributes:
        fault: What stopped the reading (``cut-file``, ``bad-record``, ``ratio-limit`` ...), or "".
        offset: How many bytes, unpacked, have been read.
        loose: How many records were not followed by the two line ends they must be followed by.
    """

    def __init__(self, read_at: Callable[[int, int], bytes], size: int, limits: Limits) -> None:
        packing = "gz" if read_at(0, 2) == b"\x1f\x8b" else "plain"
        self.meter = Meter(limits)
        self._limits = limits
        self._flow = Inflow(
            lambda offset, count: read_at(offset, min(count, _FEED)), size, "gz" if packing == "gz" else "plain", self.meter
        )
        self._ready = b""
        self._left = 0
        self.fault = ""
        self.offset = 0
        self.loose = 0

    def records(self) -> Iterator[Record]:
        """Yield one record after the other; what of its body was not read is stepped over."""
        for number in range(self._limits.members + 1):
            for _ in self.body():
                pass
            if self.fault or not self._gap(number):
                return
            block = self._until_blank()
            if block is None:
                return
            first, _, rest = block.partition(b"\n")
            version = first.strip().decode("latin-1")[:20]
            headers = header_fields(rest)
            length = headers.get("content-length", "")
            if not version.startswith("WARC/") or not length.isdecimal() or len(length) > 15:
                self.fault = "bad-record"
                return
            if number >= self._limits.members:
                self.fault = "too-many-records"
                return
            self._left = int(length)
            self.meter.start()
            yield Record(number, version, headers, self._left)

    def body(self) -> Iterator[bytes]:
        """Yield the block of the record that was yielded last, in pieces."""
        while self._left and not self.fault:
            piece = self._take(min(self._left, _PIECE))
            if not piece:
                self.fault = self.fault or "cut-file"
                return
            self._left -= len(piece)
            yield piece

    def _gap(self, number: int) -> bool:
        """Step over the line ends between records; return False at the end of the file."""
        found = b""
        while self._fill():
            rest = self._ready.lstrip(b"\r\n")
            found += self._ready[: min(len(self._ready) - len(rest), 8)]
            self.offset += len(self._ready) - len(rest)
            self._ready = rest
            if rest:
                self.loose += bool(number) and found != b"\r\n\r\n"
                return True
            found = found[:8]
        return False

    def _until_blank(self) -> bytes | None:
        """Return a header block without the empty line that ends it, or None (and `fault`) when it does not end in time."""
        block = b""
        while True:
            crlf, bare = block.find(b"\r\n\r\n"), block.find(b"\n\n")
            ends = [(place, length) for place, length in ((crlf, 4), (bare, 2)) if place >= 0]
            if ends:
                place, length = min(ends)
                self._ready = block[place + length :] + self._ready
                self.offset -= len(block) - place - length
                return block[:place]
            if len(block) > HEADER_LIMIT:
                self.fault = "long-record-header"
                return None
            piece = self._take(4096)
            if not piece:
                self.fault = self.fault or "cut-file"
                return None
            block += piece

    def _take(self, count: int) -> bytes:
        self._fill()
        taken, self._ready = self._ready[:count], self._ready[count:]
        self.offset += len(taken)
        return taken

    def _fill(self) -> bool:
        """Have some bytes ready; return False, with `fault` where it is not the end, when there are no more."""
        if not self._ready and not self.fault:
            try:
                self._ready = self._flow.some(_PIECE)
            except LimitReached as error:
                self.fault = error.code
            except EOFError:
                self.fault = "cut-file"
            except DAMAGE as error:
                self.fault = f"damaged-{type(error).__name__}"
        return bool(self._ready)


def payload(warc: Warc, record: Record, message: HttpBody) -> Iterator[bytes]:
    """
    Yield the payload of a record: of an HTTP message its body, without chunk marks and unpacked; otherwise the block.

    Raises:
        LimitReached, zlib.error: as `Unpacked.feed`.
    """
    if not record.is_http:
        yield from warc.body()
        return
    chunks: Chunks | None = None
    unpacked: Unpacked | None = None
    for piece in _and_rest(warc.body(), message):
        if chunks is None and piece:
            is_chunked = "chunked" in message.headers.get("transfer-encoding", "").lower()
            chunks = Chunks()
            chunks.is_chunked = is_chunked
            if message.headers.get("content-encoding", "").strip().lower() in ("gzip", "x-gzip", "deflate"):
                unpacked = Unpacked(warc.meter)
        bare = chunks.feed(piece) if chunks is not None else piece
        if unpacked is not None:
            yield from unpacked.feed(bare)
        elif bare:
            yield bare
    if chunks is not None and (rest := chunks.finish()):
        yield rest


def _and_rest(pieces: Iterator[bytes], message: HttpBody) -> Iterator[bytes]:
    for piece in pieces:
        yield message.feed(piece)
    yield message.finish()


def warc_stream(read_at: Callable[[int, int], bytes], size: int, wanted: set[int] | None, limits: Limits) -> Iterator[Event]:
    """Yield the payload of every response, resource and conversion as a member named by its address; other records are in the archive only."""
    warc = Warc(read_at, size, limits)
    names: set[str] = set()
    for record in warc.records():
        if record.type not in _WITH_PAYLOAD:
            continue
        member = _member(record, names)
        yield member
        if wanted is not None and record.number not in wanted:
            continue
        given = 0
        damage = ""
        try:
            for piece in payload(warc, record, HttpBody()):
                given += len(piece)
                yield piece
        except LimitReached as error:
            damage = error.code
        except zlib.error:
            damage = "damaged-member"
        if damage:
            yield ArchiveDefect(damage, N_("A page in the archive could not be unpacked."), record.number)
        yield MemberEnd(record.number, given, complete=not damage and not warc.fault)
    if warc.fault:
        yield ArchiveDefect(warc.fault, _WHAT)


def _member(record: Record, names: set[str]) -> Member:
    name = shown(record.target)[:_LONGEST_NAME] or f"record-{record.number}"
    is_again = name in names
    names.add(name)
    return Member(
        record.number,
        name,
        b64(name.encode("utf-8", "replace")),
        "file",
        is_regular=True,
        size_claimed=record.length,
        mtime=record.headers.get("warc-date", "")[:40] or None,
        method="http" if record.is_http else "stored",
        duplicate=is_again,
    )
