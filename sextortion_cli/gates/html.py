"""The HTML gate: text from evidence becomes text, never an element, an attribute's end or a link."""

from __future__ import annotations

from html import escape as _escape

from sextortion_cli.gates.terminal import safe


def text(value: str) -> str:
    """Return `value` as HTML text; control and direction characters are shown as escapes, lines stay lines."""
    return _escape(safe(value, newlines=True), quote=True)


def attribute(value: str) -> str:
    """Return `value` for use between double quotes in an attribute that is not an address."""
    return _escape(safe(value), quote=True)
