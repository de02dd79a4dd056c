"""`demo`: the 2018 story with invented people."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def demo(
    context: typer.Context,
    folder: str = typer.Argument("demo-case", metavar="[DIR]", help=_("Where to put it.")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Say what would happen; write nothing.")),
) -> None:
    """Walk through an invented example: from the first contact to the case file."""
    import shlex

    from sextortion_cli.demo.walk import walk

    where = here(context)
    made = walk(folder, where.ui, as_json=where.options.json, dry_run=dry_run)
    if dry_run:
        where.ui.result(
            {**made, "dry_run": True}, [_("Would write: {path}").format(path=made[name]) for name in ("files", "path", "report")]
        )
        return
    where.ui.result(made, [_("Invented example. The case: {path}").format(**made), _("The report: {report}").format(**made)])
    where.ui.next(f"casefile --case {shlex.quote(made['path'])} items")
