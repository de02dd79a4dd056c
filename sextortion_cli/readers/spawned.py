"""
The reader where there is no fork (macOS, Windows), and the spare one where a forked server died: one spawned worker, reused.

Its isolation is reduced, and says so: its own process, no evidence-made text on the terminal, no environment, resource limits
where the system has them, killed when overdue, replaced after a death. Both sides speak the frames of `frames`, never pickles:
only the operations' name and the pipes are handed over when it starts.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import connection, get_context
from multiprocessing.process import BaseProcess, parent_process
from typing import Any

import msgspec

from sextortion_cli.readers.child import EXIT_MEMORY, hello, open_entry, read_entry
from sextortion_cli.readers.frames import MAX_FRAME, ExitNote, Request, parse_note
from sextortion_cli.readers.operation import Limits, ready, resolve

_DONE = b"."  # first byte of the worker's own note that a request is answered
_ENCODER = msgspec.json.Encoder()


def work(operations: str, requests: Any, replies: Any) -> None:
    """Answer requests in the worker until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        table, trouble = resolve(operations), ""
    except (ImportError, AttributeError) as error:
        table, trouble = {}, f"cannot load: {type(error).__name__}"
    _silence()
    os.environ.clear()
    try:
        while True:
            request = msgspec.json.decode(requests.recv_bytes(), type=Request)
            spec = table.get(request.operation)
            fault = trouble or ("no such operation" if spec is None else ready(spec, [options for _, options, _ in request.entries]))
            if spec is not None and not fault:
                entries = [open_entry(*entry) for entry in request.entries]
                replies.send_bytes(hello(_limit(spec.bounds), entries, spec.bounds))
                for index, entry in enumerate(entries):
                    read_entry(index, entry, spec, replies.send_bytes)
            replies.send_bytes(_DONE + _ENCODER.encode(ExitNote(trouble=fault)))
    except MemoryError:
        os._exit(EXIT_MEMORY)
    except (EOFError, OSError):
        os._exit(0)


def _leave_with_parent() -> None:
    """End this process when the parent is gone, also in the middle of a request."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)


def _silence() -> None:
    """Send what a library prints nowhere: it may quote evidence."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)


def _limit(limits: Limits) -> str:
    """Set the limits this system has; return the isolation in words."""
    if sys.platform == "win32":
        return "spawn (reduced)"
    import resource

    held = "spawn"
    for kind, wanted in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        ceiling = resource.getrlimit(kind)[1]
        soft = wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling)
        try:
            resource.setrlimit(kind, (soft, ceiling))
            held = "spawn+rlimits"
        except (OSError, ValueError):
            pass  # macOS refuses a limit on address space
    return f"{held} (reduced)"


class SpawnLane:
    """The parent's end of one spawned worker; like `lane.ForkLane`."""

    is_dead = False

    def __init__(self, operations: str) -> None:
        self._operations = operations
        self.note: ExitNote | None = None
        self._clock = 0.0
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        requests, self._requests = context.Pipe(duplex=False)
        self._replies, replies = context.Pipe(duplex=False)
        self._worker: BaseProcess = context.Process(target=work, args=(self._operations, requests, replies), daemon=True)
        self._worker.start()
        self.pid = self._worker.pid
        requests.close()
        replies.close()

    def begin(self, request: bytes) -> None:
        """Send a request, to a new worker where the last one died."""
        self.note, self._clock = None, time.monotonic()
        if not self._worker.is_alive():
            self.close()
            self._start()
        try:
            self._requests.send_bytes(request)
        except OSError:
            pass  # it just died; its sentinel says so

    def waitables(self) -> list[Any]:
        """Return what becomes ready when there is something to do."""
        return [self._replies, self._worker.sentinel]

    def payloads(self, readable: Iterable[Any]) -> Iterator[bytes]:
        """Yield what has come, one frame at a time; set `note` at the answer's end or the worker's."""
        if self._replies in readable:
            payload = self._receive()
            if payload[:1] == _DONE:
                self.note = self._exit_note(parse_note(payload[1:], ExitNote).trouble)
            elif payload:
                yield payload
        elif self._worker.sentinel in readable:
            self._worker.join()
            self.note = self._exit_note("", self._worker.exitcode or 0)

    def _receive(self) -> bytes:
        """Return one frame, or b"" where the worker ended, or sent what is no frame (then it is ended)."""
        try:
            with _Watchdog(self._worker.kill):
                return self._replies.recv_bytes(MAX_FRAME)
        except (EOFError, OSError):
            self._worker.join(1.0)
            self._worker.kill()
            self._worker.join()
            self.note = self._exit_note("", self._worker.exitcode or 0)
            return b""

    def _exit_note(self, trouble: str, code: int = 0) -> ExitNote:
        return ExitNote(code, 0.0, time.monotonic() - self._clock, 0, trouble)

    def abort(self) -> None:
        """End the worker."""
        self._worker.kill()

    kill = abort

    def cancel(self) -> None:
        """End the current request: the worker, since it cannot be stopped within one."""
        self.abort()
        self._worker.join()

    def close(self) -> None:
        """End the worker for good."""
        self._requests.close()
        self._worker.join(1.0)
        self._worker.kill()
        self._worker.join()
        self._replies.close()


class _Watchdog:
    """Ends a worker that began a frame and does not finish it."""

    SECONDS = 30.0

    def __init__(self, kill: Callable[[], None]) -> None:
        self._timer = threading.Timer(self.SECONDS, kill)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
