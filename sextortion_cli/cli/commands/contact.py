"""`contact`: accounts, services and channels of both sides."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_SIDES = ("extorter", "victim", "third-person")


@app.command("add", help=_("Log an account. Nothing is overwritten: a change becomes part of its history."))
def add(
    context: typer.Context,
    side: str = typer.Option(None, metavar="extorter|victim|third-person", help=_("Whose account it is. Without it: extorter.")),
    service: str = typer.Option(None, help=_("The service, like Instagram.")),
    stable_id: str = typer.Option(None, "--id", help=_("The id that never changes, like a number or live: name.")),
    handle: str = typer.Option(None, help=_("The user name, like @name.")),
    name: str = typer.Option(None, help=_("The name that is shown.")),
    url: str = typer.Option(None, help=_("The address of the profile.")),
    phone: str = typer.Option(None, help=_("A phone number.")),
    email: str = typer.Option(None, help=_("An e-mail address.")),
    first_seen: str = typer.Option(None, help=_("When you first saw it.")),
    note: str = typer.Option(None, help=_("Anything else.")),
    contact: str = typer.Option(None, help=_("Add to the history of this contact (C-001) instead of a new one.")),
) -> None:
    """Log an account. Nothing is overwritten: a change becomes part of its history."""
    from sextortion_cli import casework
    from sextortion_cli.cli.choices import one_of

    where = here(context)
    found = casework.add_contact(
        where.path(), where.session(), contact, first_seen,
        side=one_of(side, "--side", _SIDES), service=service, stable_id=stable_id, handle=handle, display_name=name,
        profile_url=url, phone=phone, email=email, note=note,
    )  # fmt: skip
    where.ui.result(found, [_("Saved: {identity}").format(identity=found["contact_id"]), *describe(found)])
    where.ui.next("casefile event add first-contact --when 'YYYY-MM-DD HH:MM'")


@app.command("list", help=_("List the contacts."))
def list_(context: typer.Context, jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line."))) -> None:
    """List the contacts."""
    from sextortion_cli import casework

    where = here(context, jsonl=jsonl)
    where.ui.listing("contacts", casework.list_contacts(where.case()), describe, jsonl=jsonl, empty=_("No contacts yet."))
    where.ui.next("casefile contact add")


@app.command("show", help=_("Show one contact with its history."))
def show(context: typer.Context, contact: str = typer.Argument(help=_("Its number, like C-001."))) -> None:
    """Show one contact with its history."""
    from sextortion_cli import casework

    where = here(context)
    found = casework.show_contact(where.case(), contact.upper())
    lines = [*describe(found)]
    for step in found["history"]:
        lines.append(f"  {step['recorded']}  " + ", ".join(f"{key}={value}" for key, value in step.items() if key in _SHOWN and value))
    where.ui.result(found, lines)


_SHOWN = ("service", "stable_id", "handle", "display_name", "profile_url", "phone", "email", "note")


def describe(entry: dict[str, object]) -> list[str]:
    """Return the lines of one contact."""
    side = {"extorter": _("account used by the extorter"), "victim": _("your own account"), "third-person": _("third person")}[
        str(entry["side"])
    ]
    return [f"{entry['contact_id']}  {side}", *(f"    {key.replace('_', ' ')}: {entry[key]}" for key in _SHOWN if entry.get(key))]
