"""The Merkle tree over log lines (RFC 6962, section 2.1), grown line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf_hash(line: bytes) -> bytes:
    """Return SHA-256(0x00 || line): the leaf of one log line (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + line).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """
    The roots of the full subtrees of a growing log: enough to append and to give the root, in logarithmic space.

    Attributes:
        size: Number of leaves.
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        level = 0
        while self._peaks and self._peaks[-1][0] == level:
            leaf = _node(self._peaks.pop()[1], leaf)
            level += 1
        self._peaks.append((level, leaf))
        self.size += 1

    def root(self) -> bytes:
        """Return the root; SHA-256 of nothing for an empty tree."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        root = self._peaks[-1][1]
        for _, peak in reversed(self._peaks[:-1]):
            root = _node(peak, root)
        return root

    def copy(self) -> Tree:
        """Return a tree that grows on its own."""
        other = Tree()
        other.size = self.size
        other._peaks = list(self._peaks)
        return other


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over `leaves` (leaf hashes in order)."""
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()
