"""`signs`: which kind of case it may be, with what each sign was seen in."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def signs(context: typer.Context) -> None:
    """Show signs of what kind of case it is, with their evidence."""
    from sextortion_cli.caseforms import signs as found_signs
    from sextortion_cli.cli.ledgerlines import said_incomplete, sign_lines
    from sextortion_cli.ledger import Ledger

    where = here(context)
    ledger = Ledger(where.case())
    found = found_signs(ledger.case, ledger)
    where.ui.result(found, sign_lines(found), prose=True)
    said_incomplete(where.ui, ledger.incomplete)
    where.ui.next("casefile demand suggest")
