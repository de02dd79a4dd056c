"""`reread`: read an exhibit again."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def reread(
    context: typer.Context,
    exhibit: str = typer.Argument(help=_("Its number, like A-001.")),
    importer: str = typer.Option(None, "--as", metavar="IMPORTER", help=_("Read with this importer.")),
    timezone: str = typer.Option(None, help=_("The time zone the phone showed.")),
    date_order: str = typer.Option(None, metavar="dmy|mdy|ymd", help=_("How dates are written in the file.")),
    owner: str = typer.Option(None, help=_("The name of the account owner in the file.")),
    mail_provider: str = typer.Option(
        None, metavar="DOMAIN", help=_("Your own mail provider, like example.no: its lines in a mail are relied on.")
    ),
    columns: list[str] = typer.Option(
        None, metavar="WHAT=COLUMN,...", help=_("For --as table: time=1,sender=2,text=3. May be given again.")
    ),
    thread: list[str] = typer.Option(None, help=_("Only this conversation. May be given again.")),
    since: str = typer.Option(None, "--from", metavar="YYYY-MM-DD", help=_("Only messages from this day.")),
    until: str = typer.Option(None, "--to", metavar="YYYY-MM-DD", help=_("Only messages up to this day.")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Say what would happen; write nothing.")),
) -> None:
    """Read an exhibit again, with what you state now, beside the old reading; say what differs."""
    from sextortion_cli import casework, rereading
    from sextortion_cli.cli.choices import columns_of, day_of, domain_of, one_of
    from sextortion_cli.cli.here import stated

    where = here(context)
    casework.check_zone(timezone)
    order = one_of(date_order, "--date-order", ("dmy", "mdy", "ymd"))
    days = {"since": day_of(since, "--from"), "until": day_of(until, "--to")}
    options = stated(
        timezone=timezone,
        date_order=order,
        owner=owner,
        mail_provider=domain_of(mail_provider),
        columns=list(columns_of(columns)),
        thread=list(thread or ()) or None,
        **days,
    )
    if dry_run:
        planned = rereading.plan(where.path(), exhibit, importer, options)
        stated_now = ", ".join(f"{key}: {value}" for key, value in planned["options"].items() if value) or _("nothing")
        lines = [_("Would read again: {exhibit}. Stated: {options}").format(exhibit=planned["exhibit"], options=stated_now)]
        where.ui.result(planned, lines)
        return
    found = rereading.reread(where.path(), where.session(), exhibit, importer, options)
    changes = ", ".join(f"{name}: {count}" for name, count in found["differences"].items()) or _("nothing")
    where.ui.result(found, [_("Read again: {exhibit}. Different: {changes}").format(exhibit=found["exhibit"], changes=changes)])
    where.ui.next("casefile messages " + found["exhibit"])
    if found["status"] not in ("read", "stored") or (found["units"] or {}).get("defects"):
        raise typer.Exit(3)
