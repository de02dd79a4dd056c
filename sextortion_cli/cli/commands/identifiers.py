"""`identifiers`: what may identify someone, whose it seems to be, and where it stands."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def identifiers(
    context: typer.Context,
    value: str = typer.Argument(None, help=_("Only this one, with every place it stands at (the first 20,000).")),
    owner: str = typer.Option(None, help=_("Only whose: extorter, victim, third-person, infrastructure, unknown.")),
    kind: str = typer.Option(None, help=_("Only this kind: phone, email, handle, profile, url, iban, card, btc, ...")),
    exhibit: str = typer.Option(None, help=_("Only this exhibit (A-001).")),
    min_confidence: float = typer.Option(0.5, "--min-confidence", min=0.0, max=1.0, help=_("From 0 to 1; below 0.5 are only hints.")),
    region: list[str] = typer.Option(
        [], "--region", metavar="CC", help=_("Country of numbers without a country code; as often as needed.")
    ),
    unmask: bool = typer.Option(False, "--unmask", help=_("Show your own values and cards in full (this is logged).")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """Show what may identify someone: numbers, addresses, accounts, wallets; whose it seems to be, and where it stands."""
    from sextortion_cli import identities
    from sextortion_cli.casework import list_contacts
    from sextortion_cli.cli.choices import country_code, one_of
    from sextortion_cli.cli.identifierlines import identifier_lines
    from sextortion_cli.cli.ledgerlines import said_incomplete
    from sextortion_cli.identitymask import masked
    from sextortion_cli.model.identifier import KINDS
    from sextortion_cli.model.identifierwords import SENTENCE
    from sextortion_cli.ownership import SIDES
    from sextortion_cli.report.masking import Mask
    from sextortion_cli.reporting import log_viewed

    where = here(context, jsonl=jsonl)
    case = where.case()
    wanted = identities.IdentifierFilter(
        owner=one_of(owner, "--owner", SIDES), kind=one_of(kind, "--kind", KINDS), min_confidence=min_confidence, value=value,
        exhibit=where.exhibit(case, exhibit), regions=tuple(str(country_code(item)) for item in region),
    )  # fmt: skip
    if unmask:
        log_viewed(case.path, where.session(), "unmasked-identifiers")
    incomplete: set[str] = set()
    mask = Mask(list_contacts(case), on=not unmask)
    entries = identities.identifiers(case, wanted, where.session(), where.ui.progress, incomplete)
    shown = entries if unmask else (mask.deep(masked(entry)) for entry in entries)
    count = where.ui.listing("identifiers", shown, identifier_lines, jsonl=jsonl, prose=True)
    where.ui.done()
    said_incomplete(where.ui, incomplete)
    if count:
        where.ui.say(_(SENTENCE))
    elif not incomplete and not where.ui.as_json:
        where.ui.say(_("Nothing that identifies somebody was found."))
    where.ui.next("casefile owner VALUE --side extorter", "casefile missing")
    if incomplete:
        raise typer.Exit(3)
