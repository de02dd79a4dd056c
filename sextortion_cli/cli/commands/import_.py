"""`import`: seal and read files, folders and archives."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_SHOWS = ("nothing-intimate", "adults-only", "maybe-minor", "unknown")
_KINDS = ("conversation", "profile", "picture", "video", "payment", "lure", "other")
_VIA = (
    "cable", "sd-card", "airdrop", "local-network", "cloud", "mail", "chat-app", "browser-upload", "download", "photo-of-screen",
    "unknown",
)  # fmt: skip


@app.command()
def import_(
    context: typer.Context,
    paths: list[str] = typer.Argument(
        None, metavar="PATH", show_default=False, help=_("Files, folders, archives, or - for standard input.")
    ),
    phone: bool = typer.Option(
        False, "--phone", help=_("Screenshots of a connected phone, to tick. PATH is then where it is mounted, if it is not found.")
    ),
    pick: str = typer.Option(None, "--pick", metavar="WHICH", help=_("With --phone: numbers, days or all, instead of ticking.")),
    recursive: bool = typer.Option(True, "--recursive/--no-recursive", help=_("Take folders whole.")),
    importer: str = typer.Option(None, "--as", metavar="IMPORTER", help=_("Read with this importer (see: casefile formats).")),
    kind: str = typer.Option(None, metavar="KIND", help=_("conversation, profile, picture, video, payment, lure or other.")),
    shows: str = typer.Option(None, metavar="WHAT", help=_("nothing-intimate, adults-only, maybe-minor or unknown.")),
    by_reference: bool = typer.Option(False, "--by-reference", help=_("Copy nothing: record size, place and digest.")),
    timezone: str = typer.Option(None, help=_("The time zone the phone showed.")),
    date_order: str = typer.Option(None, metavar="dmy|mdy|ymd", help=_("How dates are written in the file.")),
    owner: str = typer.Option(None, help=_("The name of the account owner in the file.")),
    thread: list[str] = typer.Option(None, help=_("Only this conversation, or of a browser's history this site. May be given again.")),
    since: str = typer.Option(None, "--from", metavar="YYYY-MM-DD", help=_("Only messages from this day.")),
    until: str = typer.Option(None, "--to", metavar="YYYY-MM-DD", help=_("Only messages up to this day.")),
    contact: list[str] = typer.Option(
        None, "--with", metavar="CONTACT", help=_("Only conversations with this contact of the case (C-001).")
    ),
    mail_provider: str = typer.Option(
        None, metavar="DOMAIN", help=_("Your own mail provider, like example.no: its lines in a mail are relied on.")
    ),
    columns: list[str] = typer.Option(
        None, metavar="WHAT=COLUMN,...", help=_("For --as table: time=1,sender=2,text=3. May be given again.")
    ),
    all_: bool = typer.Option(False, "--all", help=_("Every conversation, without being asked.")),
    device: str = typer.Option(None, help=_("The phone or computer it comes from (D-001, or in words).")),
    app_: str = typer.Option(None, "--app", help=_("The app and version it comes from.")),
    via: str = typer.Option(None, metavar="WAY", help=_("How it travelled: cable, mail, chat-app, photo-of-screen ...")),
    captured_by: str = typer.Option(None, help=_("Who took the screenshot or made the export.")),
    captured_at: str = typer.Option(None, help=_("When it was taken or made.")),
    name: str = typer.Option(None, help=_("File name for standard input.")),
    extract: bool = typer.Option(False, "--extract", help=_("Look for identifiers at once (else when first asked for).")),
    no_help_card: bool = typer.Option(False, "--no-help-card", help=_("Never show the help card.")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Say what would happen; write nothing.")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line, as soon as it is safe.")),
) -> None:
    """Seal every byte, then read what is understood. Originals are never changed, moved or deleted."""
    from sextortion_cli.cli.choices import columns_of, day_of, domain_of, one_of
    from sextortion_cli.cli.choosing import tick, with_contacts
    from sextortion_cli.cli.importing import run_import
    from sextortion_cli.cli.phone import from_phone
    from sextortion_cli.errors import UsageProblem
    from sextortion_cli.model.requests import ImportRequest

    if not paths and not phone:
        raise UsageProblem(message=_("This is missing: {name}").format(name="PATH"))
    if pick and not phone:
        raise UsageProblem(message=_("--pick belongs to --phone."))
    request = ImportRequest(
        paths=tuple(paths or ()), recursive=recursive, importer=importer, kind=one_of(kind, "--kind", _KINDS), shows=one_of(shows, "--shows", _SHOWS),
        by_reference=by_reference, timezone=timezone, date_order=one_of(date_order, "--date-order", ("dmy", "mdy", "ymd")), owner=owner,
        thread=() if all_ else tuple(thread or ()), since=day_of(since, "--from"), until=day_of(until, "--to"), mail_provider=domain_of(mail_provider), device=device, app=app_, via=one_of(via, "--via", _VIA),
        captured_by=captured_by, captured_at=captured_at, dry_run=dry_run, name=name,
        columns=columns_of(columns),
    )  # fmt: skip
    where = here(context, jsonl=jsonl)
    if phone:
        where.path()  # without a case there is nothing to choose for
        run_import(where, from_phone(where, request, pick), jsonl=jsonl, extract=extract and not dry_run)
        return
    request = with_contacts(where, request, contact) if contact else request
    run_import(where, request if all_ else tick(where, request), jsonl=jsonl, extract=extract and not dry_run, card=not no_help_card)
