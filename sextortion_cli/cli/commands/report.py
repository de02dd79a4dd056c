"""`report`: write the case file."""

from __future__ import annotations

from typing import Any

import typer

from sextortion_cli.cli.here import Here, here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def report(
    context: typer.Context,
    form: str = typer.Option(
        ...,
        "--format",
        metavar="json|markdown|html|csv|tsv|ndjson",
        help=_("json for machines, markdown and html for people; tables of the long lists."),
    ),
    output: str | None = typer.Option(None, help=_("The file to write, or the folder for tables; without it, to stdout.")),
    only: str | None = typer.Option(
        None, "--only", metavar="messages|timeline|identifiers|exhibits", help=_("Of the tables only this one.")
    ),
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
    from sextortion_cli.report.tables import FORMS, TABLES
    from sextortion_cli.reporting import write_report, write_tables

    where = here(context)
    form = str(one_of(form, "--format", ("json", "markdown", "html", *FORMS)))
    table = one_of(only, "--only", tuple(TABLES))
    if table is not None and form not in FORMS:
        raise UsageProblem(message=_("--only goes with csv, tsv or ndjson."))
    target = None if output in (None, "-") else Path(os.path.abspath(str(output)))
    if where.options.json and target is None and form != "json":
        raise UsageProblem(message=_("With --json this format needs --output FILE."))
    if form in FORMS:
        made = write_tables(
            where.path(), where.session(), form, table, target, force=force, unmask=unmask, write=where.ui.write, dry_run=dry_run,
        )  # fmt: skip
        _say(where, made, dry_run=dry_run, shown=target is not None)
        return
    made = write_report(
        where.path(), where.session(), form, target,
        language=language_code(where.options.language), force=force, unmask=unmask, write=where.ui.write, dry_run=dry_run,
    )  # fmt: skip
    _say(where, made, dry_run=dry_run, shown=target is not None)


def _say(where: Here, made: dict[str, Any], *, dry_run: bool, shown: bool) -> None:
    if dry_run:
        where.ui.result(made, [_("Would write: {path}").format(path=made["path"] or "stdout")])
    elif shown:
        files = made.get("files") or [made]
        lines = [line for file in files for line in (_("Written: {path}").format(path=file["path"]), f"SHA-256: {file['sha256']}")]
        where.ui.result(made, lines)
    where.ui.next("casefile verify")
