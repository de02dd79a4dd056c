"""The sheet that was filled in by hand, typed in line by line under the same numbers; every record says which line it comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sextortion_cli.cli.asking import ending, opening
from sextortion_cli.cli.asking.accounts import is_long, kind_of
from sextortion_cli.cli.asking.evidence import asked_paths, take
from sextortion_cli.cli.asking.money import is_no_sum, sum_and_currency
from sextortion_cli.cli.asking.sitting import Fields, Sitting
from sextortion_cli.cli.batch import SHOWS, STAYS
from sextortion_cli.guide.papersheet import LINES, Field, Line
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_SEVERAL = frozenset({"text"})
_SIDES = {"1": "extorter", "2": "extorter", "own": "victim"}


def from_sheet(sitting: Sitting) -> dict[str, Any]:
    """
    Type a sheet in.

    Raises:
        Paused: The person wants to stop; everything until here is saved.
    """
    opening.greet(sitting)
    sitting.talk.say("", _("You type in what is written on the sheet, line by line, as it stands there. Enter skips what is empty."))
    young = opening.open_or_go_on(sitting)
    if young is not None:
        opening.open_case(sitting, young)  # the sheet is written already; typing it in asks nothing new
    sheet = _scan(sitting)
    done: set[int] = _typed(sitting)
    for line in LINES:
        if line.number not in done:
            sitting.on_paper(line.number, sheet)
            _type_in(sitting, line)
    sitting.on_paper(None, None)
    return ending.end(sitting)


def _typed(sitting: Sitting) -> set[int]:
    """Return the lines the log has already."""
    records = (record for kept in sitting.book().statements.values() for record in kept)
    return {int(source["line"]) for record in records if (source := record["data"].get("source")) and source.get("line")}


def _scan(sitting: Sitting) -> str | None:
    """Take in a scan or photo of the sheet, and return its number."""
    talk = sitting.talk
    talk.say("", _("Is there a scan or photo of the sheet? Drag it here, then press Enter. Without one, press only Enter."))
    paths = asked_paths(sitting)
    if not paths:
        return None
    shows = (
        talk.pick(_("Does it show anything but the sheet: nudity or sex?"), {**SHOWS, "nothing-intimate": N_("No, only the sheet")})
        or "unknown"
    )
    if shows in STAYS:
        talk.say(_(STAYS[shows]))
    items = take(sitting, ImportRequest(paths=tuple(paths), kind="other", shows=shows, device=_("the paper sheet")))
    return next((str(item["exhibit"]) for item in items if item["exhibit"]), None)


def _type_in(sitting: Sitting, line: Line) -> None:
    """Ask for every field of one line, and save the records they belong to; also when somebody stops in the middle."""
    sitting.talk.say("", f"{line.number}  {_(line.title)}")
    with sitting.kept(lambda parts: _save(sitting, line, parts)) as parts:
        for field in line.fields:
            parts[f"{field.record}.{field.key}"] = _ask(sitting, field)


def _ask(sitting: Sitting, field: Field) -> str | None:
    label = _(field.label)
    question = label[:1].upper() + label[1:] if label else _("As it stands there, word for word.")
    check: Callable[[str], str | None] | None = None if field.key in _SEVERAL else is_no_sum_with if field.key == "amount" else is_long
    return sitting.talk.text(question, check, several=field.key in _SEVERAL)


def is_no_sum_with(text: str) -> str | None:
    """Return what is wrong with a sum and its currency, None when nothing is."""
    return is_no_sum(sum_and_currency(text)[0])


def _save(sitting: Sitting, line: Line, parts: Fields) -> None:
    for record in dict.fromkeys(field.record for field in line.fields):
        fields = {field.key: value for field in line.fields if field.record == record and (value := parts.get(f"{record}.{field.key}"))}
        if fields:
            _record(sitting, record, fields)


def _record(sitting: Sitting, record: str, fields: Fields) -> None:
    kind, _colon, which = record.partition(":")
    if "amount" in fields:
        fields["amount"], fields["currency"] = sum_and_currency(fields["amount"])
    if "sign" in fields:
        sign = fields.pop("sign")
        fields[kind_of(sign)] = sign
    if kind == "contact":
        _contact(sitting, which, fields)
    elif kind == "event":
        sitting.event("paper", which, contact=_contact_number(sitting, "1") if which in _THEIRS else None, **fields)
    elif kind == "device":
        sitting.device("paper", **fields)
    else:
        sitting.note("paper", fields["text"])


_THEIRS = frozenset({"first-contact", "demand", "blocked"})


def _contact(sitting: Sitting, which: str, fields: Fields) -> None:
    """Save an account, or more about the one an earlier line named; where it went on is an event too."""
    known = _contact_number(sitting, which)
    identity = sitting.contact("paper", known, **({} if known else {"side": _SIDES[which]}), **fields)
    sitting.remember(f"paper-{which}", identity)
    if which == "2" and known is None:
        sitting.event("paper", "platform-move", contact=identity, service=fields.get("service"))


def _contact_number(sitting: Sitting, which: str) -> str | None:
    found = sitting.recall(f"paper-{which}")
    return found if isinstance(found, str) else None
