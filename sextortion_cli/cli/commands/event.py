"""`event`: what happened, and when."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import current_language
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def _kinds() -> str:
    """Return every kind of event, with what it means where the screen does not speak English."""
    from sextortion_cli.model.eventwords import EVENT

    plain = current_language() == "en"
    return _("What happened, one of:") + " " + ", ".join(kind if plain else f"{kind} ({_(word)})" for kind, word in EVENT.items()) + "."


@app.command("add", help=_("Log something that happened."))
def add(
    context: typer.Context,
    kind: str = typer.Argument(help=_kinds()),
    when: str = typer.Option(None, help=_("When, as you know it: 2026-03-12 21:05, or 2026-03-12.")),
    service: str = typer.Option(None, help=_("The service, like Instagram.")),
    contact: str = typer.Option(None, help=_("Whose account (C-001).")),
    amount: str = typer.Option(None, help=_("How much, like 20000 or 49.90.")),
    currency: str = typer.Option(None, help=_("In which currency, like NOK.")),
    method: str = typer.Option(None, help=_("How: bank, Vipps, gift card ...")),
    destination: str = typer.Option(None, help=_("To which account, number or address.")),
    deadline: str = typer.Option(None, help=_("Until when.")),
    reference: str = typer.Option(None, help=_("A reference or receipt number.")),
    exhibit: str = typer.Option(None, help=_("The exhibit that shows it (A-001).")),
    text: str = typer.Option(None, help=_("In your own words.")),
) -> None:
    """Log something that happened."""
    from sextortion_cli import casework
    from sextortion_cli.cli.choices import one_of
    from sextortion_cli.cli.describe import event_lines
    from sextortion_cli.model.event import EVENT_KINDS

    where = here(context)
    found = casework.add_event(
        where.path(), where.session(), str(one_of(kind, "KIND", EVENT_KINDS)), when, deadline,
        service=service, contact=contact, amount=amount, currency=currency, method=method, destination=destination,
        reference=reference, exhibit=exhibit, text=text,
    )  # fmt: skip
    where.ui.result(found, [_("Saved: {identity}").format(identity=found["event_id"]), *event_lines(found)])
    where.ui.unplaced(found["when"], found["deadline"])
    where.ui.next("casefile timeline")


@app.command("list", help=_("List what happened."))
def list_(context: typer.Context, jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line."))) -> None:
    """List what happened."""
    from sextortion_cli import casework
    from sextortion_cli.cli.describe import event_lines

    where = here(context, jsonl=jsonl)
    where.ui.listing("events", casework.list_statements(where.case(), "event"), event_lines, jsonl=jsonl, empty=_("No events yet."))
    where.ui.next("casefile timeline")
