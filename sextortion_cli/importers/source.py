"""The only way an importer sees bytes: a read-only view of one sealed object, by file descriptor."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apsw


class Source:
    """
    A sealed object, opened read-only.

    Args:
        fd: A descriptor that allows `pread`.
        size: Size of the object in bytes.
        name: The file name it came under (a claim of whoever made it, never a path to open).
        companions: Sealed objects that are read together with it, by the end of their names (``-wal``).
    """

    def __init__(self, fd: int, size: int, name: str, companions: Mapping[str, Source] | None = None) -> None:
        self._fd = fd
        self.size = size
        self.name = name
        self.companions: Mapping[str, Source] = companions or {}

    def database(self) -> apsw.Connection:
        """
        Open it as an SQLite database, with its write-ahead log where that is a companion; nothing is written.

        Raises:
            apsw.Error: It is none.
        """
        from sextortion_cli.importers.rows.vfs import connect

        return connect(self, self.companions)

    def read_at(self, offset: int, count: int) -> bytes:
        """Return up to `count` bytes at `offset`; fewer only at the end of the object."""
        parts = []
        while count > 0:
            part = os.pread(self._fd, count, offset)
            if not part:
                break
            parts.append(part)
            offset += len(part)
            count -= len(part)
        return b"".join(parts) if len(parts) != 1 else parts[0]

    def head(self, count: int = 65536) -> bytes:
        """Return the first `count` bytes."""
        return self.read_at(0, count)

    def tail(self, count: int = 4096) -> bytes:
        """Return the last `count` bytes."""
        return self.read_at(max(0, self.size - count), count)

    def chunks(self, size: int = 1 << 20, start: int = 0) -> Iterator[bytes]:
        """Yield the bytes from `start` to the end in pieces of `size`."""
        offset = start
        while piece := self.read_at(offset, size):
            yield piece
            offset += len(piece)
