"""
Hashing the originals of a case in a process of its own, while the log is still being checked.

Hashing leaves the interpreter alone, checking the log does not: in threads of one process they take turns. What comes back is only which
originals are what their names say; everything else is looked at again by who asks. Without `fork` it is always everything.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import stat
import struct
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sextortion_cli.store import layout, platform
from sextortion_cli.store.digests import LARGE
from sextortion_cli.store.regular import open_own

LONG_LOG = 1 << 18
_BUFFER = 1 << 20
_RESULT = struct.Struct(">32sQ")
_own = threading.local()


class Rehash:
    """
    Hashes everything under `objects/` from now on. To be started before there are threads, and closed in any case.

    Attributes:
        sound: Size of every original that is what its name says, by digest, as far as `results` got.
    """

    def __init__(self, case: Path) -> None:
        self.sound: dict[str, int] = {}
        self._pid = self._results = -1
        if not platform.can_fork() or _is_short(case / layout.LOG):
            return
        results, out = os.pipe()
        try:
            pid = os.fork()
        except OSError:  # no more processes, or no memory for one
            os.close(results)
            os.close(out)
            return
        if pid == 0:
            try:
                os.close(results)
                _serve(case, out)
            finally:
                os._exit(0)
        os.close(out)
        self._pid, self._results = pid, results

    def results(self) -> Iterator[int]:
        """Take in what is found until all is hashed; yield the bytes that were hashed each time."""
        held = b""
        while self._results >= 0 and (piece := os.read(self._results, 1 << 16)):
            held += piece
            whole = len(held) - len(held) % _RESULT.size
            found = {digest.hex(): size for digest, size in _RESULT.iter_unpack(held[:whole])}
            held = held[whole:]
            self.sound |= found
            yield sum(found.values())

    def close(self) -> None:
        """End the process."""
        if self._pid > 0:
            pid, self._pid = self._pid, -1
            os.close(self._results)
            self._results = -1
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _is_short(log: Path) -> bool:
    """Tell whether a log is checked sooner than a process is made."""
    try:
        return os.stat(log).st_size < LONG_LOG
    except OSError:
        return True


def _serve(case: Path, out: int) -> None:
    """Write to `out` what every sound original is, as they are hashed. It ends when nobody reads any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        for result in pool.map(_result, _originals(case)):
            try:
                os.write(out, result)
            except OSError:
                os._exit(0)


def _originals(case: Path) -> list[str]:
    """Return every file that has the name and place of an original: large ones first, then in the order the file system numbers them."""
    found: list[tuple[bool, int, str]] = []
    for number in range(256):
        begin = f"{number:02x}"
        with contextlib.suppress(OSError), os.scandir(os.path.join(case, layout.OBJECTS, "sha256", begin)) as entries:
            for entry in entries:
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and len(entry.name) == 64 and entry.name.startswith(begin):
                    found.append((status.st_size < LARGE, status.st_ino, entry.path))
    return [path for *_, path in sorted(found)]


def _result(path: str) -> bytes:
    """Return digest and size of an original that is what its name says, else nothing."""
    buffer: memoryview | None = getattr(_own, "buffer", None)
    if buffer is None:
        buffer = _own.buffer = memoryview(bytearray(_BUFFER))
    digest, size = hashlib.sha256(), 0
    try:
        with open_own(path) as stream:
            while count := stream.readinto(buffer):
                digest.update(buffer[:count])
                size += count
    except OSError:
        return b""
    return _RESULT.pack(digest.digest(), size) if digest.hexdigest() == path[-64:] else b""
