"""What `guide` shows besides the steps of a topic: what is known of a service or a way to pay, and what of it the case has already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sextortion_cli.cli.here import Here
from sextortion_cli.words import N_, current_language
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from sextortion_cli.guide.phone import Move, Part, Way
    from sextortion_cli.guide.platforms import Platform, Source
    from sextortion_cli.guide.services import Shot
    from sextortion_cli.guide.topics import Step
    from sextortion_cli.lacking.shots import Taken
    from sextortion_cli.store.case import Case

#: What a screen reader says of a shot.
STANDS = {
    "done": N_("Done"),
    "partly": N_("Done in part"),
    "missing": N_("Still missing"),
    "not-known": N_("Only you can tell"),
    "not-applicable": N_("Does not apply"),
}


def step_lines(where: Here, steps: Iterable[Step | Move]) -> list[str]:
    """Return numbered steps, each with what the data files add to it and the lines to copy."""
    found = []
    for number, step in enumerate(steps, 1):
        found.append(f"{number}  {step.text}")
        found += [f"   {line}" for line in getattr(step, "more", ())]
        found += source_lines(where, step.source)
        found += [f"   {where.ui.with_case(command)}" for command in step.commands]
    return found


def source_lines(where: Here, source: Source) -> list[str]:
    """Return where something was read, for who asks to be told more."""
    if not where.ui.verbose:
        return []
    read = _("read {day}").format(day=source.seen.isoformat())
    return [f"   ({source.name}; {read})"]


# -- a service --------------------------------------------------------------------------------------------------------------------


def known_of(where: Here, platform: Platform, name: str) -> tuple[dict[str, Any], list[str]]:
    """Return what the other side learns and what disappears on a service; what nobody found out stands together at the end."""
    from sextortion_cli.guide import services

    told = list(services.answers(platform.id).values())
    known, unknown = [item for item in told if item.text is not None], [item for item in told if item.text is None]
    lines = [_("What is known of {service}:").format(service=name)]
    for item in known:
        lines += [f"- {_(item.title)} {services.shown(item)}", *source_lines(where, item.source)]
    if unknown:
        lines.append(_("Unknown, so better be careful:"))
        lines += [f"- {_(item.title)} {services.shown(item)}" for item in unknown]
    return {"service": name, "platform": platform.id, "facts": [item.as_json() for item in told]}, lines


def own_data_of(platform: Platform) -> tuple[dict[str, Any], list[str]]:
    """Return where to click for one's own data on a service, how long that takes, what it leaves out; unknown where nobody found out."""
    from sextortion_cli.guide.services import own_data
    from sextortion_cli.guide.waiting import names, waiting
    from sextortion_cli.importers.base import importers

    ways: list[dict[str, Any]] = []
    lines: list[str] = []
    takes = next((known for known in map(waiting, names(platform.name)) if known is not None), None)
    for name in own_data(platform.id):
        importer = importers()[name]
        ways.append({"importer": name, "how": _(importer.how_to_export), "leaves_out": _(importer.limits)})
        lines += [_(importer.how_to_export), f"{_(_LEAVES_OUT)} {_(importer.limits)}"]
    if not lines:
        lines = [_("How to get your own data there: unknown. Look in the settings, under privacy.")]
    lines.append(_("How long it takes: unknown.") if takes is None else f"{_(_TAKES)} {_(takes.takes)}")
    waits = None if takes is None else {"takes": _(takes.takes), "seen": takes.seen, "source": takes.source}
    return {"ways": ways, "waiting": waits}, lines


def deletion_of(where: Here, platform: Platform, name: str) -> tuple[dict[str, Any], list[str]]:
    """Return whether a deletion of an account there can be undone."""
    from sextortion_cli.guide import services

    told = services.answers(platform.id)["deletion"]
    line = f"{name}: {_(told.title)} {services.shown(told)}"
    return {"service": name, "platform": platform.id, "facts": [told.as_json()]}, [line, *source_lines(where, told.source)]


def rail_of(method: str) -> tuple[dict[str, Any], list[str]]:
    """Return what the bank or service asks for with a way to pay, and where it stands."""
    from sextortion_cli.guide import platforms

    rail = platforms.rail_of(method)
    told = {
        "name": _(rail.name),
        "destination": _(rail.destination),
        "reference": _(rail.reference),
        "where": _(rail.where),
        "act": None if rail.act is None else _(rail.act),
        "source": rail.source.as_json(),
    }
    lines = [
        f"{told['name']}:",
        f"- {_(_REFERENCE)} {told['reference']}",
        f"- {_(_PAYEE)} {told['destination']}",
        f"- {told['where']}",
        f"- {told['act'] or _(_STOPPED)}",
    ]
    return {"rail": {"id": rail.id, **told}}, lines


