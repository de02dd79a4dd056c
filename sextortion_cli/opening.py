"""
A package as it comes, held to be hostile: a folder or a zip whose files are read as streams and never written anywhere.

Nothing is extracted by name, no link is followed, no file is opened that is no regular one. What is odd about the container is a finding.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from sextortion_cli.errors import SourceMissing, UsageProblem
from sextortion_cli.extract import zipdirectory
from sextortion_cli.extract.members import Limits
from sextortion_cli.package import zipform
from sextortion_cli.store.regular import open_own
from sextortion_cli.words import gettext as _

Find = Callable[[str, str], None]
#: What file browsers leave in a folder they show.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".directory"})
_PIECE = 4 << 20
_DEEPEST, _MOST = 16, 1_000_000
_LIMITS = Limits(members=_MOST, total_bytes=1 << 50, member_bytes=1 << 50, header_bytes=256 << 20)
_RATIO, _RATIO_AFTER = 1100, 64 << 20  # deflate reaches 1032
#: So many bytes of a zip's own may differ before it is another program's zip rather than ours, damaged.
_FEW = 16


class Item(NamedTuple):
    """One file of a package: its size, and what gives its bytes."""

    size: int
    pieces: Callable[[], Iterator[memoryview | bytes]]


def opened(path: Path, differs: Find, notice: Find) -> dict[str, Item]:
    """
    Return the files of a package by their names.

    Args:
        differs, notice: Take what is wrong with the container, or only worth knowing: a code, and what it is about.

    Raises:
        SourceMissing: There is nothing that can be read. UsageProblem: It is no folder and no zip.
    """
    try:
        if path.is_dir():
            return _folder(path, differs, notice)
        with open_own(path) as stream:
            head = stream.read(4) or b""
        if head[:2] != b"PK" and path.suffix.lower() != ".zip":
            raise UsageProblem(
                message=_("That is no package: neither a folder nor a zip. A file that ends with .age has to be opened first.")
            )
        return _zip(path, differs, notice)
    except OSError:
        raise SourceMissing() from None


# -- a folder ----------------------------------------------------------------------------------------------------------------


def _folder(top: Path, differs: Find, notice: Find) -> dict[str, Item]:
    found: dict[str, Item] = {}
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(top / folder) as entries:
            for entry in sorted(entries, key=lambda item: item.name):
                name, state = folder + entry.name, entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(state.st_mode) and name.count("/") < _DEEPEST:
                    folders.append(name + "/")
                elif not stat.S_ISREG(state.st_mode) or len(found) >= _MOST:
                    differs("unsafe", ascii(name))
                elif entry.name in LITTER:
                    notice("system-file", ascii(name))
                else:
                    found[name] = Item(state.st_size, _reader(top / name))
    return found


def _reader(path: Path) -> Callable[[], Iterator[memoryview]]:
    def pieces() -> Iterator[memoryview]:
        with open_own(path) as stream:
            buffer = bytearray(min(_PIECE, os.fstat(stream.fileno()).st_size + 1))
            view = memoryview(buffer)
            while count := stream.readinto(buffer):
                yield view[:count]

    return pieces


# -- a zip -------------------------------------------------------------------------------------------------------------------


class _Zip:
    """A zip that is read by offset; each reader opens it anew, so that threads may read at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with open_own(path) as stream:
            self.size = os.fstat(stream.fileno()).st_size

    def at(self, offset: int, length: int) -> bytes:
        with open_own(self._path) as stream:
            stream.seek(max(0, offset))
            return stream.read(max(0, length)) or b""

    def pieces(self, entry: zipdirectory.Entry) -> Iterator[bytes]:
        """Yield the bytes of one file; they end early where the zip does, or where they would be more than the directory says."""
        unpack = zlib.decompressobj(-15) if entry.method == 8 else None
        left, given = entry.packed, 0
        with open_own(self._path) as stream:
            stream.seek(entry.start or 0)
            while left > 0 and (data := stream.read(min(_PIECE, left))):
                left -= len(data)
                for piece in (data,) if unpack is None else _inflated(unpack, data):
                    given += len(piece)
                    if given > entry.size or (given > _RATIO_AFTER and given > entry.packed * _RATIO):
                        return
                    yield piece


def _inflated(unpack: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    while data:
        try:
            piece = unpack.decompress(data, _PIECE)
        except zlib.error:
            return
        if piece:
            yield piece
        data = unpack.unconsumed_tail


def _zip(path: Path, differs: Find, notice: Find) -> dict[str, Item]:
    archive = _Zip(path)
    try:
        entries, defects = zipdirectory.entries(archive.at, archive.size, _LIMITS)
    except zipdirectory.NotAZip:
        differs("truncated", path.name)
        return {}
    for defect in defects:
        differs("container-altered", defect.code)
    if entries and min(entry.header for entry in entries) > 0:
        differs("container-altered", "bytes-before-start")
    found: dict[str, Item] = {}
    names: list[str] = []
    for entry in entries:
        name = entry.raw.decode("ascii", "backslashreplace")
        names.append(name)
        if name.endswith("/") and entry.size == 0:
            continue
        if entry.refused or entry.duplicate or entry.method not in (0, 8) or entry.flags & 0x41 or _is_link(entry):
            differs("unsafe", ascii(name))
        elif name.rpartition("/")[2] in LITTER or name.startswith("__MACOSX/"):
            notice("system-file", ascii(name))
        else:
            if entry.method == 0 and entry.packed != entry.size:  # a size that is not that of the bytes; the bytes alone would not show it
                differs("container-altered", ascii(name))
            found[name] = Item(entry.size, _member(archive, entry))
    _compare(archive, entries, names, differs, notice)
    return _without_top(found)


def _is_link(entry: zipdirectory.Entry) -> bool:
    mode = stat.S_IFMT(entry.attributes >> 16) if entry.system == 3 else 0
    return mode not in (0, stat.S_IFREG)


def _member(archive: _Zip, entry: zipdirectory.Entry) -> Callable[[], Iterator[bytes]]:
    return lambda: archive.pieces(entry)


def _without_top(found: dict[str, Item]) -> dict[str, Item]:
    """Whoever packs the folder of a package again often packs the folder itself: then its name stands before every other."""
    tops = {name.partition("/")[0] for name in found}
    if len(tops) != 1 or not all("/" in name for name in found):
        return found
    return {name.partition("/")[2]: item for name, item in found.items()}


def _compare(archive: _Zip, entries: list[zipdirectory.Entry], names: list[str], differs: Find, notice: Find) -> None:
    """Hold what lies between the files against the one form this program writes: a few bytes that differ are damage."""
    placed, expected, position = [], [], 0
    for entry, name in zip(entries, names, strict=True):
        try:
            item = zipform.Placed(name, position, entry.crc, entry.size)
            expected.append((position, item.header()))
        except (UnicodeEncodeError, ValueError):
            notice("other-container", "zip")
            return
        placed.append(item)
        position += len(expected[-1][1]) + entry.size
    expected.append((position, zipform.directory(placed, position)))
    if position + len(expected[-1][1]) != archive.size:
        notice("other-container", "zip")
        return
    count = 0
    for offset, data in expected:
        actual = archive.at(offset, len(data))
        count += sum(1 for one, other in zip(actual, data, strict=False) if one != other)
        if count > _FEW:
            notice("other-container", "zip")
            return
    if count:
        differs("container-altered", f"{count} bytes")
