"""
A case folder that is locked, or was left halfway: what the files of the lock mean, and how the next command puts them in order.

At every moment either all plain files are there, or one file that was proven to hold every byte of them:

    (none of these)            open
    locking.age                open; a locked file was being made or compared: it is dropped
    locked.age                 locked
    locked.age  plain.list     locked; the plain files in the list were being removed, or written out: they are removed
    opened.age  plain.list     open; everything was written out and checked: what is left of the locked file is dropped, once all in the
                               list is there (a copy of the folder may still be on its way)

The names change by one rename each, synced before anything is removed. Nothing here needs a key. The list begins with the size and
digest of the locked file it was written for: beside any other (half copied, damaged) nothing plain is removed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sextortion_cli.errors import AnotherWriter, CaseLocked, LinksInTheCase, LockedFileDamaged, ReadOnlyCase
from sextortion_cli.store import layout
from sextortion_cli.store.fileops import fileops, sync_file
from sextortion_cli.store.lock import WriterLock
from sextortion_cli.store.regular import open_own

_LONGEST_NAME = 1 << 16
#: Somebody put something into a folder, or it is gone.
_STAYS = frozenset({errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR})


class Entry(NamedTuple):
    """A file or folder of a case as it lies; `name` is relative, with slashes, in the bytes of the file system."""

    name: bytes
    is_folder: bool
    mode: int
    size: int
    modified_ns: int


def is_locked(case: Path) -> bool:
    """Tell whether a folder holds a locked case."""
    return (case / layout.LOCKED).exists()


def is_halfway(case: Path) -> bool:
    """Tell whether something is to be put in order."""
    left = (layout.PLAIN, layout.LOCKING, layout.NEW_KEYS, layout.OPENED, *(() if is_locked(case) else (layout.HOW,)))
    return any((case / name).exists() for name in left)


def refuse_locked(case: Path) -> None:
    """
    Raise CaseLocked where the case is locked. Plain files that were being removed when something came between are removed first.

    A folder another program is busy with, or that cannot be written, is left as it is.

    Raises:
        CaseLocked
        LockedFileDamaged: Plain files lie there, and the locked file is not the one they were to go for.
    """
    if not is_locked(case):
        return
    if (case / layout.PLAIN).exists():
        with contextlib.suppress(AnotherWriter, ReadOnlyCase, OSError), WriterLock(case, wait=0):
            settle(case)
    raise CaseLocked()


def settle(case: Path) -> None:
    """
    Finish or undo what was left halfway. For the one who holds the writer's lock; every step can itself be interrupted.

    Raises:
        LockedFileDamaged: The locked file is not the one the list was written for. Everything stays.
    """
    if is_locked(case):
        if (case / layout.PLAIN).exists():
            remove_plain(case)
        for name in (layout.LOCKING, layout.OPENED):
            _drop(case / name)
        return
    # The opened file goes before the list that says what it stands for: without the list nobody could tell whether all of it came.
    names = (layout.OPENED, layout.PLAIN, layout.HOW, layout.LOCKING, layout.NEW_KEYS)
    left = [name for name in names if (case / name).exists()]
    if layout.OPENED in left and not _all_came(case):
        left = [name for name in left if name not in (layout.OPENED, layout.PLAIN)]
    if left:
        fileops().fsync_dir(case)  # the name that says what counts, before anything goes
        for name in left:
            _drop(case / name)
        fileops().fsync_dir(case)


def _all_came(case: Path) -> bool:
    """Tell whether everything is there that the opened file was written out to: in a copy that is half synced, it may be the only whole one."""
    if not (case / layout.PLAIN).exists() or not _is_proof(next(_records(case), b"")):
        return False
    return all(os.path.lexists(os.fsencode(case) + b"/" + name.rstrip(b"/")) for name in listed(case))


def remove_plain(case: Path, *, proven: bool = False) -> None:
    """
    Remove every file and folder the list names, then the list. What came into the folder since, or changed in it, stays.

    Args:
        proven: The caller wrote list and locked file just now. Otherwise the locked file is read, and has to be the one the list is for.

    Raises:
        LockedFileDamaged: It is not. Everything stays.
    """
    promised = next(_records(case), b"")
    if not _is_proof(promised):  # torn before anything was written out, or no list of ours: it says nothing of any file
        _drop(case / layout.PLAIN)
        return
    if not proven and promised != proof(*fingerprint_of(case / layout.LOCKED)):
        raise LockedFileDamaged()
    sync_file(case / layout.LOCKED)  # whoever gave it its name may have been killed before that was on the medium
    fileops().fsync_dir(case)
    folders = []
    for name, facts in _listed(case):
        path = os.fsencode(case) + b"/" + name.rstrip(b"/")
        if not _leads_inside(case, name):
            continue
        if name.endswith(b"/"):
            folders.append(path)
        elif os.path.lexists(path) and (not facts or _is_as_locked(path, facts)):
            fileops().unlink(Path(os.fsdecode(path)))
    for path in reversed(folders):  # the list names a folder before what is in it
        try:
            fileops().rmdir(Path(os.fsdecode(path)))
        except OSError as error:
            if error.errno not in _STAYS:
                raise
    for left in os.listdir(case):  # a record that was being written of the case coming open
        if layout.is_temporary(left):
            _drop(case / left)
    fileops().fsync_dir(case)
    fileops().unlink(case / layout.PLAIN)
    fileops().fsync_dir(case)


def write_list(case: Path, pieces: Iterable[bytes]) -> None:
    """Write which plain files a locked file stands for, and put it on the medium."""
    write_file(case / layout.PLAIN, pieces)
    fileops().fsync_dir(case)


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a small file of the lock whole."""
    fd = fileops().create(path)
    try:
        for piece in pieces:
            fileops().write(fd, piece)
        fileops().fsync(fd)
    finally:
        fileops().close(fd)


