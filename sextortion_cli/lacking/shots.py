"""What to save of each account, and what of it the case shows to be saved: from exhibits, readings and statements, or ticked by the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sextortion_cli.guide.platforms import platform_of
from sextortion_cli.guide.services import Shot, shots
from sextortion_cli.lacking.account import Account
from sextortion_cli.lacking.known import Known
from sextortion_cli.lacking.requirement import Requirement, Status, Tongue, named
from sextortion_cli.words import N_


@dataclass(frozen=True)
class Taken:
    """
    How one shot stands.

    Attributes:
        number: Its place in the list, from 1.
        status: done; partly (there is one that does not say of which service); missing; not-known (only the person can tell);
            not-applicable.
        records: From which records that was concluded.
    """

    number: int
    shot: Shot
    status: Status
    records: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done, or to be ticked."""
        return self.status not in ("done", "not-applicable")


def taken(known: Known, platform: str) -> list[Taken]:
    """Return how every shot of the platform of this id stands in a case."""
    return [Taken(number, shot, *_state(known, platform, shot.id)) for number, shot in enumerate(shots(), 1)]


def requirements(known: Known, tongue: Tongue) -> Iterator[Requirement]:
    """Yield one line for each account that was stated: how much of what is to be saved is saved."""
    for account in known.accounts:
        if account.contact_id is not None:
            yield _line(known, account, tongue)


def _line(known: Known, account: Account, tongue: Tongue) -> Requirement:
    found = [item for item in taken(known, account.platform.id) if item.status != "not-applicable"]
    done = [item for item in found if item.status == "done"]
    status: Status = "done" if len(done) == len(found) else "partly" if done else "missing"
    why = tongue.say(_COUNT).format(done=len(done), of=len(found))
    records = named(record for item in done for record in item.records)
    open_ = [tongue.say(item.shot.title) for item in found if item.is_open]
    left = "; ".join(open_[:_NAMED]) + (f" (+{len(open_) - _NAMED})" if len(open_) > _NAMED else "")
    how = tongue.say(_NOTHING) if not left else f"{tongue.say(_LEFT).format(what=left)} casefile guide capture {account.platform.id}"
    return Requirement(
        f"{account.contact_id}:shots", "account", f"{tongue.say(_TITLE).format(platform=account.platform.name)} ({account.contact_id})",
        status, f"{why} {tongue.say(_FROM).format(records=records)}" if records else why, how, 55, account.platform.id, account.as_json(),
    )  # fmt: skip


def _state(known: Known, platform: str, shot: str) -> tuple[Status, tuple[str, ...]]:
    ticked = [
        str(event["event_id"])
        for event in known.of("captured")
        if event.get("shot") == shot and platform_of(event.get("service")).id == platform
    ]
    found = _SEEN[shot](known, platform) if shot in _SEEN else ("not-known", ())
    if ticked and found[0] != "done":
        return "done", tuple(ticked)
    return found


def _of_kind(known: Known, platform: str, *kinds: str) -> tuple[Status, tuple[str, ...]]:
    """Tell whether an exhibit was stated to be of these kinds; one that does not say of which service counts in part."""
    held = [item for item in known.items if item["kind"] in kinds]
    sure = tuple(item["exhibit"] for item in held if platform in known.services.get(item["exhibit"], ()))
    if sure:
        return "done", sure
    open_ = tuple(item["exhibit"] for item in held if not known.services.get(item["exhibit"]))
    return ("partly", open_) if open_ else ("missing", ())


def _profile(known: Known, platform: str) -> tuple[Status, tuple[str, ...]]:
    return _of_kind(known, platform, "profile")


def _chat(known: Known, platform: str) -> tuple[Status, tuple[str, ...]]:
    read = tuple(
        item["exhibit"]
        for item in known.items
        if (item["units"] or {}).get("messages") and platform in known.services.get(item["exhibit"], ())
    )
    return ("done", read) if read else _of_kind(known, platform, "conversation")


def _times(known: Known, platform: str) -> tuple[Status, tuple[str, ...]]:
    """An export that was read holds the full times; of screenshots only the person can tell."""
    status, records = _chat(known, platform)
    is_read = any((item["units"] or {}).get("messages") for item in known.items if item["exhibit"] in records)
    return ("done", records) if status == "done" and is_read else ("not-known", ())


def _stated(known: Known, platform: str, *kinds: str) -> list[dict[str, Any]]:
    """Return the events of these kinds that belong to the platform, or say of none."""
    by_contact: dict[Any, str] = {account.contact_id: account.platform.id for account in known.accounts if account.contact_id}
    return [
        event
        for event in known.of(*kinds)
        if by_contact.get(event.get("contact"), platform_of(event["service"]).id if event.get("service") else platform) == platform
    ]


def _demand(known: Known, platform: str) -> tuple[Status, tuple[str, ...]]:
    events = _stated(known, platform, "demand")
    with_exhibit = tuple(f"{event['event_id']}, {event['exhibit']}" for event in events if event.get("exhibit"))
    if with_exhibit:
        return "done", with_exhibit
    return ("partly", tuple(str(event["event_id"]) for event in events)) if events else ("not-known", ())


def _links(known: Known, platform: str) -> tuple[Status, tuple[str, ...]]:
    events = tuple(str(event["event_id"]) for event in _stated(known, platform, "link-received"))
    return ("done", events) if events else ("not-known", ())


def _payment(known: Known, platform: str) -> tuple[Status, tuple[str, ...]]:
    del platform  # money is paid somewhere else than where the chat was
    held = tuple(known.kinds("payment"))
    if held:
        return "done", held
    return ("missing", tuple(str(event["event_id"]) for event in known.of("payment"))) if known.of("payment") else ("not-applicable", ())


_SEEN = {"profile": _profile, "chat": _chat, "times": _times, "demand": _demand, "links": _links, "payment": _payment}
_NAMED = 3
_TITLE = N_("What to save on {platform}")
_COUNT = N_("{done} of {of} things are saved, or ticked by hand.")
_FROM = N_("Concluded from {records}.")
_LEFT = N_("Still to save, or to tick: {what}.")
_NOTHING = N_("Nothing more to do.")
