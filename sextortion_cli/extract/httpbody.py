"""
The body of a stored HTTP message, taken out of its packings piece by piece: the header block, chunks, gzip or deflate.

What an archive stored may already be without the packing its header names; then it is passed on as it lies. References: RFC 9110, RFC 9112.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from sextortion_cli.extract.inflow import LimitReached
from sextortion_cli.extract.members import Meter

HEADER_LIMIT = 65536
_ROOM = 1 << 18
_HEX = b"0123456789abcdefABCDEF"
Headers = dict[str, str]


def header_fields(block: bytes) -> Headers:
    """Return header fields by their names in small letters; of several of one name the first, folded lines put together."""
    found: Headers = {}
    name = ""
    for line in block.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")[:1000]:
        if line[:1] in (" ", "\t") and name:
            if len(found[name]) < 8192:
                found[name] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        name = name.strip().lower() if colon else ""
        if name and name not in found:
            found[name] = value.strip()
        else:
            name = ""
    return found


class HttpBody:
    """
    Splits a stored HTTP message into header and body.

    Attributes:
        start_line: The first line (``HTTP/1.1 200 OK``), or nothing when there was no header block.
        headers: The header fields, once they are read.
        broken: The header block is longer than `HEADER_LIMIT`, or does not end; the whole message is taken for a body then.
    """

    def __init__(self) -> None:
        self.start_line = ""
        self.headers: Headers = {}
        self.broken = False
        self._held: bytes | None = b""

    def feed(self, data: bytes) -> bytes:
        """Take the next bytes of the message; return what of them belongs to the body, in the packing it was sent in."""
        if self._held is None:
            return data
        held = self._held + data
        end = held.find(b"\r\n\r\n", 0, HEADER_LIMIT)
        if end < 0:
            self._held = held
            if len(held) > HEADER_LIMIT:
                self._held, self.broken = None, True
                return held
            return b""
        self._held = None
        first, _, rest = held[:end].partition(b"\r\n")
        self.start_line = first.decode("latin-1")[:1000]
        self.headers = header_fields(rest)
        return held[end + 4 :]

    def finish(self) -> bytes:
        """Return what was held back of a message whose header block does not end."""
        held, self._held = self._held or b"", None
        self.broken = self.broken or bool(held)
        return held


class Chunks:
    """Takes the marks out of a chunked body (RFC 9112 section 7.1). A body that does not begin with one is passed on as it lies."""

    def __init__(self) -> None:
        self._left = 0
        self._line = b""
        self._mode = "size"
        self.is_chunked = True
        self._first = True

    def feed(self, data: bytes) -> bytes:
        """Return the bytes of `data` without marks."""
        if not self.is_chunked:
            return data
        out = []
        place = 0
        while place < len(data) and self._mode != "end":
            if self._mode == "data":
                part = data[place : place + self._left]
                out.append(part)
                place += len(part)
                self._left -= len(part)
                self._mode = "data" if self._left else "gap"
                continue
            end = data.find(b"\n", place)
            before = self._line
            self._line += data[place : len(data) if end < 0 else end]
            if len(self._line) > 200 or (self._first and not self._may_be_size()) or (end >= 0 and not self._take_line()):
                return self._give_up(out, before + data[place:])
            if end < 0:
                break
            place = end + 1
        return b"".join(out)

    def finish(self) -> bytes:
        """Return what was held back of a body that turned out to have no marks."""
        return self._line if self._first and self.is_chunked else b""

    def _may_be_size(self) -> bool:
        return not self._line.partition(b";")[0].strip().translate(None, _HEX)

    def _take_line(self) -> bool:
        line, self._line = self._line.strip(), b""
        if self._mode == "gap":
            self._mode = "size"
            return not line
        size = line.partition(b";")[0].strip()
        if not 0 < len(size) <= 15 or size.translate(None, _HEX):
            return False
        self._left, self._first = int(size, 16), False
        self._mode = "data" if self._left else "end"
        return True

    def _give_up(self, out: list[bytes], rest: bytes) -> bytes:
        """Pass on a body whose marks cannot be read: all of it when it never had any."""
        self.is_chunked = False
        return b"".join(out) + rest if self._first else b"".join(out)


class Unpacked:
    """Inflates a body sent as gzip or deflate, within a meter; one that is not packed after all is passed on as it lies."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._engine: zlib._Decompress | None = None
        self._plain: bool | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """
        Yield inflated pieces.

        Raises:
            LimitReached: More comes out than the limits allow. zlib.error: The packed bytes are damaged.
        """
        if not data:
            return
        if self._plain is None:
            self._plain = not data.startswith((b"\x1f\x8b", b"\x78"))
            self._engine = zlib.decompressobj(zlib.MAX_WBITS | 32)
        if self._plain or self._engine is None:
            yield data
            return
        self._meter.feed(len(data))
        while data and not self._engine.eof:
            piece = self._engine.decompress(data, _ROOM)
            data = self._engine.unconsumed_tail
            broken = self._meter.count(len(piece))
            if broken is not None:
                raise LimitReached(broken)
            if piece:
                yield piece
