"""A block of header fields with the place of every byte (RFC 5322, section 2.2), read leniently and without losing a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.mail.view import View

BLOCK_LIMIT = 1 << 20
PART_LIMIT = 64 << 10
_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]{0,20}:")
_ENVELOPE = re.compile(rb">?From [^\r\n]{1,1000}\r?\n?")


class Field(msgspec.Struct, frozen=True, gc=False):
    """
    One header field.

    Attributes:
        name: As in the file.
        start, end: Its lines in the object, with the last line's ending.
        value: What stands behind the colon, folded as in the file, without the last line's ending.
    """

    name: str
    start: int
    end: int
    value: bytes

    @property
    def key(self) -> str:
        """Return the name in the form it is compared in."""
        return self.name.lower()

    @property
    def line(self) -> bytes:
        """Return the value unfolded: line endings before white space taken out (RFC 5322, section 2.2.3)."""
        return b"".join(self.value.splitlines()).strip()


class Block(msgspec.Struct, frozen=True):
    """
    A header block.

    Attributes:
        start: Where it begins.
        body: Where the body begins: after the empty line, or where the headers stop being headers.
        fields: In the order of the file.
        problems: (start, end, code) of what is wrong.
        envelope: The ``From `` line before the first field, when there is one, as in the file.
    """

    start: int
    body: int
    fields: tuple[Field, ...]
    problems: tuple[tuple[int, int, str], ...] = ()
    envelope: bytes | None = None

    def all(self, key: str) -> list[Field]:
        """Return the fields of one name."""
        return [field for field in self.fields if field.key == key]

    def first(self, key: str) -> Field | None:
        """Return the first field of one name."""
        return next((field for field in self.fields if field.key == key), None)


def read_block(view: View, start: int, end: int, limit: int = BLOCK_LIMIT) -> Block:
    """
    Read the header block that begins at `start`; nothing behind `end` is looked at.

    A line that is no header, and a line that begins with ``--``, ends the block as an empty line does.
    """
    data = view.slice(start, min(end, start + limit))
    envelope = _ENVELOPE.match(data)
    at = envelope.end() if envelope is not None else 0
    fields: list[Field] = []
    problems: list[tuple[int, int, str]] = []
    opened: tuple[bytes, int, int] | None = None
    body = None
    for line_at, line in _lines(data, at):
        bare = line.rstrip(b"\r\n")
        if not bare:
            at, body = line_at, line_at + len(line)
            break
        if bare[:1] in (b" ", b"\t") and opened is not None:
            continue
        name = _NAME.match(line) if line[:2] != b"--" else None
        if name is None:
            at = body = line_at
            problems.append((start + line_at, start + line_at + len(line), "no-blank-line"))
            break
        if opened is not None:
            fields.append(_field(data, opened, line_at, start))
        opened = (name[1], line_at, name.end())
    else:
        at = body = len(data)
        if start + len(data) < end:
            problems.append((start, start + len(data), "headers-too-long"))
    if opened is not None:
        fields.append(_field(data, opened, at, start))
    assert body is not None
    found = None if envelope is None else envelope[0].rstrip(b"\r\n")
    return Block(start, start + body, tuple(fields), tuple(problems), found)


def _lines(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at < len(data):
        end = data.find(b"\n", at) + 1 or len(data)
        yield at, data[at:end]
        at = end


def _field(data: bytes, opened: tuple[bytes, int, int], end: int, base: int) -> Field:
    name, start, colon = opened
    value = data[start + colon : end]
    return Field(name.decode("ascii"), base + start, base + end, value.rstrip(b"\r\n"))
