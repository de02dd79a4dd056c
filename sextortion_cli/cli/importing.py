"""What surrounds an import on the command line: the questions before it, the items as they are promised, the totals after it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

import typer

from sextortion_cli.cli.batch import ask_batch
from sextortion_cli.cli.describe import item_lines
from sextortion_cli.cli.here import Here
from sextortion_cli.cli.streams import piped
from sextortion_cli.errors import SourceMissing
from sextortion_cli.guide.minors import first_words
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.words import gettext as _


def run_import(where: Here, request: ImportRequest, *, jsonl: bool, extract: bool = False, card: bool = True) -> None:
    """
    Ask what is open, import, print every item once it is safe, look for identifiers if asked, and leave with 3 if something could not be read.

    Args:
        card: Show the help card when a text calls for it.
    """
    from sextortion_cli import flow
    from sextortion_cli.items import is_unread

    path = where.path()
    stdin = piped() if "-" in request.paths else None
    if "-" in request.paths and stdin is None:
        raise SourceMissing()
    book = where.case().book
    if not book.imports:
        for line in first_words(book.settings.get("role"), book.settings.get("minor"), where.country()[0]):
            where.ui.say(line)
    request, clock = ask_batch(where, request, str(book.settings.get("minor")))
    items: list[bool] = []
    totals: dict[str, Any] = {}

    def entries() -> Generator[dict[str, Any], None, None]:
        found = yield from flow.import_paths(
            path, where.session(clock), request, where.ui.progress, stdin, _card(where, jsonl=jsonl) if card else None
        )
        totals.update(found)
        for notice in totals["notices"]:
            if notice["code"] == flow.HELP:
                notice["lines"] = _lines_of_card(where)
        if extract:
            from sextortion_cli.identities import look_through

            look_through(where.case(), where.session(clock), where.ui.progress)

    def noted() -> Iterator[dict[str, Any]]:
        for item in entries():
            items.append(is_unread(item))
            yield item

    if where.options.json and not jsonl:
        listed = list(noted())
        where.ui.result({"items": listed, "totals": totals}, ())
    else:
        where.ui.listing("items", noted(), item_lines, jsonl=jsonl, prose=True)
    where.ui.done()
    for notice in totals.get("notices", []):
        if notice["code"] == flow.HELP:
            continue  # it stood before everything else
        where.ui.say(f"{_(notice['what'])} ({notice['count']})")
        where.ui.say("  " + where.ui.with_case(_(notice["how"])))
        if "install" in notice:
            where.ui.say(f"  {notice['install']}")
    if any(items):
        where.ui.say(_("Sealed and safe, but not everything could be read."))
        where.ui.next("casefile defects")
        raise typer.Exit(3)
    where.ui.next("casefile identifiers" if extract else "casefile messages", "casefile verify")


def _card(where: Here, *, jsonl: bool) -> Callable[[], None] | None:
    """Return what shows the help card, None where nobody would see it or the person's settings switch it off. That is recorded nowhere."""
    from sextortion_cli.cli.settings import user_settings

    only_json = where.options.json and not jsonl
    if user_settings().get("help_card") == "off" or (where.ui.quiet and not only_json):
        return None

    def show() -> None:
        if not only_json:
            for line in ("", *_lines_of_card(where), _("This is shown once. To switch it off: --no-help-card"), ""):
                where.ui.say(line)

    return show


def _lines_of_card(where: Here) -> list[str]:
    from sextortion_cli.guide.distress import help_card
    from sextortion_cli.words import current_language

    country, basis = where.country()
    return help_card(current_language(), country, basis)
