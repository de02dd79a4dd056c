r"""
The list of a folder that stays where it is: one digest for all its files, which anyone can compute by hand.

It is the SHA-256 of what ``sha256sum`` prints for the files of the folder, sorted by the bytes of their names:

    cd FOLDER && find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from sextortion_cli.store.sealing import seal


class Listed(NamedTuple):
    """One file of the list: its place, its name below the folder, its size and digest."""

    number: int
    name: bytes
    size: int
    sha256: str


def list_digest(files: Iterable[Listed]) -> str:
    """Return the digest of a list."""
    total = hashlib.sha256()
    for item in sorted(files, key=lambda item: item.name):
        escaped = item.name.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
        total.update((b"" if escaped == item.name else b"\\") + item.sha256.encode() + b"  " + escaped + b"\n")
    return total.hexdigest()


def recorded(others: Iterable[dict[str, Any]], exhibit: str) -> Iterator[Listed]:
    """Yield the files of a folder's exhibit, as its records say."""
    digests: dict[int, str] = {}
    entries: list[list[Any]] = []
    for record in others:
        if (record["subject"] or {}).get("exhibit") == exhibit:
            if record["type"] == "folder-list":
                entries += record["data"]["files"]
            elif record["type"] == "folder-digests":
                digests.update((int(index), str(sha256)) for index, sha256 in record["data"]["sha256"])
    for index, shown, size, *exact in entries:
        yield Listed(int(index), base64.b64decode(exact[0]) if exact else str(shown).encode(), int(size), digests.get(int(index), ""))


def state(folder: bytes, files: Iterable[Listed]) -> Literal["present", "changed", "gone"]:
    """Say whether every file of the list lies in the folder with the same bytes; what was added to the folder since does not matter."""
    if not os.path.isdir(folder):
        return "gone"
    for item in files:
        path = os.path.join(folder, item.name)
        try:
            if os.lstat(path).st_size != item.size or seal(path, None).digests.sha256 != item.sha256:
                return "changed"
        except OSError:
            return "changed"
    return "present"
