"""A read-only view of one file by descriptor: positioned reads for our own walkers, a file object for the libraries."""

from __future__ import annotations

import io
import os

HEAD = 64 << 10


class View:
    """
    A file of `size` bytes behind a descriptor that allows `pread`. The first `HEAD` bytes are read once and kept.

    Args:
        fd: The descriptor; its position is neither used nor moved.
        size: Size of the file in bytes.
    """

    def __init__(self, fd: int, size: int) -> None:
        self.fd = fd
        self.size = size
        self.head = self._pread(0, min(size, HEAD))

    def at(self, offset: int, count: int) -> bytes:
        """Return up to `count` bytes at `offset`, fewer at the end; nothing outside the file."""
        if offset < 0 or count <= 0 or offset >= self.size:
            return b""
        count = min(count, self.size - offset)
        if offset + count <= len(self.head):
            return self.head[offset : offset + count]
        return self._pread(offset, count)

    def file(self) -> io.BufferedIOBase:
        """Return a fresh seekable file object; of a large file only what is asked for is read: what it says of itself stands in front."""
        if self.size <= len(self.head):
            return io.BytesIO(self.head)
        return io.BufferedReader(_Raw(self), 16384)

    def _pread(self, offset: int, count: int) -> bytes:
        parts = []
        while count > 0:
            part = os.pread(self.fd, count, offset)
            if not part:
                break
            parts.append(part)
            offset += len(part)
            count -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)


class _Raw(io.RawIOBase):
    """The view as a raw file object."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._position, self._view.size)[whence]
        if base + offset < 0:
            raise ValueError("negative position")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer)  # type: ignore[arg-type]
        data = self._view.at(self._position, len(target))
        target[: len(data)] = data
        self._position += len(data)
        return len(data)
