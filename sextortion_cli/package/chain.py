"""
The custody log of a package, checked line by line against its head (RFC 6962), from a stream and in one pass.

A package that does not give the whole log gives, for each record it withholds, the leaf the record has in the tree: ``{"leaf":"...","seq":5}``.
The root is the same; a record shown later can be put in its place and checked without anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sextortion_cli.model import checkpoint as c2sp
from sextortion_cli.model import logline
from sextortion_cli.model.merkle import Tree, leaf_hash

_WITHHELD = re.compile(rb'\{"leaf":"([0-9a-f]{64})","seq":(0|[1-9][0-9]{0,15})\}')
LARGEST_LINE = 8 << 20


def withheld_line(line: bytes, sequence: int) -> bytes:
    """Return what stands in the place of a record that is not given."""
    return b'{"leaf":"%b","seq":%d}' % (leaf_hash(line).hex().encode(), sequence)


def case_of(head: bytes) -> tuple[c2sp.Checkpoint, str]:
    """
    Return what a head says, and the id of its case.

    Raises:
        ValueError: It is no checkpoint of this program.
    """
    found = c2sp.parse(head)
    prefix = c2sp.origin_of("")
    if not found.origin.startswith(prefix) or not c2sp.is_note(head):
        raise ValueError("not a checkpoint of a case")
    return found, found.origin[len(prefix) :]


class Walk:
    """
    One pass over the lines.

    Args:
        head: What the lines must add up to.
        case_id: Of the case.
        partial: Withheld records may stand as their leaves.
        visit: Gets every record that is given.

    Attributes:
        faults: (record, what is wrong), in order.
        given, withheld: How many of each.
        short: The log ends before its head says.
    """

    def __init__(self, head: c2sp.Checkpoint, case_id: str, *, partial: bool, visit: Callable[[dict[str, Any]], None]) -> None:
        self._head, self._partial, self._visit = head, partial, visit
        self._prev = logline.genesis_prev(case_id)
        self._tree = Tree()
        self.faults: list[tuple[int, str]] = []
        self.given = self.withheld = 0
        self.short = False

    def over(self, lines: Iterable[bytes]) -> None:
        """Take every line, with its line end."""
        for line in lines:
            if self._tree.size >= self._head.size:
                self.faults.append((self._tree.size, "behind-the-head"))
                return
            if not line.endswith(b"\n"):
                self.faults.append((self._tree.size, "torn"))
                break
            self._take(line[:-1])
        self.short = self._tree.size < self._head.size
        if not self.short and self._tree.root() != self._head.root:
            self.faults.append((self._tree.size, "root"))

    def _take(self, line: bytes) -> None:
        number = self._tree.size
        leaf, seq, record = self._read(line, number)
        if seq != number:
            self.faults.append((number, "order"))
        if record is not None and record["prev"] != self._prev:
            self.faults.append((number, "chain"))
        self._tree.append(leaf)
        self._prev = leaf.hex()

    def _read(self, line: bytes, number: int) -> tuple[bytes, Any, dict[str, Any] | None]:
        hit = _WITHHELD.fullmatch(line) if self._partial else None
        if hit is not None:
            self.withheld += 1
            return bytes.fromhex(hit[1].decode()), int(hit[2]), None
        leaf = leaf_hash(line)
        try:
            record = logline.decode(line)
        except ValueError:
            self.faults.append((number, "record"))
            return leaf, number, None
        self.given += 1
        self._visit(record)
        return leaf, record["seq"], record


def lines_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of a stream with their ends; one that grows beyond 8 MiB comes without an end, and is the last."""
    held = b""
    for piece in pieces:
        *whole, held = (held + piece).split(b"\n")
        yield from (line + b"\n" for line in whole)
        if len(held) > LARGEST_LINE:
            break
    if held:
        yield held
