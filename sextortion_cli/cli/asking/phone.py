"""The phone it happened on: it is the evidence."""

from __future__ import annotations

from sextortion_cli.cli.asking.sitting import Fields, Sitting
from sextortion_cli.cli.asking.talk import UNKNOWN
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_KINDS = {"iPhone": N_("An iPhone"), "Android": N_("An Android phone"), "computer": N_("A computer"), "other": N_("Something else")}
_PLACES = {
    "me": N_("I have it"),
    "trusted": N_("Someone I trust has it"),
    "police": N_("The police have it"),
    "gone": N_("It is sold, lost or broken"),
}
_EXAMINE = {"yes": N_("Yes"), "ask": N_("Ask me first"), "no": N_("No")}
_VANISH = {"yes": N_("Yes"), "no": N_("No")}


def phone(sitting: Sitting) -> bool:
    """Ask which one, where it is, and whether messages vanish on it."""
    talk = sitting.talk
    kind = talk.pick(_("Which phone or computer did it happen on?"), _KINDS)
    if kind is None:
        return False
    talk.say(_("Keep it as it is: no cleaning, no reset, no trade-in. Never write its code or password here."))
    with sitting.kept(lambda parts: sitting.device("phone", **_device(kind, parts))) as parts:
        parts["model"] = talk.text(_("Which make and model, if you know it?"))
        parts["place"] = talk.pick(_("Where is it now?"), _PLACES)
        parts["vanish"] = talk.pick(_("Are messages in the chat set to vanish by themselves?"), _VANISH)
        if parts["vanish"] == "yes":
            talk.say(_("Take screenshots first. Then turn it off in the chat; the app may show that to the other side."))
        parts["examine"] = talk.pick(_("May the police look into it? You decide, and you can change your mind."), _EXAMINE)
    return True


def _device(kind: str, parts: Fields) -> Fields:
    place, vanish = parts.get("place"), parts.get("vanish")
    known = {"iPhone": {"make": "Apple", "system": "iOS"}, "Android": {"system": "Android"}}.get(kind, {})
    found: Fields = {
        **known,
        "model": parts.get("model") or {"iPhone": "iPhone", "computer": _("computer")}.get(kind),
        "where": None if place in (None, UNKNOWN) else _(_PLACES[place]),
        "disappearing_messages": None if vanish in (None, UNKNOWN) else vanish,
        "examine": parts.get("examine"),
    }
    if not any(value for key, value in found.items() if key != "examine"):
        found["note"] = _("Nobody has said which one it is.")
    return found
