"""`demand`: what messages seem to demand or threaten, as suggestions that a person confirms or puts aside."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_KINDS = ("demand", "threat", "publication", "payment", "recontact", "other")


@app.command("suggest", help=_("List what messages seem to demand or threaten."))
def suggest(
    context: typer.Context,
    everything: bool = typer.Option(False, "--all", help=_("Also what was put aside, and less clear words.")),
    unmask: bool = typer.Option(False, "--unmask", help=_("Show your own values and cards in full (this is logged).")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """List what messages seem to demand or threaten."""
    from sextortion_cli.cli.ledgerlines import said_incomplete, suggestion_lines
    from sextortion_cli.concealing import mask_of
    from sextortion_cli.ledger import Ledger
    from sextortion_cli.reporting import log_viewed

    where = here(context, jsonl=jsonl)
    if unmask:
        log_viewed(where.path(), where.session(), "unmasked-suggestions")
    ledger = Ledger(where.case())
    mask = mask_of(ledger.case, where.session(), unmask=unmask, progress=where.ui.progress)
    entries = (mask.suggestion(entry) for entry in ledger.entries(everything=everything))
    count = where.ui.listing("suggestions", entries, suggestion_lines, jsonl=jsonl, prose=True)
    said_incomplete(where.ui, ledger.incomplete)
    if not count and not ledger.incomplete and not where.ui.as_json:
        where.ui.say(_("No message seems to demand or threaten anything."))
    answers = ("casefile demand confirm S-...", "casefile demand dismiss S-...") if count else ()
    where.ui.next(*answers, "casefile pressure")
    if ledger.incomplete:
        raise typer.Exit(3)


@app.command("confirm", help=_("Confirm a suggestion: it becomes an event of the case."))
def confirm(
    context: typer.Context,
    suggestion: str = typer.Argument(help=_("The suggestion (S-...).")),
    kind: str = typer.Option(None, "--as", help=_("As what kind of event: demand, threat, publication, payment, recontact, other.")),
    amount: str = typer.Option(None, help=_("How much, like 20000 or 49.90.")),
    currency: str = typer.Option(None, help=_("In which currency, like NOK.")),
    method: str = typer.Option(None, help=_("How: bank, Vipps, gift card ...")),
    destination: str = typer.Option(None, help=_("To which account, number or address.")),
    deadline: str = typer.Option(None, help=_("Until when.")),
    reference: str = typer.Option(None, help=_("A reference or receipt number.")),
    contact: str = typer.Option(None, help=_("Whose account (C-001).")),
    text: str = typer.Option(None, help=_("In your own words.")),
) -> None:
    """Confirm a suggestion: it becomes an event of the case."""
    from sextortion_cli import ledger
    from sextortion_cli.cli.choices import one_of
    from sextortion_cli.cli.describe import event_lines

    where = here(context)
    found = ledger.confirm(
        where.path(), where.session(), suggestion, kind=one_of(kind, "--as", _KINDS), amount=amount, currency=currency, method=method,
        destination=destination, deadline=deadline, reference=reference, contact=contact, text=text,
    )  # fmt: skip
    where.ui.result(found, [_("Saved: {identity}").format(identity=found["event_id"]), *event_lines(found)])
    where.ui.next("casefile demand suggest")


@app.command("dismiss", help=_("Put a suggestion aside. Nothing is removed."))
def dismiss(
    context: typer.Context,
    suggestion: str = typer.Argument(help=_("The suggestion (S-...).")),
    why: str = typer.Option(None, help=_("Why.")),
) -> None:
    """Put a suggestion aside. Nothing is removed."""
    from sextortion_cli import ledger

    where = here(context)
    found = ledger.dismiss(where.path(), where.session(), suggestion, why)
    where.ui.result(found, [_("Put aside: {identity}. Nothing was removed.").format(identity=found["suggestion"])])
    where.ui.next("casefile demand suggest", f"casefile withdraw {found['suggestion']}")
