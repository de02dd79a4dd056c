"""
Which bytes of a mail are which part of it (RFC 2046, section 5.1): headers, parts, what stands before and after them.

The pieces come in the order of the file, never overlap, and leave nothing between them but boundary lines and empty lines, which
`readers/mailcheck.py` proves with other code. A mail inside a mail (message/rfc822) is one part here; it is taken apart as an exhibit
of its own.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sextortion_cli.importers.mail.headers import PART_LIMIT, Block, Field, read_block
from sextortion_cli.importers.mail.parameters import Structured, parse
from sextortion_cli.importers.mail.view import View

MAX_DEPTH = 20
MAX_PARTS = 5000
_LONGEST_BOUNDARY = 250
PieceKind = Literal["part", "multipart", "preamble", "epilogue"]


class Piece(msgspec.Struct):
    """
    One stretch of a mail.

    Attributes:
        kind: ``part``: something by itself. ``multipart``: only the headers of what holds parts. ``preamble``, ``epilogue``: text
            before the first and after the last part, which no mail program shows.
        path: Where it stands: ``1``, ``1.2``; "" for the mail itself.
        start, end: Its bytes, headers included.
        body: Where its body begins.
        media_type: As stated, in lower case; ``text/plain`` when nothing is (RFC 2045, section 5.2).
        charset, transfer: As stated, in lower case, or None and "".
        disposition: ``attachment``, ``inline`` ... or "".
        name: The file name it states, or None.
        content_id: As stated, or None.
        problems: Codes of defects.
    """

    kind: PieceKind
    path: str
    start: int
    body: int
    end: int
    media_type: str = "text/plain"
    charset: str | None = None
    transfer: str = ""
    disposition: str = ""
    name: str | None = None
    content_id: str | None = None
    problems: list[str] = []


class Structure(msgspec.Struct):
    """The headers of a mail and its pieces, in the order of the file."""

    headers: Block
    pieces: list[Piece]

    def parts(self) -> list[Piece]:
        """Return what the mail holds."""
        return [piece for piece in self.pieces if piece.kind == "part"]


class _Level(msgspec.Struct):
    """A multipart that is open: its boundary line, and how far it is."""

    path: str
    line: bytes
    is_digest: bool
    count: int = 0
    is_closed: bool = False


def read_structure(view: View, start: int, end: int) -> Structure:
    """Return the structure of the mail in ``[start, end)``."""
    headers = read_block(view, start, end)
    walk = _Walk(view, end)
    walk.entity(headers, "", "text/plain")
    walk.run()
    return Structure(headers, walk.pieces)


class _Walk:
    """One pass over the lines that begin with ``--``."""

    def __init__(self, view: View, end: int) -> None:
        self._view = view
        self._end = end
        self._levels: list[_Level] = []
        self._open: Piece | None = None
        self._count = 0
        self.pieces: list[Piece] = []

    def entity(self, block: Block, path: str, default: str) -> None:
        """Take the headers of the mail or of a part: what follows is its body."""
        piece = describe(block, path, default)
        boundary = piece_boundary(block)
        if boundary is not None and len(self._levels) < MAX_DEPTH:
            if path:
                self._add(msgspec.structs.replace(piece, kind="multipart", end=block.body))
            self._levels.append(_Level(path, b"--" + boundary, piece.media_type == "multipart/digest"))
            self._begin("preamble", path, block.body)
            return
        if piece.media_type.startswith("multipart/"):
            piece.problems.append("no-boundary" if boundary is None else "too-deep")
        if not path:
            piece.path, piece.start = "1", block.body
        self._open = piece

    def run(self) -> None:
        """Walk to the end."""
        if self._levels:
            assert self._open is not None
            for at in self._view.lines_from(b"--", self._open.start, self._end):
                self._line(at)
        self._close(self._end)
        for level in self._levels:
            if not level.is_closed:
                self._unclosed(level)

    def _line(self, at: int) -> None:
        text = self._view.slice(at, min(self._end, at + _LONGEST_BOUNDARY + 200)).split(b"\n", 1)[0].rstrip(b" \t\r")
        depth, is_last = self._match(text)
        if depth is None:
            return
        assert self._open is not None
        if at < self._open.body:  # inside headers that were read already
            return
        self._close(self._before(at), is_own=depth == len(self._levels) - 1)
        for level in self._levels[depth + 1 :]:
            if not level.is_closed:
                self._unclosed(level)
        del self._levels[depth + 1 :]
        level = self._levels[depth]
        after = self._view.after_line(at, self._end)
        if is_last:
            level.is_closed = True
            self._begin("epilogue", level.path, after)
            return
        level.count += 1
        self._count += 1
        path = f"{level.path}.{level.count}" if level.path else str(level.count)
        if self._count > MAX_PARTS:
            self._open = Piece("part", path, after, after, self._end, "application/octet-stream", problems=["too-many-parts"])
            self._levels.clear()
            return
        block = read_block(self._view, after, self._end, PART_LIMIT)
        self.entity(block, path, "message/rfc822" if level.is_digest else "text/plain")

    def _match(self, text: bytes) -> tuple[int | None, bool]:
        for depth in range(len(self._levels) - 1, -1, -1):
            line = self._levels[depth].line
            if text == line:
                return depth, False
            if text == line + b"--":
                return depth, True
        return None, False

    def _before(self, at: int) -> int:
        """Return where a part ends: the line ending before a boundary belongs to the boundary (RFC 2046, section 5.1.1)."""
        assert self._open is not None
        before = self._view.slice(max(self._open.body, at - 2), at)
        return at - (2 if before == b"\r\n" else 1 if before.endswith(b"\n") else 0)

    def _begin(self, kind: PieceKind, path: str, at: int) -> None:
        self._open = Piece(kind, path, at, at, at)

    def _close(self, end: int, *, is_own: bool = False) -> None:
        piece, self._open = self._open, None
        if piece is None:
            return
        piece.end = max(end, piece.body)
        if piece.kind == "preamble" and not is_own:
            # no part ever began: everything is shown as the text it is
            piece.kind, piece.problems = "part", ["boundary-never-found"]
            piece.path = f"{piece.path}.0" if piece.path else "0"
            self._levels[-1].is_closed = True
        if piece.kind in ("preamble", "epilogue") and not self._says_something(piece):
            return
        self._add(piece)

    def _says_something(self, piece: Piece) -> bool:
        return any(data.strip() for data in self._view.pieces(piece.body, piece.end))

    def _unclosed(self, level: _Level) -> None:
        last = next((piece for piece in reversed(self.pieces) if piece.kind == "part"), None)
        if last is not None and "boundary-not-closed" not in last.problems:
            last.problems.append("boundary-not-closed")
        level.is_closed = True

    def _add(self, piece: Piece) -> None:
        if piece.end > piece.start:
            self.pieces.append(piece)


def piece_boundary(block: Block) -> bytes | None:
    """Return the boundary a multipart states, or None when it is none or states none that can be one."""
    field = block.first("content-type")
    if field is None:
        return None
    stated = parse(field.line)
    boundary = stated.parameters.get("boundary", "").rstrip()
    if not stated.value.startswith("multipart/") or not 0 < len(boundary) <= _LONGEST_BOUNDARY or "\n" in boundary or "\r" in boundary:
        return None
    return boundary.encode("utf-8", "replace")


def describe(block: Block, path: str, default: str) -> Piece:
    """Return a part as its headers describe it, its end still open."""
    problems = [code for _, _, code in block.problems] if path else []
    stated = _of(block.first("content-type"))
    disposition = _of(block.first("content-disposition"))
    transfer = _of(block.first("content-transfer-encoding")).value
    problems += [*stated.problems, *disposition.problems]
    media_type = stated.value if stated.value.count("/") == 1 else default
    if stated.value and media_type != stated.value:
        problems.append("no-media-type")
    identity = block.first("content-id")
    return Piece(
        "part",
        path,
        block.start,
        block.body,
        block.body,
        media_type,
        stated.parameters.get("charset"),
        transfer,
        disposition.value,
        disposition.parameters.get("filename") or stated.parameters.get("name"),
        None if identity is None else identity.line.decode("utf-8", "replace").strip("<>"),
        list(dict.fromkeys(problems)),
    )


def _of(field: Field | None) -> Structured:
    return Structured("") if field is None else parse(field.line)
