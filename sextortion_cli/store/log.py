"""Reading and growing the custody log: `log.jsonl` and the `head` that pins its length and root."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from sextortion_cli.errors import CaseDamaged
from sextortion_cli.model import checkpoint as c2sp
from sextortion_cli.model import logline
from sextortion_cli.model.merkle import Tree, leaf_hash
from sextortion_cli.store import layout
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.regular import open_own, read_own

Visit = Callable[[dict[str, Any], int], None]
LARGEST_LINE = 8 << 20


class LogState(msgspec.Struct):
    """
    The log as far as it can be trusted.

    Attributes:
        origin: Checkpoint origin of the case.
        tree: Over all whole valid lines.
        prev: What the next line names as its predecessor.
        bytes_valid: Length of the whole valid lines in bytes.
        tail: Bytes after them (a torn line), b"" normally.
        unheaded: Whole valid lines the head does not cover yet.
        before_access: The tree before the access records the log ends with, or None when it ends with another record.
        head_bytes: The head file as it lies.
    """

    origin: str
    tree: Tree = msgspec.field(default_factory=Tree)
    prev: str = ""
    bytes_valid: int = 0
    tail: bytes = b""
    unheaded: int = 0
    before_access: Tree | None = None
    head_bytes: bytes = b""

    def checkpoint(self) -> c2sp.Checkpoint:
        """Return the checkpoint over all valid lines."""
        return c2sp.Checkpoint(self.origin, self.tree.size, self.tree.root())

    def statements(self) -> c2sp.Checkpoint:
        """Return the checkpoint up to the last record that is not an access record: what documents and the fingerprint describe."""
        tree = self.before_access or self.tree
        return c2sp.Checkpoint(self.origin, tree.size, tree.root())

    def append(self, line: bytes, kind: str) -> None:
        """Take in one whole line (without its newline) of record type `kind`."""
        if kind not in logline.ACCESS_TYPES:
            self.before_access = None
        elif self.before_access is None:
            self.before_access = self.tree.copy()
        leaf = leaf_hash(line)
        self.tree.append(leaf)
        self.prev = leaf.hex()
        self.bytes_valid += len(line) + 1


def lines(path: Path, start: int = 0) -> Iterator[bytes]:
    """Yield the lines of a log with their newline; the last may lack one. A line is read whole, up to 8 MiB."""
    with io.BufferedReader(open_own(path), 1 << 16) as stream:
        stream.seek(start)
        while line := stream.readline(LARGEST_LINE):
            yield line
            if not line.endswith(b"\n") and len(line) < LARGEST_LINE:
                return  # the end: what a writer adds to this line from now on is not ours to see in two pieces


def read_head(case: Path, origin: str) -> tuple[c2sp.Checkpoint, bytes]:
    """
    Return the head and its bytes.

    Raises:
        CaseDamaged: It is missing, unreadable, or another case's.
    """
    try:
        data = read_own(case / layout.HEAD)
        head = c2sp.parse(data)
    except (OSError, ValueError):
        raise CaseDamaged(part="head") from None
    if head.origin != origin:
        raise CaseDamaged(part="head")
    return head, data


def load(case: Path, case_id: str, visit: Visit | None = None) -> LogState:
    """
    Read the log against its head, calling `visit(record, offset)` for every record.

    The head's root covers every byte of the lines under it, so those need no second proof here; lines beyond it are proven one by
    one.

    Raises:
        CaseDamaged: The log is shorter than its head, other lines lie under it, or what follows is no crash remnant.
    """
    origin = c2sp.origin_of(case_id)
    head, head_bytes = read_head(case, origin)
    state = LogState(origin, prev=logline.genesis_prev(case_id), head_bytes=head_bytes)
    for line in lines(case / layout.LOG):
        if state.tail or not line.endswith(b"\n") or (state.tree.size >= head.size and not _follows(line[:-1], state)):
            state.tail += line
            continue
        _take(line[:-1], state, visit)
        state.unheaded = max(0, state.tree.size - head.size)
        if state.tree.size == head.size and state.tree.root() != head.root:
            raise CaseDamaged(part="log")
    if state.tree.size < head.size or not is_torn(state.tail, state.bytes_valid):
        raise CaseDamaged(part="log")
    return state


def _take(line: bytes, state: LogState, visit: Visit | None) -> None:
    try:
        record = logline.peek(line)
    except ValueError:
        raise CaseDamaged(part="log") from None
    offset = state.bytes_valid
    state.append(line, str(record.get("type")))
    if visit is not None:
        visit(record, offset)


def _follows(line: bytes, state: LogState) -> bool:
    try:
        record = logline.decode(line)
    except ValueError:
        return False
    return bool(record["prev"] == state.prev and record["seq"] == state.tree.size)


def is_torn(tail: bytes, offset: int) -> bool:
    """
    Tell whether bytes after the last whole line, `offset` bytes into the log, can be what a crash left.

    That is the beginning of a record, then perhaps sectors of zeros the medium never wrote; after those, sectors it did write.
    """
    written = tail.rstrip(b"\x00")
    first, *_ = written.split(b"\x00", 1)
    return _begins_a_record(first) and all(_is_unwritten(found, offset) for found in re.finditer(_ZEROS, written))


_SECTOR = 512
_ZEROS = rb"\x00+"
_OPENING = b'{"actor":{'


def _is_unwritten(zeros: re.Match[bytes], offset: int) -> bool:
    start, end = zeros.span()
    return (start == 0 or (offset + start) % _SECTOR == 0) and (offset + end) % _SECTOR == 0


def _begins_a_record(text: bytes) -> bool:
    """Tell whether a record's line can begin like this: everything up to its end must be JSON that only wants more."""
    if _OPENING.startswith(text):
        return True
    if not text.startswith(_OPENING) or b"\n" in text:
        return False
    import json  # start-up is measured, and torn lines are rare

    try:
        shown = codecs.getincrementaldecoder("utf-8")().decode(text)
        json.loads(shown)
    except json.JSONDecodeError as error:
        return error.msg.startswith("Unterminated string") or _wants_more(error.msg, shown[error.pos :])
    except (UnicodeDecodeError, RecursionError):
        return False
    return True


