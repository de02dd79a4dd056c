"""Files and pasted chats: sealed early, counted, and shown only when somebody asks."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sextortion_cli.cli.asking.paths import dragged
from sextortion_cli.cli.asking.sitting import Sitting
from sextortion_cli.cli.asking.talk import UNKNOWN
from sextortion_cli.cli.batch import CLOCK, SHOWS, STAYS, WAYS
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.store.book import Book
from sextortion_cli.words import N_, ngettext
from sextortion_cli.words import gettext as _

_KINDS = {
    "conversation": N_("Screenshots of the chat, or an export of it"),
    "profile": N_("Screenshots of their profile"),
    "payment": N_("Something about money: a receipt, an account"),
    "lure": N_("Pictures or videos they sent of themselves"),
    "other": N_("Something else, or several of these"),
}
_TAKERS = {"me": N_("I did"), "other": N_("Someone else")}
_SHOW = frozenset({"show", "vis"})


def files(sitting: Sitting) -> bool:
    """Ask for screenshots and exports until there are no more; they are dragged in, or their names typed."""
    talk = sitting.talk
    talk.say(
        "",
        _("Are screenshots or exports of the chat on this computer? Drag the files or the folder here, then press Enter."),
        _("Nothing is changed or moved where it lies. Is everything on the phone? Then press only Enter."),
    )
    taken = False
    while True:
        paths = asked_paths(sitting)
        if not paths:
            return taken
        take(sitting, _described(sitting, ImportRequest(paths=tuple(paths))))
        taken = True
        talk.say("", _("Are there more? Drag them here, or press only Enter."))


def paste(sitting: Sitting) -> bool:
    """Ask for text copied out of a chat."""
    talk = sitting.talk
    if talk.pick(_("Do you want to paste text from the chat here?"), {"yes": N_("Yes"), "no": N_("No")}, unsure=False) != "yes":
        return False
    talk.say(_("Paste it now. It does not show here while you paste. Then press Enter on an empty line."))
    text = talk.keyboard.paste()
    if not text.strip():
        talk.say(_("Nothing came. You can try again later."))
        return False
    lines = text.strip().count(b"\n") + 1
    talk.say(ngettext("{count} line came.", "{count} lines came.", lines).format(count=lines))
    # A text shows nothing: what the gate asks of pictures is answered by what it is.
    request = ImportRequest(paths=("-",), name=_("pasted.txt"), importer="pasted-text", kind="conversation", shows="nothing-intimate")
    take(sitting, request, text)
    return True


def interrupted(sitting: Sitting) -> bool:
    """Go on with an import that did not come to its end."""
    found = unfinished(sitting.book())
    if found is None:
        return False
    sitting.talk.say("", _("Saving files was interrupted. What was saved is safe."))
    if sitting.talk.pick(_("Go on with them now?"), {"yes": N_("Yes"), "no": N_("No")}, unsure=False) != "yes":
        return False
    take(sitting, found)
    return True


def has_unfinished(book: Book) -> bool:
    """Tell whether an import did not come to its end."""
    return unfinished(book) is not None


def unfinished(book: Book) -> ImportRequest | None:
    """Return the last import that did not come to its end, as it was asked for; none whose files are gone, or were typed in."""
    for seq, record in reversed(book.imports.items()):
        paths = [os.fsdecode(base64.b64decode(item)) for item in record["data"]["paths_b64"]]
        if seq not in book.finished and all(path != "-" and os.path.lexists(path) for path in paths):
            stated: Any = {
                key: tuple(value) if isinstance(value, list) else value for key, value in record["data"]["stated"].items() if key in _STATED
            }
            return replace(ImportRequest(tuple(paths)), **stated)
    return None


_STATED = frozenset(ImportRequest.__dataclass_fields__) - {"paths", "dry_run", "name"}


def asked_paths(sitting: Sitting) -> list[str]:
    """Return what was dragged in; what is not there is said, and asked for again."""
    while True:
        found: list[str] = []
        for line in sitting.talk.raw(_("Files, or Enter to go on: ")).split(b"\n"):
            found += dragged(os.fsdecode(line))
        if not found:
            return []
        missing = [path for path in found if not os.path.lexists(path)]
        if not missing:
            return found
        sitting.talk.say(
            ngettext("{count} of these is not there: {name}", "{count} of these are not there, like {name}", len(missing)).format(
                count=len(missing), name=os.path.basename(missing[0]) or missing[0]
            ),
            _("Nothing was taken yet. Try again, or press only Enter."),
        )


def _described(sitting: Sitting, request: ImportRequest) -> ImportRequest:
    """Ask what must be known before a byte is copied, and what the police will ask."""
    talk, minor = sitting.talk, str(sitting.book().settings.get("minor"))
    kind = talk.pick(_("What is it?"), _KINDS)
    if minor != "no":
        shows = talk.pick(_("Does anything here show nudity or sex, and is everyone in it certainly over 18?"), SHOWS) or UNKNOWN
        if shows in STAYS:
            talk.say(_(STAYS[shows]))
        request = replace(request, shows=shows)
    way = talk.pick(_("How did the files get to this computer?"), WAYS)
    taker = talk.pick(_("Who took the screenshots or made the export?"), _TAKERS)
    if sitting.clock == "not-asked":
        sitting.clock = _clock(sitting)
    return replace(
        request,
        kind=None if kind == UNKNOWN else kind,
        via=way or UNKNOWN,
        captured_by=_captured_by(sitting, taker),
        captured_at=talk.text(_("When were they taken or made? A day is enough.")),
    )


def _captured_by(sitting: Sitting, taker: str | None) -> str | None:
    if taker == "me":
        return sitting.session().actor or _("the person who filled this in")
    return sitting.talk.text(_("Who? A word is enough.")) if taker == "other" else None


def _clock(sitting: Sitting) -> str:
    answer = sitting.talk.pick(_("Does your phone show the same time as this computer?"), CLOCK)
    if answer != "differs":
        return answer or "not-answered"
    by = sitting.talk.text(_("By how much? For example: the phone is 3 minutes ahead."))
    return f"differs: {by}" if by else answer


def take(sitting: Sitting, request: ImportRequest, piped: bytes | None = None) -> list[dict[str, Any]]:
    """Import, say how much came in, and show what it is only on request. Returns the items."""
    from sextortion_cli import flow
    from sextortion_cli.cli.choosing import tick
    from sextortion_cli.items import is_unread

    talk = sitting.talk
    if piped is None:
        request = tick(sitting.where, request, _reader(sitting))
    talk.say("", _("Saving. This may take a moment."))
    items, totals = _run(
        flow.import_paths(sitting.case_path, sitting.session(), request, None, None if piped is None else io.BytesIO(piped))
    )
    sitting.saved += len(items)
    _say_counts(sitting, items, totals)
    unread = sum(map(is_unread, items))
    if unread:
        talk.say(_("Safe, but not fully read: {count}. See later: casefile defects").format(count=unread))
    for notice in totals.get("notices", []):
        talk.say(_(notice["what"]))
    return items


def _run(flow: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    items: list[dict[str, Any]] = []
    while True:
        try:
            items.append(next(flow))
        except StopIteration as end:
            return items, end.value


def _say_counts(sitting: Sitting, items: list[dict[str, Any]], totals: dict[str, Any]) -> None:
    """Say how many files and messages came in; the list comes only when somebody asks."""
    from sextortion_cli.cli.describe import item_lines

    talk, messages = sitting.talk, int(totals.get("messages", 0))
    stay = sum(item["status"] == "by-reference" for item in items)
    talk.say(ngettext("Saved: {count} file.", "Saved: {count} files.", len(items)).format(count=len(items)))
    if stay:
        talk.say(_("Of these, {count} stay where they are. Don't move or delete them.").format(count=stay))
    if messages:
        talk.say(ngettext("{count} message was read.", "{count} messages were read.", messages).format(count=messages))
    said = talk.text(_("Type show to see the list of files, or press Enter."))
    if said is not None and said.casefold() in _SHOW:
        for item in items:
            for line in item_lines(item):
                talk.say(line)


def _reader(sitting: Sitting) -> Callable[[], str]:
    return lambda: (sitting.talk.keyboard.line() or b"").decode("utf-8", "replace").strip()
