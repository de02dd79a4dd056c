"""`doctor`: what is wrong with a case or an installation, and what is safe."""

from __future__ import annotations

from typing import Any

import typer

from sextortion_cli.cli.here import Here, here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_SEVERITY = {"difference": N_("difference"), "remnant": N_("remnant"), "notice": N_("notice"), "fine": N_("fine")}


@app.command()
def doctor(
    context: typer.Context,
    full: bool = typer.Option(False, "--full", help=_("Read every byte of the case again, as verify does.")),
) -> None:
    """Explain what is wrong with a case or this installation, what is safe, and what to do. Writes nothing."""
    from sextortion_cli.cli.settings import settings_are_broken, settings_file
    from sextortion_cli.doctor import installation

    where = here(context)
    found = [item.as_json() for item in installation.look(settings_file(), is_broken=settings_are_broken())]
    case, ok = _case(where, found, full=full)
    worst = [item for item in found if item["severity"] != "fine"]
    where.ui.result({"ok": ok, "case": case, "findings": found}, _lines(where, found, worst), prose=True)
    where.ui.next("casefile verify" if case else "casefile selftest")
    if not ok:
        raise typer.Exit(4)


def _case(where: Here, found: list[dict[str, Any]], *, full: bool) -> tuple[str | None, bool]:
    """Add what there is to say about the case, if there is one; return its folder, and whether `verify` finds no difference."""
    from sextortion_cli.doctor import casefolder, place
    from sextortion_cli.errors import NoCaseHere

    try:
        path = where.path()
    except NoCaseHere:
        if where.options.case:
            raise
        return None, True
    about, result = casefolder.look(path, full=full, progress=lambda done, total: where.ui.progress("bytes", done, total))
    where.ui.done()
    found += [item.as_json() for item in (*place.look(path), *about)]
    return str(path), result.ok


def _lines(where: Here, found: list[dict[str, Any]], worst: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for item in sorted(found, key=lambda item: list(_SEVERITY).index(item["severity"])):
        lines.append(f"{_(_SEVERITY[item['severity']])}: {item['code']}  {item['subject']}")
        lines.append(f"    {item['detail']}")
        if item["severity"] != "fine":
            lines.append(f"    {item['safe']}")
            if item["next"]:
                lines.append(f"    {where.ui.with_case(item['next'])}")
    return [*lines, "" if worst else _("Nothing is wrong.")]
