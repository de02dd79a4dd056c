"""Run commands as whole processes: wall time, and memory over the process tree."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Sample:
    """One run: seconds of wall time, exit status, peak memory of the tree in MiB, processor seconds of the tree."""

    wall: float
    status: int
    rss: float = 0.0
    pss: float = 0.0
    cpu: float = 0.0


def nothing() -> None:
    """Prepare nothing."""


@dataclass
class Side:
    """One side of a comparison."""

    name: str
    command: list[str]
    before: Callable[[], None] = nothing
    samples: list[Sample] = field(default_factory=list)
    accept: tuple[int, ...] = (0, 3)

    def median(self) -> float:
        """Return the median wall time."""
        return statistics.median(item.wall for item in self.samples)


def once(side: Side, *, memory: bool = False) -> Sample:
    """Run one side once."""
    side.before()
    started, spent = time.perf_counter(), _spent()
    process = subprocess.Popen(
        side.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=_environment()
    )
    watch = _Watch(process.pid) if memory else None
    _, said = process.communicate()
    sample = Sample(time.perf_counter() - started, process.returncode, cpu=_spent() - spent)
    if watch is not None:
        sample.rss, sample.pss = watch.done()
    if sample.status not in side.accept:
        raise SystemExit(f"{side.name} ended with {sample.status}: {said.decode(errors='replace')[-500:]}")
    side.samples.append(sample)
    return sample


def _spent() -> float:
    """Return the processor seconds of all programs that ended so far."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def _environment() -> dict[str, str]:
    """Return the environment of both sides: installed programs have their bytecode, so the round that does not count may write it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def alternate(ours: Side, peers: list[Side], rounds: int, *, memory: bool = False) -> None:
    """Run us and the peers in turn, after one round that does not count."""
    for number in range(rounds + 1):
        once(ours, memory=memory)
        for peer in peers:
            once(peer)
        if number == 0:
            for side in (ours, *peers):
                side.samples.clear()


def ratio(ours: Side, peer: Side) -> float:
    """Return the median of the ratios pair by pair."""
    return statistics.median(a.wall / b.wall for a, b in zip(ours.samples, peer.samples, strict=True))


class _Watch:
    """Samples the memory of a process and everything below it, every 20 ms."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._rss = self._pss = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stop.wait(0.02):
            values = [_memory(pid) for pid in _tree(self._pid)]
            self._rss = max(self._rss, sum(item[0] for item in values))
            self._pss = max(self._pss, sum(item[1] for item in values))

    def done(self) -> tuple[float, float]:
        self._stop.set()
        self._thread.join()
        return self._rss / 1024, self._pss / 1024


def _tree(pid: int) -> list[int]:
    found, pending = [], [pid]
    while pending:
        current = pending.pop()
        found.append(current)
        try:
            for task in os.listdir(f"/proc/{current}/task"):
                pending += map(int, Path(f"/proc/{current}/task/{task}/children").read_text(encoding="ascii").split())
        except OSError:
            continue
    return found


def _memory(pid: int) -> tuple[int, int]:
    rss = pss = 0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Rss:"):
                rss = int(line.split()[1])
            elif line.startswith("Pss:"):
                pss = int(line.split()[1])
    except OSError:
        pass
    return rss, pss
