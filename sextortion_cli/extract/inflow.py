"""A compressed file as a forward-only stream of its inflated bytes, metered, for tar archives."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Literal

from sextortion_cli.extract.members import Meter

Packing = Literal["plain", "gz", "bz2", "xz"]
_PIECE = 262144
_LZMA_MEMORY = 256 << 20
DAMAGE = (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError, MemoryError)


class LimitReached(Exception):
    """A limit of the meter is broken; `code` names it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Inflow:
    """
    Inflates a file from its start.

    Args:
        read_at: Positioned reads of the packed file.
        size: Its size.
        packing: How it is packed.
        meter: Counts packed and inflated bytes.
    """

    def __init__(self, read_at: Callable[[int, int], bytes], size: int, packing: Packing, meter: Meter) -> None:
        self._read_at, self._size, self._packing, self._meter = read_at, size, packing, meter
        self._position = 0
        self._ready = b""
        self._engine = _engine(packing)
        self._left = b""
        self.offset = 0

    def read(self, count: int) -> bytes:
        """
        Return `count` inflated bytes, fewer only at the end.

        Raises:
            LimitReached: More comes out than the limits allow.
            zlib.error, lzma.LZMAError, OSError, ValueError, EOFError, MemoryError: The packed bytes are damaged.
        """
        while len(self._ready) < count:
            piece = self._more()
            if not piece:
                break
            self._ready += piece
        taken, self._ready = self._ready[:count], self._ready[count:]
        self.offset += len(taken)
        return taken

    def some(self, count: int) -> bytes:
        """Return at least one inflated byte and at most `count`, nothing at the end; what came before damage is given first. Raises as `read`."""
        if not self._ready:
            self._ready = self._more()
        taken, self._ready = self._ready[:count], self._ready[count:]
        self.offset += len(taken)
        return taken

    def skip(self, count: int) -> int:
        """Step over `count` inflated bytes; return how many there were. A plain file is not read for it."""
        if self._packing == "plain":
            ready = min(count, len(self._ready))
            self._ready = self._ready[ready:]
            rest = min(count - ready, max(0, self._size - self._position))
            self._position += rest
            self.offset += ready + rest
            return ready + rest
        done = 0
        while done < count:
            piece = self.read(min(_PIECE, count - done))
            if not piece:
                break
            done += len(piece)
        return done

    def _packed(self) -> bytes:
        data = self._read_at(self._position, min(_PIECE, self._size - self._position)) if self._position < self._size else b""
        self._position += len(data)
        self._meter.feed(len(data))
        return data

    def _more(self) -> bytes:
        piece = self._packed() if self._engine is None else self._inflated()
        broken = self._meter.count(len(piece))
        if broken is not None and not (self._engine is None and "ratio" in broken):
            raise LimitReached(broken)
        return piece

    def _inflated(self) -> bytes:
        """Return the next inflated bytes, going on with the next stream where several lie one after the other."""
        while True:
            engine = self._engine
            assert engine is not None
            if engine.eof:
                rest = (engine.unused_data or self._packed()).lstrip(b"\x00")
                if not rest:
                    return b""
                self._engine, self._left = _engine(self._packing), rest
                continue
            data, self._left = self._left, b""
            if not data and engine.needs_input:
                data = self._packed()
                if not data:
                    raise EOFError
            piece = engine.decompress(data, self._meter.room())
            if piece:
                return piece


class _Gunzip:
    """zlib's gzip reader in the shape of the other two."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._engine.eof

    @property
    def unused_data(self) -> bytes:
        return self._engine.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._engine.unconsumed_tail

    def decompress(self, data: bytes, room: int) -> bytes:
        return self._engine.decompress(self._engine.unconsumed_tail + data, room)


def _engine(packing: Packing) -> _Gunzip | bz2.BZ2Decompressor | lzma.LZMADecompressor | None:
    if packing == "gz":
        return _Gunzip()
    if packing == "bz2":
        return bz2.BZ2Decompressor()
    return lzma.LZMADecompressor(memlimit=_LZMA_MEMORY) if packing == "xz" else None
