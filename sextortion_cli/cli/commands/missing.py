"""`missing`: what the police may still ask for, and how to get it without contacting anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from sextortion_cli.cli.here import Here, here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from sextortion_cli.lacking.requirement import Requirement

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def missing(
    context: typer.Context,
    short: bool = typer.Option(False, "--short", help=_("One line.")),
    preservation: bool = typer.Option(
        False, "--preservation", help=_("The sheet for the officer: what each provider can be asked to keep.")
    ),
    at: str | None = typer.Option(None, metavar="DAY", help=_("With --preservation: count the days that are left from this day.")),
    every: bool = typer.Option(False, "--all", help=_("Also what is there already.")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """Say what the police may still ask for, what disappears first in front. Nobody is contacted and nothing is looked up."""
    from sextortion_cli.errors import UsageProblem

    where = here(context, jsonl=jsonl)
    if at is not None and not preservation:
        raise UsageProblem(message=_("--at belongs to --preservation."))
    if preservation and (short or jsonl):
        raise UsageProblem(message=_("--preservation is one sheet: give it without --short and --jsonl."))
    if preservation:
        _sheet(where, at)
    else:
        _list(where, short=short, every=every, jsonl=jsonl)


def _sheet(where: Here, at: str | None) -> None:
    from datetime import date

    from sextortion_cli.cli.choices import day_of
    from sextortion_cli.lacking.preservation import sheet
    from sextortion_cli.report.preservation import render
    from sextortion_cli.words import current_language

    day = day_of(at, "--at")
    found = sheet(where.case(), current_language(), at=None if day is None else date.fromisoformat(day))
    if where.ui.as_json:
        where.ui.result(found, [])
    else:
        for piece in render(found, current_language()):
            where.ui.write(piece)
    where.ui.next("casefile event add preservation-asked --service NAME --when TIME --reference NUMBER")


def _list(where: Here, *, short: bool, every: bool, jsonl: bool) -> None:
    from sextortion_cli.lacking import readiness
    from sextortion_cli.lacking.requirement import Tongue
    from sextortion_cli.model.identifierwords import SENTENCE
    from sextortion_cli.words import current_language

    found = readiness.requirements(where.case(), current_language(), session=where.session())
    line, most = readiness.short(found, Tongue(current_language())), readiness.most_important(found)
    if jsonl:
        where.ui.listing("requirements", (item.as_json() for item in found), None, jsonl=True)
    elif short:
        most_id = None if most is None else most.id
        where.ui.result({"ready": readiness.ready(found), "short": line, "most_important": most_id}, [line], prose=True)
    else:
        value = {
            "ready": readiness.ready(found),
            "short": line,
            "sentence": _(SENTENCE),
            "requirements": [item.as_json() for item in found],
        }
        where.ui.result(value, _lines(where, found, line, every=every), prose=True)
    where.ui.next("casefile missing --preservation" if most is None else _step(most))


def _step(most: Requirement) -> str:
    """Return the guide that helps with what matters most."""
    if most.group == "account" and most.platform is not None:
        return f"casefile guide capture {most.platform}"
    return "casefile guide paid" if most.id == "payment:bank-told" else "casefile guide capture"


def _lines(where: Here, found: list[Requirement], line: str, *, every: bool) -> list[str]:
    from sextortion_cli.model.identifierwords import SENTENCE
    from sextortion_cli.model.readiness import READINESS

    lines = [line, "", _(SENTENCE), "", _(_TEN)]
    ten = sorted((item for item in found if item.group == "kripos"), key=lambda item: int(item.id[1:]))
    lines += [f"  {item.id:<4} {item.title}: {_(READINESS[item.status])}" for item in ten]
    rest = [item for item in found if item.is_open or every]
    if rest:
        lines += ["", _(_OPEN)]
    for item in rest:
        lines += ["", f"- {item.title}{_whose(item.account)}: {_(READINESS[item.status])}", f"    {item.why}"]
        if item.goes is not None and item.is_open:
            lines.append(f"    {_(_GOES)} {item.goes}")
        lines.append(f"    {where.ui.with_case(item.how)}")
    return lines


def _whose(account: Any) -> str:
    """Return what an account that has no number yet is known by."""
    if account is None or account["contact_id"]:
        return ""
    return " " + str(next((account[key] for key in ("stable_id", "handle", "phone", "email") if account[key]), ""))


_TEN = N_("The ten things of Kripos:")
_OPEN = N_("Still open, what disappears first in front:")
_GOES = N_("May be gone soon:")
