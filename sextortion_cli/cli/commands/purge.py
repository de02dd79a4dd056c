"""`purge`: destroy our copy."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def purge(
    context: typer.Context,
    exhibit: str = typer.Argument(help=_("Its number, like A-007.")),
    told_by: str = typer.Option(None, "--told-by", metavar="TEXT", help=_("Who told you to: name, unit, reference.")),
    why: str = typer.Option(None, help=_("Why.")),
    confirm: list[str] = typer.Option(None, metavar="EXHIBIT", help=_("The number once more, for scripts: given twice.")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Say what would go; destroy nothing.")),
) -> None:
    """Destroy our copy of an exhibit, on the word of an authority. A tombstone stays; nothing outside the case is touched."""
    from sextortion_cli import labelling
    from sextortion_cli.cli.taking import confirmed, goes_too
    from sextortion_cli.errors import UsageProblem

    where = here(context)
    for option, value in (("--told-by", told_by), ("--why", why)):
        if not dry_run and not (value or "").strip():
            raise UsageProblem(message=_("Say {option}: it is kept with the record.").format(option=option))
    planned = labelling.planned(where.case().book, exhibit, purge=True)
    for line in (_("Our copy of {exhibit} is destroyed. The original elsewhere is not touched.").format(exhibit=planned["exhibit"]),
                 *goes_too(planned["takes"])):  # fmt: skip
        where.ui.say(line)
    if dry_run:
        where.ui.result({**planned, "dry_run": True}, [_("Would destroy our copy of: {exhibit}").format(exhibit=planned["exhibit"])])
        return
    confirmed(where, planned["exhibit"], list(confirm or ()))
    found = labelling.purge(where.path(), where.session(), planned["exhibit"], told_by.strip(), why.strip())
    lines = [
        _("Destroyed: our copy of {exhibit}. Its number, size, who, why and on whose word stay in the log.").format(
            exhibit=found["exhibit"]
        ),
        _("The names were removed; nothing was overwritten. A disk, a backup or a synced folder may still hold the bytes."),
        _("If that matters, ask the police what to do with the disk itself."),
    ]
    where.ui.result(found, lines, prose=True)
    where.ui.next("casefile verify")
