"""
The reader server: forked from the parent while that is small, single-threaded and holds nothing; forks a fresh child per request.

It only loads libraries, opens what it is asked to open, forks, waits and kills. It never looks at evidence. Three pipes join it to
the parent: requests come in, notes about children that are gone go out, and the children's own frames go straight to the parent
through the third, so the server copies nothing. It dies with the parent: by signal on Linux, and by end of file on the requests.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import time
from collections.abc import Mapping
from typing import Any, NoReturn

import msgspec

from sextortion_cli.readers import kernel, sandbox
from sextortion_cli.readers.child import EXIT_MEMORY, Opened, hello, open_entry, read_entry, to_pipe
from sextortion_cli.readers.frames import LENGTH, ExitNote, Request
from sextortion_cli.readers.operation import OperationSpec, ready, resolve

EXIT_CRASH, EXIT_PIPE, EXIT_LOAD = 70, 71, 72
_ENCODER = msgspec.json.Encoder()


class ParentGone(Exception):
    """The request pipe ended."""


class Pipes(msgspec.Struct, frozen=True):
    """The server's ends: requests to read, notes to write, and the pipe its children write to."""

    requests: int
    notes: int
    data: int


def serve(operations: str, pipes: Pipes, parent: int) -> None:
    """Answer requests until the parent is gone. Runs in the process just forked; the caller ends that process afterwards."""
    _settle(pipes)
    if not kernel.die_with(parent, signal.SIGKILL):
        return
    try:
        table, trouble = resolve(operations), ""
    except (ImportError, AttributeError) as error:
        table, trouble = {}, f"cannot load: {type(error).__name__}"
    sandbox.forget()
    kernel.warm()
    server = _Server(pipes, table, trouble)
    try:
        while True:
            server.answer(_receive(pipes.requests))
    except (ParentGone, BrokenPipeError):
        return


def _settle(pipes: Pipes) -> None:
    """Leave the terminal's session, drop inherited descriptors and handlers. Standard error stays, for faults of our own."""
    os.setsid()
    for handled in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGCHLD, signal.SIGALRM):
        signal.signal(handled, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.set_wakeup_fd(-1)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    sandbox.close_all_but((2, pipes.requests, pipes.notes, pipes.data))
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        if null != number:
            os.dup2(null, number)


def _receive(fd: int) -> Request:
    (length,) = LENGTH.unpack(_exactly(fd, LENGTH.size))
    return msgspec.json.decode(_exactly(fd, length), type=Request)


def _exactly(fd: int, count: int) -> bytes:
    parts = []
    while count:
        part = os.read(fd, count)
        if not part:
            raise ParentGone
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


class _Server:
    def __init__(self, pipes: Pipes, table: Mapping[str, OperationSpec], trouble: str) -> None:
        self._pipes = pipes
        self._table = table
        self._trouble = trouble

    def answer(self, request: Request) -> None:
        """Serve one request, and say how its child ended."""
        if not request.operation:
            return  # the child it should have ended had ended by itself
        spec = self._table.get(request.operation)
        every = [options for _, options, _ in request.entries]
        trouble = self._trouble or ("no such operation" if spec is None else "" if request.once else ready(spec, every))
        if spec is None or trouble:
            self._note(ExitNote(trouble=trouble))
            return
        gc.collect()
        gc.freeze()
        entries = [open_entry(*entry) for entry in request.entries]
        clock, server = time.monotonic(), os.getpid()
        pid = os.fork()
        if pid == 0:
            _run_child(spec, entries, self._pipes.data, server, every if request.once else None)
        for entry in entries:
            entry.close()
        note = self._wait(pid, clock)
        self._note(ExitNote(trouble=ready(spec, every) or "cannot load") if note.code == EXIT_LOAD else note)

    def _note(self, note: ExitNote) -> None:
        payload = _ENCODER.encode(note)
        os.write(self._pipes.notes, LENGTH.pack(len(payload)) + payload)

    def _wait(self, pid: int, clock: float) -> ExitNote:
        """Wait for the child, or for the parent's word to end it; then end whatever is left of its process group."""
        try:
            while not self._gone(pid):
                _receive(self._pipes.requests)  # the only request that comes while a child runs is the one to end it
                os.kill(pid, signal.SIGKILL)
        finally:
            os.kill(pid, signal.SIGKILL)
            try:
                os.killpg(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass  # it had not become the leader of a group, or nobody is left in it
            _, status, usage = os.wait4(pid, 0)
        seconds = usage.ru_utime + usage.ru_stime
        return ExitNote(os.waitstatus_to_exitcode(status), seconds, time.monotonic() - clock, usage.ru_maxrss)

    def _gone(self, pid: int) -> bool:
        """Return True when the child has ended, False when the parent has something to say first."""
        poll = select.poll()
        poll.register(self._pipes.requests, select.POLLIN)
        try:
            watched = os.pidfd_open(pid)
        except OSError:  # before Linux 5.3
            while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
                if poll.poll(10):
                    return False
            return True
        try:
            poll.register(watched, select.POLLIN)
            return all(fd == watched for fd, _ in poll.poll())
        finally:
            os.close(watched)


def _run_child(spec: OperationSpec, entries: list[Opened], data: int, server: int, load: list[dict[str, Any]] | None) -> NoReturn:
    """Be the child. With `load`, the options of the entries, it loads first what the server did not."""
    code = EXIT_CRASH
    try:
        if load is not None and ready(spec, load):
            os._exit(EXIT_LOAD)
        size = sum(entry.size for entry in entries)
        keep = [data, *(fd for entry in entries for fd in entry.descriptors())]
        isolation = sandbox.restrict(spec.bounds, spec.bounds.cpu_seconds(size) + len(entries), keep, server)
        send = to_pipe(data)
        send(hello(isolation, entries, spec.bounds))
        for index, entry in enumerate(entries):
            read_entry(index, entry, spec, send)
        code = 0
    except MemoryError:
        code = EXIT_MEMORY
    except (OSError, sandbox.Orphaned):
        code = EXIT_PIPE
    finally:
        os._exit(code)


def run_server(operations: str, pipes: Pipes, parent: int) -> NoReturn:
    """Be the server, and never return: nothing of the parent's may run in this process."""
    code = EXIT_CRASH
    try:
        serve(operations, pipes, parent)
        code = 0
    finally:
        kind, error, trace = sys.exc_info()
        if kind is not None and error is not None:
            sys.__excepthook__(kind, error, trace)
        os._exit(code)
