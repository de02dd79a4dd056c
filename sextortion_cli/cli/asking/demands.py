"""What they demand. What was read is counted, and shown only when somebody asks for it."""

from __future__ import annotations

from typing import Any

from sextortion_cli.cli.asking.money import ask_sum, ask_way
from sextortion_cli.cli.asking.sitting import Sitting
from sextortion_cli.cli.asking.talk import DONT_KNOW, Talk
from sextortion_cli.words import N_, ngettext
from sextortion_cli.words import gettext as _

_WANTS = {
    "money": N_("Money, or something that is worth money"),
    "material": N_("More pictures or videos"),
    "act": N_("That I do something, or meet"),
    "other": N_("Something else"),
    "nothing": N_("They have demanded nothing"),
}
_RIGHT = {"yes": N_("Yes"), "no": N_("No, it was otherwise"), "show": N_("Show me the message")}


def demand(sitting: Sitting) -> bool:
    """Ask what they demand; a demand that was read in a message needs only a yes."""
    answer = _from_messages(sitting)
    if answer is not None:
        return answer
    question = _("What do they demand?")
    wants = sitting.talk.pick(question, _WANTS)
    if wants is None:
        return False
    if wants == "money":
        with sitting.kept(lambda parts: sitting.event("demand", "demand", contact=sitting.first_contact(), **parts)) as parts:
            ask_sum(sitting.talk, parts)
            ask_way(sitting.talk, parts)
            parts["deadline"] = sitting.recall("deadline") or sitting.talk.text(_("Until when do they want it?"))
            parts["when"] = sitting.talk.text(_("When did they demand it? Like 2026-03-12 21:05, or in your own words."))
    elif wants in ("material", "act", "other"):
        more = sitting.talk.text(_("In your own words, if you like: what, and until when?"), several=True) if wants != "material" else None
        text = more or _(_WANTS[wants])
        sitting.event("demand", "demand", deadline=sitting.recall("deadline"), contact=sitting.first_contact(), text=text)
    else:
        sitting.note("demand", f"{question} {_(_WANTS.get(wants, DONT_KNOW))}.")
    return True


def _from_messages(sitting: Sitting) -> bool | None:
    """Offer the demand that messages of the case seem to make; None when there is none, or it was otherwise."""
    found = _suggested(sitting)
    if not found:
        return None
    talk = sitting.talk
    talk.say(
        "",
        ngettext(
            "{count} message that was read seems to demand or threaten something.",
            "{count} messages that were read seem to demand or threaten something.",
            len(found),
        ).format(count=len(found)),
        _("They are not shown. You need not read them again."),
    )
    sums = [entry for entry in found if entry["amount"] and entry["kind"] in ("demand", "payment-instruction", "deadline")]
    if not sums:
        return None
    first = sums[0]
    asked = " ".join(str(part) for part in (first["amount"], first["currency"] or "") if part)
    answer = talk.pick(_("Did they demand {sum}?").format(sum=asked), _RIGHT)
    if answer == "show":
        _show(talk, first)
        answer = talk.pick(_("Did they demand {sum}?").format(sum=asked), {"yes": _RIGHT["yes"], "no": _RIGHT["no"]})
    if answer == "yes":
        _confirm(sitting, first)
        return True
    return False if answer is None else None


def _suggested(sitting: Sitting) -> list[dict[str, Any]]:
    from sextortion_cli.ledger import Ledger

    case = sitting.where.case()
    if not any((record["data"].get("units") or {}).get("messages") for item in case.book.exhibits.values() for record in item.reads):
        return []
    return [entry for entry in Ledger(case).entries() if entry["confirmed"] is None and entry["kind"] != "publication-claim"]


def _show(talk: Talk, entry: dict[str, Any]) -> None:
    from sextortion_cli.cli.ledgerlines import suggestion_lines

    for line in suggestion_lines(entry):
        talk.say(line)


def _confirm(sitting: Sitting, entry: dict[str, Any]) -> None:
    """Log it with its place in the message, as `demand confirm` does, and ask only what the message does not say."""
    from sextortion_cli import ledger

    with sitting.kept(lambda parts: _logged(sitting, entry, ledger.confirm, parts)) as parts:
        parts["contact"] = sitting.first_contact()
        parts["destination"] = sitting.talk.text(_("To which account, number, name or address?"))


def _logged(sitting: Sitting, entry: dict[str, Any], confirm: Any, parts: dict[str, Any]) -> None:
    sitting.event_of(
        "demand",
        lambda session, source: confirm(sitting.case_path, session, entry["suggestion"], source=source, **parts),
    )
