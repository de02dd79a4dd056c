"""The three digests of an object, made in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

LARGE = 32 << 20


class Digests(msgspec.Struct, frozen=True):
    """SHA-256 for integrity; SHA-1 and MD5 only to be comparable with existing hash lists. Lower-case hex. `size` in bytes."""

    sha256: str
    sha1: str
    md5: str
    size: int


class Hashes:
    """
    Three digests and a length, fed together.

    Args:
        size: How much is expected; for a large object MD5, which costs more than the other two, runs in a thread beside them.
    """

    def __init__(self, size: int = 0) -> None:
        self._sha256 = hashlib.sha256()
        self._sha1 = hashlib.sha1(usedforsecurity=False)
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._size = 0
        self._beside: ThreadPoolExecutor | None = None
        if size >= LARGE:
            from concurrent.futures import ThreadPoolExecutor

            self._beside = ThreadPoolExecutor(1, thread_name_prefix="md5")

    @contextmanager
    def feed(self, data: bytes | memoryview) -> Iterator[None]:
        """Feed `data`; all of it is taken in when the context ends, and may change only then."""
        later = None if self._beside is None else self._beside.submit(self._md5.update, data)
        try:
            self._sha256.update(data)
            self._sha1.update(data)
            if later is None:
                self._md5.update(data)
            self._size += len(data)
            yield
        finally:
            if later is not None:
                later.result()

    def write(self, data: bytes | memoryview) -> None:
        """Take `data` in."""
        with self.feed(data):
            pass

    def finish(self) -> Digests:
        """Return the digests."""
        self.abandon()
        return Digests(self._sha256.hexdigest(), self._sha1.hexdigest(), self._md5.hexdigest(), self._size)

    def abandon(self) -> None:
        """End the thread, if there is one."""
        if self._beside is not None:
            self._beside.shutdown()


def digests_of(data: bytes | memoryview) -> Digests:
    """Return the digests of bytes in memory."""
    sha1, md5 = hashlib.sha1(data, usedforsecurity=False), hashlib.md5(data, usedforsecurity=False)
    return Digests(hashlib.sha256(data).hexdigest(), sha1.hexdigest(), md5.hexdigest(), len(data))
