"""
Run operations over evidence in limited children, and yield what they say as it comes.

The one door of this room: `ReaderServer`. Whatever a child does (dies, hangs, writes garbage), the caller gets frames and one
`ReaderEnd` per entry, never an exception; what was sent before stays.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from sextortion_cli.readers.frames import Frame
from sextortion_cli.readers.job import Entry, Indexed, Job, request_frame
from sextortion_cli.readers.lane import ForkLane
from sextortion_cli.readers.waiting import readable_of

if TYPE_CHECKING:
    from sextortion_cli.readers.spawned import SpawnLane

    Lane = ForkLane | SpawnLane

BATCH = 64  # entries one child reads at most
AnyPath = str | bytes | os.PathLike[str]
Method = Literal["fork", "spawn"]


class UnknownOperation(LookupError):
    """The operations have none of this name: a fault of the program, not of the evidence."""


class ReaderServer:
    """
    One or more reader servers ("lanes"), each running one child at a time. Two threads may use it when they use different lanes.

    Args:
        operations: ``package.module:NAME`` of a mapping from names to `operation.OperationSpec`; imported in the server.
        lanes: How many children may run at once.
        method: ``fork`` (Linux) or ``spawn``; None takes what the system has.
    """

    def __init__(self, operations: str, *, lanes: int = 1, method: Method | None = None) -> None:
        self._operations = operations
        self._count = lanes
        self._method: Method = method or ("fork" if sys.platform == "linux" else "spawn")
        self._lanes: list[Lane] = []
        self._busy: set[int] = set()
        self._released: set[int] = set()

    @property
    def last_lane(self) -> int:
        """Return the number of the lane that `run` does not use unless it is the only one."""
        return self._count - 1

    @property
    def has_one_lane(self) -> bool:
        """Say whether there is one lane only."""
        return self._count == 1

    def start(self) -> None:
        """
        Start the servers.

        Call it from the main thread, before threads, lock, log and database are opened: a forked server keeps the memory
        the parent has now, and ends when the thread that started it does.
        """
        if self._lanes:
            return
        if self._method == "fork":
            gc.collect()
            gc.freeze()
        self._lanes = [self._new_lane(self._method) for _ in range(self._count)]

    def _new_lane(self, method: Method) -> Lane:
        if method == "fork":
            return ForkLane(self._operations)
        from sextortion_cli.readers.spawned import SpawnLane

        return SpawnLane(self._operations)

    def close(self) -> None:
        """End the servers; more than once does no harm."""
        lanes, self._lanes = self._lanes, []
        for number, lane in enumerate(lanes):
            if number not in self._released:
                lane.close()

    def release(self, number: int) -> None:
        """End one server, whose memory is no longer needed. Should it be asked something after all, another takes its place."""
        if number not in self._busy and number not in self._released:
            self._lanes[number].close()
            self._released.add(number)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def run(
        self, operation: str, path: AnyPath, options: dict[str, Any], *, lane: int = 0, beside: Mapping[str, AnyPath] | None = None
    ) -> Generator[Frame, None, None]:
        """
        Run `operation` over the regular file at `path` in a fresh child; yield its frames as they come, last a `ReaderEnd`.

        `beside` names further files it may read with it.

        Closing the generator early ends the child.

        Raises:
            UnknownOperation: There is no such operation.
            RuntimeError: The server is not started, or this lane is in use.
        """
        job = Job([0], alone=True)
        for _, frame in self._drive(operation, [_entry(path, options, beside)], deque([job]), [lane]):
            yield frame

    def run_batch(
        self,
        operation: str,
        entries: Sequence[tuple[AnyPath, dict[str, Any]]],
        *,
        batch: int = BATCH,
        lanes: Sequence[int] | None = None,
        once: bool = False,
    ) -> Generator[Indexed, None, None]:
        """
        Run `operation` over many small files, up to `batch` per child, over all lanes or those named; yield (index, frame), with one `ReaderEnd` each.

        `once` says that nobody will ask for it again: then its libraries are loaded in the child, and are gone with it.

        Frames of one entry come in order and end with its end; entries of different lanes may interleave. Where a child dies, the
        entry it was at is read again in a child of its own.

        Raises: as `run`.
        """
        indexes = list(range(len(entries)))
        groups = [indexes[start : start + batch] for start in range(0, len(indexes), batch)]
        jobs = deque(Job(group, alone=len(group) == 1) for group in groups)
        every = [_entry(path, options) for path, options in entries]
        yield from self._drive(operation, every, jobs, list(lanes or range(self._count)), once=once)

    def _drive(self, operation: str, entries: list[Entry], jobs: deque[Job], lanes: list[int], *, once: bool = False) -> Iterator[Indexed]:
        if not self._lanes:
            raise RuntimeError("the reader server is not started")
        if self._busy.intersection(lanes):
            raise RuntimeError("this lane is in use")
        self._busy.update(lanes)
        active: dict[int, Job] = {}
        try:
            while jobs or active:
                for number in lanes:
                    if jobs and number not in active:
                        active[number] = job = jobs.popleft()
                        self._lane(number).begin(request_frame(operation, [entries[index] for index in job.indexes], once=once))
                yield from self._turn(active, jobs)
        finally:
            for number in active:
                if number < len(self._lanes):  # the server may have been closed before this generator was
                    self._lanes[number].cancel()
            self._busy.difference_update(lanes)

    def _lane(self, number: int) -> Lane:
        """Return a lane that can be asked; a server that died is replaced by a spawned worker, since this process may have threads now."""
        if number in self._released:
            self._released.discard(number)
            self._lanes[number] = self._new_lane("spawn")
        elif self._lanes[number].is_dead:
            self._lanes[number].close()
            self._lanes[number] = self._new_lane("spawn")
        return self._lanes[number]

    def _turn(self, active: dict[int, Job], jobs: deque[Job]) -> Iterator[Indexed]:
        """Wait once, and pass on what has come."""
        clock = time.monotonic()
        ready = readable_of([self._lanes[number] for number in active], max(0.0, min(job.remaining() for job in active.values())))
        waited = time.monotonic() - clock
        for number, job in list(active.items()):
            lane = self._lanes[number]
            job.wait(waited)
            had_problem = bool(job.problem)
            for payload in lane.payloads(ready):
                yield from job.take(payload)
            if lane.note is not None:
                del active[number]
                if lane.note.trouble == "no such operation":
                    raise UnknownOperation
                frames, again = job.finish(lane.note)
                jobs.extendleft(reversed(again))
                yield from frames
                continue
            if not job.problem and job.remaining() <= 0:
                job.problem = "time limit"
            if job.problem and not had_problem:
                lane.abort()
            elif job.is_stuck():
                lane.kill()


def _entry(path: AnyPath, options: dict[str, Any], beside: Mapping[str, AnyPath] | None = None) -> Entry:
    others = {name: os.path.abspath(os.fsencode(other)) for name, other in (beside or {}).items()}
    return os.path.abspath(os.fsencode(path)), options, others
