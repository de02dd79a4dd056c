"""
Databases for cases, composed from SQL text, so that no binary lies among the sources.

What follows the line ``-- write-ahead log`` stands only in the log; after ``-- lost write-ahead log`` it is lost with the log. The script may use
``body(text)`` (Apple's archived string), ``edits(json)`` (a message summary of Apple's) and ``plist(json)``.
"""

from __future__ import annotations

import json
import plistlib
import re
import sqlite3
import tempfile
from pathlib import Path

_LOG = re.compile(r"^-- (lost )?write-ahead log\n", re.MULTILINE)


def archived(text: str) -> bytes:
    """Return a text as Apple's old archiver writes an attributed string."""
    data = text.encode()
    size = bytes([len(data)]) if len(data) < 0x80 else b"\x81" + len(data).to_bytes(2, "little")
    head = b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94"
    return (
        head
        + b"\x84\x01+"
        + size
        + data
        + b"\x86\x84\x02iI\x01"
        + bytes([min(len(text), 127)])
        + b"\x92\x84\x84\x84\x0cNSDictionary\x00\x94\x84\x01i\x00\x86"
    )


def _edits(text: str) -> bytes:
    """Return a summary: ``{"ec": {"0": [[seconds, text]]}, "rp": [0]}``."""
    said = json.loads(text)
    parts = {part: [{"d": when, "t": archived(words)} for when, words in events] for part, events in said.get("ec", {}).items()}
    return plistlib.dumps({"ust": True, "otr": {"0": {"lo": 0, "le": 1}}, "ec": parts, "rp": said.get("rp", [])}, fmt=plistlib.FMT_BINARY)


def _connected(path: str) -> sqlite3.Connection:
    base = sqlite3.connect(path, isolation_level=None)
    base.create_function("body", 1, archived)
    base.create_function("edits", 1, _edits)
    base.create_function("plist", 1, lambda text: plistlib.dumps(json.loads(text), fmt=plistlib.FMT_BINARY))
    base.execute("PRAGMA page_size=1024")
    return base


def compose(path: Path) -> tuple[bytes, bytes | None]:
    """Return the bytes of the database a script makes, and of its log where it has one."""
    first, *rest = _LOG.split(path.read_text(encoding="utf-8"))
    if not rest:
        base = _connected(":memory:")
        base.executescript(first)
        data = base.serialize()
        base.close()
        return data, None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "case.db"
        base = _connected(str(place))
        base.execute("PRAGMA journal_mode=WAL")
        base.executescript(first)
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.executescript(rest[1])
        data, log = place.read_bytes(), Path(f"{place}-wal").read_bytes()
        base.close()
        return data, None if rest[0] else log
