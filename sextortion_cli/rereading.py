"""Read an exhibit again: a new reading beside the old one, and what differs."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import Any

from sextortion_cli import interpret
from sextortion_cli.errors import CannotReadAs, UsageProblem
from sextortion_cli.importers.base import importer_ids, importers
from sextortion_cli.model.reading import Message
from sextortion_cli.model.session import Session
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.store import case as cases
from sextortion_cli.store import layout, readings
from sextortion_cli.store.book import Book, Exhibit
from sextortion_cli.store.reindex import rebuild
from sextortion_cli.store.space import index_space_needed
from sextortion_cli.words import gettext as _

OPERATIONS = "sextortion_cli.examination:OPERATIONS"


def reread(path: Path, session: Session, identity: str, importer: str | None, stated: dict[str, Any]) -> dict[str, Any]:
    """
    Read one exhibit again and record the reading.

    Args:
        importer: Another importer than before, or None.
        stated: Options stated now (`ReadOptions`); what was stated before and is not stated anew still holds.

    Returns:
        ``exhibit, record, status, units, before, after, differences``: numbers of messages, and how many differ in what.

    Raises:
        UsageProblem: No such exhibit or importer. CannotReadAs: The importer says it cannot read it.
    """
    _check(importer)
    with ReaderServer(OPERATIONS) as server, cases.writing(path, session) as writer, index_space_needed():
        exhibit, old, options = _wanted(writer.book, identity, stated)
        assert exhibit.sha256 is not None
        place = layout.object_path(writer.case.path, exhibit.sha256)
        found = interpret.examine(server, [(place, exhibit.name)])[0]
        chosen, status, reason = interpret.choose(found, importer or (old[-1]["reader"] if old else None))
        reader = interpret.Interpreter(writer, server, None, lambda messages: None)
        if chosen is None:
            if importer is not None:
                raise CannotReadAs(importer=importer)
            record = reader.keep(exhibit, found, status, reason)
        else:
            record = reader.read(exhibit, found, chosen, interpret.options_of(**options), None)
        writer.commit()
        rebuild(writer.case, writer.case.path / f"{layout.INDEX}-{session.clock.random_hex(4)}")
        before = old[-1] if old else None
        return _outcome(writer.case.path, exhibit.id, record, before)


def plan(path: Path, identity: str, importer: str | None, stated: dict[str, Any]) -> dict[str, Any]:
    """Return what would be read again and with which options; nothing is written."""
    _check(importer)
    exhibit, old, options = _wanted(cases.open_case(path).book, identity, stated)
    return {"exhibit": exhibit.id, "importer": importer or (old[-1]["reader"] if old else None), "options": options, "dry_run": True}


def _check(importer: str | None) -> None:
    if importer is not None and importer not in importer_ids():
        raise UsageProblem(message=_("There is no importer of that name. See: casefile formats"))


def _wanted(book: Book, identity: str, stated: dict[str, Any]) -> tuple[Exhibit, list[dict[str, Any]], dict[str, Any]]:
    """Return the exhibit, its readings so far, and the options that hold: what was stated before, and on top what is stated now."""
    exhibit = book.exhibit(identity)
    if exhibit is None or not exhibit.copied or exhibit.sha256 is None:
        raise UsageProblem(message=_("There is no exhibit with that number whose bytes are in the case. See: casefile items"))
    old = [record["data"] for record in exhibit.reads if record["data"].get("reading")]
    return exhibit, old, {**(old[-1]["options"] if old else {"timezone": book.settings.get("timezone")}), **stated}


def _outcome(case: Path, exhibit: str, record: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    data = record["data"]
    found = {"exhibit": exhibit, "record": record["seq"], "status": data["status"], "importer": data["reader"], "units": data["units"]}
    if before is None or not data.get("reading"):
        return {**found, "before": None, "after": (data["units"] or {}).get("messages"), "differences": {}}
    return {**found, **_compare(case, before["reading"]["key"], data["reading"]["key"])}


def _compare(case: Path, old: str, new: str) -> dict[str, Any]:
    """Compare two readings message by message: an identity is the place in the file, not the number in the list."""
    differences: dict[str, int] = {}
    counts = [0, 0]
    first, second = (_messages(case, key) for key in (old, new))
    for one, other in zip_longest(first, second):
        counts[0] += one is not None
        counts[1] += other is not None
        if one is None or other is None:
            differences["only-in-one"] = differences.get("only-in-one", 0) + 1
            continue
        for field in ("start", "end", "kind", "sender", "time", "text", "raw", "attachments", "reactions", "detail"):
            if getattr(one, field) != getattr(other, field):
                differences[field] = differences.get(field, 0) + 1
    return {"before": counts[0], "after": counts[1], "differences": differences}


def _messages(case: Path, key: str) -> Any:
    path = layout.reading_path(case, key)
    if not path.is_file():
        return iter(())
    return (record for _block, records in readings.blocks(path) for record in records if isinstance(record, Message))


def formats(service: str | None = None) -> list[dict[str, Any]]:
    """
    Return which exports can be read, how to get each, how long that takes, what each leaves out; by service.

    Args:
        service: Only those of this service, or the importer with this id.

    Raises:
        UsageProblem: There is none.
    """
    from sextortion_cli.guide.waiting import names, waiting
    from sextortion_cli.words import in_every_language

    found: list[dict[str, Any]] = [
        {
            "id": importer.id,
            "service": importer.service,
            "version": importer.version,
            "how_to_export": in_every_language(importer.how_to_export),
            "limits": in_every_language(importer.limits),
            "takes": None if (known := waiting(importer.service)) is None else known._asdict(),
            "seen_on": importer.seen_on,
            "references": list(importer.references),
        }
        for importer in sorted(importers().values(), key=lambda item: (item.service.casefold(), item.id))
    ]
    wanted = (service or "").strip().casefold()
    kept = [
        item
        for item in found
        if not wanted or wanted == item["id"] or wanted in map(str.casefold, [item["service"], *names(item["service"])])
    ]
    if not kept:
        raise UsageProblem(message=_("No export of that service can be read. See: casefile formats"))
    return kept
