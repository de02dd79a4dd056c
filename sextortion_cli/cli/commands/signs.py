"""`signs`: which kind of case it may be, with what each sign was seen in."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def signs(
    context: typer.Context,
    unmask: bool = typer.Option(False, "--unmask", help=_("Show your own values and cards in full (this is logged).")),
) -> None:
    """Show signs of what kind of case it is, with their evidence."""
    from sextortion_cli.caseforms import signs as found_signs
    from sextortion_cli.cli.ledgerlines import said_incomplete, sign_lines
    from sextortion_cli.concealing import mask_of
    from sextortion_cli.ledger import Ledger
    from sextortion_cli.reporting import log_viewed

    where = here(context)
    if unmask:
        log_viewed(where.path(), where.session(), "unmasked-signs")
    ledger = Ledger(where.case())
    found = found_signs(ledger.case, ledger)
    mask = mask_of(ledger.case, where.session(), unmask=unmask, progress=where.ui.progress)
    found["signs"] = [mask.sign(entry) for entry in found["signs"]]
    where.ui.result(found, sign_lines(found), prose=True)
    said_incomplete(where.ui, ledger.incomplete)
    where.ui.next("casefile demand suggest")
    if ledger.incomplete:
        raise typer.Exit(3)
