"""Bring a case together for a report: plain values and streams, in the shape of `model/casefile.py`, the same for every format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from sextortion_cli import __version__, identities, lookup
from sextortion_cli.caseforms import signs
from sextortion_cli.casework import list_contacts, list_statements
from sextortion_cli.concealing import mask_of
from sextortion_cli.exportfacts import FactFilter, facts
from sextortion_cli.identitymask import masked
from sextortion_cli.items import REFUSED, exhibit_item, list_items
from sextortion_cli.lacking.readiness import requirements
from sextortion_cli.ledger import Ledger
from sextortion_cli.model import evidential
from sextortion_cli.model.casefile import SCHEMA_VERSION
from sextortion_cli.model.logline import peek
from sextortion_cli.model.session import Session
from sextortion_cli.pageone import clock, clockless, front_page, summary
from sextortion_cli.pressing import pressure
from sextortion_cli.report.masking import Mask
from sextortion_cli.store import layout
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.case import Case
from sextortion_cli.store.log import lines
from sextortion_cli.store.reindex import index_of
from sextortion_cli.store.verify import DOES_NOT_PROVE
from sextortion_cli.tempo import Tempo
from sextortion_cli.words import N_

Stream = Callable[[], Iterator[dict[str, Any]]]
#: Where a statement may hold one of the victim's own values.
_FREE = ("text", "what", "why", "note", "accounts", "changed", "where", "destination", "reference", "method")
_NOT_TAKEN = N_("Not taken: it is not a file that can be sealed.")
_PROVES = N_(
    "When `casefile verify` finds no difference: every original, reading and record is exactly what the log says; the log is whole, in order,"
    " and ends where its head says."
)
_ACCOUNTS = N_(
    "Who owns or uses an account: names and pictures can be borrowed or stolen, and money can pass through somebody who knows nothing."
)


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


def assemble(
    case: Case,
    *,
    unmask: bool = False,
    language: str = "en",
    session: Session | None = None,
    also: frozenset[str] = frozenset(),
    without: frozenset[str] = frozenset(),
) -> Assembled:
    """
    Return everything a report says, up to the last record that is not an access record.

    Args:
        language: Of what the police may still ask for; all else is put into words by the format.
        also: Contacts that are hidden like the victim's own.
        without: Exhibits that are left out, whatever was read from them included; custody names them without their digest.
    """
    case = _narrowed(case, without)
    accounts = list(list_contacts(case))
    mask = mask_of(case, session, unmask=unmask, also=also)
    ledger = Ledger(case)
    contacts = [{**mask.contact(entry), "status": "statement"} for entry in accounts]
    events = _statements(case, "event", mask)
    conversations = list(_conversations(case, mask))
    tempo = Tempo()
    pressed = mask.deep(pressure(case, ledger, tempo.take))
    statuses = Statuses(case)
    head = {
        "schema_version": SCHEMA_VERSION,
        "generator": {"name": "sextortion_cli", "version": __version__},
        "case": {**_case(case), "title": mask.text(case.book.settings.get("title"))},
        "summary": summary(case, events, contacts, conversations),
        "contacts": contacts,
        "devices": _statements(case, "device", mask),
        "events": events,
        "notes": _statements(case, "note", mask),
        "not_collected": _statements(case, "not-collected", mask),
        "missing": [item.as_json() for item in requirements(case, language, unmask=unmask, session=session)],
        "conversations": conversations,
        "activity": tempo.activity(),
        "tools": _tools(case),
        "pressure": pressed,
        **_signs(case, ledger, mask),
        "proves": [_PROVES],
        "does_not_prove": [*DOES_NOT_PROVE, _ACCOUNTS],
    }
    head["page_one"] = front_page(case, head, list(_gaps(case)))
    streams: dict[str, Stream] = {
        "exhibits": lambda: (mask.entry(exhibit_entry(case, item, mask), "name", "path") for item in list_items(case.book)),
        "messages": lambda: map(mask.message, map(statuses.marked, lookup.messages(case, lookup.MessageFilter()))),
        "timeline": lambda: _timeline(case, events, statuses, mask),
        "facts": lambda: map(mask.fact, map(statuses.marked, facts(case, FactFilter()))),
        "identifiers": lambda: map(_derived, map(mask.deep, _identifiers(case, session, unmask=unmask))),
        "suggestions": lambda: (mask.suggestion(entry) for entry in ledger.entries()),
        "metadata": lambda: map(_derived, map(mask.metadata, _metadata(case))),
        "defects": lambda: map(_derived, map(mask.deep, lookup.defects(case))),
        "gaps": lambda: map(_derived, map(mask.deep, _gaps(case))),
        "custody": lambda: _custody(case, mask, without),
    }
    return Assembled(head, streams)


def _narrowed(case: Case, without: frozenset[str]) -> Case:
    """Return the case as if some exhibits had been taken back: every list and every count does without them."""
    if not without:
        return case
    withdrawn = {**{name: case.book.exhibits[name].record for name in without}, **case.book.withdrawn}
    return msgspec.structs.replace(case, book=msgspec.structs.replace(case.book, withdrawn=withdrawn))


def _identifiers(case: Case, session: Session | None, *, unmask: bool) -> Iterator[dict[str, Any]]:
    entries = identities.identifiers(case, identities.IdentifierFilter(), session)
    return ({**entry, "masked": False} if unmask else masked(entry) for entry in entries)


def _signs(case: Case, ledger: Ledger, mask: Mask) -> dict[str, Any]:
    found = signs(case, ledger)
    return {"signs": [_derived(mask.sign(entry)) for entry in found["signs"]], "bluff": found["bluff"]}


def _timeline(case: Case, events: list[dict[str, Any]], statuses: Statuses, mask: Mask) -> Iterator[dict[str, Any]]:
    """Yield messages and events in the order of time, as everything else is shown."""
    stated = {event["event_id"]: event for event in events}
    for entry in lookup.timeline(case):
        if entry["what"] == "message":
            yield mask.message(statuses.marked(entry))
        else:
            yield {"what": "event", **stated[entry["event_id"]], "time": entry["time"]}


class Statuses:
    """The evidential status of what was read from each exhibit, worked out once."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._known: dict[str, str] = {}

    def marked(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Return what was read from an exhibit with its status."""
        name = entry["exhibit"]
        if name not in self._known:
            self._known[name] = evidential.status(exhibit_item(self._case.book.exhibits[name]))
        entry["status"] = self._known[name]
        return entry


def _derived(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "status": "derived"}


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


def _statements(case: Case, kind: str, mask: Mask) -> list[dict[str, Any]]:
    return [{**mask.statement(entry, *_FREE), "status": "statement"} for entry in list_statements(case, kind)]


def _conversations(case: Case, mask: Mask) -> Iterator[dict[str, Any]]:
    """Say per read exhibit who wrote how much, from when to when."""
    with index_of(case) as index:
        senders: dict[str, list[dict[str, Any]]] = {}
        shaper = lookup.Shaper(case.book)
        services = {item.id: (item.reads[-1]["data"].get("service") if item.reads else None) for item in case.book.exhibits.values()}
        for exhibit, name, raw, stable, count, first, last in index.senders():
            side = shaper.side(services.get(exhibit), name, stable)
            span = {"first": clockless(first), "last": clockless(last)}
            person = mask.sender({"name": name, "raw": raw or name, "id": stable, "side": side})
            senders.setdefault(exhibit, []).append({**person, "messages": count, **span})
        for exhibit, count, first, last, zoned in index.spans():
            if case.book.is_shown(exhibit):
                span = {"first": clockless(first), "last": clockless(last), "clock": clock(count, zoned)}
                yield {"exhibit": exhibit, "service": services.get(exhibit), "messages": count, **span, "senders": senders.get(exhibit, [])}


def exhibit_entry(case: Case, item: dict[str, Any], mask: Mask) -> dict[str, Any]:
    """Return one exhibit with how it came in, what read it, and what its kind shows and does not."""
    kind = evidential.nature(item)
    exhibit = case.book.exhibits[item["exhibit"]]
    data = exhibit.data
    started = case.book.resumed.get(data.get("resumed", -1)) or case.book.imports.get(data.get("import", -1)) or {"data": {"stated": {}}}
    source = data.get("source") or {}
    return {
        **item,
        "sha1": None if exhibit.hidden else data.get("sha1") or None,
        "md5": None if exhibit.hidden else data.get("md5") or None,
        "evidential_status": evidential.status(item),
        "acquisition": {
            "gate": data["gate"],
            "member": None if exhibit.hidden else mask.deep(data.get("member")),
            "stated": {key: value for key, value in started["data"]["stated"].items() if key in _STATED and not exhibit.hidden},
            "clock": started["data"].get("clock"),
            "by": exhibit.record["actor"]["name"],
            "time": exhibit.record["time"],
            "durability": data.get("durability"),
        },
        "reading": _reading(exhibit),
        "file_times": {
            "source_modified": None if exhibit.hidden else _nanoseconds(source.get("mtime_ns")),
            "imported": exhibit.record["time"]["utc"],
        },
        "shows": [evidential.HIDDEN_SHOWS] if exhibit.hidden else list(evidential.SHOWS[kind]),
        "does_not_show": [evidential.HIDDEN_SHOWS_NOT] if exhibit.hidden else list(evidential.SHOWS_NOT[kind]),
    }


def _reading(exhibit: Exhibit) -> dict[str, Any] | None:
    """Return what read the exhibit, how closely it was held, and with which answers; None for what nothing has read."""
    if exhibit.hidden or not exhibit.reads:
        return None
    data = exhibit.reads[-1]["data"]
    return {
        "reader": data.get("reader"),
        "version": data.get("version"),
        "isolation": data.get("isolation"),
        "options": data.get("options") or {},
        "record": exhibit.reads[-1]["seq"],
        "readings": len(exhibit.reads),
    }


_STATED = ("device", "app", "via", "captured_by", "captured_at", "shows", "kind", "importer")


def _nanoseconds(text: str | None) -> str | None:
    try:
        return None if text in (None, "0") else f"{clockless(int(str(text)) // 10**9)}Z"
    except (ValueError, OverflowError, OSError):
        return None


def _tools(case: Case) -> list[dict[str, Any]]:
    """Return each set of program and library versions imports ran with, and the records where it was noted."""
    found: dict[str, dict[str, Any]] = {}
    for record in case.book.imports.values():
        tool = f"{record['tool']['name']} {record['tool']['version']}"
        dependencies = record["data"].get("dependencies") or {}
        entry = found.setdefault(f"{tool} {sorted(dependencies.items())}", {"tool": tool, "dependencies": dependencies, "records": []})
        entry["records"].append(record["seq"])
    return list(found.values())


def _metadata(case: Case) -> Iterator[dict[str, Any]]:
    return (fact for fact in lookup.metadata(case, None) if case.book.is_shown(fact["exhibit"]))


def _gaps(case: Case) -> Iterator[dict[str, Any]]:
    for exhibit in case.book.exhibits.values():
        if case.book.is_shown(exhibit.id):
            for gap in exhibit_item(exhibit)["completeness"]:
                yield {"exhibit": exhibit.id, **gap}
    for record in case.book.skipped:
        if record["data"]["reason"] in REFUSED or not case.book.is_shown(str(record["data"].get("parent"))):
            continue  # refused, or a member of what is not shown: its name is not shown either
        yield {
            "exhibit": None,
            "code": f"skipped:{record['data']['reason']}",
            "what": _NOT_TAKEN,
            "name": record["data"]["name"],
            "count": 1,
        }


def _custody(case: Case, mask: Mask, without: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Yield the records documents describe: all up to the last that is not an access record."""
    wanted = case.log.statements().size
    for number, line in enumerate(lines(Path(case.path) / layout.LOG)):
        if number >= wanted:
            return
        record = peek(line.rstrip(b"\n"))
        if record["type"] == "by-reference-digest" or (record["subject"] or {}).get("exhibit") in without or _is_about_hidden(case, record):
            record["subject"] = {"exhibit": record["subject"]["exhibit"]}
        yield {
            "record": record["seq"],
            "type": record["type"],
            "time": record["time"]["utc"],
            "actor": record["actor"]["name"],
            "tool": f"{record['tool']['name']} {record['tool']['version']}",
            "subject": record["subject"],
            "why": None if (record["subject"] or {}).get("exhibit") in without else mask.text(_why(record)),
            "digest": record["self"],
        }


def _why(record: dict[str, Any]) -> str | None:
    """Return why something was taken back, labelled or destroyed, as it was stated; for what was destroyed also on whose word."""
    if record["type"] not in ("withdrawn", "label", "purged"):
        return None
    said = [record["data"].get("why"), record["data"].get("told_by")]
    return "; ".join(filter(None, said)) or None


def _is_about_hidden(case: Case, record: dict[str, Any]) -> bool:
    """Tell whether a record is about an exhibit of which no digest is handed on."""
    exhibit = case.book.exhibits.get((record["subject"] or {}).get("exhibit", ""))
    return exhibit is not None and exhibit.hidden
