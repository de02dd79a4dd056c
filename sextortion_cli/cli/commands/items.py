"""`items`: what the case holds."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def items(context: typer.Context, jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line."))) -> None:
    """List what the case holds."""
    from sextortion_cli.cli.describe import item_lines
    from sextortion_cli.items import list_items

    where = here(context, jsonl=jsonl)
    count = where.ui.listing(
        "items", list_items(where.case().book), item_lines, jsonl=jsonl, prose=True, empty=_("Nothing was imported yet.")
    )
    where.ui.next("casefile messages" if count else "casefile import PATH")
