"""One run of guided mode: it ends by itself, with a pause, or with Ctrl-C, and says each time how to go on."""

from __future__ import annotations

from typing import Any

from sextortion_cli.cli.asking import ending, opening
from sextortion_cli.cli.asking.keyboard import Keyboard
from sextortion_cli.cli.asking.paper import from_sheet
from sextortion_cli.cli.asking.sitting import Sitting
from sextortion_cli.cli.asking.talk import Paused, Talk
from sextortion_cli.cli.asking.walk import walk
from sextortion_cli.cli.here import Here


def run(where: Here, keyboard: Keyboard, *, from_paper: bool = False) -> tuple[int, dict[str, Any]]:
    """Return the exit status and the final object."""
    sitting = Sitting(where, Talk(keyboard, where.ui.width, lambda: opening.help_lines(where)))
    try:
        found = (from_sheet if from_paper else walk)(sitting)
    except (Paused, KeyboardInterrupt) as stop:
        ending.empty_screen(sitting, at_once=True)
        ending.stopped(sitting)
        return 130 if isinstance(stop, KeyboardInterrupt) else 0, ending.brief(sitting)
    except BaseException:
        ending.empty_screen(sitting, at_once=True)
        raise
    ending.empty_screen(sitting, at_once=False)
    return 0, found
