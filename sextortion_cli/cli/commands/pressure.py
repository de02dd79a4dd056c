"""`pressure`: what can be counted of how hard somebody was pressed."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def pressure(context: typer.Context) -> None:
    """Count the pressure: messages an hour, deadlines, calls, new contact after a block."""
    from sextortion_cli.cli.ledgerlines import pressure_lines, said_incomplete
    from sextortion_cli.concealing import mask_of
    from sextortion_cli.ledger import Ledger
    from sextortion_cli.pressing import pressure as counted

    where = here(context)
    ledger = Ledger(where.case())
    found = mask_of(ledger.case, where.session(), progress=where.ui.progress).deep(counted(ledger.case, ledger))
    where.ui.result({"pressure": found}, pressure_lines(found), prose=True)
    said_incomplete(where.ui, ledger.incomplete)
    if not found["stated"]:
        where.ui.say(_("No account is stated to be the extorter's, so nothing was counted."))
        where.ui.next("casefile contact add --side extorter")
    else:
        where.ui.next("casefile demand suggest")
    if ledger.incomplete:
        raise typer.Exit(3)
