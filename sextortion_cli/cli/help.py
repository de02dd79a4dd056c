"""Help in the language of the screen, as wide as the screen; the library's own words are English only."""

from __future__ import annotations

import re
from typing import Any

from typer import _click

from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_USAGE = N_("Usage:")
_LIBRARY_WORDS = (N_("Arguments"), N_("Options"), N_("Commands"), N_("Show this message and exit."))
_TYPES = {"<str>": N_("TEXT"), "<list[str]>": N_("TEXT")}
_NOTES = {"required": N_("required"), "default": N_("default")}
_TYPE = r" ?<[a-z\[\]]+>"
_NOTE = r"\[(required|default)(: [^\]]*)?\]\Z"
_NARROW = 52


class Help(_click.HelpFormatter):
    """The library's formatter, speaking the language of the screen."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        """Take the whole width of a narrow screen, which the library does not believe in."""
        from sextortion_cli.cli.ui import Ui

        screen = Ui.width()
        super().__init__(indent_increment, screen - 2 if width is None and screen < _NARROW else width, max_width)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line: what must be given as it is named, what may be left out in brackets."""
        plain = re.sub(r"\{([^{}]*)\}(?:\.\.\.)?", lambda found: found[1].upper(), args.replace("[[", "[").replace("]]", "]"))
        super().write_usage(prog, plain, _(_USAGE) + " " if prefix is None else prefix)

    def section(self, name: str) -> Any:
        """Begin a section."""
        return super().section(_(name))

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names and what they mean."""
        shown = [(_name(first), _meaning(second)) for first, second in rows]
        super().write_dl(shown, min(col_max, max(12, self.width // 3)), col_spacing)


def _name(text: str) -> str:
    """Say TEXT after an option that takes words, and nothing after an argument, whose name says it."""
    if text.startswith("-"):
        return re.sub(_TYPE, lambda found: " " + _(_TYPES.get(found[0].strip(), N_("TEXT"))), text)
    plain = re.sub(_TYPE, "", text)
    return plain.upper() if plain != text and "[" not in plain else plain


def _meaning(text: str | None) -> str:
    if not text:
        return ""
    return re.sub(_NOTE, lambda found: f"({_(_NOTES[found[1]])}{found[2] or ''})", _(text))
