"""The HTML gate: text from evidence becomes text, never an element, an attribute's end or a link."""

from __future__ import annotations

import re
from html import escape as _escape

from sextortion_cli.gates.terminal import safe

_SCHEME = re.compile(r"(?i)(?:h(?:tt|xx)(ps?))?://")
_HOST = re.compile(r"(?i)(hxxps?://|www(?=\.|\[))([^/\s?#]*)")


def shown(value: str) -> str:
    """
    Return `value` as it may be read on a page, not yet escaped: hidden characters as escapes, lines as lines, addresses that nothing makes a link of.

    Viewers of paper files make links of whatever looks like an address, wherever in a word it begins; a browser does not.
    """
    if "://" in value or "www" in value.casefold():
        value = _SCHEME.sub(lambda hit: f"hxx{hit[1]}://" if hit[1] else "[:]//", value)
        value = _HOST.sub(lambda hit: hit[1] + hit[2].replace("[.]", ".").replace(".", "[.]"), value)
    return safe(value, newlines=True)


def text(value: str) -> str:
    """Return `value` as HTML text; control and direction characters are shown as escapes, lines stay lines."""
    return _escape(safe(value, newlines=True), quote=True)


def attribute(value: str) -> str:
    """Return `value` for use between double quotes in an attribute that is not an address."""
    return _escape(safe(value), quote=True)
