"""The log's head as a C2SP tlog-checkpoint, and the short fingerprint people read aloud."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import NamedTuple


class Checkpoint(NamedTuple):
    """
    Size and root of a log (C2SP tlog-checkpoint, unsigned).

    Attributes:
        origin: ``sextortion_cli/<case id>``.
        size: Number of log lines.
        root: RFC 6962 root, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    def text(self) -> bytes:
        """Return the unsigned text: origin, size and base64 root, a line each."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()


def origin_of(case_id: str) -> str:
    """Return the checkpoint origin of a case."""
    return f"sextortion_cli/{case_id}"


def parse(data: bytes) -> Checkpoint:
    """
    Read a checkpoint's unsigned text (signature lines after a blank line are left to `proof`).

    Raises:
        ValueError: It is not a checkpoint, or not in its one canonical form.
    """
    body = data.split(b"\n\n", 1)[0].rstrip(b"\n") + b"\n"
    try:
        origin, size_text, root_text, rest = body.decode("ascii").split("\n")
        size = int(size_text)
        root = base64.b64decode(root_text, validate=True)
    except ValueError:
        raise ValueError("not a checkpoint") from None
    found = Checkpoint(origin, size, root)
    if rest or len(root) != 32 or size < 0 or found.text() != (body if b"\n\n" in data else data):
        raise ValueError("not a checkpoint")
    return found


_SIGNATURE = "\u2014 [^ +\n]{1,200} [A-Za-z0-9+/]{8,8000}={0,2}"


def is_note(data: bytes) -> bool:
    """Tell whether `data`, which `parse` could read, is nothing but a checkpoint and the signature lines a C2SP signed note may add."""
    text, blank, rest = data.partition(b"\n\n")
    if not blank:
        return text.endswith(b"\n")
    try:
        *signatures, end = rest.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return False
    return end == "" and bool(signatures) and all(re.fullmatch(_SIGNATURE, line) for line in signatures)


def fingerprint(checkpoint: Checkpoint) -> str:
    """Return the first 80 bits of the SHA-256 of the checkpoint's text as four groups of four base32 letters (RFC 4648)."""
    letters = base64.b32encode(hashlib.sha256(checkpoint.text()).digest()[:10]).decode("ascii")
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))
