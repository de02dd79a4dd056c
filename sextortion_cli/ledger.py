"""
The ledger: what messages of the case seem to demand, threaten or claim, each with the message it is quoted from.

Suggestions, never findings: a person confirms (which makes an event) or puts aside (which hides, and removes nothing). The victim's own
messages give none; whose a message is comes from the contacts of the case and from the owner that was stated for a reading.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from sextortion_cli import casework, lookup
from sextortion_cli.errors import UsageProblem
from sextortion_cli.extract.passwords import hidden
from sextortion_cli.model.session import Session
from sextortion_cli.model.suggestion import Deadline, Suggestion
from sextortion_cli.readers.frames import MalformedFrame, ReaderEnd, RecordsFrame, decode_plain
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.store import case as cases
from sextortion_cli.store import layout
from sextortion_cli.store.case import Case
from sextortion_cli.store.indexed import Index
from sextortion_cli.store.reindex import current_readings, index_of
from sextortion_cli.words import gettext as _

OPERATIONS = "sextortion_cli.suggesting:OPERATIONS"
_KEPT = 5_000
"""Suggestions of a case that are kept at hand; a case with more is gone through again each time it is asked for them."""
_EVENT = {
    "demand": "demand",
    "payment-instruction": "demand",
    "deadline": "demand",
    "threat": "threat",
    "publication-claim": "threat",
}
"""As what a suggestion is confirmed unless the person says otherwise: a claim that something was published is not yet a publication."""


@dataclass
class Ledger:
    """
    The suggestions of one case.

    Attributes:
        case: The case.
        incomplete: Exhibits whose messages could not all be looked through.
    """

    case: Case
    incomplete: set[str] = field(default_factory=set)
    _held: list[dict[str, Any]] | None = None

    def entries(self, *, everything: bool = False) -> Iterator[dict[str, Any]]:
        """
        Yield the suggestions in the order of the case.

        Args:
            everything: Also what was put aside, and words that are common in ordinary chat from senders nobody stated to be the extorter.
        """
        for entry in self._held if self._held is not None else self._gathered():
            if everything or not (entry["dismissed"] or (not entry["clear"] and entry["side"] != "extorter")):
                yield entry

    def find(self, identity: str) -> dict[str, Any]:
        """
        Return one suggestion.

        Raises:
            UsageProblem: There is none with that number.
        """
        wanted = identity.strip().upper()
        for entry in self.entries(everything=True):
            if entry["suggestion"] == wanted:
                return entry
        raise UsageProblem(message=_("There is no suggestion with that number. See: casefile demand suggest --all"))

    def _gathered(self) -> Iterator[dict[str, Any]]:
        held: list[dict[str, Any]] | None = []
        with ReaderServer(OPERATIONS) as server, index_of(self.case) as index:
            shaper = lookup.Shaper(self.case.book)
            confirmed = _confirmed(self.case)
            for exhibit, data in current_readings(self.case.book):
                if not self.case.book.is_shown(exhibit) or not (data.get("units") or {}).get("messages", 1):
                    continue
                for entry in self._of_reading(server, index, shaper, exhibit, data):
                    entry["confirmed"] = confirmed.get(entry["suggestion"])
                    if held is not None:
                        held.append(entry)
                        held = held if len(held) < _KEPT else None
                    yield entry
        self._held = held

    def _of_reading(
        self, server: ReaderServer, index: Index, shaper: lookup.Shaper, exhibit: str, data: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        path = Path(layout.reading_path(self.case.path, data["reading"]["key"]))
        if not path.is_file():
            self.incomplete.add(exhibit)
            return
        owner = (data.get("options") or {}).get("owner")
        first, total = index.first_of(exhibit), int((data.get("units") or {}).get("messages", 0))
        counted: Counter[tuple[int, str]] = Counter()
        before = -1
        for number, suggestion in self._said(server, path, exhibit, data):
            if not 0 <= number < total:
                self.incomplete.add(exhibit)
                continue
            if number != before:
                counted.clear()
                before = number
            counted[number, suggestion.kind] += 1
            message = shaper.shape(index.place(first + number))
            if not _is_own(message["sender"], owner):
                yield self._entry(message, suggestion, counted[number, suggestion.kind])

    def _said(self, server: ReaderServer, path: Path, exhibit: str, data: dict[str, Any]) -> Iterator[tuple[int, Suggestion]]:
        """Yield what the child says of a reading; of one that was taken over nothing is believed but what is well formed."""
        for frame in server.run("suggest", path, {"service": data.get("service")}):
            if isinstance(frame, RecordsFrame):
                try:
                    for note in decode_plain(frame.payload):
                        yield int(note["n"]), msgspec.convert(note["s"], Suggestion)
                except (MalformedFrame, msgspec.ValidationError, KeyError, TypeError, ValueError):
                    self.incomplete.add(exhibit)
            elif isinstance(frame, ReaderEnd) and frame.status != "complete":
                self.incomplete.add(exhibit)

    def _entry(self, message: dict[str, Any], suggestion: Suggestion, number: int) -> dict[str, Any]:
        sender = message["sender"]
        return {
            "suggestion": identity_of(message, suggestion.kind, number),
            "kind": suggestion.kind,
            "clear": suggestion.clear,
            "wants": suggestion.wants,
            "amount": suggestion.amount,
            "currency": suggestion.currency,
            "amount_as_written": suggestion.as_written,
            "method": suggestion.method,
            "deadline": None if suggestion.deadline is None else due(suggestion.deadline, message["time"]),
            "recipients": list(suggestion.recipients),
            "material": list(suggestion.material),
            "quoted": hidden((message["text"] or "")[suggestion.start : suggestion.end]),
            "text": None if message["text"] is None else hidden(message["text"]),
            "exhibit": message["exhibit"],
            "locator": message["locator"],
            "time": message["time"],
            "sender": sender,
            "side": None if sender is None else sender["side"],
            "service": message["service"],
            "confirmed": None,
            "dismissed": self.case.book.is_dismissed(identity_of(message, suggestion.kind, number)),
        }


def _is_own(sender: dict[str, Any] | None, owner: str | None) -> bool:
    return sender is not None and (
        sender["side"] == "victim" or (owner is not None and owner in (sender["name"], sender["raw"], sender["id"]))
    )


def identity_of(message: dict[str, Any], kind: str, number: int) -> str:
    """Return the number of a suggestion: from the place of its message, so that it is the same in every run and after every rebuilding."""
    locator = message["locator"]
    place = f"{message['exhibit']} {locator['bytes'] or locator['rows']} {kind} {number}"
    return f"S-{hashlib.sha256(place.encode()).hexdigest()[:10].upper()}"


def _confirmed(case: Case) -> dict[str, str]:
    """Return suggestion to event, of those whose event was not taken back."""
    return {
        str(record["data"]["suggestion"]): str(record["subject"]["event_id"])
        for record in case.book.current("event")
        if record["data"].get("suggestion")
    }


def due(deadline: Deadline, time: dict[str, Any] | None) -> dict[str, Any]:
    """
    Return a deadline with the moment it means and what was left, where both it and the time of the message are known exactly.

    A time of day is the next one after the message. `local` and `utc` stand as the message's own time does: in UTC where that is known.
    """
    found: dict[str, Any] = {"as_written": deadline.as_written, "local": None, "utc": None, "left_seconds": None}
    if time is None or time["precision"] == "day":
        return found
    local, utc = _moment(time.get("local")), _moment(time.get("utc"))
    left = deadline.seconds if deadline.seconds is not None else _until(deadline.clock, local)
    if left is None or (local is None and utc is None):
        return found
    span = timedelta(seconds=left)
    return {
        **found,
        "local": None if local is None else (local + span).isoformat(),
        "utc": None if utc is None else f"{(utc + span).isoformat()}Z",
        "left_seconds": left,
    }


def _moment(text: str | None) -> datetime | None:
    try:
        return None if text is None else datetime.fromisoformat(text.removesuffix("Z")[:19])
    except ValueError:
        return None


def _until(clock: str | None, local: datetime | None) -> int | None:
    if clock is None or local is None:
        return None
    hour, minute = (int(part) for part in clock.split(":"))
    wanted = local.replace(hour=0, minute=0, second=0) + timedelta(hours=hour, minutes=minute)
    if wanted <= local:
        wanted += timedelta(days=1)
    return int((wanted - local).total_seconds())


def confirm(path: Path, session: Session, identity: str, *, kind: str | None = None, **changed: Any) -> dict[str, Any]:
    """
    Log a suggestion as an event, with the exhibit and the place of the message it is quoted from.

    Args:
        kind: As what kind of event, otherwise a demand or a threat.
        changed: What the person says otherwise (amount, currency, method, destination, deadline, reference, contact, text); None stands
            for what the message says.

    Raises:
        UsageProblem: There is no such suggestion, it is confirmed already, or a value cannot be taken.
    """
    entry = Ledger(cases.open_case(path)).find(identity)
    if entry["confirmed"] is not None:
        raise UsageProblem(message=_("That is confirmed already: {event}").format(event=entry["confirmed"]))
    given = {key: value for key, value in changed.items() if value is not None}
    fields: dict[str, Any] = {
        "service": entry["service"], "contact": None, "amount": entry["amount"], "currency": entry["currency"], "method": entry["method"],
        "destination": None, "reference": None, "text": entry["quoted"], **given,
    }  # fmt: skip
    deadline = fields.pop("deadline", None)
    logged = casework.add_quoted_event(
        path, session, kind or _EVENT[entry["kind"]], when=entry["time"], deadline=deadline, meant=entry["deadline"],
        exhibit=entry["exhibit"], suggestion=entry["suggestion"], locator=entry["locator"], **fields,
    )  # fmt: skip
    return {**logged, "suggestion": entry["suggestion"]}


def dismiss(path: Path, session: Session, identity: str, why: str | None) -> dict[str, Any]:
    """
    Put a suggestion aside: it is hidden from lists and reports, and nothing is removed. `withdraw` brings it back.

    Raises:
        UsageProblem: There is no such suggestion.
    """
    entry = Ledger(cases.open_case(path)).find(identity)
    with cases.writing(path, session) as writer:
        subject = {"suggestion": entry["suggestion"], "exhibit": entry["exhibit"]}
        record = writer.record("suggestion-dismissed", subject, {"kind": entry["kind"], "why": why})
        writer.commit()
    return {"record": record["seq"], "suggestion": entry["suggestion"], "dismissed": True, "why": why}
