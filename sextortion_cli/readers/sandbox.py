"""
Take from a fresh child everything it does not need: descriptors, environment, limits above its own, files, network, processes.

Runs in the child, after the fork and before it touches evidence. What could not be taken is left out of the returned words,
never passed over: they go into the custody log.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Iterable

from sextortion_cli.readers import kernel
from sextortion_cli.readers.operation import Limits

FULL = ("landlock", "seccomp")


class Orphaned(Exception):
    """The process that asked for this child is gone."""


def restrict(limits: Limits, cpu_seconds: int, keep: Iterable[int], server: int, layers: tuple[str, ...] = FULL) -> str:
    """
    Limit this process for good; return which isolation holds, like ``fork+rlimits+landlock(7)+seccomp``.

    Args:
        limits: For memory and threads.
        cpu_seconds: Processor seconds it may use from now on.
        keep: The descriptors that stay open: the sources and the pipe.
        server: Process id of the server; the child dies with it.
        layers: For tests, which prove each layer alone.

    Raises:
        Orphaned: The server is gone already.
    """
    os.setsid()
    if not kernel.die_with(server, signal.SIGKILL):
        raise Orphaned
    close_all_but(keep)
    silence()
    os.environ.clear()  # the server wiped it (`forget`); this is for what a library has set since
    limit_resources(limits, cpu_seconds)
    kernel.control(kernel.PR_SET_DUMPABLE, 0)
    held = ["fork", "rlimits"]
    if kernel.control(kernel.PR_SET_NO_NEW_PRIVS, 1):
        if "landlock" in layers:
            held.append(kernel.landlock())
        if "seccomp" in layers:
            held.append(kernel.seccomp(limits.threads))
    return "+".join(word for word in held if word)


def forget() -> None:
    """Clear the environment and the command line of this process, which name the person's folders. In the server, before any fork."""
    kernel.wipe_environment()
    sys.argv[:] = []


def close_all_but(keep: Iterable[int]) -> None:
    """Close every descriptor that is not in `keep`, the standard ones included."""
    low = 0
    for number in sorted(set(keep)):
        os.closerange(low, number)
        low = number + 1
    os.closerange(low, max(low, os.sysconf("SC_OPEN_MAX")))


def silence() -> None:
    """Detach Python from the standard streams, which are closed: nothing a library prints may land in another descriptor."""
    for name in ("stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"):
        setattr(sys, name, None)


def limit_resources(limits: Limits, cpu_seconds: int) -> None:
    """Set the resource limits of this process, below the hard limits it came with."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    cpu = int(used) + cpu_seconds
    wanted = {
        resource.RLIMIT_AS: (limits.memory, limits.memory),
        resource.RLIMIT_CPU: (cpu, cpu + 1),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (16, 16),
    }
    if not limits.threads:
        wanted[resource.RLIMIT_NPROC] = (0, 0)
    for kind, (soft, hard) in wanted.items():
        ceiling = resource.getrlimit(kind)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(kind, (soft, hard))
