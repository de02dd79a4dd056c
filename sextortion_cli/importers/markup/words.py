"""What a person sees: text with its entities decoded once, ``<br>`` as a line break, and the exact stretch it was read from."""

from __future__ import annotations

import base64
import re
from html.entities import html5
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from sextortion_cli.importers.markup.elements import Element, Text

_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_SPACE = b" \t\r\n\f"
_BLOCKS = frozenset((b"blockquote", b"div", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"li", b"ol", b"p", b"pre", b"table", b"tr", b"ul"))
_LAST = 0x10FFFF


class Words(msgspec.Struct, frozen=True):
    """A text as `Message` holds it: `text`, and `raw` or `raw_b64` (`model.reading.Message`)."""

    text: str
    raw: str | None = None
    raw_b64: str | None = None
    lossy: bool = False


def unescaped(text: str) -> str:
    """
    Return `text` with its entities decoded, once.

    Unlike `html.unescape` it takes only what ends in a semicolon, as exporters write it, and drops no character: one that HTML does not
    allow is itself, and a number that is no character stays as it stands.
    """
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        return html5.get(f"{name};", match.group())
    code = int(decimal) if decimal is not None else int(hexadecimal, 16)
    return chr(code) if code <= _LAST and not 0xD800 <= code <= 0xDFFF else match.group()


def decoded(data: bytes) -> str:
    """Return bytes as text, entities decoded; U+FFFD where they are not valid UTF-8."""
    return unescaped(data.decode("utf-8", "replace"))


def trimmed(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without the white space that a page is laid out with, at its ends."""
    piece = data[start:end]
    left = len(piece) - len(piece.lstrip(_SPACE))
    return (start, start) if left == len(piece) else (start + left, start + len(piece.rstrip(_SPACE)))


def shown(data: bytes, element: Element, *, blocks: bool = False, images: bool = False, without: frozenset[Element] = frozenset()) -> str:
    """
    Return the text of an element.

    Args:
        data: The bytes it was parsed from.
        element: The element.
        blocks: Begin a new line for every paragraph, list entry or division.
        images: Show pictures as the text that stands for them (``alt``), as emoji are written.
        without: Elements to leave out.
    """
    parts: list[str] = []
    stack: list[Element | Text | str] = [element]
    is_fresh = True  # nothing that can be seen stands on the line yet
    while stack:
        node = stack.pop()
        if isinstance(node, str) or node.name == b"br":
            if not (isinstance(node, str) and is_fresh):
                parts.append("\n")
            is_fresh = True
        elif node.name is None:
            piece = decoded(_laid_out(data[node.start : node.end]) if blocks else data[node.start : node.end])
            parts.append(piece)
            is_fresh = is_fresh and not piece.strip()
        elif images and node.name == b"img":
            parts.append(node.get(b"alt") or "")
            is_fresh = is_fresh and not parts[-1]
        elif node not in without:
            is_block = blocks and node.name in _BLOCKS
            stack += ["\n"] if is_block else []
            stack += reversed(node.nodes)
            stack += ["\n"] if is_block else []
    text = "".join(parts)
    return "\n".join(line.strip(" \t\r\n\f") for line in text.split("\n")).strip("\n") if blocks else text


def _laid_out(piece: bytes) -> bytes:
    """Return a text without the line breaks at its ends that only lay out the page."""
    left = piece[: len(piece) - len(piece.lstrip(_SPACE))]
    right = piece[len(piece.rstrip(_SPACE)) :]
    if left == piece:
        return b" " if piece else b""
    return (b" " if b"\n" in left else left) + piece[len(left) : len(piece) - len(right)] + (b" " if b"\n" in right else right)


def words(data: bytes, start: int, end: int, text: str) -> Words:
    """Return `text`, which was read from ``[start, end)`` of `data`, with what is needed to prove it."""
    exact = data[start:end]
    try:
        raw = exact.decode()
    except UnicodeDecodeError:
        return Words(text, None, base64.b64encode(exact).decode(), True)
    return Words(text) if raw == text else Words(text, raw)


def words_of(data: bytes, element: Element) -> Words:
    """Return the text inside an element, without the white space at its ends that the page is laid out with."""
    start, end = trimmed(data, element.inner, element.inner_end)
    if b"<" not in data[start:end]:
        return words(data, start, end, decoded(data[start:end]))
    return words(data, start, end, shown(data, element).strip(" \t\r\n\f"))
