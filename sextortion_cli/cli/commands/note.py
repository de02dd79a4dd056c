"""`note`: a dated remark."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def note(context: typer.Context, text: str = typer.Argument(help=_("Your words."))) -> None:
    """Log a dated remark."""
    from sextortion_cli import casework

    where = here(context)
    found = casework.add_note(where.path(), where.session(), text)
    where.ui.result(found, [_("Saved: {identity}").format(identity=found["note_id"])])
    where.ui.next("casefile timeline")
