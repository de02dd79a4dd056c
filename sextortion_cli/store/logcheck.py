"""Checking the custody log line by line: altered, missing, re-ordered, forked, truncated, rolled back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sextortion_cli.errors import NoCaseHere
from sextortion_cli.model import checkpoint as c2sp
from sextortion_cli.model import logline
from sextortion_cli.model.merkle import Tree, leaf_hash
from sextortion_cli.store import layout
from sextortion_cli.store.book import Book
from sextortion_cli.store.log import is_torn, lines
from sextortion_cli.store.regular import read_own
from sextortion_cli.words import N_

Severity = Literal["difference", "remnant", "notice"]


@dataclass
class LogCheck:
    """
    What the log says, and what is wrong with it.

    Attributes:
        findings: (code, severity, subject, detail).
        book: The folded log, as far as it can be trusted.
        records: Number of whole valid lines.
        statements: Checkpoint up to the last record that is not an access record.
        quarantined: What recovery recorded, by name, with its digest where it has one.
    """

    findings: list[tuple[str, Severity, str, str]] = field(default_factory=list)
    book: Book = field(default_factory=Book)
    case_id: str | None = None
    records: int = 0
    newer: bool = False
    statements: c2sp.Checkpoint | None = None
    quarantined: dict[str, str | None] = field(default_factory=dict)

    def differ(self, code: str, subject: str, detail: str) -> None:
        """Add a difference."""
        self.findings.append((code, "difference", subject, detail))


def check_log(case: Path) -> LogCheck:
    """
    Check `case.json`, `head` and `log.jsonl` against each other. The head is read first: a writer may be adding lines meanwhile.

    Raises:
        NoCaseHere: There is neither a `case.json` nor a log.
    """
    found = LogCheck()
    if not (case / layout.CASE_FILE).exists() and not (case / layout.LOG).exists():
        raise NoCaseHere()
    _case_file(case, found)
    head = _head(case, found)
    try:
        _Walk(found, head).over(case / layout.LOG)
    except OSError:
        found.differ("log-missing", layout.LOG, N_("The custody log cannot be read."))
    return found


def _case_file(case: Path, found: LogCheck) -> None:
    try:
        data = json.loads(read_own(case / layout.CASE_FILE))
        found.case_id = str(data["case_id"])
        found.newer = int(data["format_version"]) > layout.FORMAT_VERSION
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        found.differ("file-altered", layout.CASE_FILE, N_("The file that names the case cannot be read."))


def _head(case: Path, found: LogCheck) -> c2sp.Checkpoint | None:
    try:
        data = read_own(case / layout.HEAD)
        head = c2sp.parse(data)
    except FileNotFoundError:
        found.differ("head-missing", layout.HEAD, N_("The file that pins the end of the log is gone."))
        return None
    except (OSError, ValueError):
        found.differ("head-altered", layout.HEAD, N_("The file that pins the end of the log cannot be read."))
        return None
    if not c2sp.is_note(data):
        found.differ("head-altered", layout.HEAD, N_("Something was added to the file that pins the end of the log."))
    elif data != head.text():
        found.findings.append(("head-signed", "notice", layout.HEAD, N_("It carries signatures this version cannot check.")))
    if found.case_id is not None and head.origin != c2sp.origin_of(found.case_id):
        found.differ("head-altered", layout.HEAD, N_("The head is another case's."))
    return head


class _Walk:
    """One pass over the lines."""

    def __init__(self, found: LogCheck, head: c2sp.Checkpoint | None) -> None:
        self._found = found
        self._head = head
        self._tree = Tree()
        self._prev = "" if found.case_id is None else logline.genesis_prev(found.case_id)
        self._before_access: Tree | None = None
        self._root_matched = head is None or head.size == 0
        self._last: dict[str, Any] | None = None
        self._broken = False
        self._tail = b""
        self._offset = 0

    def over(self, path: Path) -> None:
        for line in lines(path):
            if self._tail or not line.endswith(b"\n"):
                self._tail += line
            else:
                self._line(line[:-1])
            if not self._tail:
                self._offset += len(line)
        self._end()

    def _line(self, line: bytes) -> None:
        found, size = self._found, self._tree.size
        beyond = self._head is not None and size >= self._head.size
        try:
            record = logline.decode(line)
        except ValueError as error:
            if beyond and not self._broken and b"\x00" in line:
                self._tail += line + b"\n"
                return
            if not self._broken and _is_of_a_later_format(line):
                found.newer = True
                self._grow(line, None)
                return
            self._differ("log-line-altered", size, f"This line of the log is {error}.")
            self._grow(line, None)
            return
        found.newer = found.newer or logline.is_newer(record)
        if not self._broken and (record["prev"] != self._prev or record["seq"] != size):
            self._out_of_line(record, size)
        self._grow(line, record)
        if found.book.genesis is None and record["type"] == "case-opened" and found.case_id is None:
            found.case_id = record["data"].get("case_id")

    def _out_of_line(self, record: dict[str, Any], size: int) -> None:
        last = self._last
        if last is not None and record["seq"] == last["seq"] and record["prev"] == last["prev"]:
            self._differ("log-forked", size, f"Two records follow record {size - 2}: the log was continued in two places.")
        elif isinstance(record["seq"], int) and record["seq"] > size:
            self._differ("log-line-missing", size, N_("Records are missing here."))
        elif isinstance(record["seq"], int) and record["seq"] < size:
            self._differ("log-reordered", size, N_("Records are repeated or not in their order."))
        else:
            self._differ("log-chain-broken", size, N_("This record does not follow the one before it."))

    def _differ(self, code: str, size: int, detail: str) -> None:
        self._broken = True
        self._found.differ(code, f"record {size}", detail)

    def _grow(self, line: bytes, record: dict[str, Any] | None) -> None:
        kind = None if record is None else record["type"]
        if kind not in logline.ACCESS_TYPES:
            self._before_access = None
        elif self._before_access is None:
            self._before_access = self._tree.copy()
        leaf = leaf_hash(line)
        self._tree.append(leaf)
        self._prev = leaf.hex()
        self._last = record
        self._found.records = self._tree.size
        if self._head is not None and self._tree.size == self._head.size:
            self._root_matched = self._tree.root() == self._head.root
        if record is not None:
            self._fold(record)

    def _fold(self, record: dict[str, Any]) -> None:
        try:
            self._found.book.take(record)
            for name in record["data"]["left"] if record["type"] == "removed" else ():
                self._found.quarantined.pop(name, None)
            if record["type"] == "recovered":
                self._found.quarantined.update({item["kept_as"]: item["sha256"] for item in record["data"]["items"]})
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            if not self._found.newer:
                self._differ("log-line-altered", self._tree.size - 1, N_("This record lacks what its type must have."))

    def _end(self) -> None:
        head, size, found = self._head, self._tree.size, self._found
        if head is not None and size < head.size:
            found.differ("log-truncated", layout.LOG, f"The head pins {head.size} records, the log holds {size}.")
        elif head is not None and not self._root_matched and not self._broken:
            found.differ("log-differs-from-head", layout.HEAD, N_("The log under the head is not the one the head pins."))
        elif head is not None and size > head.size and not self._broken:
            found.findings.append(("records-after-head", "remnant", layout.LOG, f"{size - head.size} whole records after the head."))
        if self._tail and is_torn(self._tail, self._offset):
            found.findings.append(("torn-line", "remnant", layout.LOG, f"{len(self._tail)} bytes of a record that was not finished."))
        elif self._tail:
            found.differ("log-line-altered", f"record {size}", N_("What follows the last record is no record."))
        if found.case_id is not None:
            tree = self._before_access or self._tree
            found.statements = c2sp.Checkpoint(c2sp.origin_of(found.case_id), tree.size, tree.root())
        if size and found.book.genesis is None and not self._broken:
            found.differ("log-line-altered", "record 0", N_("The first record does not open a case."))
        if size == 0:
            found.differ("log-empty", layout.LOG, N_("The custody log holds no record."))


def _is_of_a_later_format(line: bytes) -> bool:
    """Tell whether a line that is none of ours is a later version's: only the head says of it that it is unaltered."""
    try:
        record = logline.peek(line)
    except ValueError:
        return False
    return type(record.get("v")) is int and logline.is_newer(record)
