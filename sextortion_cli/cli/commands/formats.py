"""`formats`: what can be read."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def formats(context: typer.Context, jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line."))) -> None:
    """List which exports can be read, how to get each, and what each leaves out."""
    from sextortion_cli.rereading import formats as found

    where = here(context, jsonl=jsonl)
    where.ui.listing("formats", iter(found()), _describe, jsonl=jsonl, prose=True)
    where.ui.next("casefile import PATH")


def _describe(entry: dict[str, dict[str, str]]) -> list[str]:
    from sextortion_cli.words import current_language

    language = current_language()
    return [f"{entry['id']}  {entry['service']}", f"    {entry['how_to_export'][language]}", f"    {entry['limits'][language]}", ""]
