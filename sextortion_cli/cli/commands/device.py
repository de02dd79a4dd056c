"""`device`: phones and computers that hold evidence. Never a PIN or password."""

from __future__ import annotations

from typing import Any

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("add", help=_("Log a phone or computer that holds evidence."))
def add(
    context: typer.Context,
    make: str = typer.Option(None, help=_("Who made it.")),
    model: str = typer.Option(None, help=_("Which model.")),
    system: str = typer.Option(None, help=_("Android, iOS, Windows ...")),
    system_version: str = typer.Option(None, help=_("Its version.")),
    app_: list[str] = typer.Option(None, "--app", help=_("An app on it with its version. May be given again.")),
    account: list[str] = typer.Option(None, help=_("An account or number signed in. May be given again.")),
    disappearing: str = typer.Option(None, help=_("Are messages set to disappear?")),
    clock: str = typer.Option(None, metavar="yes|no|unknown", help=_("Does its clock show the right time?")),
    changed: str = typer.Option(None, help=_("What was deleted or changed on it since.")),
    where_is: str = typer.Option(None, "--where", help=_("Where it is now, and who has it.")),
    examine: str = typer.Option(None, metavar="yes|no|ask|unknown", help=_("May the police examine it?")),
    note: str = typer.Option(None, help=_("Anything else. Never a PIN or password.")),
    device: str = typer.Option(None, help=_("Add to the history of this device (D-001) instead of a new one.")),
) -> None:
    """Log a phone or computer that holds evidence."""
    from sextortion_cli import casework
    from sextortion_cli.cli.choices import one_of

    where = here(context)
    found = casework.add_device(
        where.path(), where.session(), device,
        make=make, model=model, system=system, system_version=system_version, apps=tuple(app_ or ()), accounts=tuple(account or ()),
        disappearing_messages=disappearing, clock_right=one_of(clock, "--clock", ("yes", "no", "unknown")), changed=changed,
        where=where_is, examine=one_of(examine, "--examine", ("yes", "no", "ask", "unknown")), note=note,
    )  # fmt: skip
    where.ui.result(found, [_("Saved: {identity}").format(identity=found["device_id"]), *_describe(found)[1:]])
    where.ui.next("casefile import PATH --device " + str(found["device_id"]))


@app.command("list", help=_("List the devices."))
def list_(context: typer.Context, jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line."))) -> None:
    """List the devices."""
    from sextortion_cli import casework

    where = here(context, jsonl=jsonl)
    where.ui.listing("devices", casework.list_statements(where.case(), "device"), _describe, jsonl=jsonl, empty=_("No devices yet."))
    where.ui.next("casefile device add")


_SHOWN = {
    "make": N_("maker"),
    "model": N_("model"),
    "system": N_("system"),
    "system_version": N_("version"),
    "apps": N_("apps"),
    "accounts": N_("signed in"),
    "disappearing_messages": N_("messages set to disappear"),
    "clock_right": N_("clock right"),
    "changed": N_("deleted or changed since"),
    "where": N_("where it is"),
    "examine": N_("may the police examine it"),
    "note": N_("note"),
}
_ANSWERS = {"yes": N_("yes"), "no": N_("no"), "ask": N_("ask first")}


def _describe(entry: dict[str, Any]) -> list[str]:
    known = [(name, key, entry[key]) for key, name in _SHOWN.items() if entry.get(key) not in (None, "unknown", [], ())]
    return [entry["device_id"], *(f"    {_(name)}: {_value(key, value)}" for name, key, value in known)]


def _value(key: str, value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    return _(_ANSWERS[value]) if key in ("clock_right", "examine") and value in _ANSWERS else str(value)
