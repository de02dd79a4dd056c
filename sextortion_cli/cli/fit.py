"""Sentences that fit the screen: broken between words, and never inside a command that is meant to be copied."""

from __future__ import annotations

import re

#: The gaps inside a telephone number: it stays in one piece.
_NUMBER = r"(?<=\d) (?=\d)"
_INDENT = r"\s*(?:\d+\s+)?(?:- )?"


def fit(text: str, width: int | None) -> list[str]:
    """Return `text` in lines of at most `width`, indented as it began; None means: as it is."""
    if width is None or len(text) <= width:
        return [text]
    import textwrap

    found = re.match(_INDENT, text)
    indent = " " * (found.end() if found else 0)
    said, program, command = text.partition("casefile ")
    if program:
        return [*fit(said.rstrip(), width), f"{indent}  {program}{command}"] if said.strip() else [text]
    joined = re.sub(_NUMBER, "\u00a0", text)
    lines = textwrap.wrap(
        joined, max(width, 20), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
    )
    return [line.replace("\u00a0", " ") for line in lines]
