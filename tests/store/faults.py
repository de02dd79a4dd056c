"""
File operations that die, fail, or lose what was not synced, at a chosen operation.

`Recorder` counts the operations of a scenario. `Dying` stops before or in the middle of one, as a killed process does. `Failing`
gives an error. `Disk` knows what a medium would still hold after the power went: bytes count once their file was synced, names
once their folder was.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import threading
from pathlib import Path
from typing import Any

from sextortion_cli.store.fileops import FileOps

MUTATING = (
    "mkdir",
    "create",
    "open_append",
    "write",
    "fsync",
    "close",
    "fsync_dir",
    "rename_new",
    "replace",
    "unlink",
    "rmdir",
    "truncate",
    "make_read_only",
)


#: Inode number, and how many files had it before.
Identity = tuple[int, int]


class Died(BaseException):
    """The process ended here."""


class Counting(FileOps):
    """Numbers every operation; `step` decides what happens at each."""

    def __init__(self) -> None:
        self.count = 0
        #: The kind of every operation, in order.
        self.kinds: list[str] = []
        self.guard = threading.RLock()
        for name in MUTATING:
            setattr(self, name, self._wrapped(name, getattr(super(), name)))

    def _wrapped(self, name: str, real: Any) -> Any:
        def operation(*arguments: Any) -> Any:
            with self.guard:
                self.count += 1
                self.kinds.append(name)
                return self.step(self.count, name, real, arguments)

        return operation

    def step(self, number: int, name: str, real: Any, arguments: tuple[Any, ...]) -> Any:
        """Do operation `number`."""
        return real(*arguments)


class Dying(Counting):
    """Dies at operation `at` and everything after it: before it, or halfway through a write."""

    def __init__(self, at: int, *, torn: bool = False) -> None:
        super().__init__()
        self.at, self.torn = at, torn

    def step(self, number: int, name: str, real: Any, arguments: tuple[Any, ...]) -> Any:
        if number < self.at:
            return real(*arguments)
        if number == self.at and self.torn and name == "write":
            data = bytes(arguments[1])
            real(arguments[0], data[: len(data) // 2])
        raise Died


class Failing(Counting):
    """Gives an error at operation `at` (and at every later write, for a full disk)."""

    def __init__(self, at: int, number: int = errno.ENOSPC) -> None:
        super().__init__()
        self.at, self.error = at, number

    def step(self, number: int, name: str, real: Any, arguments: tuple[Any, ...]) -> Any:
        full = self.error == errno.ENOSPC and number > self.at and name in ("write", "create", "mkdir")
        if (number == self.at and name != "close") or full:
            raise OSError(self.error, os.strerror(self.error))
        return real(*arguments)


class Disk(Counting):
    """
    Follows what is durable, dies at operation `at`, and can lay out what a medium may hold afterwards.

    Args:
        root: Everything under it is followed.
        honest: False leaves every fsync out, as the control: such a program must be caught.
    """

    def __init__(self, root: Path, at: int, *, honest: bool = True) -> None:
        super().__init__()
        self.root, self.at, self.honest = root, at, honest
        #: How often an inode number was given out again: a number alone does not say which file is meant.
        self.generation: dict[int, int] = {}
        #: Durable content by file, durable names by folder.
        self.synced: dict[Identity, bytes] = {}
        self.names: dict[Identity, dict[str, Identity]] = {}
        self._take_over()

    def _take_over(self) -> None:
        """What lay there before counts as durable."""
        for path in [self.root, *self.root.rglob("*")]:
            if path.is_file() and not path.is_symlink():
                self.synced[self.identity(path.stat())] = path.read_bytes()
            elif path.is_dir():
                self._names_are_durable(path)

    def identity(self, status: os.stat_result) -> Identity:
        """Return which file this is, also when its inode number was another file's before."""
        return status.st_ino, self.generation.get(status.st_ino, 0)

    def durable_names(self, folder: Path) -> dict[str, Identity]:
        """Return the names in a folder that would survive, with the file each leads to."""
        return self.names.get(self.identity(folder.stat()), {})

    def _names_are_durable(self, folder: Path) -> None:
        self.names[self.identity(folder.stat())] = {
            entry.name: self.identity(entry.stat(follow_symlinks=False)) for entry in os.scandir(folder)
        }

    def again(self, operations: int) -> None:
        """Let a next process run on the same medium, with all the first one wrote still visible, and die after so many operations."""
        self.at = self.count + operations + 1

    def step(self, number: int, name: str, real: Any, arguments: tuple[Any, ...]) -> Any:
        if number >= self.at:
            raise Died
        if self.lying(name, arguments):
            return None
        if name in ("unlink", "replace"):
            before = Path(arguments[-1])
            inode = os.lstat(before).st_ino if os.path.lexists(before) else None
        found = real(*arguments)
        if name in ("unlink", "replace") and inode is not None:
            self.generation[inode] = self.generation.get(inode, 0) + 1
        elif name == "fsync":
            self.synced[self.identity(os.fstat(arguments[0]))] = Path(f"/proc/self/fd/{arguments[0]}").read_bytes()
        elif name == "fsync_dir":
            self._names_are_durable(Path(arguments[0]))
        return found

    def lying(self, name: str, arguments: tuple[Any, ...]) -> bool:
        """Tell whether this sync is left out: all are, on a medium that is not honest."""
        return not self.honest and name in ("fsync", "fsync_dir")

    def after_power_loss(self, target: Path, variant: int) -> None:
        """Lay out at `target` what the medium may hold: `variant` says how much of what was not synced survived, and how."""
        rng = random.Random(variant)
        self._lay(self.root, target, variant, rng)

    def _lay(self, source: Path, target: Path, variant: int, rng: random.Random) -> None:
        target.mkdir()
        durable = self.durable_names(source)
        present = {entry.name: entry for entry in os.scandir(source)}
        for name in sorted({*durable, *present}):
            entry = present.get(name)
            identity = None if entry is None else self.identity(entry.stat(follow_symlinks=False))
            if identity is None or identity != durable.get(name):
                survives = {0: False, 1: True}.get(variant, rng.random() < 0.5)
                if name in durable and (entry is None or not survives):
                    if not (entry is None and variant == 1):
                        self._old(durable[name], target / name)
                    continue
                if not survives:
                    continue
            if entry is None or identity is None:
                continue
            if entry.is_dir(follow_symlinks=False):
                self._lay(source / name, target / name, variant, rng)
            else:
                (target / name).write_bytes(self._content(source / name, identity, variant, rng))

    def _old(self, identity: Identity, target: Path) -> None:
        """A name that was durable still leads to the file it led to."""
        if identity in self.synced:
            target.write_bytes(self.synced[identity])

    def _content(self, path: Path, identity: Identity, variant: int, rng: random.Random) -> bytes:
        now, safe = path.read_bytes(), self.synced.get(identity, b"")
        if now == safe or variant == 1:
            return now
        if variant == 0:
            return safe
        if not now.startswith(safe):
            return rng.choice((now, safe))
        kept = rng.randint(len(safe), len(now))
        if variant % 3 == 0:  # the length arrived, the bytes did not
            return now[:kept] + bytes(len(now) - kept)
        return now[:kept]


def copy(case: Path, target: Path) -> None:
    """Copy a case folder as it lies."""
    shutil.copytree(case, target, symlinks=True)
