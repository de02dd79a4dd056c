"""Breaks: nothing is lost by stopping."""

from __future__ import annotations

from sextortion_cli.cli.asking.sitting import Sitting
from sextortion_cli.words import gettext as _


def first(sitting: Sitting) -> bool:
    """Say that the most important is there, and offer a break."""
    sitting.talk.say("", _("The most important is done. Take a break if you like: everything is saved."))
    sitting.talk.wait(_("Enter goes on, pause stops: "))
    return True
