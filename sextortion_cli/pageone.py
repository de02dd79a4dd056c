"""Page one of a report: what a desk must know first, as it was stated, and counted from what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sextortion_cli import __version__
from sextortion_cli.items import is_unread, list_items
from sextortion_cli.model.logline import peek
from sextortion_cli.store import layout
from sextortion_cli.store.case import Case
from sextortion_cli.store.log import lines

_GOING_ON = ("threat", "demand", "payment", "publication", "recontact", "contact-broken", "blocked")
_MONEY = (
    "event_id", "when", "amount", "currency", "method", "destination", "reference", "deadline", "contact", "service", "exhibit", "text",
)  # fmt: skip


def summary(
    case: Case, events: Iterable[Mapping[str, Any]], contacts: Iterable[Mapping[str, Any]], conversations: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """
    Return what was counted and stated last.

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
        "minor": case.book.minor(),
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


def front_page(case: Case, head: Mapping[str, Any], gaps: list[dict[str, Any]]) -> dict[str, Any]:
    """
    Return page one: what a desk must know first. Nothing is cut here; `report/front.py` makes it fit a page.

    Args:
        head: What the report holds so far, masked.
        gaps: What exports leave out.
    """
    counted, events = head["summary"], sorted(head["events"], key=lambda event: when_key(event.get("when")))
    reports = [_report(event) for event in events if event["kind"] in ("reported", "preservation-asked")]
    return {
        "case_id": case.case_id,
        "fingerprint": head["case"]["fingerprint"],
        "title": head["case"]["title"],
        "made": _made(case),
        **{key: counted[key] for key in _ASKED},
        "paid": True if counted["paid"] else None,
        "bank_told": _bank_told(events, counted["payments"]),
        "story": [_line(event, "event_id") for event in events if event.get("text") and not event.get("suggestion")]
        + [_line(note, "note_id") for note in head["notes"]],
        "accounts": [{key: entry[key] for key in _ACCOUNT} for entry in head["contacts"] if entry["side"] == "extorter"],
        "money": [
            {"kind": kind, **money} for kind, key in (("payment", "payments"), ("demand", "demands")) for money in reversed(counted[key])
        ],
        "devices": [{key: device.get(key) for key in _DEVICE} for device in head["devices"] if device.get("examine") != "no"],
        "disappears": [_risk(item) for item in head["missing"] if item["status"] in _OPEN and item["disappears"]],
        "reports": reports,
        "gaps": _absent(head, counted, gaps, events),
    }


_ASKED = ("going_on", "going_on_when", "last_from_extorter", "message_clock", "deadline", "published", "publication", "minor")
_ACCOUNT = ("contact_id", "service", "stable_id", "handle", "display_name", "profile_url", "phone", "email")
_DEVICE = ("device_id", "make", "model", "where", "examine")
_OPEN = ("missing", "partly", "not-known")
_BANK = "bank"


def _made(case: Case) -> dict[str, Any]:
    """Return who made the state that documents describe, and when: its last record says so, and the same case says the same on any day."""
    wanted, last = case.log.statements().size, b""
    for number, line in enumerate(lines(case.path / layout.LOG)):
        if number >= wanted:
            break
        last = line
    record = peek(last.rstrip(b"\n"))
    by = record["actor"]["name"]
    return {"at": record["time"]["utc"], "by": by, "role": case.book.settings.get("role"), "program": f"sextortion_cli {__version__}"}


def _report(event: Mapping[str, Any]) -> dict[str, Any]:
    to = event.get("service") or event.get("destination") or event.get("method") or event.get("text")
    return {"event_id": event["event_id"], "kind": event["kind"], "to": to, "reference": event.get("reference"), "when": event.get("when")}


def _bank_told(events: list[Mapping[str, Any]], payments: list[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the first report that names a bank, or the way a payment went; None where nobody stated one."""
    ways = {str(money[key]).casefold() for money in payments for key in ("method", "service") if money[key]}
    for event in events:
        to = str(event.get("service") or event.get("destination") or event.get("method") or "").casefold()
        if event["kind"] == "reported" and (_BANK in to or to in ways):
            return _report(event)
    return None


def _line(entry: Mapping[str, Any], source: str) -> dict[str, Any]:
    return {"text": entry["text"], "when": entry.get("when"), "source": entry[source]}


def _risk(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": item["id"], "title": item["title"], **item["disappears"], "account": item["account"]}


def _absent(
    head: Mapping[str, Any], counted: Mapping[str, Any], gaps: list[dict[str, Any]], events: list[Mapping[str, Any]]
) -> dict[str, Any]:
    deleted = [event for event in events if event["kind"] == "deleted"]
    return {
        "deleted": [{**_line(event, "event_id"), "text": event.get("text") or event.get("service") or ""} for event in deleted],
        "deleted_count": len(deleted),
        "disappearing": [device["device_id"] for device in head["devices"] if device.get("disappearing_messages")],
        "not_collected": len(head["not_collected"]),
        "gaps": len(gaps),
        "by_reference": counted["by_reference"],
        "unread": counted["defects"],
    }


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
