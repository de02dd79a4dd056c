"""
The one seam for every mutating file operation of the program.

Everything that creates, writes, renames, removes or syncs a file goes through `fileops()`; a lint forbids it elsewhere. Tests
put other operations in its place: ones that die, fail, or lose what was not synced, at every single operation.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sextortion_cli.store import platform

_CREATE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_APPEND = os.O_WRONLY | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class FileOps:
    """Real file operations. Every method raises OSError as the system does."""

    def mkdir(self, path: Path) -> None:
        """Make a folder only its owner can use (0700)."""
        os.mkdir(path, 0o700)

    def create(self, path: Path) -> int:
        """Create a new file (0600) and return its descriptor; refuses an existing name, follows no link."""
        return os.open(path, _CREATE, 0o600)

    def open_append(self, path: Path) -> int:
        """Open an existing file for appending and return its descriptor."""
        return os.open(path, _APPEND)

    def write(self, fd: int, data: bytes | memoryview) -> None:
        """Write all of `data`."""
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]

    def fsync(self, fd: int) -> None:
        """Wait until what was written to `fd` is on the disk."""
        platform.full_fsync(fd)

    def close(self, fd: int) -> None:
        """Close `fd`."""
        os.close(fd)

    def fsync_dir(self, path: Path) -> None:
        """Wait until the names in `path` are on the disk (where the system knows such a thing)."""
        platform.fsync_dir(path)

    def rename_new(self, source: Path, target: Path) -> None:
        """Give `source` the name `target`, which must be free. The one-writer lock keeps the test and the rename together."""
        if os.path.lexists(target):
            raise FileExistsError(17, "exists", str(target))
        os.rename(source, target)

    def replace(self, source: Path, target: Path) -> None:
        """Give `source` the name `target`, in place of what stood there, in one step."""
        platform.replace(source, target)

    def unlink(self, path: Path) -> None:
        """Remove one of our own temporary files."""
        os.unlink(path)

    def rmdir(self, path: Path) -> None:
        """Remove an empty folder of ours."""
        os.rmdir(path)

    def truncate(self, path: Path, size: int) -> None:
        """Cut a file of ours to `size` bytes (a torn last line, after its bytes were kept elsewhere)."""
        os.truncate(path, size)

    def make_read_only(self, path: Path) -> None:
        """Take the write permission away, where the file system has permissions."""
        platform.make_read_only(path)


_current = FileOps()


def fileops() -> FileOps:
    """Return the operations in force."""
    return _current


@contextlib.contextmanager
def using(operations: FileOps) -> Iterator[None]:
    """Put other operations in place (tests only)."""
    global _current  # noqa: PLW0603  (the one seam: a single place to swap is its purpose)
    before, _current = _current, operations
    try:
        yield
    finally:
        _current = before


def sync_file(path: Path) -> None:
    """Wait until a file that another process wrote is on the disk; what we promise of it must not rest on that process."""
    fd = platform.open_for_sync(path)
    try:
        fileops().fsync(fd)
    finally:
        os.close(fd)


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """Give a folder outside every case that only this account can enter (0700), and remove it at the end: derived data only."""
    folder = Path(tempfile.mkdtemp(prefix="casefile-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
