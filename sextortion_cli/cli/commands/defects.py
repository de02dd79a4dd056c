"""`defects`: what could not be read."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_BYTES = N_("bytes")
_ROWS = N_("rows")
app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def defects(context: typer.Context, jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line."))) -> None:
    """List what could not be read. All of it is sealed in the case all the same."""
    from sextortion_cli import lookup

    where = here(context, jsonl=jsonl)
    where.ui.listing("defects", lookup.defects(where.case()), _describe, jsonl=jsonl, prose=True, empty=_("Everything was read."))
    where.ui.next("casefile reread EXHIBIT", "casefile formats")


def _describe(defect: dict[str, object]) -> list[str]:
    locator = defect["locator"]
    place = ""
    if isinstance(locator, dict):
        unit, stretch = (_BYTES, locator["bytes"]) if locator["bytes"] else (_ROWS, locator["rows"])
        place = f"  {locator['pointer']}" if locator["pointer"] and locator["rows"] else f"  {_(unit)} {stretch[0]}-{stretch[1]}"
    return [f"{defect['exhibit'] or defect.get('name') or '-'}{place}  {defect['code']}: {_(str(defect['what']))}"]
