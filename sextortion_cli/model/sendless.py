"""Who stands where a message names no sender: the service for its own lines, nobody for anything a person said."""

from __future__ import annotations

from sextortion_cli.words import N_

_SERVICE = N_("the service")
_NOBODY = N_("sender not named in the file")
_KINDS = frozenset({"service", "app_notice"})


def sendless(kind: str) -> str:
    """Return the English words (to be translated) for the sender of a message of this kind that has none."""
    return _SERVICE if kind in _KINDS else _NOBODY
