"""`label`: what an exhibit shows."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def label(
    context: typer.Context,
    exhibit: str = typer.Argument(help=_("Its number, like A-007.")),
    minor: bool = typer.Option(False, "--minor", help=_("Someone in it is, or may be, under 18: nothing of it is shown any more.")),
    intimate: bool = typer.Option(False, "--intimate", help=_("It is intimate, and everyone in it is certainly over 18: it is blurred.")),
    clear: bool = typer.Option(False, "--clear", help=_("It shows nothing intimate after all.")),
    why: str = typer.Option(None, help=_("Why.")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Say what would happen; write nothing.")),
) -> None:
    """Say what an exhibit shows. With --minor our copy is put aside at once, encrypted, and nothing of it is shown any more."""
    from sextortion_cli import labelling
    from sextortion_cli.cli.taking import goes_too, stopped
    from sextortion_cli.errors import UsageProblem

    chosen = [name for name, given in (("minor", minor), ("intimate", intimate), ("clear", clear)) if given]
    if len(chosen) != 1:
        raise UsageProblem(message=_("Say one of --minor, --intimate and --clear."))
    where = here(context)
    if minor:
        planned = labelling.planned(where.case().book, exhibit)
        for line in goes_too(planned["takes"]):
            where.ui.say(line)
        if dry_run:
            where.ui.result({**planned, "dry_run": True}, [_("Would put aside: {exhibit}").format(exhibit=planned["exhibit"])])
            return
    elif dry_run:
        raise UsageProblem(message=_("--dry-run is for --minor: nothing else is written outside the log."))
    found = labelling.label(where.path(), where.session(), exhibit, chosen[0], why)
    steps = stopped(where) if minor else []
    where.ui.result({**found, "steps": steps}, [*_said(found["exhibit"], chosen[0]), *(("", *steps) if steps else ())], prose=True)
    where.ui.next("casefile verify" if minor else "casefile items")


def _said(exhibit: str, label: str) -> list[str]:
    if label == "minor":
        return [
            _("{exhibit} is not shown any more. Our copy is encrypted and put aside.").format(exhibit=exhibit),
            _("The file on the phone was not touched. Leave it there."),
        ]
    if label == "intimate":
        return [_("Noted: {exhibit} is intimate. Viewing copies of it are blurred.").format(exhibit=exhibit)]
    return [_("Noted: {exhibit} shows nothing intimate.").format(exhibit=exhibit)]
