"""`start`: guided mode, the paper sheet, and what was written on it."""

from __future__ import annotations

import sys

import typer

from sextortion_cli.cli.here import Here, here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def start(
    context: typer.Context,
    from_paper: bool = typer.Option(False, "--from-paper", help=_("Type in a sheet that was filled in by hand, line by line.")),
    paper: str | None = typer.Option(
        None, "--paper", metavar="FILE", help=_("Write the empty sheet to print (.html, or .txt), and nothing else.")
    ),
    force: bool = typer.Option(False, "--force", help=_("Overwrite that file.")),
    dry_run: bool = typer.Option(
        False, "--dry-run", "-n", help=_("List the questions, or say which file would be written; write nothing.")
    ),
) -> None:
    """Ask one question at a time, and save every answer at once. Everything can be skipped; the same command goes on later."""
    from sextortion_cli.errors import UsageProblem

    where = here(context)
    if paper is not None:
        _sheet(where, paper, force=force, dry_run=dry_run)
        return
    if dry_run:
        _questions(where)
        return
    if where.options.no_input or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageProblem(
            message=_(
                "start asks questions, and needs a terminal for that. Without one, use: casefile new, import, contact add, event add, device add, note, missing."
            )
        )
    from sextortion_cli.cli.asking.keyboard import keyboard
    from sextortion_cli.cli.asking.run import run

    status, found = run(where, keyboard(), from_paper=from_paper)
    where.ui.result(found, ())
    if status:
        raise typer.Exit(status)


def _sheet(where: Here, name: str, *, force: bool, dry_run: bool) -> None:
    from pathlib import Path

    from sextortion_cli.papering import write_sheet

    made = write_sheet(Path(name), where.country(), force=force, dry_run=dry_run)
    where.ui.result(made, [(_("Would write: {path}") if dry_run else _("Written: {path}")).format(path=made["path"])])
    where.ui.next("casefile start --from-paper")


def _questions(where: Here) -> None:
    from sextortion_cli.cli.asking.order import QUESTIONS

    listed = [{"question": item.id, "about": _(item.about)} for item in QUESTIONS]
    where.ui.result({"questions": listed, "dry_run": True}, (f"{number:>2}  {item['about']}" for number, item in enumerate(listed, 1)))
    where.ui.next("casefile start")
