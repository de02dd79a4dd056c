"""What surrounds an import on the command line: the questions before it, the items as they are promised, the totals after it."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

import typer

from sextortion_cli.cli.describe import item_lines
from sextortion_cli.cli.here import Here
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _


def run_import(where: Here, request: ImportRequest, *, jsonl: bool) -> None:
    """Ask what is open, import, print every item once it is safe, and leave with 3 if something could not be read."""
    from sextortion_cli import flow
    from sextortion_cli.items import is_unread

    path = where.path()
    request, clock = _ask(where, request, str(where.case().book.settings.get("minor")))
    items: list[bool] = []
    totals: dict[str, Any] = {}

    def entries() -> Generator[dict[str, Any], None, None]:
        found = yield from flow.import_paths(
            path, where.session(clock), request, where.ui.progress, sys.stdin.buffer if "-" in request.paths else None
        )
        totals.update(found)

    def noted() -> Iterator[dict[str, Any]]:
        for item in entries():
            items.append(is_unread(item))
            yield item

    if where.options.json and not jsonl:
        listed = list(noted())
        where.ui.result({"items": listed, "totals": totals}, ())
    else:
        where.ui.listing("items", noted(), item_lines, jsonl=jsonl)
    where.ui.done()
    for notice in totals.get("notices", []):
        where.ui.say(f"{_(notice['what'])} ({notice['count']})")
        where.ui.say("  " + _(notice["how"]))
    if any(items):
        where.ui.say(_("Sealed and safe, but not everything could be read."))
        where.ui.next("casefile defects")
        raise typer.Exit(3)
    where.ui.next("casefile messages   /   casefile verify")


_ANSWERS = {
    "nothing-intimate": N_("No nudity and no sex is shown"),
    "adults-only": N_("It is shown, and everyone is certainly over 18"),
    "maybe-minor": N_("Someone is, or may be, under 18"),
    "unknown": N_("I don't know"),
}


def _ask(where: Here, request: ImportRequest, minor: str) -> tuple[ImportRequest, str]:
    """Put the questions of one batch, once, on a terminal; what is skipped is recorded as unknown."""
    session = where.session()
    if session.ask is None or request.dry_run:
        return request, "not-asked"
    ask = session.ask
    if request.shows is None and not request.by_reference and minor != "no":
        question = _("Does anything here show nudity or sex, and is everyone in it certainly over 18?")
        answer = ask(question, tuple(_(text) for text in _ANSWERS.values()))
        chosen = next((key for key, text in _ANSWERS.items() if _(text) == answer), "unknown")
        request = replace(request, shows=chosen)
    if request.via is None:
        way = ask(_("How did the files get to this computer?"), tuple(_(text) for text in _WAYS.values()))
        request = replace(request, via=next((key for key, text in _WAYS.items() if _(text) == way), "unknown"))
    if request.device is None:
        request = replace(request, device=ask(_("Which phone or computer do they come from?"), ()))
    if request.captured_by is None:
        request = replace(request, captured_by=ask(_("Who took the screenshots or made the export?"), ()))
    clock = ask(_("Does your phone show the same time as this computer?"), (_("yes"), _("no"), _("I don't know")))
    return request, {_("yes"): "yes", _("no"): "differs", None: "not-answered"}.get(clock, "unknown")


_WAYS = {
    "cable": N_("with a cable"),
    "sd-card": N_("on a memory card"),
    "airdrop": N_("AirDrop or another way between devices side by side"),
    "local-network": N_("over the network at home"),
    "cloud": N_("through a cloud service"),
    "mail": N_("by e-mail"),
    "chat-app": N_("sent in a chat app"),
    "browser-upload": N_("uploaded in a browser"),
    "download": N_("downloaded from the service"),
    "photo-of-screen": N_("a photo of the screen"),
    "unknown": N_("I don't know"),
}
