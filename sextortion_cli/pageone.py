"""Page one of a report: what a desk must know first, as it was stated, and counted from what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sextortion_cli.items import is_unread, list_items
from sextortion_cli.store.case import Case

_GOING_ON = ("threat", "demand", "payment", "publication", "recontact", "contact-broken", "blocked")
_MONEY = (
    "event_id", "when", "amount", "currency", "method", "destination", "reference", "deadline", "contact", "service", "exhibit", "text",
)  # fmt: skip


def page_one(
    case: Case, events: Iterable[Mapping[str, Any]], contacts: Iterable[Mapping[str, Any]], conversations: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """
    Return the summary.

    Args:
        events, contacts: As they stand in the report, in the order of the log.
        conversations: What `conversations_of` says of every reading.
    """
    in_time = sorted(events, key=lambda event: when_key(event.get("when")))
    of: dict[str, list[Mapping[str, Any]]] = {}
    for event in in_time:
        of.setdefault(event["kind"], []).append(event)
    ongoing = _latest([event for event in in_time if event["kind"] in _GOING_ON])
    deadlines = sorted((event["deadline"] for event in in_time if event.get("deadline")), key=when_key)
    items = list(list_items(case.book))
    return {
        "going_on": ongoing["kind"] if ongoing else None,
        "going_on_when": ongoing.get("when") if ongoing else None,
        "deadline": _last_known(deadlines),
        "published": True if "publication" in of else None,
        "minor": case.book.settings.get("minor") or "unknown",
        "paid": "payment" in of,
        "demands": [_money(event) for event in of.get("demand", [])],
        "payments": [_money(event) for event in of.get("payment", [])],
        "extorter_accounts": [entry["contact_id"] for entry in contacts if entry["side"] == "extorter"],
        **{key: _when_of(of.get(kind, [])) for key, kind in _STEPS},
        "deleted": len(of.get("deleted", [])),
        "exhibits": len(items),
        "by_reference": sum(item["status"] == "by-reference" for item in items),
        **_messages(list(conversations)),
        "defects": sum(is_unread(item) for item in items),
    }


_STEPS = (
    ("publication", "publication"), ("taken_down", "taken-down"), ("contact_broken", "contact-broken"), ("blocked", "blocked"),
    ("recontact", "recontact"), ("reported", "reported"),
)  # fmt: skip


def when_key(when: Mapping[str, Any] | None) -> str:
    """Return what stated times are put in order by; what has no time comes last."""
    return "~" if when is None else when.get("utc") or (when.get("candidates") or [None])[0] or when.get("local") or "~"


def _latest(events: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the last event in time; only where none has a time, the one stated last."""
    timed = [event for event in events if when_key(event.get("when")) != "~"]
    found = timed or events
    return found[-1] if found else None


def _last_known(times: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    known = [time for time in times if when_key(time) != "~"] or times
    return known[-1] if known else None


def _when_of(events: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    found = _latest(events)
    return None if found is None else found.get("when")


def _money(event: Mapping[str, Any]) -> dict[str, Any]:
    return {key: event.get(key) for key in _MONEY}


def _messages(conversations: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return how many messages there are, from when to when, and when an account of the extorter last wrote."""
    firsts = [entry["first"] for entry in conversations if entry["first"] is not None]
    lasts = [entry["last"] for entry in conversations if entry["last"] is not None]
    clocks = {entry["clock"] for entry in conversations if entry["first"] is not None}
    theirs = [
        sender["last"]
        for entry in conversations
        for sender in entry["senders"]
        if sender["side"] == "extorter" and sender["last"] is not None
    ]
    return {
        "messages": sum(entry["messages"] for entry in conversations),
        "first_message": min(firsts, default=None),
        "last_message": max(lasts, default=None),
        "last_from_extorter": max(theirs, default=None),
        "message_clock": None if not firsts else clocks.pop() if len(clocks) == 1 else "mixed",
    }


def clockless(seconds: int | None) -> str | None:
    """Return a sort time without a zone: in UTC where the message's zone is known, else in the file's own clock."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def clock(messages: int, zoned: int) -> str:
    """Say which clock the times of a reading are in: all in UTC, all in the file's own, or some of each."""
    return "utc" if zoned == messages else "file" if zoned == 0 else "mixed"