def commit(case: Path, source: str, target: str) -> None:
    """
    Give a file its next name, and put that on the medium.

    Raises:
        OSError: It could not be; the file has its old name.
    """
    fileops().replace(case / source, case / target)
    try:
        fileops().fsync_dir(case)
    except OSError:
        fileops().replace(case / target, case / source)
        raise


def entries(case: Path) -> Iterator[Entry]:
    """
    Yield everything in a case folder but the files of the lock: folders before what is in them, names in the order of their bytes.

    Links, pipes and devices are no part of a case, and passed over.

    Raises:
        ReadOnlyCase: A folder could not be emptied later.
        OSError: Something cannot be looked at.
    """
    top = os.fsencode(case)
    yield from _inside(top, b"")


def _inside(top: bytes, folder: bytes) -> Iterator[Entry]:
    if not os.access(top + b"/" + folder, os.R_OK | os.W_OK | os.X_OK):
        raise ReadOnlyCase()
    with os.scandir(top + b"/" + folder) as found:
        names = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
    for name, is_folder in names:
        if not folder and os.fsdecode(name) in layout.OUTSIDE:
            continue
        path = folder + name
        status = os.lstat(top + b"/" + path)
        if is_folder:
            yield Entry(path, True, stat.S_IMODE(status.st_mode), 0, status.st_mtime_ns)
            yield from _inside(top, path + b"/")
        elif stat.S_ISREG(status.st_mode):
            yield Entry(path, False, stat.S_IMODE(status.st_mode), status.st_size, status.st_mtime_ns)


def refuse_links(case: Path) -> None:
    """
    Raise where something that cannot be locked lies in a case: a link, a pipe, a device. What lies in the cache does not count.

    Raises:
        LinksInTheCase: Names the first, relative to the case.
    """
    for folder, folders, names in os.walk(case):
        if Path(folder) == case and layout.CACHE in folders:
            folders.remove(layout.CACHE)
        for name in sorted(folders + names):
            path = Path(folder, name)
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                name_of = os.fsencode(path.relative_to(case).as_posix())
                raise LinksInTheCase(path=name_of.decode("utf-8", "backslashreplace"))


