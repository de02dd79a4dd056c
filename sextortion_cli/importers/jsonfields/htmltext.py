"""Message text that a service writes as HTML, shown as text. Nothing is rendered; the raw stands beside it."""

from __future__ import annotations

import html
import re

# Possessive and read within a bounded stretch (`_REACH`): linear.
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9_:]{0,40})(?P<rest>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_:.-]{0,40})[ \t\r\n]{0,8}=[ \t\r\n]{0,8}(?:\"(?P<a>[^\"]*+)\"|'(?P<b>[^']*+)')")
_REACH = 16_384
_BREAKS = frozenset(("br",))
_BLOCKS = frozenset(("p", "div", "li", "tr", "blockquote", "pre", "h1", "h2", "h3"))
Tag = tuple[str, bool, dict[str, str]]


def pieces(text: str) -> list[str | Tag]:
    """Return the text between tags (entities decoded) and the tags: name in lower case, whether it closes, attributes."""
    found: list[str | Tag] = []
    place = 0
    while (at := text.find("<", place)) >= 0:
        tag = _TAG.match(text, at, at + _REACH)
        if tag is None:
            found.append(html.unescape(text[place : at + 1]))
            place = at + 1
            continue
        if at > place:
            found.append(html.unescape(text[place:at]))
        attributes: dict[str, str] = {}
        for part in _ATTRIBUTE.finditer(tag["rest"]):
            value = part["a"] if part["a"] is not None else part["b"]
            attributes.setdefault(part["name"].lower(), html.unescape(value))
        found.append((tag["name"].lower(), bool(tag["close"]), attributes))
        place = tag.end()
    if place < len(text):
        found.append(html.unescape(text[place:]))
    return found


def as_text(text: str) -> str:
    """Return HTML as text: tags left out, ``<br>`` and the ends of blocks as line breaks, entities decoded once."""
    if "<" not in text and "&" not in text:
        return text
    parts: list[str] = []
    for piece in pieces(text):
        if isinstance(piece, str):
            parts.append(piece)
        elif piece[0] in _BREAKS or (piece[0] in _BLOCKS and piece[1]):
            parts.append("\n")
        elif piece[0] == "img" and piece[2].get("alt"):
            parts.append(piece[2]["alt"])
    shown = "".join(parts)
    return shown[:-1] if shown.endswith("\n") and not text.endswith("\n") else shown


def links(text: str) -> list[str]:
    """Return where links lead, in the order of the text, where the text shown does not say so."""
    if "<" not in text:
        return []
    shown = as_text(text)
    found = [piece[2]["href"] for piece in pieces(text) if not isinstance(piece, str) and piece[0] == "a" and piece[2].get("href")]
    return list(dict.fromkeys(link for link in found if link not in shown))