# -- what to save -----------------------------------------------------------------------------------------------------------------


def shots_of(where: Here, case: Case | None, platform: Platform | None) -> tuple[dict[str, Any], list[str]]:
    """Return what to save; with a case and a service, each with how it stands there, in words."""
    from sextortion_cli.guide.services import shots
    from sextortion_cli.lacking.known import known
    from sextortion_cli.lacking.shots import taken

    lines = [_("What to save, in this order:")]
    if case is None or platform is None:
        for number, shot in enumerate(shots(), 1):
            lines += _shot_lines(number, shot, "", platform)
        return {"shots": [{"number": number, **_shot_json(shot)} for number, shot in enumerate(shots(), 1)]}, lines
    found = taken(known(case, ()), platform.id)
    for item in found:
        lines += _shot_lines(item.number, item.shot, f". {_(STANDS[item.status])}{_of(item)}.", platform)
    if any(item.is_open for item in found):
        first = next(item.number for item in found if item.is_open)
        lines += ["", _("Done one by hand? Tick it:"), f"   {where.ui.with_case(f'casefile guide capture {platform.id} --done {first}')}"]
    listed = [
        {"number": item.number, **_shot_json(item.shot), "status": item.status, "records": list(item.records)} for item in found
    ]  # fmt: skip
    return {"shots": listed}, lines


def _shot_json(shot: Shot) -> dict[str, str]:
    return {"id": shot.id, "title": _(shot.title), "text": _(shot.text)}


def _shot_lines(number: int, shot: Shot, stands: str, platform: Platform | None) -> list[str]:
    lines = [f"{number}  {_(shot.title)}{stands}", f"   {_(shot.text)}"]
    if shot.id == "profile" and platform is not None:
        lines += [f"   {_(need.how)}" for need in platform.needs[:1]]
    return lines


def _of(item: Taken) -> str:
    """Return from which records it was concluded, and what that leaves open."""
    if not item.records:
        return ""
    records = ", ".join(item.records[:_SHOWN])
    if item.status == "partly" and item.shot.id != "demand":
        return f" ({records}; {_(_NOT_WHICH)})"
    return f" ({records})"


_SHOWN = 5
_LEAVES_OUT = N_("It leaves out:")
_TAKES = N_("How long it takes:")
_REFERENCE = N_("Number of the payment:")
_PAYEE = N_("Payee:")
_STOPPED = N_("Whether it can be stopped: unknown. Ask at once.")
_NOT_WHICH = N_("it does not say of which service")


def tick(where: Here, platform: Platform, name: str, number: int) -> dict[str, Any]:
    """
    Log that one shot was taken, as the person says it.

    Raises:
        UsageProblem: There is no shot of that number.
    """
    from sextortion_cli import casework
    from sextortion_cli.errors import UsageProblem
    from sextortion_cli.guide.services import shots

    if not 1 <= number <= len(shots()):
        raise UsageProblem(message=_("--done is a number from 1 to {last}.").format(last=len(shots())))
    shot = shots()[number - 1]
    service = name if platform.id == "other" else platform.name
    found = casework.add_event(where.path(), where.session(), "captured", service=service, text=_(shot.title), shot=shot.id)
    where.ui.say(_("Saved: {identity}").format(identity=found["event_id"]))
    return found


# -- phone to computer ------------------------------------------------------------------------------------------------------------


def phone_parts(where: Here, phone: str | None, computer: str | None) -> tuple[dict[str, Any], list[str]]:
    """Return the way from a phone to a computer, every way where none is named, and what each way changes."""
    from sextortion_cli.guide import phone as guide

    parts, ways = guide.parts(current_language(), phone, computer), guide.ways(current_language())
    lines: list[str] = []
    for part in parts:
        lines += ["", part.title, *step_lines(where, part.moves)]
    lines += ["", _(guide.WAYS_TITLE), *way_lines(ways)]
    if _is_unsure(parts):
        lines += ["", _(guide.UNSURE)]
    value = {
        "parts": [{"id": part.id, "title": part.title, "steps": [move.as_json() for move in part.moves]} for part in parts],
        "ways": [{"via": way.id, "changes": way.text, "sure": way.is_sure, "source": way.source.as_json()} for way in ways],
    }
    return value, lines


def _is_unsure(parts: Iterable[Part]) -> bool:
    return any(not move.is_sure for part in parts for move in part.moves)


def way_lines(ways: Iterable[Way]) -> list[str]:
    """Return what each way changes, a line each."""
    from sextortion_cli.model.route import ROUTE

    return [f"- {_(ROUTE[way.id])}: {way.text}" for way in ways]