def list_of(found: Iterable[Entry]) -> Iterator[bytes]:
    """Yield the list of plain files piece by piece: names that each end with NUL, those of folders with a slash before it."""
    for entry in found:
        yield entry.name + (b"/\0" if entry.is_folder else b"\0")


_PROOF = b"//locked "
_FACTS = b"//"


def fingerprint_of(path: Path) -> tuple[int, str]:
    """Return the size and SHA-256 of a file."""
    with open_own(path) as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return os.fstat(stream.fileno()).st_size, digest


def proof(size: int, sha256: str) -> bytes:
    """Return the first record of a list: the locked file it was written for, and a check of itself. No name begins with two slashes."""
    said = f"{size} {sha256} ".encode()
    return _PROOF + said + hashlib.sha256(said).hexdigest().encode()


def _is_proof(record: bytes) -> bool:
    """Tell whether a record is whole: the power can go while a list is written, and then nothing of it was written out yet."""
    size, _, rest = record.removeprefix(_PROOF).partition(b" ")
    return size.isdigit() and record == proof(int(size), rest.partition(b" ")[0].decode("ascii", "replace"))


def list_with_facts(found: Iterable[tuple[Entry, str]]) -> Iterator[bytes]:
    """Yield the list of files with what was locked of each, two slashes after its name: size, time, SHA-256. No name holds two slashes."""
    for entry, sha256 in found:
        facts = b"/" if entry.is_folder else _FACTS + f"{entry.size} {entry.modified_ns} {sha256}".encode()
        yield entry.name + facts + b"\0"


def _is_as_locked(path: bytes, facts: bytes) -> bool:
    """Tell whether a file is what was locked: size and time, or where the medium kept another time, every byte."""
    size, _, rest = facts.partition(b" ")
    modified_ns, _, sha256 = rest.partition(b" ")
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode) or str(status.st_size).encode() != size:
        return False
    return str(status.st_mtime_ns).encode() == modified_ns or fingerprint_of(Path(os.fsdecode(path)))[1].encode() == sha256


def is_safe(name: bytes) -> bool:
    """Tell whether a name can only lead to a place inside the folder, and to none of the lock's own files."""
    parts = name.split(b"/")
    strange = b"\0" in name or (os.name == "nt" and (b"\\" in name or b":" in name))
    return not strange and all(part not in (b"", b".", b"..") for part in parts) and os.fsdecode(parts[0]) not in layout.OUTSIDE


def _leads_inside(case: Path, name: bytes) -> bool:
    """Tell whether a listed name is safe and no folder on its way was replaced by a link: the list lies there for anybody to change."""
    if not is_safe(name.removesuffix(b"/")):
        return False
    parts = name.rstrip(b"/").split(b"/")[:-1]
    place = os.fsencode(case)
    for part in parts:
        place += b"/" + part
        try:
            if not stat.S_ISDIR(os.lstat(place).st_mode):
                return False
        except OSError:
            return False
    return True


def listed(case: Path) -> Iterator[bytes]:
    """Yield the names in the list of plain files; the last is left out where it is torn."""
    return (name for name, _facts in _listed(case))


def _listed(case: Path) -> Iterator[tuple[bytes, bytes]]:
    for record in _records(case):
        if not record.startswith(_PROOF):
            name, _, facts = record.partition(_FACTS)
            yield name, facts


def _records(case: Path) -> Iterator[bytes]:
    with open_own(case / layout.PLAIN) as stream:
        held = b""
        while piece := stream.read(1 << 16):
            *whole, held = (held + piece).split(b"\0")
            yield from whole
            if len(held) > _LONGEST_NAME:
                return


def _drop(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        fileops().unlink(path)
