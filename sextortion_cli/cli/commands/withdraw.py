"""`withdraw`: take something back; nothing is removed."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def withdraw(
    context: typer.Context,
    identity: str = typer.Argument(help=_("What: C-001, E-002, N-001, A-003 ...")),
    why: str = typer.Option(None, help=_("Why.")),
) -> None:
    """Take a statement or exhibit back: it is hidden from lists and reports, nothing is removed."""
    from sextortion_cli import casework

    where = here(context)
    found = casework.withdraw(where.path(), where.session(), identity, why)
    where.ui.result(found, [_("Taken back: {identity}. It stays in the log.").format(identity=found["withdrawn"])])
    where.ui.next("casefile items")
