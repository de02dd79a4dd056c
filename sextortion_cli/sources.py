"""What was given to `import`, walked without following a link and without touching anything."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sextortion_cli.extract.extras import SEVENZIP_MAGIC

Skip = Literal["symbolic-link", "fifo", "socket", "device", "missing", "unreadable", "folder", "case-folder"]

#: First bytes of picture files. Comparing them is no parsing; it only tells whether a lone file is a picture a person took.
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
#: Brands of HEIF and AVIF pictures (ISO/IEC 23008-12, AVIF 1.1); a video begins with a box of the same name and another brand.
_PICTURE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """
    One thing found.

    Attributes:
        path: Absolute path as the system's bytes.
        loose: It was named on its own, not found in a folder.
        size: In bytes.
        skip: Why it cannot be taken, or None.
    """

    path: bytes
    loose: bool
    size: int = 0
    skip: Skip | None = None


def walk(paths: list[bytes], *, recursive: bool, case: bytes) -> Iterator[SourceFile]:
    """Yield every file under `paths`, in the order given and by name inside folders; the case folder itself is left out."""
    case = os.path.realpath(case)
    for path in paths:
        yield from _one(os.path.abspath(path), recursive=recursive, case=case, loose=True)


def _one(path: bytes, *, recursive: bool, case: bytes, loose: bool) -> Iterator[SourceFile]:
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        yield SourceFile(path, loose, skip="missing")
        return
    except OSError:
        yield SourceFile(path, loose, skip="unreadable")
        return
    if stat.S_ISREG(found.st_mode):
        readable = os.access(path, os.R_OK)
        yield SourceFile(path, loose, found.st_size, None if readable else "unreadable")
    elif stat.S_ISDIR(found.st_mode):
        yield from _folder(path, recursive=recursive, case=case)
    else:
        yield SourceFile(path, loose, skip=_kind(found.st_mode))


def _kind(mode: int) -> Skip:
    if stat.S_ISLNK(mode):
        return "symbolic-link"
    if stat.S_ISFIFO(mode):
        return "fifo"
    return "socket" if stat.S_ISSOCK(mode) else "device"


def _folder(path: bytes, *, recursive: bool, case: bytes) -> Iterator[SourceFile]:
    if os.path.realpath(path) == case:
        yield SourceFile(path, loose=False, skip="case-folder")
        return
    try:
        with os.scandir(path) as entries:
            names = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError:
        yield SourceFile(path, loose=False, skip="unreadable")
        return
    for name, is_folder in names:
        inner = os.path.join(path, name)
        if is_folder and not recursive:
            yield SourceFile(inner, loose=False, skip="folder")
        else:
            yield from _one(inner, recursive=recursive, case=case, loose=False)


def is_as_it_was(path: bytes, size: str, source: Mapping[str, Any] | None) -> bool:
    """Tell whether a file still has the size and time it had when it was sealed; one that is gone or changed must be looked at again."""
    try:
        found = os.lstat(path)
    except OSError:
        return source is not None  # nothing there to seal: what was sealed before stands
    if source is None or source.get("changed") or not stat.S_ISREG(found.st_mode):
        return False
    return (str(found.st_size), str(found.st_mtime_ns)) == (size, source["mtime_ns"])


def is_picture(path: bytes) -> bool:
    """Tell whether the first bytes are those of a picture file. Anything that cannot be read is none."""
    head = _begin(path, 16)
    if head[4:8] == b"ftyp":
        return head[8:12] in _PICTURE_BRANDS
    return head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (head[:2] == b"BM" and head[6:10] == bytes(4))


def is_archive(path: bytes) -> bool:
    """Tell whether the first bytes are those of a zip, 7z or tar, packed or not. Anything that cannot be read is none."""
    head = _begin(path, 262)
    return head.startswith((b"PK\x03\x04", SEVENZIP_MAGIC, b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")) or head[257:262] == b"ustar"


def is_sevenzip(path: bytes) -> bool:
    """Tell whether the first bytes are those of a 7z archive. Anything that cannot be read is none."""
    return _begin(path, len(SEVENZIP_MAGIC)) == SEVENZIP_MAGIC


def _begin(path: bytes, count: int) -> bytes:
    """Return the first bytes of a file, never through a link; nothing where it cannot be read."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        return os.read(fd, count)
    except OSError:
        return b""
    finally:
        os.close(fd)


def display(name: bytes) -> str:
    """Return a file name for people: what is not UTF-8 shows as U+FFFD (the bytes themselves are kept beside it)."""
    return name.decode("utf-8", "replace")
