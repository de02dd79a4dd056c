"""`report`: write the case file."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def report(
    context: typer.Context,
    form: str = typer.Option(..., "--format", metavar="json|markdown|html", help=_("json for machines, markdown and html for people.")),
    output: str | None = typer.Option(None, help=_("The file to write; without it, to stdout.")),
    force: bool = typer.Option(False, "--force", help=_("Overwrite that file.")),
    unmask: bool = typer.Option(False, "--unmask", help=_("Show your own accounts in full (this is logged).")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Write nothing.")),
) -> None:
    """Write the case file: what happened, who, what was found, and what it does not show."""
    import os
    from pathlib import Path

    from sextortion_cli.cli.choices import one_of
    from sextortion_cli.cli.settings import language_code
    from sextortion_cli.errors import UsageProblem
    from sextortion_cli.reporting import write_report

    where = here(context)
    form = str(one_of(form, "--format", ("json", "markdown", "html")))
    target = None if output in (None, "-") else Path(os.path.abspath(str(output)))
    if where.options.json and target is None and form != "json":
        raise UsageProblem(message=_("With --json this format needs --output FILE."))
    made = write_report(
        where.path(), where.session(), form, target,
        language=language_code(where.options.language), force=force, unmask=unmask, write=where.ui.write, dry_run=dry_run,
    )  # fmt: skip
    if dry_run:
        where.ui.result(made, [_("Would write: {path}").format(path=made["path"] or "stdout")])
    elif target is not None:
        where.ui.result(made, [_("Written: {path}").format(path=made["path"]), f"SHA-256: {made['sha256']}"])
    where.ui.next("casefile verify")
