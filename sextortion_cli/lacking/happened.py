"""What has already happened, and what the next step of it is: a payment, something deleted, something published, contact after a block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sextortion_cli.guide import topics
from sextortion_cli.lacking.known import Known
from sextortion_cli.lacking.requirement import Requirement, Status, Tongue, named
from sextortion_cli.words import N_

Event = Mapping[str, Any]
#: Money can be stopped for hours, rarely for days; a page can be gone at any time.
_AT_ONCE = 0


def requirements(known: Known, tongue: Tongue) -> Iterator[Requirement]:
    """Yield the next steps of each path that was taken; nothing where nothing is stated."""
    payments, told = known.of("payment"), known.of("bank-told")
    if payments:
        yield _bank(payments, told, tongue)
    for event in known.of("publication"):
        yield _address(event, tongue)
    if known.of("publication"):
        yield _taken_down(known.of("publication"), known.of("taken-down"), tongue)
    if known.of("deleted"):
        yield _tried(known.of("deleted"), known.of("recovery-tried"), tongue)
    for event in known.of("recontact"):
        yield _account(event, tongue)


def _ids(events: Iterable[Event]) -> str:
    return named(str(event["event_id"]) for event in events)


def _bank(payments: Sequence[Event], told: Sequence[Event], tongue: Tongue) -> Requirement:
    say = tongue.say
    dated = [event for event in told if event.get("when")]
    status: Status = "done" if dated else "partly" if told else "missing"
    why = say(_STATED).format(records=_ids(told)) if dated else say(_NO_TIME).format(records=_ids(told)) if told else say(_NOT_TOLD)
    how = say(_PAY_NO_MORE) if dated else f"{say(_CALL_NOW)} casefile event add bank-told --when TIME --reference NUMBER"
    return Requirement(
        "payment:bank-told", "event", f"{say(_BANK)} ({_ids(payments)})", status, why, how, 98,
        days=None if dated else _AT_ONCE, goes=None if dated else say(_MONEY), sources=(topics.sources()["kripos-bank"],),
    )  # fmt: skip


def _address(event: Event, tongue: Tongue) -> Requirement:
    """Say whether the address of a publication is stated, or an exhibit shows it."""
    say, identity = tongue.say, str(event["event_id"])
    is_there = bool(event.get("destination") or event.get("exhibit") or _holds_address(str(event.get("text") or "")))
    status: Status = "done" if is_there else "missing"
    how = say(_THEN_REMOVE) if is_there else say(_SAVE_ADDRESS).format(record=identity)
    return Requirement(
        f"{identity}:address", "event", f"{say(_WHERE)} ({identity})", status,
        say(_STATED if is_there else _NOT_STATED).format(records=identity),
        f"{how} casefile guide {'removal' if is_there else 'published'}", 92,
        days=None if is_there else _AT_ONCE, goes=None if is_there else say(_PAGE), sources=(topics.sources()["recipients"],),
    )  # fmt: skip


def _holds_address(text: str) -> bool:
    """Tell whether a text seems to hold an address of a page, also one that was made harmless."""
    return "://" in text or "[.]" in text or "www." in text.casefold()


def _taken_down(published: Sequence[Event], gone: Sequence[Event], tongue: Tongue) -> Requirement:
    say = tongue.say
    status: Status = "done" if len(gone) >= len(published) else "partly" if gone else "not-known"
    why = say(_STATED).format(records=_ids(gone)) if gone else say(_NOBODY_YET)
    how = say(_NOTHING) if status == "done" else f"{say(_REMOVE)} casefile guide removal"
    return Requirement(
        "publication:taken-down", "event", f"{say(_GONE)} ({_ids(published)})", status, why, how, 60, sources=(topics.sources()["take-it-down"],)
    )  # fmt: skip


def _tried(deleted: Sequence[Event], tried: Sequence[Event], tongue: Tongue) -> Requirement:
    say = tongue.say
    status: Status = "done" if tried else "missing"
    why = say(_STATED).format(records=_ids(tried)) if tried else say(_NOT_TRIED)
    how = say(_NOTHING) if tried else f"{say(_TRY)} casefile event add recovery-tried --text WHAT"
    return Requirement(
        "deleted:tried", "event", f"{say(_GET_BACK)} ({_ids(deleted)})", status, why, how, 72,
        days=None if tried else 30, goes=None if tried else say(_BIN), sources=(topics.sources()["deleted-photos"],),
    )  # fmt: skip


def _account(event: Event, tongue: Tongue) -> Requirement:
    say, identity = tongue.say, str(event["event_id"])
    status: Status = "done" if event.get("contact") else "missing"
    how = say(_NOTHING) if event.get("contact") else f"{say(_NEW_ACCOUNT)} casefile contact add --service NAME --handle NAME"
    return Requirement(
        f"{identity}:account", "event", f"{say(_WHICH)} ({identity})", status,
        say(_STATED if event.get("contact") else _NOT_STATED).format(records=identity), how, 78, sources=(topics.sources()["kripos"],),
    )  # fmt: skip


_STATED = N_("Stated in {records}.")
_NOT_STATED = N_("Not stated in {records}.")
_NOTHING = N_("Nothing more to do.")
_NOBODY_YET = N_("Nobody has said yet.")
_BANK = N_("When the bank or service was told")
_NOT_TOLD = N_("It is not stated that the bank or the service was told.")
_NO_TIME = N_("Stated in {records}, but not when.")
_CALL_NOW = N_("Call now, and say that someone is pressing you. Then log it:")
_PAY_NO_MORE = N_("Pay no more, whatever they say.")
_MONEY = N_("Money that can still be stopped.")
_WHERE = N_("The address where it was published")
_SAVE_ADDRESS = N_("Save the address first, without the picture in view. Then log it again with --destination, and take {record} back.")
_THEN_REMOVE = N_("Now it can be removed.")
_PAGE = N_("The page, when somebody removes it.")
_GONE = N_("What was published is gone")
_REMOVE = N_("Save first. Then ask for removal, and log it with: event add taken-down.")
_GET_BACK = N_("What was tried to get back what was deleted")
_NOT_TRIED = N_("Nobody has said what was tried.")
_TRY = N_("Log what you tried, also when nothing came back. More stands in: guide deleted.")
_BIN = N_("What lies in Recently deleted, and accounts that wait to be deleted.")
_WHICH = N_("The account they used to try again")
_NEW_ACCOUNT = N_("Don't answer. Save the account, and log it:")
