"""`new`: open a case."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def new(
    context: typer.Context,
    folder: str = typer.Argument("case", metavar="[DIR]", help=_("The new folder. A neutral name is best.")),
    title: str = typer.Option(None, help=_("A title, for you.")),
    timezone: str = typer.Option(None, help=_("The time zone the phone showed, like Europe/Oslo.")),
    role: str = typer.Option("victim", metavar="victim|guardian|volunteer|police", help=_("Who fills this in.")),
    minor: str = typer.Option("unknown", metavar="yes|no|unknown", help=_("Is anyone who is shown anywhere in this case under 18?")),
    prefix: str = typer.Option(None, help=_("Letters for exhibit numbers, like initials.")),
) -> None:
    from sextortion_cli import casework
    from sextortion_cli.cli.choices import one_of, prefix_of

    where = here(context)
    made = casework.new_case(
        casework.path_of(folder),
        where.session(),
        title=title,
        timezone=timezone,
        country=where.options.country and where.options.country.upper(),
        language=where.options.language or where.session().language,
        role=one_of(role, "--role", ("victim", "guardian", "volunteer", "police")),
        minor=one_of(minor, "--minor", ("yes", "no", "unknown")),
        prefix=prefix_of(prefix),
    )
    lines = [_("Case opened: {path}").format(path=made.path), _("Fingerprint: {fingerprint}").format(fingerprint=made.fingerprint)]
    where.ui.result({"case_id": made.case_id, "path": str(made.path), "fingerprint": made.fingerprint}, lines)
    where.ui.next(f"casefile --case {made.path} import PATH")
