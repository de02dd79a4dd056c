"""The phone itself: kept, left as it is, nothing vanishing by itself, its clock checked, and whether the police may look at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sextortion_cli.guide.platforms import Source, sources
from sextortion_cli.lacking.known import Known
from sextortion_cli.lacking.requirement import Requirement, Status, Tongue
from sextortion_cli.words import N_

_NO = frozenset({"no", "off", "none", "nothing", "nei", "av", "ingen", "ingenting", "intet", "nej", "never", "aldri", "ikke på", "not on"})


def requirements(known: Known, tongue: Tongue) -> Iterator[Requirement]:
    """Yield five questions for each device; one that asks for a device where none is stated."""
    source = sources()["kripos"]
    if not known.devices:
        yield Requirement(
            "device:stated", "device", tongue.say(_WHICH), "missing", tongue.say(_NONE),
            f"{tongue.say(_LEAVE)} {tongue.say(_LOG)} casefile device add --make NAME --model NAME --where PLACE", 85, sources=(source,),
        )  # fmt: skip
    for device in known.devices:
        yield from _asked(device, source, tongue)


def _asked(device: dict[str, Any], source: Source, tongue: Tongue) -> Iterator[Requirement]:
    identity, say = str(device["device_id"]), tongue.say
    add = f"casefile device add --device {identity}"
    for key, field, title, weight, how, option in _QUESTIONS:
        status = _STATES[field](device.get(field))
        why = say(_UNSAID if status == "not-known" else _WHY.get((field, status), _SAID)).format(record=identity)
        step = say(_FINE) if status == "done" else f"{say(how)} {add} {option}" if status == "not-known" else say(how)
        vanishes = field == "disappearing_messages" and status != "done"
        yield Requirement(
            f"{identity}:{key}", "device", f"{say(title)} ({identity})", status, why, step, weight,
            days=0 if vanishes and status == "partly" else None, goes=say(_VANISHES) if vanishes else None, sources=(source,),
        )  # fmt: skip


def _said(value: Any) -> Status:
    return "done" if value else "not-known"


def _none(value: Any) -> Status:
    """Return how a question stands whose good answer is no."""
    if not value:
        return "not-known"
    return "done" if str(value).strip().rstrip(".!").casefold() in _NO else "partly"


def _clock(value: Any) -> Status:
    return "done" if value == "yes" else "partly" if value == "no" else "not-known"


def _examine(value: Any) -> Status:
    return "done" if value in ("yes", "no", "ask") else "not-known"


_STATES = {"where": _said, "changed": _none, "disappearing_messages": _none, "clock_right": _clock, "examine": _examine}
_LEAVE = N_("Keep the phone as it is: no cleaning, no reset, no trade-in, and no update that can wait.")
_QUESTIONS = (
    ("kept", "where", N_("The phone is kept"), 75, _LEAVE, "--where PLACE"),
    ("unchanged", "changed", N_("Nothing cleaned, reset or deleted on it"), 70, N_("Leave it as it is from now on; no reset, no update that can wait. Has anything been changed or deleted?"), "--changed no"),
    ("disappearing", "disappearing_messages", N_("Messages do not vanish by themselves"), 80, N_("Take screenshots first; then turn vanishing messages off in the chat. The app may show that to the other side."), "--disappearing no"),
    ("clock", "clock_right", N_("Its clock was checked"), 45, N_("Compare it with another clock."), "--clock yes"),
    ("examine", "examine", N_("Whether the police may examine it"), 55, N_("It is your choice, and you can say: ask first."), "--examine yes"),
)  # fmt: skip
_WHICH = N_("The phone or computer it happened on")
_NONE = N_("No phone or computer is stated.")
_LOG = N_("Then log it:")
_UNSAID = N_("{record} does not say it.")
_SAID = N_("Stated in {record}.")
_FINE = N_("Leave it so.")
_VANISHES = N_("Messages that vanish by themselves.")
_WHY = {
    ("changed", "partly"): N_("{record} says that something was changed or deleted. That is logged; the police may still find it."),
    ("disappearing_messages", "partly"): N_("{record} says that messages vanish after a time."),
    ("clock_right", "partly"): N_("{record} says that its clock is wrong. That is logged; reports say so."),
}
