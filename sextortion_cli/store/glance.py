"""A first look at a case: where it is, and what was set when it was opened. Loads nothing before it is asked, so that help and errors stay quick."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sextortion_cli.errors import NoCaseHere
from sextortion_cli.store import layout

_LONGEST = 1 << 20


def find(start: Path) -> Path:
    """
    Return the nearest folder at or above `start` with a case in it.

    Raises:
        NoCaseHere: There is none.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        if is_case(folder):
            return folder
    raise NoCaseHere()


def is_case(folder: Path) -> bool:
    """Tell whether a folder is that of a case, open or locked."""
    return any((folder / name).exists() for name in (layout.CASE_FILE, layout.LOCKED))


def is_inside_any(place: Path) -> bool:
    """Tell whether `place` lies in the folder of some case."""
    try:
        find(Path(os.path.realpath(place)).parent)
    except NoCaseHere:
        return False
    return True


def settings(path: Path) -> dict[str, Any]:
    """Return what the first record says was set. Nothing is checked here and nothing fails: a damaged case has no settings."""
    from sextortion_cli.model.logline import peek

    try:
        with (path / layout.LOG).open("rb") as log:
            found = peek(log.readline(_LONGEST))["data"]["settings"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
