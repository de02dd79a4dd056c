"""Writing a locked case out again: file by file, synced in groups, times and permissions as they were."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sextortion_cli.errors import LockedFileDamaged
from sextortion_cli.store import layout, locked
from sextortion_cli.store.fileops import fileops

_GROUP = 64
_THREADS = 4


class WriteOut:
    """
    Writes files below a case folder; every name must be in the list that came first.

    Raises:
        LockedFileDamaged: A name that is not in the list, or comes twice. OSError as the system says.
    """

    def __init__(self, case: Path) -> None:
        self._case = case
        self._fd = -1
        self._path = case
        self._unsynced: list[int] = []
        self._folders: list[tuple[Path, int, int]] = []
        self._listed: set[bytes] = set()

    def open_list(self, proof: bytes) -> None:
        """Begin the list, with the proof of the locked file it comes from."""
        self._path = self._case / layout.PLAIN
        self._fd = fileops().create(self._path)
        fileops().write(self._fd, proof + b"\0")

    def close_list(self) -> None:
        """End the list: it is on the medium before the first file it names is made."""
        fileops().fsync(self._fd)
        self._close()
        fileops().fsync_dir(self._case)
        self._listed = set(locked.listed(self._case))

    def folder(self, name: bytes, mode: int, modified_ns: int) -> None:
        """Make a folder; it gets its permissions and time when everything is in it."""
        path = self._named(name, b"/")
        fileops().mkdir(path)
        self._folders.append((path, mode, modified_ns))

    def open(self, name: bytes) -> None:
        """Begin a file. What a file browser put there meanwhile stays, and its older one is passed over."""
        self._path = self._named(name, b"")
        try:
            self._fd = fileops().create(self._path)
        except FileExistsError:
            if self._path.name not in layout.LITTER:
                raise

    def write(self, data: bytes) -> None:
        """Write on."""
        if self._fd >= 0:
            fileops().write(self._fd, data)

    def close_file(self, mode: int, modified_ns: int) -> None:
        """End a file. It is synced with the next ones."""
        if self._fd < 0:
            return
        fileops().restore(self._path, mode, modified_ns)
        self._unsynced.append(self._fd)
        self._fd = -1
        if len(self._unsynced) >= _GROUP:
            self._sync()

    def finish(self) -> None:
        """Put everything on the medium, names and times too."""
        self._sync()
        for path, mode, modified_ns in reversed(self._folders):
            fileops().restore(path, mode, modified_ns)
            fileops().fsync_dir(path)
        fileops().fsync_dir(self._case)

    def close(self) -> None:
        """Let go of what is open."""
        if self._fd >= 0:
            self._close()
        unsynced, self._unsynced = self._unsynced, []
        for fd in unsynced:
            os.close(fd)

    def _named(self, name: bytes, ending: bytes) -> Path:
        if name + ending not in self._listed:
            raise LockedFileDamaged()
        self._listed.discard(name + ending)
        return Path(os.fsdecode(os.fsencode(self._case) + b"/" + name))

    def _close(self) -> None:
        fd, self._fd = self._fd, -1
        fileops().close(fd)

    def _sync(self) -> None:
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="writeout") as pool:
            list(pool.map(fileops().fsync, self._unsynced))
        unsynced, self._unsynced = self._unsynced, []
        for fd in unsynced:
            fileops().close(fd)
