"""`formats`: what can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def formats(
    context: typer.Context,
    service: str = typer.Argument(None, metavar="SERVICE", help=_("Only this service, like Instagram, with everything about it.")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """List which exports can be read; of one service, how to get them, how long that takes, and what each leaves out."""
    from sextortion_cli.rereading import formats as found

    where = here(context, jsonl=jsonl)
    entries = found(service)
    if service or where.ui.as_json or jsonl:
        where.ui.listing("formats", iter(entries), _describe, jsonl=jsonl, prose=True)
        where.ui.next("casefile import PATH")
    else:
        where.ui.listing("services", _services(entries), lambda entry: [f"{entry['service']}  ({', '.join(entry['ids'])})"], prose=True)
        where.ui.next("casefile formats SERVICE")


def _services(entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    by_service: dict[str, list[str]] = {}
    for entry in entries:
        by_service.setdefault(entry["service"], []).append(entry["id"])
    yield from ({"service": service, "ids": ids} for service, ids in by_service.items())


_NOT_KNOWN = N_("How long it takes: not known.")
_TAKES = N_("How long it takes: {takes} (seen {seen})")


def _describe(entry: dict[str, Any]) -> list[str]:
    from sextortion_cli.words import current_language

    language, takes = current_language(), entry["takes"]
    text = "" if takes is None else takes["takes"]
    waits = _(_NOT_KNOWN) if takes is None else _(_TAKES).format(takes=_(text), seen=takes["seen"])
    about = [entry["how_to_export"][language], waits, entry["limits"][language]]
    return [f"{entry['id']}  {entry['service']}", *(f"    {text}" for text in about), ""]
