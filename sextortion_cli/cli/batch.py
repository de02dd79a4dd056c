"""The questions of one import, put once on a terminal; what is skipped is recorded as unknown."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from sextortion_cli.cli.here import Here
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.model.route import ROUTE
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

Ask = Callable[[str, tuple[str, ...]], str | None]
SHOWS = {
    "nothing-intimate": N_("No nudity and no sex is shown"),
    "adults-only": N_("It is shown, and everyone is certainly over 18"),
    "maybe-minor": N_("Someone is, or may be, under 18"),
    "unknown": N_("I don't know"),
}
WAYS = {**ROUTE, "unknown": N_("I don't know")}
CLOCK = {"yes": N_("yes"), "differs": N_("no"), "unknown": N_("I don't know")}
#: What an answer about pictures means for them, by that answer.
STAYS = {
    "maybe-minor": N_("Then pictures and videos stay where they are. Only text is copied. Don't open, copy or send the pictures."),
    "unknown": N_("Then pictures and videos stay where they are, and only text is copied. You can say otherwise later."),
}


def ask_batch(where: Here, request: ImportRequest, minor: str) -> tuple[ImportRequest, str]:
    """Return the request with what was answered, and the answer about the clock. Nothing is asked about files that are not there."""
    ask = where.session().ask
    if ask is None or request.dry_run or "-" in request.paths or not any(os.path.lexists(path) for path in request.paths):
        return request, "not-asked"
    where.ui.say(_("A few questions about these files. Press Enter to skip one; that is fine."))
    request = _gate(where, ask, request, minor)
    if request.via is None:
        request = replace(request, via=_one_of(ask, _("How did the files get to this computer?"), WAYS) or "unknown")
    request = replace(
        request,
        device=request.device or ask(_("Which phone or computer do they come from?"), ()),
        app=request.app or ask(_("Which app do they come from, and which version, if you know it?"), ()),
        captured_by=request.captured_by or ask(_("Who took the screenshots or made the export?"), ()),
        captured_at=request.captured_at or ask(_("When were they taken or made?"), ()),
    )
    return request, _clock(ask)


def _gate(where: Here, ask: Ask, request: ImportRequest, minor: str) -> ImportRequest:
    """Ask before a byte is copied (architecture 7), unless it was stated already."""
    if request.shows is not None or request.by_reference or minor == "no":
        return request
    question = _("Does anything here show nudity or sex, and is everyone in it certainly over 18?")
    shows = _one_of(ask, question, SHOWS) or "unknown"
    if shows in STAYS:
        where.ui.say(_(STAYS[shows]))
    return replace(request, shows=shows)


def _clock(ask: Ask) -> str:
    answer = _one_of(ask, _("Does your phone show the same time as this computer?"), CLOCK)
    if answer == "differs":
        by = ask(_("By how much? For example: the phone is 3 minutes ahead."), ())
        return f"differs: {by}" if by else answer
    return answer or "not-answered"


def _one_of(ask: Ask, question: str, answers: dict[str, str]) -> str | None:
    answer = ask(question, tuple(_(text) for text in answers.values()))
    return next((key for key, text in answers.items() if _(text) == answer), None)
