"""
The guard around one reader: runs an operation over one opened file and sends what it yields as frames.

Runs in the limited child (or in the spawned worker), so nothing here opens anything. The one ``except Exception`` of the
reading side stands here: a reader that raises loses nothing it said before, and its message, which may quote evidence, is not sent.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Generator, Iterator
from typing import Any, Literal

import msgspec

from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message, Record
from sextortion_cli.readers.frames import CHUNK, LENGTH, MAX_FRAME, MAX_RECORDS, EndNote, Hello
from sextortion_cli.readers.operation import Limits, OperationSpec
from sextortion_cli.words import N_

Send = Callable[[bytes], None]

EXIT_MEMORY = 9
WEIGHT_LIMIT = 512 << 10  # source bytes per frame: about 1 MiB encoded
WEIGHT_UNKNOWN = 4 << 10  # what a record without a byte range counts for
_LESSENED = {
    "record-too-large": N_("A record is larger than a reader may hand on; only its place is kept."),
    "record-not-encodable": N_("A reader gave a value that is not valid text; only its place is kept."),
}
_ENCODER = msgspec.json.Encoder()
_ENCODE_ERRORS = (UnicodeError, msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError)


class Opened(msgspec.Struct):
    """One entry of a request: its descriptor and those of the files read with it, or why there is none; `size` is that of all."""

    options: dict[str, Any]
    fd: int = -1
    size: int = 0
    problem: str = ""
    beside: dict[str, int] = {}

    def descriptors(self) -> list[int]:
        """Return what is open."""
        return [] if self.fd < 0 else [self.fd, *self.beside.values()]

    def close(self) -> None:
        """Close everything."""
        for fd in self.descriptors():
            os.close(fd)


def open_entry(path: bytes, options: dict[str, Any], beside: dict[str, bytes]) -> Opened:
    """Open `path`, and the files `beside` it, as `_open` does; where one of them is a problem none stays open."""
    opened = _open(path, options)
    for name, other in beside.items():
        if opened.problem:
            break
        further = _open(other, options)
        if further.problem:
            opened.close()
            return further
        opened = Opened(options, opened.fd, opened.size + further.size, beside={**opened.beside, name: further.fd})
    return opened


def _open(path: bytes, options: dict[str, Any]) -> Opened:
    """Open `path` read-only, following no link and waiting for nothing; anything but a regular file is a problem."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    try:
        fd = os.open(os.fsdecode(path), flags)
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) and error.errno else 0
        return Opened(options, problem=f"cannot open: {errno.errorcode.get(number, 'invalid')}")
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        os.close(fd)
        return Opened(options, problem="not a regular file")
    return Opened(options, fd, status.st_size)


def hello(isolation: str, entries: list[Opened], limits: Limits) -> bytes:
    """Return the first frame: what holds, and what each entry is allowed."""
    sizes = [entry.size for entry in entries]
    return _ENCODER.encode(
        Hello(isolation, sizes, [limits.wall_seconds(size) for size in sizes], [limits.output_bytes(size) for size in sizes])
    )


def to_pipe(fd: int) -> Send:
    """Return a sender that writes frames to the pipe `fd`."""

    def send(payload: bytes) -> None:
        header = LENGTH.pack(len(payload))
        done = os.writev(fd, [header, payload])
        while done < LENGTH.size:
            done += os.writev(fd, [header[done:], payload])
        rest = memoryview(payload)[done - LENGTH.size :]
        while rest:
            rest = rest[os.write(fd, rest) :]

    return send


def read_entry(index: int, entry: Opened, spec: OperationSpec, send: Send) -> None:
    """
    Run the operation over one entry, and send its frames and its end.

    Raises:
        MemoryError: The caller ends the process: what follows could not be trusted to be whole.
        OSError: The pipe is gone.
    """
    clock, cpu = time.monotonic(), time.process_time()
    status: Literal["complete", "partial"] = "partial"
    reason, result = entry.problem, {}
    if not entry.problem:
        stream = _Stream(send)
        try:
            options = {**entry.options, "beside": entry.beside} if entry.beside else entry.options
            result = _result(stream.drain(spec.run(entry.fd, options)))
            status, reason = ("partial", "record too large") if stream.lost else ("complete", "")
        except MemoryError:
            stream.flush()  # what was read stays
            raise
        except Exception as error:  # noqa: BLE001 - the guard around one reader (architecture 5)
            status, reason = "partial", f"raised {type(error).__name__}"
        stream.flush()
        entry.close()
    spent = time.process_time() - cpu, time.monotonic() - clock, peak_kib()
    note = EndNote(index, status, reason, result if status == "complete" else {}, *spent)
    send(_ENCODER.encode(note))


