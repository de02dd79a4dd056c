"""
Our copy of an original, encrypted and put aside: nobody sees it by accident, and the police can still open it.

The key is made for this one copy and lies in one file beside it. Both are what the `age` program reads (``age -d -i NAME.key NAME.age``), so
nobody needs us to open it. This keeps eyes off; it keeps no secret from whoever holds the folder.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, BinaryIO, cast

from sextortion_cli.store import layout
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.regular import open_own


class _Sink:
    """Takes what the library writes; what goes wrong in it is raised again afterwards, for the library hides what it was."""

    def __init__(self, fd: int | None) -> None:
        self._fd = fd
        self.digest = hashlib.sha256()
        self.size = 0
        self.fault: BaseException | None = None

    def write(self, data: bytes) -> int:
        if self.fault is not None:
            raise OSError("stopped")
        try:
            if self._fd is not None:
                fileops().write(self._fd, data)
        except BaseException as error:
            self.fault = error
            raise
        self.digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


class _Reading:
    """Hands on what is read, and hashes it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.digest.update(data)
        return data


def encrypt(case: Path, name: str, source: Path, temporary: tuple[Path, Path]) -> dict[str, Any]:
    """
    Encrypt a file of the case to `apart/NAME.age` with a fresh key in `apart/NAME.key`, and open it again before it counts.

    Returns:
        What the record says: digests of both files, size of the encrypted one.

    Raises:
        OSError: A file cannot be read or written, or does not open again. FileNotFoundError: `source` is not there.
    """
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    place, key_place = layout.apart_paths(case, name)
    key = f"# {identity.to_public()}\n{identity}\n".encode()
    with open_own(source) as stream:
        reading = _Reading(cast(BinaryIO, stream))
        fd = fileops().create(temporary[0])
        sink = _Sink(fd)
        try:
            _piped(pyrage.encrypt_io, reading, sink, [identity.to_public()])
            fileops().make_read_only(temporary[0])
            fileops().fsync(fd)
        finally:
            fileops().close(fd)
    _write(temporary[1], key)
    if opened(temporary[0], key) != reading.digest.hexdigest():
        raise OSError("the encrypted copy does not open again")
    fileops().replace(temporary[1], key_place)
    fileops().replace(temporary[0], place)
    fileops().fsync_dir(place.parent)
    return {"sha256": sink.digest.hexdigest(), "size": str(sink.size), "key_sha256": hashlib.sha256(key).hexdigest()}


def opened(place: Path, key: bytes) -> str:
    """
    Decrypt a copy, keeping nothing of it, and return the SHA-256 of what was in it.

    Raises:
        OSError: It is not what was encrypted, or the key does not fit. ValueError: There is no key in `key`.
    """
    import pyrage

    secret = next((line for line in key.decode("ascii", "replace").splitlines() if line and not line.startswith("#")), "")
    try:
        identity = pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise ValueError("no key") from None
    sink = _Sink(None)
    with open_own(place) as stream:
        _piped(pyrage.decrypt_io, cast(BinaryIO, stream), sink, [identity])
    return sink.digest.hexdigest()


def _piped(convert: Any, source: Any, sink: _Sink, keys: list[Any]) -> None:
    import pyrage

    try:
        convert(source, sink, keys)
    except (pyrage.EncryptError, pyrage.DecryptError, OSError) as error:
        if sink.fault is not None:
            raise sink.fault from None
        raise OSError("age: cannot convert") from error


def _write(path: Path, data: bytes) -> None:
    fd = fileops().create(path)
    try:
        fileops().write(fd, data)
        fileops().make_read_only(path)
        fileops().fsync(fd)
    finally:
        fileops().close(fd)
