"""`view`: a viewing copy of a picture."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def view(
    context: typer.Context,
    exhibit: str = typer.Argument(help=_("Its number, like A-007.")),
    output: str = typer.Option(..., "--output", "-o", metavar="FILE", help=_("Where to write it: a name that ends in .jpg or .png.")),
    unblurred: bool = typer.Option(False, "--unblurred", help=_("Do not blur it, though it is, or may be, intimate.")),
    force: bool = typer.Option(False, "--force", help=_("Write over a file that is there.")),
) -> None:
    """Make a viewing copy of a picture, never of its bytes. What is, or may be, intimate is blurred, and that you opened it is recorded."""
    from sextortion_cli import casework, viewing

    where = here(context)
    session = where.session()
    if viewing.wanted(where.case().book, exhibit).intimate:
        where.ui.say(_("This is, or may be, intimate. If you go on, it is recorded: who looked, and when."))
        if session.actor is None:
            where.ui.say(_("You have not said who you are: --actor NAME"))
        if session.ask is not None and session.ask(_("Go on?"), (_("yes"), _("no"))) != _("yes"):
            where.ui.say(_("Nothing was opened, and nothing recorded."))
            return
    found = viewing.view(where.path(), session, exhibit, casework.path_of(output), unblurred=unblurred, force=force)
    text = _("Viewing copy of {exhibit}, blurred: {path}") if found["blurred"] else _("Viewing copy of {exhibit}: {path}")
    where.ui.result(found, [text.format(exhibit=found["exhibit"], path=found["path"])])
    if found["recorded"]:
        where.ui.say(_("Recorded: who looked, and when."))
    where.ui.say(_("It is outside the case and not evidence. Delete it when you need it no more."))
    where.ui.next("casefile items")
