"""`links`: which accounts of the case may have one holder."""

from __future__ import annotations

from typing import Any

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_STATUS = {"suggested": N_("perhaps one holder"), "confirmed": N_("one holder, as you said"), "rejected": N_("not one holder, as you said")}
_WHY = {
    "wrote": N_("one of them wrote what the other is"),
    "same-value": N_("both have it"),
    "same-payee": N_("both gave it as the place to pay to"),
    "same-name": N_("both are called so; names can be the same by chance"),
}


@app.command()
def links(
    context: typer.Context,
    unmask: bool = typer.Option(False, "--unmask", help=_("Show your own values and cards in full (this is logged).")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """Show which accounts may have one holder, and why. Only you can say whether it is so."""
    from sextortion_cli.holders import suggestions
    from sextortion_cli.reporting import log_viewed

    where = here(context, jsonl=jsonl)
    if unmask:
        log_viewed(where.path(), where.session(), "unmasked-links")
    found = suggestions(where.case(), where.session(), unmask=unmask)
    count = where.ui.listing("links", found, _lines, jsonl=jsonl, prose=True, empty=_("Nothing links the contacts of the case."))
    if count:
        where.ui.next("casefile contact same C-001 C-002", "casefile contact different C-001 C-002")
    else:
        where.ui.next("casefile contact list")


def _lines(entry: dict[str, Any]) -> list[str]:
    lines = [f"{' + '.join(entry['contacts'])}  {_(_STATUS[entry['status']])}"]
    for item in entry["reasons"]:
        place = item["occurrence"]["exhibit"] or _("stated by the person")
        lines.append(f"    {item['value']} ({item['kind']}): {_(_WHY[item['why']])}; {place}")
    return lines
