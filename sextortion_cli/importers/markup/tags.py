"""
Tags, comments and declarations in bytes.

A tag is what a program writes: every attribute value whole, and no ``<`` inside one. Anything else that begins with ``<`` is damage and
is text to whoever reads it, so that a lost quotation mark costs one tag and not the rest of the page. No pattern here looks past the
next ``<`` (a comment: the next ``<!--``), so a page is read once, whatever it holds.
"""

from __future__ import annotations

import re
from typing import Final

_INSIDE = rb"(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+"
TOKEN: Final = re.compile(
    rb"<(?P<close>/?)(?P<name>[A-Za-z][^\s/<>\"'=]{0,63})(?P<inside>" + _INSIDE + rb")>"
    rb"|<!--(?:[^-<]++|-(?!->)|<(?!!--))*+-->"
    rb"|<[!?][A-Za-z]" + _INSIDE + rb">"
)
"""A tag (with groups ``close``, ``name``, ``inside``), or a comment, declaration or processing instruction (without)."""

BLANK: Final = re.compile(
    rb"(?:[ \t\r\n\f\v\0]|\xc2\xa0|\xef\xbb\xbf|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0\xa6-\xa9]|&(?:nbsp|#160|#[xX][aA]0);)*+"
)
"""What shows nothing: white space, byte-order and direction marks."""

VOID: Final = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
"""Elements that never have a closing tag (HTML, 13.1.2)."""

_ATTRIBUTE = re.compile(rb"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>`]++)))?+")


def attributes(inside: bytes) -> dict[bytes, bytes]:
    """Return the attributes of a tag, names in small letters, values as they stand; the first of each name counts."""
    found: dict[bytes, bytes] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        found.setdefault(name.lower(), double or single or bare)
    return found


def is_self_closed(inside: bytes) -> bool:
    """Say whether a tag ends in a slash that belongs to no attribute value."""
    return inside.endswith(b"/") and (len(inside) == 1 or inside[-2:-1] in b" \t\r\n\"'" or b"=" not in inside)
