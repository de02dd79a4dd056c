"""Bring a case together for a report: plain values and streams, in the shape of `model/casefile.py`, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sextortion_cli import __version__, lookup
from sextortion_cli.items import exhibit_item, is_unread, list_items
from sextortion_cli.model.casefile import SCHEMA_VERSION
from sextortion_cli.model.logline import peek
from sextortion_cli.store import layout
from sextortion_cli.store.case import Case
from sextortion_cli.store.log import lines
from sextortion_cli.store.reindex import index_of
from sextortion_cli.store.verify import DOES_NOT_PROVE, PROVES

Stream = Callable[[], Iterator[dict[str, Any]]]
#: What a contact's entry holds that can name the person.
_PERSONAL = ("stable_id", "handle", "display_name", "profile_url", "phone", "email")
_SIDES = {"victim"}


@dataclass(frozen=True)
class Assembled:
    """
    A case, ready to be written.

    Attributes:
        head: Every key of the case file that is not a stream, by name.
        streams: The long lists, each made anew at every call.
    """

    head: Mapping[str, Any]
    streams: Mapping[str, Stream]


def assemble(case: Case, *, unmask: bool = False) -> Assembled:
    """Return everything a report says, up to the last record that is not an access record."""
    mask = Mask(case, on=not unmask)
    head = {
        "schema_version": SCHEMA_VERSION,
        "generator": {"name": "sextortion_cli", "version": __version__},
        "case": _case(case),
        "summary": _summary(case),
        "contacts": [_contact(entry, mask) for entry in _contacts(case)],
        "devices": _statements(case, "device"),
        "events": _statements(case, "event"),
        "notes": _statements(case, "note"),
        "not_collected": _statements(case, "not-collected"),
        "conversations": list(_conversations(case)),
        "proves": [f"When `casefile verify` finds no difference: {PROVES}"],
        "does_not_prove": DOES_NOT_PROVE,
    }
    streams: dict[str, Stream] = {
        "exhibits": lambda: (_exhibit(case, item) for item in list_items(case.book)),
        "messages": lambda: (mask.message(_message(item)) for item in lookup.messages(case, lookup.MessageFilter())),
        "metadata": lambda: lookup.metadata(case, None),
        "defects": lambda: lookup.defects(case),
        "gaps": lambda: _gaps(case),
        "custody": lambda: _custody(case),
        "timeline": lambda: (mask.message(item) if item["what"] == "message" else item for item in lookup.timeline(case)),
    }
    return Assembled(head, streams)


class Mask:
    """Hides what names the victim: the values of the victim's own contacts, wherever they stand as they were stated."""

    def __init__(self, case: Case, *, on: bool) -> None:
        values = set()
        for record in case.book.current("contact"):
            if record["data"]["side"] in _SIDES:
                values |= {
                    str(record["data"][key]) for key in ("stable_id", "handle", "profile_url", "phone", "email") if record["data"].get(key)
                }
        self._values = sorted((value for value in values if len(value) >= 4), key=len, reverse=True) if on else []
        pattern = "|".join(re.escape(value) for value in self._values)
        self._find = re.compile(pattern) if pattern else None
        self.on = on

    def value(self, text: str) -> str:
        """Return a value with all but its first two characters hidden."""
        return text[:2] + "•" * min(8, max(3, len(text) - 2))

    def text(self, text: str | None) -> tuple[str | None, bool]:
        """Return text with every one of the victim's values hidden, and whether anything was."""
        if self._find is None or text is None:
            return text, False
        found = self._find.sub(lambda hit: self.value(hit[0]), text)
        return found, found != text

    def message(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return a message with its text and raw form masked."""
        text, first = self.text(message["text"])
        raw, second = self.text(message["raw"])
        detail = {key: self.text(value)[0] or "" for key, value in message["detail"].items()}
        sender = message["sender"]
        if sender is not None and self._find is not None:
            sender = {key: self.text(value)[0] if key != "side" else value for key, value in sender.items()}
        changed = first or second or detail != message["detail"] or sender != message["sender"]
        hidden = {"raw_b64": None} if changed else {}
        return {**message, "text": text, "raw": raw, "detail": detail, "sender": sender, "masked": changed, **hidden}


def _case(case: Case) -> dict[str, Any]:
    settings = case.book.settings
    genesis = case.book.genesis or {"time": {"utc": ""}}
    return {
        "case_id": case.case_id,
        "title": settings.get("title"),
        "opened": genesis["time"]["utc"],
        "timezone": settings.get("timezone"),
        "country": settings.get("country"),
        "language": settings.get("language"),
        "role": settings.get("role"),
        "minor": settings.get("minor") or "unknown",
        "fingerprint": case.fingerprint(),
        "checkpoint": case.log.statements().text().decode(),
    }


def _contacts(case: Case) -> Iterator[dict[str, Any]]:
    from sextortion_cli.casework import list_contacts

    yield from list_contacts(case)


def _contact(entry: dict[str, Any], mask: Mask) -> dict[str, Any]:
    hide = mask.on and entry["side"] in _SIDES
    shown = {key: mask.value(value) if hide and key in _PERSONAL and isinstance(value, str) else value for key, value in entry.items()}
    if hide:
        shown["history"] = [
            {key: mask.value(value) if key in _PERSONAL and isinstance(value, str) else value for key, value in step.items()}
            for step in entry["history"]
        ]
    return {**shown, "masked": hide, "status": "statement"}


def _statements(case: Case, kind: str) -> list[dict[str, Any]]:
    from sextortion_cli.casework import list_statements

    return [{**entry, "status": "statement"} for entry in list_statements(case, kind)]


def _money(event: dict[str, Any]) -> dict[str, Any]:
    keys = ("event_id", "when", "amount", "currency", "method", "destination", "reference", "deadline", "text")
    return {key: event.get(key) for key in keys}


def _summary(case: Case) -> dict[str, Any]:
    events = _statements(case, "event")
    of = {kind: [event for event in events if event["kind"] == kind] for kind in {event["kind"] for event in events}}
    items = list(list_items(case.book))
    accounts = [entry for entry in _contacts(case) if entry["side"] == "extorter"]
    with index_of(case) as index:
        spans = [span for span in index.spans() if not case.book.is_withdrawn(span[0])]
    messages = sum(count for _, count, _, _, _ in spans)
    firsts = [first for _, _, first, _, _ in spans if first is not None]
    lasts = [last for _, _, _, last, _ in spans if last is not None]
    last = {kind: (of[kind][-1].get("when") if kind in of else None) for kind in ("contact-broken", "blocked", "recontact", "reported")}
    deadlines = [event["deadline"] for event in events if event.get("deadline")]
    ongoing = [event for event in events if event["kind"] in ("threat", "demand", "recontact", "contact-broken", "blocked")]
    return {
        "going_on": ongoing[-1]["kind"] if ongoing else None,
        "deadline": deadlines[-1] if deadlines else None,
        "published": True if "publication" in of else None,
        "minor": case.book.settings.get("minor") or "unknown",
        "paid": "payment" in of,
        "demands": [_money(event) for event in of.get("demand", [])],
        "payments": [_money(event) for event in of.get("payment", [])],
        "extorter_accounts": [entry["contact_id"] for entry in accounts],
        "contact_broken": last["contact-broken"],
        "blocked": last["blocked"],
        "recontact": last["recontact"],
        "reported": last["reported"],
        "deleted": len(of.get("deleted", [])),
        "exhibits": len(items),
        "by_reference": sum(item["status"] == "by-reference" for item in items),
        "messages": messages,
        "first_message": _clockless(min(firsts)) if firsts else None,
        "last_message": _clockless(max(lasts)) if lasts else None,
        "message_clock": _clock(messages, sum(zoned for *_, zoned in spans)) if firsts else None,
        "defects": sum(is_unread(item) for item in items),
    }


def _utc(seconds: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _clockless(seconds: int | None) -> str | None:
    """Return a sort time without a zone: in UTC where the message's zone is known, else in the file's own clock (see `_clock`)."""
    return None if seconds is None else _utc(seconds).removesuffix("Z")


def _clock(messages: int, zoned: int) -> str:
    return "utc" if zoned == messages else "file" if zoned == 0 else "mixed"


def _conversations(case: Case) -> Iterator[dict[str, Any]]:
    """Say per read exhibit who wrote how much, from when to when."""
    with index_of(case) as index:
        senders: dict[str, list[dict[str, Any]]] = {}
        shaper = lookup.Shaper(case.book)
        services = {item.id: (item.reads[-1]["data"].get("service") if item.reads else None) for item in case.book.exhibits.values()}
        for exhibit, name, raw, stable, count, first, last in index.senders():
            side = shaper.side(services.get(exhibit), name, stable)
            span = {"first": _clockless(first), "last": _clockless(last)}
            senders.setdefault(exhibit, []).append(
                {"name": name, "raw": raw or name, "id": stable, "side": side, "messages": count, **span}
            )
        for exhibit, count, first, last, zoned in index.spans():
            if not case.book.is_withdrawn(exhibit):
                span = {"first": _clockless(first), "last": _clockless(last), "clock": _clock(count, zoned)}
                yield {"exhibit": exhibit, "service": services.get(exhibit), "messages": count, **span, "senders": senders.get(exhibit, [])}


def _exhibit(case: Case, item: dict[str, Any]) -> dict[str, Any]:
    exhibit = case.book.exhibits[item["exhibit"]]
    data = exhibit.data
    started = case.book.imports.get(data.get("import", -1), {"data": {"stated": {}}})
    source = data.get("source") or {}
    return {
        **item,
        "sha1": data.get("sha1") or None,
        "md5": data.get("md5") or None,
        "evidential_status": _status(item),
        "acquisition": {
            "gate": data["gate"],
            "member": data.get("member"),
            "stated": {key: value for key, value in started["data"]["stated"].items() if key in _STATED},
            "clock": started["data"].get("clock"),
            "by": exhibit.record["actor"]["name"],
            "time": exhibit.record["time"],
            "durability": data.get("durability"),
        },
        "file_times": {"source_modified": _nanoseconds(source.get("mtime_ns")), "imported": exhibit.record["time"]["utc"]},
    }


_STATED = ("device", "app", "via", "captured_by", "captured_at", "shows", "kind", "importer")


def _nanoseconds(text: str | None) -> str | None:
    try:
        return None if text in (None, "0") else _utc(int(str(text)) // 10**9)
    except (ValueError, OverflowError, OSError):
        return None


def _status(item: dict[str, Any]) -> str:
    if item["importer"] is not None:
        return "provider-export"
    if item["kind"] in ("conversation", "profile", "payment") and str(item["media_type"]).startswith("image/"):
        return "screenshot"
    return "original"


def _message(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "status": "provider-export"}


def _gaps(case: Case) -> Iterator[dict[str, Any]]:
    for exhibit in case.book.exhibits.values():
        if not case.book.is_withdrawn(exhibit.id):
            for gap in exhibit_item(exhibit)["completeness"]:
                yield {"exhibit": exhibit.id, **gap}
    for record in case.book.skipped:
        yield {"exhibit": None, "code": f"skipped:{record['data']['reason']}", "what": f"Not taken: {record['data']['name']}", "count": 1}


def _custody(case: Case) -> Iterator[dict[str, Any]]:
    """Yield the records documents describe: all up to the last that is not an access record."""
    wanted = case.log.statements().size
    for number, line in enumerate(lines(Path(case.path) / layout.LOG)):
        if number >= wanted:
            return
        record = peek(line.rstrip(b"\n"))
        if record["type"] == "by-reference-digest":
            record["subject"] = {"exhibit": record["subject"]["exhibit"]}
        yield {
            "record": record["seq"],
            "type": record["type"],
            "time": record["time"]["utc"],
            "actor": record["actor"]["name"],
            "tool": f"{record['tool']['name']} {record['tool']['version']}",
            "subject": record["subject"],
            "digest": record["self"],
        }