def _wants_more(fault: str, rest: str) -> bool:
    """Tell whether what a JSON reader stumbled over is only the beginning of something right."""
    if fault.startswith("Invalid \\"):
        return len(rest) <= len("\\u0000")
    return not rest or (fault.startswith("Expecting value") and any(word.startswith(rest) for word in ("true", "false", "null", "-")))


class Journal:
    """
    Appends records in groups: one write and one sync for the lines, then the head; only then is a record promised.

    Args:
        case: The case folder.
        state: The log as loaded under the writer's lock.
        writer: Random id of this machine's writer in this case.
        tool: Program name and version.
    """

    def __init__(self, case: Path, state: LogState, writer: str, tool: dict[str, str]) -> None:
        self._case = case
        self._writer = writer
        self._tool = tool
        self._pending: list[bytes] = []
        self._fd = -1
        self.state = state

    def add(
        self, kind: str, *, time: dict[str, str], actor: dict[str, Any], subject: dict[str, Any] | None, data: dict[str, Any]
    ) -> dict[str, Any]:
        """
        Queue one record and return it.

        Raises:
            ValueError: A value has no canonical form, or the line would be longer than a log can hold.
        """
        record = {
            "v": logline.VERSION,
            "seq": self.state.tree.size,
            "prev": self.state.prev,
            "type": kind,
            "time": time,
            "actor": actor,
            "writer": self._writer,
            "tool": self._tool,
            "subject": subject,
            "data": data,
        }
        line = logline.encode(record)
        if len(line) >= LARGEST_LINE:
            raise ValueError("a record of the log is at most 8 MiB")
        self.state.append(line, kind)
        self._pending.append(line)
        return record

    def commit(self) -> None:
        """
        Put the queued records on the medium, then the head. After it returns, they are kept.

        Raises:
            OSError: The medium refused; the next writer recovers what is whole.
        """
        if not self._pending:
            return
        if self._fd < 0:
            self._fd = fileops().open_append(self._case / layout.LOG)
        fileops().write(self._fd, b"".join(line + b"\n" for line in self._pending))
        fileops().fsync(self._fd)
        self._pending.clear()
        self.write_head()

    def write_head(self) -> None:
        """Replace the head by one over all lines."""
        temporary = self._case / f"{layout.TEMPORARY}head-{self._writer}"
        text = self.state.checkpoint().text()
        fd = fileops().create(temporary)
        fileops().write(fd, text)
        fileops().fsync(fd)
        fileops().close(fd)
        fileops().replace(temporary, self._case / layout.HEAD)
        fileops().fsync_dir(self._case)
        self.state.head_bytes = text

    def close(self) -> None:
        """Close the log."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            fileops().close(fd)
