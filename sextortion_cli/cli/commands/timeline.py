"""`timeline`: everything in time."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def timeline(context: typer.Context, jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line."))) -> None:
    """Show messages and events in the order of time. A time without a zone is placed as if it were UTC, and says so."""
    from sextortion_cli import lookup
    from sextortion_cli.cli.describe import entry_lines

    where = here(context, jsonl=jsonl)
    where.ui.listing("timeline", lookup.timeline(where.case()), entry_lines, jsonl=jsonl, empty=_("Nothing yet."))
    where.ui.next("casefile report --format markdown")
