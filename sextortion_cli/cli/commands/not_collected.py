"""`not-collected`: what was left out, and why."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def not_collected(
    context: typer.Context,
    what: str = typer.Argument(help=_("What was left out.")),
    why: str = typer.Option(..., help=_("Why.")),
) -> None:
    """Log what was left out of the case, and why."""
    from sextortion_cli import casework

    where = here(context)
    found = casework.add_not_collected(where.path(), where.session(), what, why)
    where.ui.result(found, [_("Saved: {identity}").format(identity=found["not_collected_id"])])
    where.ui.next("casefile report --format markdown")
