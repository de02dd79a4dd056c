"""Which conversations of an archive or folder are taken: by the contacts of the case, or ticked on a terminal. The less of other people's, the better."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sextortion_cli.cli.here import Here
from sextortion_cli.cli.streams import talk
from sextortion_cli.errors import NeedsExtra
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.words import gettext as _


def with_contacts(where: Here, request: ImportRequest, contacts: list[str]) -> ImportRequest:
    """
    Add the names under which these contacts of the case may stand in an export.

    Raises:
        UsageProblem: There is no such contact.
    """
    from sextortion_cli import casework

    case = where.case()
    found = [casework.show_contact(case, contact) for contact in contacts]
    names = [
        entry[key] for contact in found for entry in contact["history"] for key in ("display_name", "handle", "stable_id") if entry[key]
    ]
    bare = [name.removeprefix("@") for name in names]
    return replace(request, thread=tuple(dict.fromkeys((*request.thread, *names, *bare))))


def tick(where: Here, request: ImportRequest, typed: Callable[[], str] | None = None) -> ImportRequest:
    """
    On a terminal, show what the archives and folders that were given hold, and let the person say which conversations are taken.

    Where all of one is taken and only some of another, all of the one are named.

    Args:
        typed: Where the answer comes from; by default the terminal, if there is one.
    """
    if (where.session().ask is None and typed is None) or request.thread or request.dry_run or request.by_reference:
        return request
    from sextortion_cli.casework import path_of
    from sextortion_cli.contents import list_contents
    from sextortion_cli.sources import is_archive

    chosen: list[str] = []
    is_narrowed = False
    for path in request.paths:
        if path != "-" and (is_archive(os.fsencode(path)) or (request.recursive and os.path.isdir(path))):
            try:
                found = list(list_contents(path_of(path), where.path()))
            except NeedsExtra:
                continue  # the import seals it, and says what is missing
            ticked = _ticked(where, found, typed or read_line) if len(found) > 1 else []
            is_narrowed = is_narrowed or bool(ticked)
            chosen += ticked or [item["thread"] for item in found]
    return replace(request, thread=tuple(dict.fromkeys(chosen))) if is_narrowed else request


def _ticked(where: Here, found: list[dict[str, Any]], typed: Callable[[], str]) -> list[str]:
    """Return the words for what was ticked; none when everything is taken."""
    from sextortion_cli.cli.describe import conversation_lines

    where.ui.say(_("There are several conversations in it. Take only those with the person who threatens you."))
    for number, item in enumerate(found, 1):
        name, about = conversation_lines(item)
        where.ui.say(f"{number:>4}  {name}")
        where.ui.say(f"    {about}")
    while True:
        talk(_("Numbers with spaces between them, or Enter to take all: "))
        answer = typed().replace(",", " ").split()
        numbers = [int(word[:9]) for word in answer if word.isascii() and word.isdigit()]
        if len(numbers) == len(answer) and all(1 <= number <= len(found) for number in numbers):
            return [found[number - 1]["thread"] for number in numbers]
        where.ui.say(_("Please type numbers from 1 to {last}, or only Enter.").format(last=len(found)))


def read_line() -> str:
    """Return what was typed, without the space around it."""
    import sys

    return sys.stdin.readline().strip()
