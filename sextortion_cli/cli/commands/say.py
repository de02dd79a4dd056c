"""`say`: ready sentences for the police, the bank, friends, and someone to trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from sextortion_cli.cli.here import Here, here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from sextortion_cli.store.case import Case

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def say(
    context: typer.Context,
    audience: str = typer.Argument(metavar="police|bank|friends|someone", help=_("To whom.")),
    output: str | None = typer.Option(None, help=_("The file to write; without it, to stdout.")),
    force: bool = typer.Option(False, "--force", help=_("Overwrite that file.")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Write nothing.")),
) -> None:
    """Give sentences to read aloud or copy, filled from the case. Needs no case: what is not known stays blank."""
    from sextortion_cli import saying
    from sextortion_cli.cli.choices import one_of
    from sextortion_cli.words import current_language

    where = here(context)
    chosen = str(one_of(audience, "AUDIENCE", saying.AUDIENCES))
    case, language = _case(where), current_language()
    found = saying.sentences(chosen, language, case, where.session())
    made: dict[str, object] = {"audience": chosen, "sentences": found}
    for hint in saying.hints(chosen, language):
        where.ui.say(hint)
    if case is None:
        where.ui.say(_(_NO_CASE))
    if output is None or output == "-":
        where.ui.result(made, found, prose=True)
    else:
        path = saying.write(None if case is None else case.path, saying.lines_of(found), output, force=force, dry_run=dry_run)
        told = _("Would write: {path}") if dry_run else _("Written: {path}")
        where.ui.result({**made, "path": path}, [told.format(path=path)])
    where.ui.next(_NEXT[chosen])


def _case(where: Here) -> Case | None:
    """Return the case, None where there is none and none was named, or where it is locked."""
    from sextortion_cli.cli.settings import named_folder
    from sextortion_cli.errors import CaseLocked, NoCaseHere

    try:
        return where.case()
    except CaseLocked:
        return None  # who locked the case still has to call the bank
    except NoCaseHere:
        if named_folder(where.options.case):
            raise
        return None


_NO_CASE = N_("There is no case here, so the blanks (__) are yours to fill in.")
_NEXT = {
    "police": "casefile event add reported --when TIME --reference NUMBER",
    "bank": "casefile guide paid",
    "friends": "casefile guide published",
    "someone": "casefile guide help",
}
