"""
Taking bytes out of a case: what a `label` or `purged` record asks for, done in order and finished after a crash by the next writer.

    1  encrypt our copies, open them again, record that (`set-apart`)            only for a label
    2  remove what was derived: readings, what a crash left, index, hits
    3  remove the copies (for a purge the encrypted ones and their keys too)
    4  record what was removed (`removed`)

The record that asks came first: from it on nothing is shown. Every step looks at what lies there, and can be done again. Removing a name
overwrites nothing; what a disk may still hold is said in `docs/volunteer`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sextortion_cli.store import apart, layout
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.readings import members
from sextortion_cli.store.regular import digest_of, open_own

if TYPE_CHECKING:
    from sextortion_cli.store.book import Exhibit
    from sextortion_cli.store.case import Writer

_PIECE = 1 << 20


def finish(writer: Writer) -> None:
    """Finish every removal that was asked for and is not done; nothing is open when there is none."""
    for cause in list(writer.book.work.values()):
        done = _Removal(writer, cause).run()
        writer.record("removed", {"exhibit": cause["subject"]["exhibit"]}, {"for": cause["seq"], **done})
        writer.commit()


class _Removal:
    """One removal."""

    def __init__(self, writer: Writer, cause: dict[str, Any]) -> None:
        self._writer = writer
        self._case = writer.case.path
        self._purges = cause["type"] == "purged"
        book = writer.book
        self._taken: list[tuple[Exhibit, str]] = [(book.exhibits[entry["exhibit"]], entry["as"]) for entry in cause["data"]["takes"]]
        self._copies = [exhibit for exhibit, _ in self._taken if exhibit.state and exhibit.sha256 is not None]
        self._digests = {digest for digest, identity in book.away.items() if identity in {exhibit.id for exhibit, _ in self._taken}}
        self._touched: set[Path] = {self._case}

    def run(self) -> dict[str, Any]:
        """Do it; return what the `removed` record says."""
        if not self._purges:
            self._set_apart()
        left = self._left_by_crashes()
        readings = self._readings()
        self._derived()
        names = self._encrypted() if self._purges else []
        for digest in sorted(self._digests):
            self._unlink(layout.object_path(self._case, digest))
        for folder in sorted(self._touched):
            fileops().fsync_dir(folder)
        return {"readings": readings, "apart": names, "left": left, "copies": len(self._copies)}

    def _set_apart(self) -> None:
        """Encrypt every copy that lies there and was not yet recorded as encrypted."""
        done = {record["subject"]["exhibit"] for record in self._writer.book.apart.values()}
        folder = self._case / layout.APART
        if not folder.is_dir():
            fileops().mkdir(folder)
            fileops().fsync_dir(self._case)
        known = {f"{name}.{ending}" for name in self._writer.book.apart for ending in ("age", "key")}
        for entry in _files(folder):  # what a crash left before its record: the original still lies there
            if entry.name not in known:
                fileops().unlink(Path(entry.path))
        for exhibit in self._copies:
            source = layout.object_path(self._case, str(exhibit.sha256))
            if exhibit.id in done or not source.is_file():
                continue
            name = self._writer.session.clock.random_hex(16)
            temporary = self._writer.temporary(layout.APART), self._writer.temporary(layout.APART)
            data = apart.encrypt(self._case, name, source, temporary)
            self._writer.record("set-apart", {"exhibit": exhibit.id}, {"name": name, **data})
        self._writer.commit()

    def _left_by_crashes(self) -> list[str]:
        """Remove what crashes left of these bytes: whole or torn copies, and readings of them that were never recorded."""
        gone = []
        for entry in _files(self._case / layout.QUARANTINE):
            if entry.stat(follow_symlinks=False).st_size and self._is_of_these(Path(entry.path)):
                self._unlink(Path(entry.path))
                gone.append(f"{layout.QUARANTINE}/{entry.name}")
        return sorted(gone)

    def _is_of_these(self, path: Path) -> bool:
        if digest_of(path) in self._digests or _read_from(path) in self._digests:
            return True
        return any(_begins(path, layout.object_path(self._case, digest)) for digest in self._digests)

    def _readings(self) -> list[str]:
        """Remove the readings of what may not be shown; those of a container do not hold the bytes of its members, and stay."""
        keys = []
        for exhibit, role in self._taken:
            for record in exhibit.reads if role != "container" else ():
                stored = record["data"].get("reading")
                if stored:
                    self._unlink(layout.reading_path(self._case, stored["key"]))
                    keys.append(str(stored["key"]))
        return sorted(set(keys))

    def _derived(self) -> None:
        """Remove the index and the caches: they come back without what was removed."""
        for entry in _files(self._case):
            if entry.name.startswith(layout.INDEX):
                self._unlink(Path(entry.path))
        for entry in _files(self._case / layout.CACHE):
            if entry.name != layout.CARD:
                self._unlink(Path(entry.path))

    def _encrypted(self) -> list[str]:
        """Remove the encrypted copies, their keys first."""
        wanted = {exhibit.id for exhibit in self._copies}
        names = sorted(name for name, record in self._writer.book.apart.items() if record["subject"]["exhibit"] in wanted)
        for name in names:
            place, key = layout.apart_paths(self._case, name)
            self._unlink(key)
            self._unlink(place)
        return names

    def _unlink(self, path: Path) -> None:
        with contextlib.suppress(FileNotFoundError):
            fileops().unlink(path)
            self._touched.add(path.parent)


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            yield from sorted((entry for entry in found if entry.is_file(follow_symlinks=False)), key=lambda entry: entry.name)
    except FileNotFoundError:
        return


def is_away(writer: Writer, path: Path) -> bool:
    """Tell whether a file holds bytes the case may not keep any more, or a reading of them."""
    away = writer.book.away
    return bool(away) and (digest_of(path) in away or _read_from(path) in away)


def _read_from(path: Path) -> str | None:
    """Return the digest of the original a reading is of, also of a torn one; None for what is no reading."""
    try:
        _, head = next(members(path))
        found = msgspec.json.decode(head)
    except (OSError, ValueError, StopIteration):
        return None
    return str(found.get("object")) if isinstance(found, dict) else None


def _begins(path: Path, original: Path) -> bool:
    """Tell whether a file is the beginning of an original."""
    with contextlib.suppress(OSError), open_own(path) as one, open_own(original) as other:
        while piece := one.read(_PIECE):
            if piece != other.read(len(piece)):
                return False
        return True
    return False
