"""`contact`: accounts, services and channels of both sides."""

from __future__ import annotations

from typing import Any

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import N_
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
    from sextortion_cli.guide.services import warnings

    where = here(context)
    found = casework.add_contact(
        where.path(), where.session(), contact, first_seen,
        side=one_of(side, "--side", _SIDES), service=service, stable_id=stable_id, handle=handle, display_name=name,
        profile_url=url, phone=phone, email=email, note=note,
    )  # fmt: skip
    where.ui.result(found, [_("Saved: {identity}").format(identity=found["contact_id"]), *describe(found)])
    where.ui.unplaced(found["first_seen"])
    if service is not None and found["side"] == "extorter":
        for line in warnings(service):
            where.ui.say(line)
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
    found = casework.show_contact(where.case(), contact)
    lines = [*describe(found)]
    for step in found["history"]:
        lines.append(f"  {step['recorded']}  " + ", ".join(f"{name}: {value}" for name, value in _stated(step)))
    if found["withdrawn"]:
        lines.append(_("Taken back: {identity}. It stays in the log.").format(identity=found["contact_id"]))
    where.ui.result(found, lines)
    where.ui.next("casefile contact list" if found["withdrawn"] else f"casefile contact add --contact {found['contact_id']}")


@app.command("same", help=_("Say that two contacts have one holder. Both stay as they are."))
def same(
    context: typer.Context,
    one: str = typer.Argument(help=_("Its number, like C-001.")),
    two: str = typer.Argument(help=_("Its number, like C-002.")),
    why: str = typer.Option(None, help=_("How you know.")),
) -> None:
    """Say that two contacts have one holder. Both stay as they are."""
    _holder(context, (one, two), same=True, why=why)


@app.command("different", help=_("Say that two contacts do not have one holder."))
def different(
    context: typer.Context,
    one: str = typer.Argument(help=_("Its number, like C-001.")),
    two: str = typer.Argument(help=_("Its number, like C-002.")),
    why: str = typer.Option(None, help=_("How you know.")),
) -> None:
    """Say that two contacts do not have one holder."""
    _holder(context, (one, two), same=False, why=why)


def _holder(context: typer.Context, contacts: tuple[str, str], *, same: bool, why: str | None) -> None:
    from sextortion_cli import holders

    where = here(context)
    found = holders.state(where.path(), where.session(), contacts, same=same, why=why)
    where.ui.result(found, [_("Saved: {identity}").format(identity=found["holder_id"])])
    where.ui.next("casefile links")


_SHOWN = {
    "service": N_("service"),
    "stable_id": N_("id that never changes"),
    "handle": N_("user name"),
    "display_name": N_("name that is shown"),
    "profile_url": N_("address of the profile"),
    "phone": N_("phone"),
    "email": N_("e-mail"),
    "first_seen": N_("first seen"),
    "note": N_("note"),
}


def _stated(entry: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what is known of an account, in words."""
    from sextortion_cli.cli.describe import time_text

    known = [(name, entry[key]) for key, name in _SHOWN.items() if entry.get(key)]
    return [(_(name), time_text(value) if isinstance(value, dict) else str(value)) for name, value in known]


def describe(entry: dict[str, Any]) -> list[str]:
    """Return the lines of one contact."""
    side = {"extorter": _("account used by the extorter"), "victim": _("your own account"), "third-person": _("third person")}[
        entry["side"]
    ]
    return [f"{entry['contact_id']}  {side}", *(f"    {name}: {value}" for name, value in _stated(entry))]
