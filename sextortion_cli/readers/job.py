"""One request as the parent sees it: which entries, what has come, what is still allowed, and what to do when the child is gone."""

from __future__ import annotations

import signal
from typing import Any

import msgspec

from sextortion_cli.readers.child import EXIT_MEMORY
from sextortion_cli.readers.frames import BinaryFrame, EndNote, ExitNote, Frame, Hello, MalformedFrame, ReaderEnd, RecordsFrame, parse_note

START_SECONDS = 60.0  # to load libraries and fork
GRACE_SECONDS = 5.0  # for a server to end a child it was told to end
HOLD_BYTES = 2 << 20  # what is kept back of one entry of a batch, so that it can still be read again by itself

SERVER_DIED = "reader server died"

Entry = tuple[bytes, dict[str, Any], dict[str, bytes]]
Indexed = tuple[int, Frame]


class Job:
    """
    Follows one request.

    Args:
        indexes: The caller's numbers of the entries.
        alone: There is one entry, in a child of its own: its frames are passed on as they come, and it is not tried again.
    """

    def __init__(self, indexes: list[int], alone: bool) -> None:
        self.indexes = indexes
        self.alone = alone
        self.problem = ""
        self._hello: Hello | None = None
        self._done = 0
        self._end: EndNote | None = None
        self._held: list[Frame] = []
        self._sent = False
        self._output = 0
        self._waited = 0.0

    def take(self, payload: bytes) -> list[Indexed]:
        """Take one payload of the child; return the frames that may be passed on. Sets `problem` when the child must be ended."""
        if self.problem or self._done == len(self.indexes):
            return []
        try:
            return self._take(payload)
        except MalformedFrame:
            self.problem = "bad frame"
            return []

    def _take(self, payload: bytes) -> list[Indexed]:
        first = payload[:1]
        if self._hello is None:
            self._hello = self._checked_hello(payload)
            self._waited = 0.0
            return []
        if first == b"{":
            return self._take_end(parse_note(payload, EndNote))
        if first not in (b"[", b"\0"):
            raise MalformedFrame("unknown kind")
        self._output += len(payload)
        if self._output > self._hello.outputs[self._done]:
            self.problem = "output limit"
            return []
        self._held.append(RecordsFrame(payload) if first == b"[" else BinaryFrame(payload[1:]))
        return self._release() if self.alone or self._sent or self._output > HOLD_BYTES else []

    def _checked_hello(self, payload: bytes) -> Hello:
        note = parse_note(payload, Hello)
        if not len(note.sizes) == len(note.walls) == len(note.outputs) == len(self.indexes):
            raise MalformedFrame("not about these entries")
        return note

    def _take_end(self, note: EndNote) -> list[Indexed]:
        if note.entry != self._done:
            raise MalformedFrame("another entry")
        if self.alone:
            self._end = note  # passed on when the child is gone, with the server's numbers
            self._done += 1
            return []
        self._held.append(self._reader_end(note.status, note.reason, note.result, note))
        out = self._release()
        self._done += 1
        self._sent, self._output, self._waited = False, 0, 0.0
        return out

    def _release(self) -> list[Indexed]:
        index = self.indexes[self._done]
        out = [(index, frame) for frame in self._held]
        self._held.clear()
        self._sent = True
        return out

    def _reader_end(self, status: Any, reason: str, result: dict[str, Any], cost: EndNote | ExitNote) -> ReaderEnd:
        told = self._hello
        size = told.sizes[min(self._done, len(told.sizes) - 1)] if told else 0
        return ReaderEnd(status, result, reason[:200], told.isolation if told else "", cost.cpu_s, cost.wall_s, cost.peak_kib, size)

    def _last(self, note: ExitNote) -> list[Indexed]:
        """Return the end of an entry that had its own child, with the server's numbers, which are better, where there are any."""
        end = self._end
        if end is None:
            return []
        return [(self.indexes[0], self._reader_end(end.status, end.reason, end.result, note if note.peak_kib else end))]

    def wait(self, seconds: float) -> None:
        """Count `seconds` in which the parent had nothing to do but wait."""
        self._waited += seconds

    def remaining(self) -> float:
        """Return how long the parent may still wait for this entry before it is overdue."""
        if self._hello is None:
            return START_SECONDS - self._waited
        return self._hello.walls[min(self._done, len(self.indexes) - 1)] - self._waited

    def is_stuck(self) -> bool:
        """Say whether the child was told to end, and neither it nor the server did."""
        return bool(self.problem) and self.remaining() < -GRACE_SECONDS

    def finish(self, note: ExitNote) -> tuple[list[Indexed], list[Job]]:
        """Return the frames that end what can be ended now the child is gone, and the jobs that try the rest again."""
        if note.trouble and note.trouble != SERVER_DIED:
            return [(index, self._reader_end("partial", note.trouble, {}, note)) for index in self.indexes], []
        if self._done == len(self.indexes):
            return self._last(note), []
        reason = self.problem or note.trouble or cause(note.code)
        culprit, rest = self.indexes[self._done], self.indexes[self._done + 1 :]
        later = [Job(rest, alone=len(rest) == 1)] if rest else []
        # The wall clock runs for each entry by itself, so nobody before it can have used up its time; all else is tried again alone.
        if self.alone or self._sent or self.problem == "time limit":
            self._held.append(self._reader_end("partial", reason, {}, note))
            return self._release(), later
        return [], [Job([culprit], alone=True), *later]


def cause(code: int) -> str:
    """Return in words why a child that was not told to end has ended, from its exit code (negative: signal)."""
    if code == EXIT_MEMORY:
        return "memory limit"
    if code == 0:
        return "no end frame"
    if code > 0:
        return f"exit {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return "time limit (cpu)" if name == "SIGXCPU" else f"died: {name}"


def request_frame(operation: str, entries: list[Entry], *, once: bool = False) -> bytes:
    """Return the request for `entries` as the server reads it (`frames.Request`), without its length."""
    return msgspec.json.encode({"operation": operation, "entries": entries, "once": once})
