"""Everything the police ask for, put together: the list, how much of it is there, and one calming line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sextortion_cli.casework import list_contacts
from sextortion_cli.lacking import accounts, addresses, devices, happened, kripos, payments, shots
from sextortion_cli.lacking.known import Known, known
from sextortion_cli.lacking.requirement import Requirement, Tongue, in_order
from sextortion_cli.model.session import Session
from sextortion_cli.report.masking import PERSONAL, Mask
from sextortion_cli.store.case import Case
from sextortion_cli.words import N_

_COUNTED = ("done", "partly", "missing")


def requirements(
    case: Case,
    language: str,
    *,
    identifiers: Iterable[Mapping[str, Any]] | None = None,
    unmask: bool = False,
    session: Session | None = None,
) -> list[Requirement]:
    """
    Return everything the police ask for, what disappears first in front; what is there at the end.

    Args:
        language: ``nb`` or ``en``.
        identifiers: What was found, in the shape of `cli.md`; by default they are looked for.
        unmask: Show the victim's own values where the other side used them.
    """
    return listed(known(case, identifiers, session), Tongue(language), Mask(list_contacts(case), on=not unmask))


def listed(found: Known, tongue: Tongue, mask: Mask) -> list[Requirement]:
    """Return the same from a case that was folded already."""
    rooms = (kripos, accounts, shots, happened, payments, addresses, devices)
    return in_order(masked(item, mask) for room in rooms for item in room.requirements(found, tongue))


def masked(item: Requirement, mask: Mask) -> Requirement:
    """Return it with the victim's own values hidden: the other side may use the victim's name."""
    if item.account is None:
        return item
    hidden = {key: mask.text(value) if key in PERSONAL else value for key, value in item.account.items()}
    if hidden == dict(item.account):
        return item
    return replace(item, account=hidden, how=mask.text(item.how) or "")


def ready(found: Iterable[Requirement]) -> dict[str, int]:
    """Return how many of the ten things of Kripos are there, of those that apply: what nobody has to have does not count."""
    asked = [item for item in found if item.group == "kripos" and item.status in _COUNTED]
    return {"have": sum(item.status == "done" for item in asked), "of": len(asked)}


def most_important(found: Iterable[Requirement]) -> Requirement | None:
    """Return the one thing to get next: what is missing before what nobody has said, what the police can do most with first."""
    rank = {"missing": 0, "partly": 1, "not-known": 2}
    wanted = [item for item in found if item.is_open]
    return min(wanted, key=lambda item: (rank[item.status] > 1, -item.weight, rank[item.status], item.days is None), default=None)


def short(found: list[Requirement], tongue: Tongue) -> str:
    """Return one calming line."""
    count, next_ = ready(found), most_important(found)
    line = tongue.say(_LINE).format(**count)
    return f"{line} {tongue.say(_ALL) if next_ is None else tongue.say(_NEXT).format(title=next_.title)}"


_LINE = N_("The case now has {have} of the {of} things the police ask for.")
_NEXT = N_("Most important of what is missing: {title}.")
_ALL = N_("Nothing important is missing.")