def _result(value: Any) -> dict[str, Any]:
    """Return what an operation returned, if it can go into an end frame; raise what the guard turns into ``raised TypeError``."""
    if value is None:
        return {}
    if not isinstance(value, dict) or len(_ENCODER.encode(value)) > MAX_FRAME // 2:
        raise TypeError
    return value


def peak_kib() -> int:
    """Return the largest resident size of this process so far in KiB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class _Stream:
    """Gathers records into frames."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._batch: list[Any] = []
        self._encoded: list[bytes] = []
        self._count = self._size = 0
        self._value: Any = None
        self.lost = False

    def drain(self, items: Iterator[Any]) -> Any:
        """Send everything `items` yields (records, lists of records, bytes); return what it returned."""
        batch, weight = self._batch, 0
        for item in self._keeping(items):
            kind = type(item)
            if kind is list:
                self._gather(item)
            elif kind is bytes:
                self.flush()
                for start in range(0, len(item), CHUNK):
                    self._send(b"\0" + item[start : start + CHUNK])
            else:
                batch.append(item)
                weight += item.end - item.start if kind is Message else WEIGHT_UNKNOWN
                if len(batch) < MAX_RECORDS and weight < WEIGHT_LIMIT:
                    continue
                self.flush()
            weight = 0
        self.flush()
        return self._value

    def _keeping(self, items: Any) -> Generator[Any, None, None]:
        self._value = yield from items

    def flush(self) -> None:
        """Send the records gathered so far."""
        self._send_gathered()
        batch = self._batch[:]
        self._batch.clear()
        if batch:
            self._send_records(batch)

    def _gather(self, records: list[Any]) -> None:
        """Encode a list of records while they are at hand, and send it with its neighbours in one frame."""
        if self._batch:
            self.flush()
        payload = _encoded(records)
        if self._count + len(records) > MAX_RECORDS or self._size + len(payload) > CHUNK:
            self._send_gathered()
        if not 2 < len(payload) <= CHUNK or len(records) > MAX_RECORDS:
            for start in range(0, len(records), MAX_RECORDS):
                self._send_records(records[start : start + MAX_RECORDS])
            return
        self._encoded.append(payload[1:-1])
        self._count += len(records)
        self._size += len(payload)

    def _send_gathered(self) -> None:
        encoded, self._encoded = self._encoded, []
        self._count = self._size = 0
        if encoded:
            self._send(b"[" + b",".join(encoded) + b"]")

    def _send_records(self, batch: list[Any]) -> None:
        payload = _encoded(batch)
        if 0 < len(payload) <= MAX_FRAME:
            self._send(payload)
        elif len(batch) > 1:
            half = len(batch) // 2
            self._send_records(batch[:half])
            self._send_records(batch[half:])
        elif batch:
            self._send_lessened(batch[0], too_large=bool(payload))

    def _send_lessened(self, record: Any, too_large: bool) -> None:
        """Send a record that fits no frame without its content but with its place, and a defect that says so."""
        small = lessened(record)
        if small is None:
            self.lost = True
            return
        start, end = getattr(record, "start", 0), getattr(record, "end", 0)
        code = "record-too-large" if too_large else "record-not-encodable"
        self._send(_ENCODER.encode([small, Defect(start, end, code, _LESSENED[code], overlay=True)]))


def _encoded(records: list[Any]) -> bytes:
    """Return the frame of some records, or nothing when one of them holds what no frame can."""
    try:
        return _ENCODER.encode(records)
    except _ENCODE_ERRORS:
        return b""


def lessened(record: Any) -> Record | None:
    """Return `record` with its place and kind only, or None for what has no place in the model."""
    match record:
        case Message():
            return Message(record.start, record.end, record.kind, lossy=True, line=record.line, row=record.row)
        case Fact():
            return Fact(record.start, record.end, record.kind[:80], of=record.of, overlay=record.overlay, line=record.line, row=record.row)
        case Defect():
            return Defect(record.start, record.end, record.code[:80], "", overlay=record.overlay, line=record.line, row=record.row)
        case Conversation():
            return Conversation()
        case Gap():
            return Gap(record.code[:80], "", record.count)
        case _:
            return None
