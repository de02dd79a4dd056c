"""`metadata`: what files say of themselves."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _
from sextortion_cli.words import note_in

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def metadata(
    context: typer.Context,
    exhibit: str = typer.Argument(None, metavar="[EXHIBIT or FILE]", help=_("An exhibit (A-001), or a file outside the case.")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """Show what files say of themselves, each value with the reader that said so."""
    from sextortion_cli.files import facts_for

    where = here(context, jsonl=jsonl)
    where.ui.listing("metadata", facts_for(where.case, exhibit), _describe, jsonl=jsonl, empty=_("Nothing is known."))
    where.ui.next("casefile items")


def _describe(fact: dict[str, object]) -> list[str]:
    note = f"  ({note_in(_, str(fact['note']))})" if fact.get("note") else ""
    return [f"{fact['exhibit'] or '-'}  {fact['name']}: {fact['value']}  [{fact['reader']}]{note}"]
