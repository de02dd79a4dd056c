"""The parent's end of one forked reader server."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from typing import Any

from sextortion_cli.readers.frames import CHUNK, LENGTH, ExitNote, FrameBuffer, parse_note
from sextortion_cli.readers.job import GRACE_SECONDS, SERVER_DIED
from sextortion_cli.readers.waiting import readable_of

PIPE_BYTES = 1 << 20  # the most an ordinary user may ask for (fs.pipe-max-size)


class ForkLane:
    """
    Forks a server, sends it requests, hands out payloads and the note about each child's end.

    Attributes:
        pid: Process id of the server.
        note: Set once the child of the current request is gone and all it wrote has been handed out.
        is_dead: The server is gone; nothing more can be asked of it.
    """

    def __init__(self, operations: str) -> None:
        self._operations = operations
        self.note: ExitNote | None = None
        self.is_dead = False
        self.pid = self._fork()

    def _fork(self) -> int:
        (request_out, self._requests), (self._notes, notes_in), (self._data, data_in) = os.pipe(), os.pipe(), os.pipe()
        _widen(self._data)
        os.set_blocking(self._data, False)
        parent = os.getpid()
        # No signal may run the parent's handlers in the new process before it has put them away.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        try:
            pid = os.fork()
            if pid == 0:
                from sextortion_cli.readers.forkserver import Pipes, run_server

                run_server(self._operations, Pipes(request_out, notes_in, data_in), parent)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for fd in (request_out, notes_in, data_in):
            os.close(fd)
        self._frames = FrameBuffer()
        return pid

    def begin(self, request: bytes) -> None:
        """Send a request; the lane must be idle."""
        self.note = None
        self._frames = FrameBuffer()
        self._send(request)

    def waitables(self) -> list[Any]:
        """Return the descriptors that become readable when there is something to do."""
        return [self._data, self._notes]

    def payloads(self, readable: Iterable[Any]) -> Iterator[bytes]:
        """Yield what has come. A child that is gone has written all it ever will, so its end is read after its words."""
        ended = self._notes in readable
        while data := self._read():
            yield from self._frames.feed(data)
            if not ended:
                return
        if ended:
            self.note = self._read_note()

    def _read(self) -> bytes:
        try:
            return os.read(self._data, CHUNK)
        except BlockingIOError:
            return b""

    def _read_note(self) -> ExitNote:
        header = os.read(self._notes, LENGTH.size)
        body = os.read(self._notes, LENGTH.unpack(header)[0]) if len(header) == LENGTH.size else b""
        if not body:  # notes are smaller than PIPE_BUF, so they come whole or not at all
            self.is_dead = True
            return ExitNote(trouble=SERVER_DIED)
        return parse_note(body, ExitNote)

    def abort(self) -> None:
        """Ask the server to end the child."""
        self._send(b"{}")

    def _send(self, payload: bytes) -> None:
        try:
            rest = memoryview(LENGTH.pack(len(payload)) + payload)
            while rest:
                rest = rest[os.write(self._requests, rest) :]
        except BrokenPipeError:
            pass  # the notes pipe has ended too, which is how it is noticed

    def kill(self) -> None:
        """End a server that does not answer; its child dies with it."""
        os.kill(self.pid, signal.SIGKILL)

    def cancel(self) -> None:
        """End the current request, and throw away what it still says."""
        self.abort()
        deadline = time.monotonic() + GRACE_SECONDS
        while self.note is None:
            ready = readable_of([self], deadline - time.monotonic())
            if not ready:
                self.kill()
                deadline = time.monotonic() + GRACE_SECONDS
            for _ in self.payloads(ready):
                pass

    def close(self) -> None:
        """End the server. It leaves by itself when its requests end; after a moment it is made to."""
        os.close(self._requests)
        deadline = time.monotonic() + 1.0
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > deadline:
                self.kill()
            time.sleep(0.002)
        os.close(self._notes)
        os.close(self._data)


def _widen(fd: int) -> None:
    """Let the pipe hold more, where the system allows it; only speed depends on it."""
    import fcntl

    try:
        fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    except (OSError, AttributeError):
        pass
