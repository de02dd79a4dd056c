"""`traces`: what this program left on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from sextortion_cli.cli.here import Here, here
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

    from sextortion_cli.traces import Trace

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def traces(
    context: typer.Context,
    remove: list[str] = typer.Option(None, "--remove", metavar="ID", help=_("Take this one away. May be given again.")),
    yes: bool = typer.Option(False, "--yes", help=_("With --remove: do not ask about settings and keys.")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Say what would happen; write nothing.")),
) -> None:
    """List what this program and its use left on this computer. Only what is ours alone can be removed; what may be evidence stays."""
    from sextortion_cli import traces as left
    from sextortion_cli.cli.completing import scripts
    from sextortion_cli.cli.settings import may_ask

    where = here(context)
    printed = scripts()
    found = list(left.find(_case(where), printed))
    if remove:
        _remove(where, found, remove, printed, yes=yes, dry_run=dry_run)
        return
    where.ui.listing("traces", (item.as_json() for item in found), _lines, prose=True)
    removable = [item for item in found if item.removable and item.kind != "settings"]
    if not where.ui.as_json:
        where.ui.say(_("What you did on the computer may itself be evidence. Nothing is removed unless you say so, one by one."))
    if may_ask(where.options) and not dry_run:
        take = _("Take it away")
        for item in removable:
            question = _("Take this away? {path}").format(path=item.path)
            if where.ui.ask(question, (take, _("Leave it"))) == take:
                left.remove(item, printed)
                where.ui.say(_("Gone: {path}").format(path=item.path))
    elif removable:
        where.ui.next(f"casefile traces --remove {removable[0].id}")


def _case(where: Here) -> Path | None:
    from sextortion_cli.cli.settings import case_folder, named_folder
    from sextortion_cli.errors import NoCaseHere

    try:
        return case_folder(where.options.case)
    except NoCaseHere:
        if named_folder(where.options.case):
            raise
        return None


def _lines(item: dict[str, Any]) -> list[str]:
    return [f"{item['id']}  {item['path']}", f"  {item['detail']}"]


def _remove(where: Here, found: list[Trace], wanted: list[str], printed: tuple[str, ...], *, yes: bool, dry_run: bool) -> None:
    from sextortion_cli import traces as left
    from sextortion_cli.cli.settings import may_ask
    from sextortion_cli.errors import UsageProblem

    known = {item.id: item for item in found}
    if not set(wanted) <= known.keys():
        raise UsageProblem(message=_("There is no trace of that name. See: casefile traces"))
    chosen = [known[identity] for identity in dict.fromkeys(wanted)]
    for item in chosen:
        if not item.removable:
            raise UsageProblem(message=_("This may be evidence, or not ours alone, so it stays: {path}").format(path=item.path))
        if item.kind == "settings" and not (yes or dry_run):
            if not may_ask(where.options):
                raise UsageProblem(message=_("Settings and keys go only with --yes, or after a question on a terminal."))
            take = _("Take it away")
            if where.ui.ask(f"{item.detail} {_('Take this away? {path}').format(path=item.path)}", (take, _("Leave it"))) != take:
                chosen = [other for other in chosen if other is not item]
    for item in chosen if not dry_run else ():
        left.remove(item, printed)
    said = _("Would take away: {path}") if dry_run else _("Gone: {path}")
    result: dict[str, Any] = {"removed": [item.as_json() for item in chosen]}
    where.ui.result({**result, "dry_run": True} if dry_run else result, [said.format(path=item.path) for item in chosen])
    where.ui.next("casefile traces")
