"""`new`: open a case."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import current_language
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def new(
    context: typer.Context,
    folder: str = typer.Argument(None, metavar="[DIR]", help=_("The new folder (without it: case). A neutral name is best.")),
    title: str = typer.Option(None, help=_("A title, for you.")),
    timezone: str = typer.Option(None, help=_("The time zone the phone showed, like Europe/Oslo.")),
    role: str = typer.Option(None, metavar="victim|guardian|volunteer|police", help=_("Who fills this in.")),
    minor: str = typer.Option("unknown", metavar="yes|no|unknown", help=_("Is anyone who is shown anywhere in this case under 18?")),
    prefix: str = typer.Option(None, help=_("Letters for exhibit numbers, like initials.")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Say what would happen; write nothing.")),
) -> None:
    import shlex

    from sextortion_cli import casework
    from sextortion_cli.cli.choices import country_of, one_of, prefix_of
    from sextortion_cli.cli.settings import named_folder
    from sextortion_cli.guide.minors import first_words

    where = here(context)
    made = casework.new_case(
        casework.path_of(folder or named_folder(where.options.case) or "case"), where.session(),
        dry_run=dry_run, title=title, timezone=timezone, country=country_of(where.options.country), language=current_language(),
        role=one_of(role, "--role", ("victim", "guardian", "volunteer", "police")), minor=one_of(minor, "--minor", ("yes", "no", "unknown")),
        prefix=prefix_of(prefix),
    )  # fmt: skip
    found = {"case_id": made.case_id, "path": str(made.path), "fingerprint": made.fingerprint, "synced": made.synced}
    if dry_run:
        where.ui.result({**found, "dry_run": True}, [_("Would open: {path}").format(path=made.path)])
        return
    lines = [_("Case opened: {path}").format(path=made.path), _("Fingerprint: {fingerprint}").format(fingerprint=made.fingerprint)]
    where.ui.result(found, lines)
    for line in first_words(role, minor, where.country()[0]):
        where.ui.say(line)
    if made.synced is not None:
        where.ui.say(_("This folder is synced by {service}. What is in a case then goes to the cloud too.").format(service=made.synced))
        where.ui.say(_("Better: move the whole case folder to a place that is not synced. Do it before you import anything."))
    where.ui.next(f"casefile --case {shlex.quote(str(made.path))} import PATH")
