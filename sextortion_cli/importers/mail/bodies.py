"""The text of a mail: which parts a mail program shows, decoded, and a digest of everything else."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from collections import Counter
from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.mail import charsets
from sextortion_cli.importers.mail.htmltext import Page, page_of
from sextortion_cli.importers.mail.structure import Piece
from sextortion_cli.importers.mail.transfer import PLAIN, Transfer
from sextortion_cli.importers.mail.view import View

TEXT_LIMIT = 1 << 20
"""Decoded bytes of one part that are shown as text."""
RAW_LIMIT = 256 << 10
LONGEST_NAME = 200
"""A longer name is no name of a file; it stands in the fact about the part."""
_SUFFIXES = {
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
    "text/html": ".html",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "image/heic": ".heic",
}


class Content(msgspec.Struct, frozen=True):
    """
    What a part holds.

    Attributes:
        piece: The part.
        name: The name it goes by: stated, or made from its place.
        role: ``plain`` or ``html`` when it is shown as the mail's text, ``attachment`` otherwise.
        size, sha256: Of the decoded bytes.
        text: Of a part that is shown.
        page: What else an HTML part says.
        problems: Codes of defects.
    """

    piece: Piece
    name: str
    role: str
    size: int
    sha256: str
    text: charsets.Decoded | None
    page: Page | None
    problems: tuple[str, ...]


def is_shown(piece: Piece) -> bool:
    """Say whether a mail program shows a part as the mail's own text."""
    return piece.media_type in ("text/plain", "text/html") and piece.disposition != "attachment" and not piece.name


def contents(view: View, pieces: list[Piece]) -> Iterator[Content]:
    """Yield what the parts hold, in order."""
    names = names_of(pieces)
    for piece, name in zip(pieces, names, strict=True):
        yield _content(view, piece, name)


def names_of(pieces: list[Piece], prefix: str = "") -> list[str]:
    """
    Return the names by which the parts of one mail are known, here and as exhibits of their own.

    A part without a name, or with one that is too long to be one, gets one from its place; of two parts with one name the later has its place in front.
    """
    seen: Counter[str] = Counter()
    found = []
    for piece in pieces:
        stated = (piece.name or "").strip()
        name = stated if 0 < len(stated.encode("utf-8", "replace")) <= LONGEST_NAME else f"part-{piece.path}{_suffix(piece.media_type)}"
        seen[name] += 1
        found.append(prefix + (name if seen[name] == 1 else f"{piece.path}/{name}"))
    return found


def _suffix(media_type: str) -> str:
    return _SUFFIXES.get(media_type) or (
        mimetypes.types_map.get(f".{media_type.partition('/')[2][:8]}", "") and f".{media_type.partition('/')[2]}"
    )


def decoded(view: View, piece: Piece) -> tuple[Transfer, Iterator[bytes]]:
    """Return the decoder of a part and its decoded bytes."""
    transfer = Transfer(piece.transfer)
    return transfer, transfer.decode(view.pieces(piece.body, piece.end))


def _content(view: View, piece: Piece, name: str) -> Content:
    transfer, data = decoded(view, piece)
    digest, size, kept = hashlib.sha256(), 0, b""
    shown = is_shown(piece)
    for part in data:
        digest.update(part)
        size += len(part)
        if shown and len(kept) < TEXT_LIMIT:
            kept += part[: TEXT_LIMIT - len(kept)]
    problems = [*piece.problems, *sorted(transfer.problems)]
    text, page = None, None
    if shown:
        text = charsets.decode(kept if size <= TEXT_LIMIT else kept[:-8], piece.charset)
        problems += [text.problem] if text.problem else []
        problems += ["text-too-long"] if size > TEXT_LIMIT else []
        if piece.media_type == "text/html":
            page = page_of(text.text)
    role = {"text/plain": "plain", "text/html": "html"}[piece.media_type] if shown else "attachment"
    return Content(piece, name, role, size, digest.hexdigest(), text, page, tuple(dict.fromkeys(problems)))


class Body(msgspec.Struct, frozen=True):
    """
    The text of a mail.

    Attributes:
        text: What is shown; None when no part is text.
        raw: The stretch it was read from, exactly as in the file, when that differs, is no longer than `RAW_LIMIT` and one stretch.
        raw_b64: The same, where it is not valid Unicode.
        other: The text of HTML parts, where the mail gives its text twice and the two differ.
        lossy: Bytes are shown as replacement characters.
    """

    text: str | None
    raw: str | None = None
    raw_b64: str | None = None
    other: str | None = None
    lossy: bool = False


def body_of(view: View, found: list[Content]) -> Body:
    """Return the text of a mail: plain parts, and HTML parts where there is no plain one beside them."""
    plain = [content for content in found if content.role == "plain"]
    pages = [content for content in found if content.role == "html"]
    has_plain = any(content.text is not None and content.text.text.strip() for content in plain)
    beside = [content for content in pages if has_plain and _is_alternative(content, plain)]
    shown = [content for content in found if content in plain or (content in pages and content not in beside)]
    if not shown:
        return Body(None)
    text = "\n\n".join(part for content in shown if (part := _text(content)) or len(shown) == 1)
    other = "\n\n".join(_text(content) for content in beside)
    lossy = any(content.text is not None and content.text.lossy for content in shown)
    raw, raw_b64 = _raw(view, shown, text)
    return Body(text, raw, raw_b64, other if other.strip() and _same(other) != _same(text) else None, lossy)


def _is_alternative(page: Content, plain: list[Content]) -> bool:
    """Say whether a page is the other form of a plain part: they stand in one place of the mail."""
    place = page.piece.path.rpartition(".")[0]
    return any(content.piece.path.rpartition(".")[0] == place or content.piece.path.startswith(place) for content in plain)


def _text(content: Content) -> str:
    if content.page is not None:
        return content.page.text
    assert content.text is not None
    return content.text.text.replace("\r\n", "\n").strip("\n")


def _same(text: str) -> str:
    return "".join(text.split())


def _raw(view: View, shown: list[Content], text: str) -> tuple[str | None, str | None]:
    start, end = shown[0].piece.body, shown[-1].piece.end
    if end - start > RAW_LIMIT:
        return None, None
    data = view.slice(start, end)
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError:
        return None, base64.b64encode(data).decode("ascii")
    is_itself = len(shown) == 1 and shown[0].piece.transfer in PLAIN and raw == text
    return (None if is_itself else raw), None
