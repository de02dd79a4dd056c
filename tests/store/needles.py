"""Looking for bytes anywhere in a folder: as they are, packed (zip, gzip, however deep), and as base64."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

_STEP = 97


def traces(folder: Path, secret: bytes) -> list[str]:
    """Return the files under `folder` in which a stretch of `secret` stands in any form."""
    wanted = list(_forms(secret))
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and any(form in layer for layer in _layers(path.read_bytes(), 0) for form in wanted):
            found.append(str(path.relative_to(folder)))
    return found


def _forms(secret: bytes) -> Iterator[bytes]:
    for start in range(0, max(1, len(secret) - 48), _STEP):
        piece = secret[start : start + 48]
        yield piece
        for shift in range(3):
            yield base64.b64encode(piece[shift:])[:-4]
        yield piece.hex().encode()


def _layers(data: bytes, depth: int) -> Iterator[bytes]:
    yield data
    if depth > 4:
        return
    if data[:2] == b"\x1f\x8b":
        rest, whole = data, b""
        while rest[:2] == b"\x1f\x8b":
            unpacker = zlib.decompressobj(31)
            try:
                whole += unpacker.decompress(rest)
            except zlib.error:
                break
            rest = unpacker.unused_data
        yield from _layers(whole, depth + 1)
    if b"PK\x03\x04" in data:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    yield from _layers(archive.read(name), depth + 1)
        except zipfile.BadZipFile:
            pass
