"""The table gate: a cell that a spreadsheet would take for a formula is made text by a leading apostrophe."""

from __future__ import annotations

from sextortion_cli.gates.terminal import safe

#: Also the full-width forms, which spreadsheets fold to the plain ones (OWASP, "CSV Injection").
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: str) -> str:
    """Return `value` for a cell; the lossless form stands in the JSON twin."""
    bare = value.lstrip(" \u00a0\u3000")
    shown = safe(value, newlines=True)
    return "'" + shown if bare.startswith(_STARTS) or value.startswith(_STARTS) else shown
