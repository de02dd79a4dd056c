"""How a sitting ends: what is there, what is missing, the next best step; and a screen that tells nobody else."""

from __future__ import annotations

import os
import shlex
import sys
from typing import Any

from sextortion_cli.cli.asking.sitting import Sitting
from sextortion_cli.cli.streams import talk
from sextortion_cli.words import current_language, ngettext
from sextortion_cli.words import gettext as _


def end(sitting: Sitting) -> dict[str, Any]:
    """Say what the case holds, what the police may still ask for, and what to do next; return the same."""
    found = summary(sitting)
    say = sitting.talk.say
    say("", _("That was everything. You have done a lot.") if found["statements"] or found["files"] else _("That was everything for now."))
    say(_("It is kept here: {path}").format(path=found["path"]), _held(found))
    if found["short"]:
        say("", found["short"])
    if found["next"]:
        say(_("Next best step: {how}").format(how=sitting.where.ui.with_case(found["next"])))
    say(_("You need not do it today."))
    return found


def _held(found: dict[str, Any]) -> str:
    files = ngettext("{count} file", "{count} files", found["files"]).format(count=found["files"])
    said = ngettext("{count} thing you said", "{count} things you said", found["statements"]).format(count=found["statements"])
    return _("It holds {files} and {said}.").format(files=files, said=said)


def summary(sitting: Sitting) -> dict[str, Any]:
    """Return the final object: path, counts, what is skipped, what is missing, the next step."""
    if sitting.path is None:
        return {"path": None, "saved": 0, "files": 0, "statements": 0, "skipped": [], "ready": None, "short": None, "next": None}
    from sextortion_cli.lacking import readiness
    from sextortion_cli.lacking.requirement import Tongue

    case = sitting.where.case()
    lacking = readiness.requirements(case, current_language(), session=sitting.session())
    most = readiness.most_important(lacking)
    return {
        "path": str(sitting.path),
        "saved": sitting.saved,
        "files": len(case.book.exhibits),
        "statements": sum(len(case.book.current(kind)) for kind in ("contact", "device", "event", "note", "not-collected")),
        "skipped": sorted(sitting.recall("skipped") or ()),
        "ready": readiness.ready(lacking),
        "short": readiness.short(lacking, Tongue(current_language())),
        "next": None if most is None else most.how,
    }


def brief(sitting: Sitting) -> dict[str, Any]:
    """Return the same without what takes time: somebody wants to stop now."""
    return {"path": None if sitting.path is None else str(sitting.path), "saved": sitting.saved, "stopped": True}


def stopped(sitting: Sitting) -> None:
    """Say that everything is saved, and the command that goes on."""
    talk("\n")
    if sitting.path is None:
        sitting.talk.say(_("Stopped. Nothing was saved yet. Begin again with:"), "  casefile start")
        return
    folder = "" if sitting.path == _found_from_here() else f"--case {shlex.quote(str(sitting.path))} "
    sitting.talk.say(_("Everything until here is saved. Go on with:"))
    talk(f"  casefile {folder}start\n")


def _found_from_here() -> Any:
    from pathlib import Path

    from sextortion_cli.errors import NoCaseHere
    from sextortion_cli.store.glance import find

    try:
        return find(Path.cwd())
    except NoCaseHere:
        return None


def empty_screen(sitting: Sitting, *, at_once: bool) -> None:
    """
    Empty the screen, and what can be scrolled back to, where somebody else can use this computer.

    Args:
        at_once: Somebody stopped in haste; otherwise there is time to read first.
    """
    if not sitting.empties:
        return
    if os.environ.get("TERM", "dumb") == "dumb" or not sys.stderr.isatty():
        sitting.talk.say("", _("This screen cannot be emptied from here. Close the window when you have read this."))
        return
    if not at_once:
        talk("\n" + _("Press Enter when you have read this. The screen is then emptied: "))
        sitting.talk.keyboard.line()
    talk("\x1b[H\x1b[2J\x1b[3J")
