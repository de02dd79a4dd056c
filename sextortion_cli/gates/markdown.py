"""The Markdown gate: text from evidence stands only inside code that is longer than any run of backticks in it."""

from __future__ import annotations

import re

from sextortion_cli.gates.terminal import safe

_TICKS = re.compile("`+")


def _longest(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)


def code(text: str) -> str:
    """Return `text` as one code span on one line (CommonMark 6.1): nothing in it is markup, a link or a line of its own."""
    shown = safe(text).strip(" ") or " "
    ticks = "`" * (_longest(shown) + 1)
    gap = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{ticks}{gap}{shown}{gap}{ticks}"


def cell(text: str) -> str:
    """Return `text` as a code span that also survives a table cell: a bar would end the cell even inside code."""
    return code(text.replace("|", "¦"))


def fence(text: str, *, indent: str = "") -> str:
    """Return text of any number of lines as a fenced block (CommonMark 4.5), every line of it behind `indent`."""
    shown = safe(text, newlines=True)
    ticks = "`" * max(3, _longest(shown) + 1)
    return "".join(f"{indent}{line}\n" for line in [f"{ticks}text", *shown.split("\n"), ticks])
