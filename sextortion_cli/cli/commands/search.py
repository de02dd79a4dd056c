"""`search`: full text."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def search(
    context: typer.Context,
    words: list[str] = typer.Argument(help=_('Words that must all occur; "in quotes" for a phrase; word* for a beginning.')),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """Find words in messages, statements and what exports say."""
    from sextortion_cli import lookup
    from sextortion_cli.cli.describe import entry_lines

    where = here(context, jsonl=jsonl)
    where.ui.listing("results", lookup.search(where.case(), " ".join(words)), entry_lines, jsonl=jsonl, empty=_("Nothing found."))
    where.ui.next("casefile messages")
