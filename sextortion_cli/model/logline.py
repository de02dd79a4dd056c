"""
One line of the custody log: canonical JSON that names its predecessor and itself.

``prev`` is SHA-256(0x00 || previous line), which is also the previous line's RFC 6962 leaf hash; ``self`` is the SHA-256 of the
line's canonical form without that field, so that the last line is protected too (decision 0001).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from sextortion_cli.model.canonical import again, canonical, plainly_decoded

VERSION = 1
FIELDS = frozenset({"v", "seq", "prev", "type", "time", "actor", "writer", "tool", "subject", "data", "self"})
_GENESIS = b"sextortion_cli/log/v1\n"
_decode = msgspec.json.Decoder().decode

#: Records of looking at a case, or of how it is kept, rather than of changing what it says; documents describe the case without them.
ACCESS_TYPES = frozenset({"report-made", "viewed", "handed-over", "lock-set-up", "lock-started", "unlocked"})


def is_newer(record: Mapping[str, Any]) -> bool:
    """Tell whether a record follows rules this version does not know: those of a later format."""
    version = record.get("v")
    return record.get("type") == "upgraded" or not isinstance(version, int) or version > VERSION


def genesis_prev(case_id: str) -> str:
    """Return what the first line of a case names as its predecessor."""
    return hashlib.sha256(_GENESIS + case_id.encode("ascii")).hexdigest()


def encode(record: Mapping[str, Any]) -> bytes:
    """
    Return the line (without its newline) of a record that has every field but ``self``.

    Raises:
        ValueError: A value has no canonical form.
    """
    own = hashlib.sha256(canonical(record)).hexdigest()
    return again({**record, "self": own})


def decode(line: bytes) -> dict[str, Any]:
    """
    Read a line and prove it to be the one form of what it says.

    Raises:
        ValueError: It is no JSON object, not canonical, lacks a field, or does not match its own ``self``.
    """
    record, proven = plainly_decoded(line)
    if not isinstance(record, dict) or not record.keys() >= FIELDS:
        raise ValueError("not a log record")
    if (again if proven else canonical)(record) != line:
        raise ValueError("not canonical")
    own = record["self"]
    # In a canonical line these bytes stand nowhere else: quotation marks in texts are escaped, and no line can hold its own digest.
    before, mark, behind = line.partition(b',"self":"%b"' % str(own).encode())
    if not mark or hashlib.sha256(before + behind).hexdigest() != own:
        raise ValueError("does not match its own digest")
    return record


def peek(line: bytes) -> dict[str, Any]:
    """
    Read a line whose bytes are already proven by the head.

    Raises:
        ValueError: It is no JSON object.
    """
    try:
        record = _decode(line)
    except (msgspec.DecodeError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(record, dict):
        raise ValueError("not a log record")
    return record
