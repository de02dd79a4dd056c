"""
Our copy of an original, encrypted and put aside: nobody sees it by accident, and the police can still open it.

The key is made for this one copy and lies in one file beside it. Both are what the `age` program reads (``age -d -i NAME.key NAME.age``), so
nobody needs us to open it. This keeps eyes off; it keeps no secret from whoever holds the folder.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sextortion_cli.errors import LockedFileDamaged, WrongKey
from sextortion_cli.store import layout
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.regular import open_own
from sextortion_cli.vault import age


def encrypt(case: Path, name: str, source: Path, temporary: tuple[Path, Path]) -> dict[str, Any]:
    """
    Encrypt a file of the case to `apart/NAME.age` with a fresh key in `apart/NAME.key`, and open it again before it counts.

    Returns:
        What the record says: digests of both files, size of the encrypted one.

    Raises:
        OSError: A file cannot be read or written, or does not open again. FileNotFoundError: `source` is not there. NeedsExtra.
    """
    identity = age.new_identity()
    place, key_place = layout.apart_paths(case, name)
    key = f"# {age.recipient_of(identity)}\n{identity}\n".encode()
    before, after, size = hashlib.sha256(), hashlib.sha256(), 0

    class Hashed:
        def read(self, count: int) -> bytes:
            data = stream.read(count) or b""
            before.update(data)
            return data

    def write(data: bytes) -> None:
        nonlocal size
        fileops().write(fd, data)
        after.update(data)
        size += len(data)

    with open_own(source) as stream:
        fd = fileops().create(temporary[0])
        try:
            age.encrypt(Hashed(), write, [age.recipient_of(identity)])
            fileops().make_read_only(temporary[0])
            fileops().fsync(fd)
        finally:
            fileops().close(fd)
    _write(temporary[1], key)
    if opened(temporary[0], key) != before.hexdigest():
        raise OSError("the encrypted copy does not open again")
    fileops().replace(temporary[1], key_place)
    fileops().replace(temporary[0], place)
    fileops().fsync_dir(place.parent)
    return {"sha256": after.hexdigest(), "size": str(size), "key_sha256": hashlib.sha256(key).hexdigest()}


def opened(place: Path, key: bytes) -> str:
    """
    Decrypt a copy, keeping nothing of it, and return the SHA-256 of what was in it.

    Raises:
        OSError: It is not what was encrypted, or the key does not fit. ValueError: There is no key in `key`.
    """
    secret = next((line for line in key.decode("ascii", "replace").splitlines() if line and not line.startswith("#")), "")
    if not age.is_identity(secret):
        raise ValueError("no key")
    digest = hashlib.sha256()
    try:
        with open_own(place) as stream:
            age.decrypt(stream, digest.update, secret)
    except (LockedFileDamaged, WrongKey):
        raise OSError("the encrypted copy does not open") from None
    return digest.hexdigest()


def _write(path: Path, data: bytes) -> None:
    fd = fileops().create(path)
    try:
        fileops().write(fd, data)
        fileops().make_read_only(path)
        fileops().fsync(fd)
    finally:
        fileops().close(fd)
