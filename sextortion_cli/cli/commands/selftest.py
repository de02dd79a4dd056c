"""`selftest`: known answers."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_OK, _FAILED = N_("ok"), N_("FAILED")
app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def selftest(context: typer.Context) -> None:
    """Check this installation against known answers: hashes, log, readers, and what the limited child is denied."""
    from sextortion_cli.selftest import selftest as run

    where = here(context)
    results = list(run())
    ok = all(item["ok"] for item in results)
    lines = [f"{_(_OK if item['ok'] else _FAILED)}  {item['test']}  {item['detail'] or ''}".rstrip() for item in results]
    where.ui.result({"ok": ok, "results": results}, lines)
    where.ui.next("casefile verify")
    if not ok:
        raise typer.Exit(4)
