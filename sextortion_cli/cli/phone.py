"""Which screenshots of a connected phone are taken: ticked on a terminal, or named with `--pick`. Only what is ticked is copied."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from sextortion_cli.cli.choosing import read_line
from sextortion_cli.cli.here import Here
from sextortion_cli.cli.streams import talk
from sextortion_cli.errors import NoScreenshots, UsageProblem
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from sextortion_cli.phones import Screenshot

_PAGE = 20
_ALL = frozenset({"all", "alle"})
_MORE = frozenset({"m", "more", "mer"})


def from_phone(where: Here, request: ImportRequest, pick: str | None) -> ImportRequest:
    """
    Return the request for what was chosen of a connected phone; its one path, if there is one, is where the phone is mounted.

    Raises:
        PhoneMissing, NoScreenshots: There is nothing to choose from.
        UsageProblem: Nobody can be asked, and `pick` names nothing.
    """
    from sextortion_cli.phones import look

    if len(request.paths) > 1:
        raise UsageProblem(message=_("--phone takes at most one place: where the phone is mounted."))
    where.ui.say(_("Looking at the phone. That may take a minute. Nothing on it is changed."))
    found = look(os.fsencode(request.paths[0]) if request.paths else None)
    if not found.screenshots:
        raise NoScreenshots()
    if found.is_cut:
        where.ui.say(_("There is more than can be listed. Take the rest as a folder: casefile import FOLDER"))
    chosen = _chosen(where, request, found.screenshots, pick)
    if not chosen:
        where.ui.say(_("Nothing was taken."))
        raise typer.Exit(0)
    paths = tuple(os.fsdecode(item.path) for item in chosen)
    asked = where.session().ask is not None  # then the person says which phone it is
    return replace(request, paths=paths, via=request.via or "cable", device=request.device or (None if asked else chosen[0].phone))


def _chosen(where: Here, request: ImportRequest, shots: Sequence[Screenshot], pick: str | None) -> list[Screenshot]:
    if pick is not None:
        named = picked(pick, shots)
        if named is None:
            raise UsageProblem(message=_(_HOW))
        return named
    if request.dry_run:
        return list(shots)
    if where.session().ask is None:
        for number in range(1, min(len(shots), _PAGE) + 1):
            where.ui.say(_line(number, shots))
        if len(shots) > _PAGE:
            where.ui.say(_(_LEFT).format(count=len(shots) - _PAGE))
        raise UsageProblem(message=f"{_(_COUNT).format(count=len(shots))} {_(_HOW)}")
    return _ticked(where, shots)


def _ticked(where: Here, shots: Sequence[Screenshot]) -> list[Screenshot]:
    where.ui.say(_(_COUNT).format(count=len(shots)))
    where.ui.say(_("Take only those of this case. Leave out what shows nudity."))
    where.ui.say(_("Choose by number, like 1 3 5-9, or by day, like 2026-03-12."))
    shown = _page(where, shots, 0)
    while True:
        if shown < len(shots):
            where.ui.say(_(_LEFT).format(count=len(shots) - shown) + " " + _("Type m to see more."))
        talk(_("Numbers or a day, or Enter to take none: "))
        answer = read_line()
        if not answer:
            return []
        if answer.casefold() in _MORE:
            shown = _page(where, shots, shown)
            continue
        found = picked(answer, shots)
        if found is not None:
            return found
        where.ui.say(_("Please type numbers from 1 to {last}, a day that stands there, or only Enter.").format(last=len(shots)))


def _page(where: Here, shots: Sequence[Screenshot], start: int) -> int:
    """Show the next few, and return how many were shown so far."""
    end = min(start + _PAGE, len(shots))
    for number in range(start + 1, end + 1):
        where.ui.say(_line(number, shots))
    return end


def _line(number: int, shots: Sequence[Screenshot]) -> str:
    shot = shots[number - 1]
    when = shot.at or _("date unknown")
    marks = ([_("date of the file")] if shot.dated == "file" and shot.at else []) + ([_("perhaps a screenshot")] if shot.is_guess else [])
    return f"{number:>4}  {when}  {shot.name}" + (f"  ({', '.join(marks)})" if marks else "")


def picked(text: str, shots: Sequence[Screenshot]) -> list[Screenshot] | None:
    """Return what numbers, ranges, days or the word for all name, each once and in the order of the list; None when a word names nothing."""
    wanted: set[int] = set()
    for word in text.replace(",", " ").split():
        found = _named(word, shots)
        if not found:
            return None
        wanted.update(found)
    return [shots[number] for number in sorted(wanted)]


def _named(word: str, shots: Sequence[Screenshot]) -> list[int]:
    if word.casefold() in _ALL:
        return list(range(len(shots)))
    first, dash, last = word.partition("-")
    if _is_number(first) and (not dash or _is_number(last)):
        start, end = int(first), int(last) if dash else int(first)
        return list(range(start - 1, end)) if 1 <= start <= end <= len(shots) else []
    return [place for place, shot in enumerate(shots) if len(word) == len("2026-03-12") and (shot.at or "").startswith(word)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len("20000")


_COUNT = N_("{count} screenshots were found, the newest first.")
_LEFT = N_("{count} older ones are not shown.")
_HOW = N_("Say which: --pick 1,3,5-9 by number, --pick 2026-03-12 by day, or --pick all.")
