"""`facts`: what exports say besides messages."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_OF = ("account-owner", "contact", "unknown")


@app.command()
def facts(
    context: typer.Context,
    exhibit: str = typer.Argument(None, help=_("Only this exhibit (A-001).")),
    kind: str = typer.Option(None, help=_("Only this kind, as the list names it in brackets: login, session, contact, peer-candidate.")),
    of: str = typer.Option(None, help=_("Only what is about: account-owner, contact, unknown.")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """Show what exports say besides messages: logins, devices, contacts, the way of a mail."""
    from sextortion_cli.cli.choices import one_of
    from sextortion_cli.cli.factlines import fact_lines
    from sextortion_cli.exportfacts import FactFilter
    from sextortion_cli.exportfacts import facts as found_facts

    where = here(context, jsonl=jsonl)
    case = where.case()
    wanted = FactFilter(where.exhibit(case, exhibit), kind, one_of(of, "--of", _OF))
    where.ui.listing("facts", found_facts(case, wanted), fact_lines, jsonl=jsonl, empty=_("Nothing besides messages was found."))
    where.ui.next("casefile messages")
