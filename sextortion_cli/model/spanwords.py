"""How long something lasted, in words: one form for screen and paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sextortion_cli.words import N_

_UNITS: Final = ((86400, N_("d")), (3600, N_("h")), (60, N_("min")), (1, N_("s")))


def length(seconds: int, say: Callable[[str], str]) -> str:
    """Return a span in days, hours and minutes (``1 h 18 min``), in seconds below a minute; `say` puts a unit into a language."""
    parts, rest = [], seconds if seconds < 60 else seconds - seconds % 60
    for size, unit in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {say(unit)}")
    return " ".join(parts) or f"0 {say(_UNITS[-1][1])}"
