"""`owner`: confirm or correct whose an identifier is."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def owner(
    context: typer.Context,
    value: str = typer.Argument(help=_("The identifier, as `identifiers` shows it or as it is written.")),
    side: str = typer.Option(..., "--side", help=_("Whose: extorter, victim, third-person, infrastructure, unknown.")),
    kind: str = typer.Option(None, help=_("Its kind, when two kinds have the same value.")),
    role: str = typer.Option(None, help=_("Of one who gets money: payee, possible-mule, unknown.")),
    why: str = typer.Option(None, help=_("How you know.")),
) -> None:
    """Say whose an identifier is. The account is meant: who is behind it, nobody knows yet."""
    from sextortion_cli import identities
    from sextortion_cli.cli.choices import one_of
    from sextortion_cli.model.identifier import KINDS
    from sextortion_cli.ownership import ROLES, SIDES

    where = here(context)
    stated = {"side": one_of(side, "--side", SIDES), "role": one_of(role, "--role", ROLES), "why": why}
    found = identities.state_owner(where.path(), where.session(), value, one_of(kind, "--kind", KINDS), **stated)
    where.ui.result(found, [_("Saved: {identity}").format(identity=found["owner_id"])])
    where.ui.next("casefile identifiers")
