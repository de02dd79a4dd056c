"""Where operating systems differ: syncing, locking, permissions. Nothing else in the program asks which system it runs on."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from pathlib import Path

PAGE = 4096
_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.ENOTTY, errno.EBADF, errno.EACCES, errno.EISDIR, errno.EPERM}


def full_fsync(fd: int) -> None:
    """Sync data and metadata of `fd` to the medium (macOS needs F_FULLFSYNC for that)."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            return
    os.fsync(fd)


def write_directly(fd: int, *, on: bool) -> bool:
    """
    Let `fd` write past the system's cache, or through it again; return whether the system does.

    Addresses, offsets and lengths are then multiples of `PAGE` (open(2), O_DIRECT). Linux only.
    """
    if not hasattr(os, "O_DIRECT"):
        return False
    import fcntl

    try:
        flags = fcntl.fcntl(fd, fcntl.F_GETFL)
        fcntl.fcntl(fd, fcntl.F_SETFL, flags | os.O_DIRECT if on else flags & ~os.O_DIRECT)
    except OSError:
        return False
    return on


def open_for_sync(path: Path) -> int:
    """Open a file only to sync it: reading is enough, except on Windows, where our own files must be writable for that."""
    how = os.O_RDWR if sys.platform == "win32" else os.O_RDONLY
    return os.open(path, how | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))


def fsync_dir(path: Path) -> None:
    """Sync a folder; file systems and systems that have no such thing (FAT, Windows) are let pass."""
    if sys.platform == "win32":
        return
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in _UNSUPPORTED - {errno.EACCES, errno.EPERM}:
            raise
    finally:
        os.close(fd)


def durability() -> str:
    """Return ``full`` where a commit is synced to the medium, names included, else ``reduced``."""
    return "reduced" if sys.platform == "win32" else "full"


def replace(source: Path, target: Path) -> None:
    """Rename over `target`; where a sync client holds it for a moment (EBUSY, Windows sharing), try again for two seconds."""
    for attempt in range(20):
        try:
            os.replace(source, target)
        except OSError as error:
            busy = error.errno == errno.EBUSY or getattr(error, "winerror", None) in (5, 32)
            if not busy or attempt == 19:
                raise
            time.sleep(0.1)
        else:
            return


def unlink(path: Path) -> None:
    """Remove a file; Windows removes no file that is read-only."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            os.chmod(path, 0o600)
    os.unlink(path)


def make_read_only(path: Path) -> None:
    """Set mode 0400; file systems without permissions are let pass."""
    try:
        os.chmod(path, 0o400)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


def restore(path: Path, mode: int, modified_ns: int) -> None:
    """Set permissions (nine bits) and modification time; file systems that have no permissions are let pass."""
    try:
        os.chmod(path, mode & 0o777)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    os.utime(path, ns=(modified_ns, modified_ns))


def keep_no_core() -> None:
    """Let no crash of this process write its memory to a file: a key may be in it."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def lock_exclusive(fd: int) -> bool:
    """Take the writer's lock on `fd` without waiting. The system drops it when the process dies, however it dies."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.EWOULDBLOCK):
            return False
        raise
    return True


def can_fork() -> bool:
    """Say whether this process may be doubled: elsewhere than on Linux, libraries of the system do not bear it."""
    return sys.platform == "linux"


def machine() -> str:
    """Return text that stays the same on this computer and account, to derive a writer's id from; it is never stored itself."""
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        with contextlib.suppress(OSError):
            return Path(place).read_text(encoding="utf-8", errors="replace").strip()
    return f"{os.uname().nodename}:{os.getuid()}" if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "unknown")
