"""What a crash leaves, put in order by the next writer: kept, recorded, never thrown away."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sextortion_cli.store import layout, removal
from sextortion_cli.store.fileops import fileops, sync_file
from sextortion_cli.store.regular import digest_of

if TYPE_CHECKING:
    from sextortion_cli.store.case import Writer


def recover(writer: Writer) -> None:
    """
    Bring the folder back to what the log promises, and record what was found.

    A torn last line goes to `quarantine/`; so do temporary files and readings nobody recorded. Objects nobody recorded stay where
    they are (their name is their digest) and are listed. Every step can itself be interrupted and is simply done again.

    What a killed process left may be in the system's memory only: it is synced before anything here is promised of it.
    """
    _drop_index_leftovers(writer.case.path)
    _make_folders(writer.case.path)
    items = [*_left_aside(writer), *_torn_tail(writer), *_temporary_files(writer), *_unrecorded_readings(writer), *_orphans(writer)]
    if items:
        writer.record("recovered", None, {"items": items})
        writer.commit()
    elif writer.case.log.unheaded:
        sync_file(writer.case.path / layout.LOG)  # a head that outlives the lines it pins would look like a cut log
        writer.journal.write_head()
    writer.case.log.unheaded = 0
    removal.finish(writer)


def _torn_tail(writer: Writer) -> Iterator[dict[str, Any]]:
    log = writer.case.log
    if not log.tail:
        return
    path = writer.case.path / layout.LOG
    digest = hashlib.sha256(log.tail).hexdigest()
    kept = f"{layout.QUARANTINE}/torn-line-{digest[:16]}"
    if not (writer.case.path / kept).exists():
        temporary = writer.temporary(layout.QUARANTINE)
        fd = fileops().create(temporary)
        fileops().write(fd, log.tail)
        fileops().fsync(fd)
        fileops().close(fd)
        fileops().rename_new(temporary, writer.case.path / kept)
    fileops().fsync_dir(writer.case.path / layout.QUARANTINE)
    fileops().truncate(path, log.bytes_valid)
    yield {"what": "torn-line", "name": layout.LOG, "size": str(len(log.tail)), "sha256": digest, "kept_as": kept}
    log.tail = b""


def _temporary_files(writer: Writer) -> Iterator[dict[str, Any]]:
    case = writer.case.path
    shards = [f"{layout.OBJECTS}/sha256/{entry.name}" for entry in _shards(case)]
    for folder in ("", layout.OBJECTS, *shards, layout.READINGS, layout.QUARANTINE):
        for entry in _entries(case / folder):
            name = f"{folder}/{entry.name}" if folder else entry.name
            if not layout.is_temporary(name) or not entry.is_file(follow_symlinks=False):
                continue
            if removal.is_away(writer, Path(entry.path)):  # set aside it would be a copy again
                fileops().unlink(Path(entry.path))
                continue
            kept = f"{layout.QUARANTINE}/unfinished-{entry.name[len(layout.TEMPORARY) :]}"
            kept = _free_name(case, kept)
            yield _set_aside(case, Path(entry.path), "temporary-file", name, kept)


def _set_aside(case: Path, path: Path, what: str, name: str, kept: str) -> dict[str, Any]:
    sync_file(path)
    size, digest = path.stat().st_size, digest_of(path)
    fileops().rename_new(path, case / kept)
    fileops().fsync_dir(case / layout.QUARANTINE)
    return {"what": what, "name": name, "size": str(size), "sha256": digest, "kept_as": kept}


def _left_aside(writer: Writer) -> Iterator[dict[str, Any]]:
    """A crash between setting something aside and recording it: it lies in quarantine, and is recorded now."""
    for entry in _entries(writer.case.path / layout.QUARANTINE):
        name = f"{layout.QUARANTINE}/{entry.name}"
        if name not in writer.book.set_aside and layout.is_set_aside(name) and entry.is_file(follow_symlinks=False):
            sync_file(Path(entry.path))
            fileops().fsync_dir(writer.case.path / layout.QUARANTINE)
            size = entry.stat(follow_symlinks=False).st_size
            yield {"what": "set-aside", "name": name, "size": str(size), "sha256": digest_of(Path(entry.path)), "kept_as": name}


def _make_folders(case: Path) -> None:
    """Some programs that copy or pack a case leave empty folders out."""
    gone = [folder for folder in layout.FOLDERS if not os.path.lexists(case / folder)]
    for folder in gone:
        fileops().mkdir(case / folder)
    for parent in sorted({(case / folder).parent for folder in gone}):
        fileops().fsync_dir(parent)


def _drop_index_leftovers(case: Path) -> None:
    """The index is derived: what an interrupted building of it left is removed."""
    for entry in _entries(case):
        if entry.name.startswith(layout.INDEX + "-"):
            fileops().unlink(Path(entry.path))


def _free_name(case: Path, name: str) -> str:
    number = 1
    free = name
    while os.path.lexists(case / free):
        number += 1
        free = f"{name}-{number}"
    return free


def _unrecorded_readings(writer: Writer) -> Iterator[dict[str, Any]]:
    case = writer.case.path
    for entry in _entries(case / layout.READINGS):
        name, key = f"{layout.READINGS}/{entry.name}", entry.name.partition(".")[0]
        if not layout.is_reading(name) or key in writer.book.readings or not entry.is_file(follow_symlinks=False):
            continue
        if removal.is_away(writer, Path(entry.path)):
            fileops().unlink(Path(entry.path))
            continue
        kept = _free_name(case, f"{layout.QUARANTINE}/{entry.name}")
        yield _set_aside(case, Path(entry.path), "unrecorded-reading", name, kept)


def _orphans(writer: Writer) -> Iterator[dict[str, Any]]:
    book = writer.book
    for folder in _shards(writer.case.path):
        for entry in _entries(Path(folder.path)):
            name = f"{layout.OBJECTS}/sha256/{folder.name}/{entry.name}"
            if entry.name in book.by_digest or entry.name in book.away or name in book.recovered or len(entry.name) != 64:
                continue
            yield {"what": "orphan-object", "name": name, "size": str(entry.stat().st_size), "sha256": entry.name, "kept_as": name}


def _shards(case: Path) -> list[os.DirEntry[str]]:
    """Return the folders objects lie in."""
    entries = _entries(case / layout.OBJECTS / "sha256")
    return [entry for entry in entries if len(entry.name) == 2 and entry.is_dir(follow_symlinks=False)]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
