"""
Pressure as facts: how many messages an hour, deadlines with what was left, calls, new contact after a block, the longest silence.

Counting and nothing else: no score, no judgement. Only accounts stated to be the extorter's are counted.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sextortion_cli import lookup
from sextortion_cli.ledger import Ledger
from sextortion_cli.store.case import Case
from sextortion_cli.store.index import sort_time
from sextortion_cli.store.indexed import Place
from sextortion_cli.store.reindex import index_of

_MOST = 200
"""Calls, deadlines and new contacts that are listed; their number is always whole."""
_ENDS = ("contact-broken", "blocked")


def pressure(case: Case, ledger: Ledger, watch: Callable[[Place, str | None], None] | None = None) -> dict[str, Any]:
    """
    Return what can be counted, by clock: ``utc`` for times known in UTC, ``file`` for local times without a zone.

    Keys: ``stated`` (an account is stated to be the extorter's), ``messages``, ``spans`` (per clock: messages with a time, first, last,
    peak_hour with its count, longest_silence), ``calls``, ``deadlines``, ``recontacts``, each with ``count`` and ``listed``.

    Args:
        watch: Is shown every message with its side on the way: going through a million of them once is enough.
    """
    count = _Count(list(_ends(case)))
    with index_of(case) as index:
        shaper = lookup.Shaper(case.book)
        for place in index.all():
            if not case.book.is_shown(place.exhibit):
                continue
            sender = place.message.sender
            side = None if sender is None else shaper.side(place.service, sender.name, sender.id)
            if watch is not None:
                watch(place, side)
            if side == "extorter":
                count.take(place, shaper)
    return {
        "stated": any(record["data"]["side"] == "extorter" for record in case.book.current("contact")),
        "messages": count.messages,
        "spans": [_span(clock, times) for clock, times in count.times.items() if times],
        "calls": {"count": count.calls, "listed": count.listed_calls},
        "deadlines": _deadlines(case, ledger),
        "recontacts": {"count": len(count.again), "listed": list(count.again.values())[:_MOST]},
    }


class _Count:
    """What the messages of the extorter's accounts add up to."""

    def __init__(self, ends: list[tuple[int, str, str]]) -> None:
        self._ends = ends
        self.messages = self.calls = 0
        self.times: dict[str, array[int]] = {"utc": array("q"), "file": array("q")}
        self.listed_calls: list[dict[str, Any]] = []
        self.again: dict[tuple[str, str, str], dict[str, Any]] = {}
        self._before: set[tuple[str, str]] = set()

    def take(self, place: Place, shaper: lookup.Shaper) -> None:
        message = place.message
        self.messages += 1
        at = sort_time(message.time)
        clock = "utc" if message.time is not None and (message.time.utc or message.time.candidates) else "file"
        if at is not None:
            self.times[clock].append(at)
        if message.kind == "call":
            self.calls += 1
            if len(self.listed_calls) < _MOST:
                self.listed_calls.append(_reference(shaper.shape(place)))
        if at is not None and message.sender is not None:
            self._after_end(place, shaper, at, clock)

    def _after_end(self, place: Place, shaper: lookup.Shaper, at: int, clock: str) -> None:
        sender = place.message.sender
        assert sender is not None
        who = (place.service or "", sender.id or sender.name)
        ended = max(((moment, event) for moment, end_clock, event in self._ends if end_clock == clock and moment < at), default=None)
        if ended is None:
            self._before.add(who)
            return
        moment, event = ended
        entry = self.again.get((event, *who))
        if entry is None:
            new = who not in self._before
            self.again[event, *who] = {
                "after_event": event, "messages": 1, "new_account": new, "seconds_after": at - moment, **_reference(shaper.shape(place)),
            }  # fmt: skip
        else:
            entry["messages"] += 1
            if at - moment < entry["seconds_after"]:
                entry |= {"seconds_after": at - moment, **_reference(shaper.shape(place))}


def _ends(case: Case) -> Iterator[tuple[int, str, str]]:
    """Yield when contact was ended, as stated: seconds, clock, event."""
    for record in case.book.current("event"):
        when = record["data"].get("when")
        if record["data"]["kind"] not in _ENDS or when is None:
            continue
        text = when.get("utc") or (when.get("candidates") or [None])[0] or when.get("local")
        if text is not None:
            moment = int(datetime.fromisoformat(str(text).removesuffix("Z")[:19]).replace(tzinfo=UTC).timestamp())
            yield moment, "file" if text == when.get("local") else "utc", str(record["subject"]["event_id"])


def _span(clock: str, times: array[int]) -> dict[str, Any]:
    ordered = sorted(times)
    peak, best, begun, run = ordered[0] // 3600, 0, None, 0
    silence = (0, ordered[0], ordered[0])
    before = ordered[0]
    for at in ordered:
        hour = at // 3600
        run = run + 1 if hour == begun else 1
        begun = hour
        if run > best:
            peak, best = hour, run
        if at - before > silence[0]:
            silence = (at - before, before, at)
        before = at
    return {
        "clock": clock,
        "messages": len(ordered),
        "first": _text(ordered[0], clock),
        "last": _text(ordered[-1], clock),
        "peak_hour": {"from": _text(peak * 3600, clock), "count": best},
        "longest_silence": {"seconds": silence[0], "from": _text(silence[1], clock), "to": _text(silence[2], clock)},
    }


def _text(seconds: int, clock: str) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S") + ("Z" if clock == "utc" else "")


def _reference(message: Mapping[str, Any]) -> dict[str, Any]:
    return {key: message[key] for key in ("exhibit", "locator", "time", "sender", "service")}


def _deadlines(case: Case, ledger: Ledger) -> dict[str, Any]:
    """Return the deadlines that messages of the extorter's accounts set, and others a person confirmed, with what was left where both ends are known exactly."""
    listed: list[dict[str, Any]] = []
    count = 0
    seen: set[tuple[str, str, str]] = set()
    for entry in ledger.entries():
        if entry["deadline"] is None or (entry["side"] != "extorter" and entry["confirmed"] is None):
            continue
        place = (entry["exhibit"], str(entry["locator"]["bytes"] or entry["locator"]["rows"]), entry["deadline"]["as_written"])
        if place in seen:
            continue
        seen.add(place)
        count += 1
        if len(listed) < _MOST:
            keys = ("suggestion", "confirmed", "exhibit", "locator", "time", "sender", "service")
            listed.append({**entry["deadline"], **{key: entry[key] for key in keys}})
        if len(seen) > _MOST:
            seen.clear()
    return {"count": count, "listed": listed}
