"""One writer at a time: a lock of the operating system, which ends with the process however it ends."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from types import TracebackType

from sextortion_cli.errors import AnotherWriter, ReadOnlyCase
from sextortion_cli.store import layout, platform
from sextortion_cli.store.fileops import fileops

WAIT_SECONDS = 5.0
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ELOOP})
_READ_WRITE = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


class WriterLock:
    """
    Holds the right to write in a case while the context lasts.

    Raises:
        AnotherWriter: Somebody else held it for five seconds (or for `wait`).
        ReadOnlyCase: The folder cannot be written.
        OSError: The medium is full, or fails.
    """

    def __init__(self, case: Path, wait: float = WAIT_SECONDS) -> None:
        self._path = case / layout.LOCK
        self._wait = wait
        self._fd = -1

    def __enter__(self) -> WriterLock:
        self._fd = self._open()
        deadline = time.monotonic() + self._wait
        while not platform.lock_exclusive(self._fd):
            if time.monotonic() > deadline:
                self.__exit__(None, None, None)
                raise AnotherWriter()
            time.sleep(0.05)
        return self

    def _open(self) -> int:
        try:
            if not self._path.exists():
                try:
                    fileops().close(fileops().create(self._path))
                except FileExistsError:
                    pass  # another writer was first; the lock decides between us
            return os.open(self._path, _READ_WRITE)
        except OSError as error:
            if error.errno in _REFUSED:
                raise ReadOnlyCase() from error
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)
