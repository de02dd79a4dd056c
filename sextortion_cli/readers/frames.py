"""
The frames a reader's child sends: 4 bytes big-endian length (at most 8 MiB), then the payload, told apart by its first byte.

``[`` is a JSON array of at most 1,000 records, NUL is binary, ``{`` is a note (the hello before any evidence is read, or the
end of one entry). Nothing here trusts a frame: sizes are checked as bytes arrive, content when it is decoded, never unpickled.
"""

from __future__ import annotations

import struct
from collections.abc import Generator, Iterator
from operator import le
from typing import Any, Literal, TypeVar

import msgspec

from sextortion_cli.model.reading import Conversation, Gap, Record

MAX_FRAME = 8 << 20
MAX_RECORDS = 1000
CHUNK = 1 << 20
LENGTH = struct.Struct(">I")
OFFSET_LIMIT = 1 << 62
T = TypeVar("T")


class RecordsFrame(msgspec.Struct, frozen=True):
    """Up to 1,000 records as the JSON array the child sent, not yet decoded: see `decode_records` and `decode_plain`."""

    payload: bytes


class BinaryFrame(msgspec.Struct, frozen=True):
    """At most 1 MiB of bytes the operation yielded."""

    data: bytes


class ReaderEnd(msgspec.Struct, frozen=True):
    """
    How the reading of one entry ended.

    Attributes:
        status: ``complete`` only when the operation came to its own end.
        result: What the operation returned; empty when partial.
        reason: Why it is partial: ``time limit``, ``memory limit``, ``output limit``, ``bad frame``, ``bad records``,
            ``died: SIGSEGV``, ``raised ValueError``, ``no end frame``, ``record too large``, ``cannot open: ENOENT``,
            ``not a regular file``, ``cannot load NAME``, ``reader server died``. Never holds content.
        isolation: Which limits held, like ``fork+rlimits+landlock(7)+seccomp``; "" when no child got as far as saying so.
        cpu_s, wall_s: Seconds of the child (in a batch: of this entry).
        peak_kib: Largest resident size of the child so far.
        size: Bytes of the object when it was opened.
    """

    status: Literal["complete", "partial"]
    result: dict[str, Any] = {}
    reason: str = ""
    isolation: str = ""
    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_kib: int = 0
    size: int = 0


Frame = RecordsFrame | BinaryFrame | ReaderEnd


class Request(msgspec.Struct, frozen=True):
    """
    What the parent asks of a server: an operation over entries, or, with no operation, to end the child.

    An entry is a path, its options, and further files that are read with it, by a short name (the end of their own, like ``-wal``).
    `once`: nobody will ask for this operation again, so what it needs is loaded in the child, and the server stays small.
    """

    operation: str = ""
    entries: list[tuple[bytes, dict[str, Any], dict[str, bytes]]] = []
    once: bool = False


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first frame of a child, before it touches evidence: what holds, and the allowances of each entry."""

    isolation: str
    sizes: list[int]
    walls: list[float]
    outputs: list[int]


class EndNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last frame of one entry."""

    entry: int
    status: Literal["complete", "partial"]
    reason: str
    result: dict[str, Any]
    cpu_s: float
    wall_s: float
    peak_kib: int


class ExitNote(msgspec.Struct, frozen=True):
    """The server's word about a child that is gone: exit code (negative: signal), its cost, or why there was none."""

    code: int = 0
    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_kib: int = 0
    trouble: str = ""


class MalformedFrame(ValueError):
    """A frame that is not what this module describes."""


class FrameBuffer:
    """Cuts a byte stream into payloads. An impossible length gives one empty payload, and nothing after it."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._broken = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Add `data`; yield every payload that is complete."""
        if self._broken:
            return
        held = self._bytes
        held += data
        start = 0
        while len(held) - start >= LENGTH.size:
            (length,) = LENGTH.unpack_from(held, start)
            if not 0 < length <= MAX_FRAME:
                self._broken = True
                held.clear()
                yield b""
                return
            if len(held) - start - LENGTH.size < length:
                break
            start += LENGTH.size
            yield bytes(memoryview(held)[start : start + length])
            start += length
        del held[:start]


_RECORDS: msgspec.json.Decoder[list[Record]] = msgspec.json.Decoder(list[Record], strict=True)
_PLAIN: msgspec.json.Decoder[list[dict[str, Any]]] = msgspec.json.Decoder(list[dict[str, Any]], strict=True)
_UNRANGED = (Conversation, Gap)


def decode_records(payload: bytes) -> list[Record]:
    """
    Return the typed records of a `RecordsFrame`.

    Raises:
        MalformedFrame: It is no JSON array of at most 1,000 records of the model with possible byte ranges.
    """
    records = _decode(_RECORDS, payload)
    ranged = [record for record in records if type(record) not in _UNRANGED]
    starts, ends = [record.start for record in ranged], [record.end for record in ranged]
    if ranged and not (min(starts) >= 0 and max(ends) < OFFSET_LIMIT and all(map(le, starts, ends))):
        raise MalformedFrame("a record has an impossible byte range")
    return records


def decode_plain(payload: bytes) -> list[dict[str, Any]]:
    """
    Return the records of a `RecordsFrame` of an operation that yields plain dicts.

    Raises:
        MalformedFrame: It is no JSON array of at most 1,000 objects.
    """
    return _decode(_PLAIN, payload)


def _decode(decoder: msgspec.json.Decoder[list[Any]], payload: bytes) -> list[Any]:
    try:
        records = decoder.decode(payload)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise MalformedFrame("not an array of records") from None
    if len(records) > MAX_RECORDS:
        raise MalformedFrame("too many records in a frame")
    return records


def typed(frames: Generator[Frame, None, None]) -> Iterator[list[Record] | BinaryFrame | ReaderEnd]:
    """Decode what `ReaderServer.run` yields; records that are not of the model end the run as partial, ``bad records``."""
    for frame in frames:
        if not isinstance(frame, RecordsFrame):
            yield frame
            continue
        try:
            yield decode_records(frame.payload)
        except MalformedFrame:
            frames.close()
            yield ReaderEnd("partial", reason="bad records")
            return


def parse_note(payload: bytes, kind: type[T]) -> T:
    """
    Return the note in `payload`.

    Raises:
        MalformedFrame: It is not such a note.
    """
    try:
        return msgspec.json.decode(payload, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise MalformedFrame("not a note") from None
