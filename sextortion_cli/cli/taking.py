"""What is said around taking something out of a case: what goes with it, before; what to do, after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sextortion_cli.cli.here import Here
from sextortion_cli.errors import UsageProblem
from sextortion_cli.words import gettext as _


def goes_too(takes: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the sentences that name what goes with an exhibit, by why."""
    found: dict[str, list[str]] = {}
    for entry in takes:
        found.setdefault(entry["as"], []).append(entry["exhibit"])
    said = {
        "container": _("It came in {exhibits}, which holds the same bytes and goes too. Other files from there stay."),
        "member": _("What came out of it goes too: {exhibits}."),
        "same-bytes": _("The same bytes are also {exhibits}, and go too."),
    }
    return [text.format(exhibits=", ".join(found[role])) for role, text in said.items() if role in found]


def stopped(where: Here) -> list[str]:
    """Return what to do now."""
    from sextortion_cli.guide.minors import stop

    return stop(where.country()[0])


def confirmed(where: Here, exhibit: str, given: list[str]) -> None:
    """
    Have the number of an exhibit typed twice, or given twice by a script.

    Raises:
        UsageProblem: It was not, or it is another one.
    """
    ask = where.session().ask
    if not given and ask is not None:
        first = ask(_("This cannot be undone. Type the number of the exhibit: {exhibit}").format(exhibit=exhibit), ())
        again = ask(_("Type it once more."), ()) if first is not None else None
        given = [item for item in (first, again) if item is not None]
    elif not given:
        raise UsageProblem(message=_("Give the number twice: --confirm {exhibit} --confirm {exhibit}").format(exhibit=exhibit))
    if [item.strip().upper() for item in given] != [exhibit, exhibit]:
        raise UsageProblem(message=_("That is not {exhibit}, twice. Nothing was destroyed.").format(exhibit=exhibit))
