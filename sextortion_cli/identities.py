"""
Who and where: every identifier of the case, with where it stands and whose it is.

    1  gather what can hold one: readings, text nobody reads, what files say of themselves, statements     idsources.py
    2  have it looked through in the limited child, once; keep the hits in the case's cache                identifying.py, store/hits.py
    3  bring together what is the same, and decide whose it is                                             ownership.py
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from sextortion_cli.errors import AnotherWriter, NoSpace, ReadOnlyCase, UsageProblem
from sextortion_cli.idsources import LANES, Place, Source, sources
from sextortion_cli.model.found import Found
from sextortion_cli.model.identifier import KINDS
from sextortion_cli.model.reading import Sender, Time
from sextortion_cli.model.session import Session
from sextortion_cli.ownership import Owners
from sextortion_cli.readers.frames import MalformedFrame, ReaderEnd, RecordsFrame
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.store import case as cases
from sextortion_cli.store import hits, layout
from sextortion_cli.store.book import Book
from sextortion_cli.store.case import Case
from sextortion_cli.store.fileops import fileops, private_folder
from sextortion_cli.store.reindex import index_of
from sextortion_cli.words import gettext as _

OPERATIONS = "sextortion_cli.identifying:OPERATIONS"
MOST = 1000
"""Occurrences that are listed of one identifier; `occurrence_count` counts them all."""
MOST_OF_ONE = 20_000
"""The same where one value is asked for: about 60 MiB."""
FOUND = 0.5
"""What is believed less is a hint, shown only when asked for."""
_decode = msgspec.json.Decoder(list[Found]).decode
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class IdentifierFilter:
    """Which identifiers are wanted; None means all. `value` asks for one, with more of its occurrences."""

    owner: str | None = None
    kind: str | None = None
    min_confidence: float = FOUND
    value: str | None = None
    exhibit: str | None = None
    regions: tuple[str, ...] = ()


def identifiers(
    case: Case,
    wanted: IdentifierFilter = IdentifierFilter(),
    session: Session | None = None,
    progress: Progress | None = None,
    incomplete: set[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """
    Yield every identifier of the case, by kind and value, each once.

    With a session the hits are kept in the case's cache for the next command, when nobody else is writing and it can be written.
    `incomplete` takes the exhibits that could not be looked through to their end.

    Raises:
        CaseDamaged: A reading is altered (`verify` names it).
    """
    with opened(case, wanted.regions, session, progress) as found:
        owners = Owners(case.book, speakers(case))
        found.state(owners.stated())
        if incomplete is not None:
            incomplete.update(exhibit for exhibit, _reason in found.unfinished() if exhibit)
        for (kind, value), group in groupby(found.in_order(), key=lambda row: row[:2]):
            if wanted.kind in (None, kind) and wanted.value in (None, value):
                entry = _entry(case.book, owners, kind, value, ((row[2], row[3]) for row in group), wanted)
                if entry is not None:
                    yield entry


@contextlib.contextmanager
def opened(
    case: Case, regions: tuple[str, ...] = (), session: Session | None = None, progress: Progress | None = None
) -> Iterator[hits.Hits]:
    """Give the hits of the case as it is now, looking through what was not looked through before."""
    regions = regions or regions_of(case)
    with private_folder() as folder:
        everything = list(sources(case, regions, folder))
        mark = _mark(everything)
        kept = case.path / layout.CACHE / hits.NAME
        found = _current(kept, mark)
        if found is None:
            base = kept if _is_whole(kept) else None
            built = folder / hits.NAME
            _build(everything, built, base, mark, progress)
            found = hits.Hits(built)
            if session is not None:
                _keep(case, session, built, kept)
        try:
            yield found
        finally:
            found.close()


def look_through(case: Case, session: Session, progress: Progress | None = None) -> None:
    """Look for identifiers and keep them for the commands that will ask."""
    with opened(case, (), session, progress):
        pass


def regions_of(case: Case) -> tuple[str, ...]:
    """Return the countries a number without a country code may be of: the case's, and where its language points to Norway, that."""
    settings = case.book.settings
    country = settings.get("country")
    if country:
        return (str(country).upper(),)
    return ("NO",) if settings.get("language") in ("nb", "nn") else ()


def speakers(case: Case) -> Mapping[str, list[tuple[str, str | None]]]:
    """Return who writes in each exhibit: (name, stable id)."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    with index_of(case) as index:
        for exhibit, name, _raw, stable, *_rest in index.senders():
            found.setdefault(exhibit, []).append((name, stable))
    return found


# -- 2 looking through it ----------------------------------------------------------------------------------------------------


def _mark(everything: list[Source]) -> str:
    return hashlib.sha256("\n".join(source.mark for source in everything).encode()).hexdigest()


def _current(path: Path, mark: str) -> hits.Hits | None:
    """Return the hits that are kept if they are whole and of this state of the case. Any SQLite error means: not current."""
    try:
        if not path.is_file():
            return None
        found = hits.Hits(path)
        if found.marks() == {"schema": hits.SCHEMA, "mark": mark} and not found.unfinished():
            return found
        found.close()
    except (sqlite3.Error, ValueError, OSError):
        return None
    return None


def _is_whole(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        found = hits.Hits(path)
        try:
            return found.marks().get("schema") == hits.SCHEMA
        finally:
            found.close()
    except (sqlite3.Error, ValueError, OSError):
        return False


def _build(everything: list[Source], target: Path, base: Path | None, mark: str, progress: Progress | None) -> None:
    writer = hits.HitWriter(target.with_name(f"{target.name}-building"), base)
    try:
        left = [source for source in everything if not writer.take_over(source.mark, source.exhibit)]
        if left:
            with ReaderServer(OPERATIONS, lanes=LANES if any(source.parts > 1 for source in left) else 1) as server:
                for number, source in enumerate(left):
                    reason: list[str] = []
                    writer.add(source.mark, source.exhibit, _looked_through(server, source, reason), reason)
                    if progress is not None:
                        progress("files", number + 1, len(left))
        writer.finish(target, mark)
    except BaseException:
        writer.abandon()
        raise


def _looked_through(server: ReaderServer, source: Source, reason: list[str]) -> Generator[tuple[int, list[Found]], None, None]:
    """Yield (part, what the child finds), in lists; what a child says that is no hit ends it, and `reason` says so."""
    entries = [(source.path, {**source.options, "part": (number, source.parts)}) for number in range(source.parts)]
    frames = server.run_batch(source.operation, entries, batch=1)
    for number, frame in frames:
        if isinstance(frame, RecordsFrame):
            try:
                found = _checked(frame.payload)
            except MalformedFrame:
                frames.close()
                reason.append("bad records")
                return
            yield number, [_placed(item, source.places) for item in found] if source.places else found
        elif isinstance(frame, ReaderEnd) and frame.status != "complete":
            reason.append(frame.reason)


def _checked(payload: bytes) -> list[Found]:
    try:
        found = _decode(payload)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise MalformedFrame("not an array of hits") from None
    if any(item.kind not in KINDS or not 0 <= item.confidence <= 1 for item in found):
        raise MalformedFrame("a hit of no kind")
    return found


def _placed(item: Found, places: tuple[Place, ...]) -> Found:
    """Return a hit in a gathered text with the place the text was gathered from: its field, and as row the record that holds it."""
    exhibit, field, record = places[item.row or 0]
    return msgspec.structs.replace(item, field=field if exhibit is None else f"{field}@{exhibit}", row=record or None)


def _keep(case: Case, session: Session, built: Path, kept: Path) -> None:
    """Put the hits into the case's cache, for the next command; that it cannot be done is no fault."""
    with contextlib.suppress(AnotherWriter, ReadOnlyCase, NoSpace, OSError), cases.writing(case.path, session) as writer:
        if writer.case.log.statements() != case.log.statements():
            return  # something was labelled, destroyed or added since: what was found is of another case
        if not kept.parent.is_dir():
            fileops().mkdir(kept.parent)
        temporary = writer.temporary(layout.CACHE)
        fd = fileops().create(temporary)
        try:
            with built.open("rb") as stream:
                while piece := stream.read(1 << 20):
                    fileops().write(fd, piece)
        finally:
            fileops().close(fd)
        fileops().replace(temporary, kept)


# -- 3 what is the same, and whose it is -------------------------------------------------------------------------------------


def _entry(
    book: Book, owners: Owners, kind: str, value: str, group: Iterator[tuple[str | None, Found]], wanted: IdentifierFilter
) -> dict[str, Any] | None:
    """Return one identifier, or None when it is not wanted."""
    best: Found | None = None
    checks: dict[str, None] = {}
    detail: dict[str, str] = {}
    occurrences: list[dict[str, Any]] = []
    first = last = None
    verdict = owners.verdict(kind, value)
    count = 0
    for exhibit, item in group:
        count += item.count
        verdict.hear(exhibit, item)
        if best is None or item.confidence > best.confidence:
            best = item
        checks.update(dict.fromkeys(item.checks))
        detail = {**item.detail, **detail}
        for time in (item.time, item.last):
            if time is not None and (at := time.utc or (time.candidates[0] if time.candidates else time.local)):
                moment = at, _time(time)
                first = moment if first is None or at < first[0] else first
                last = moment if last is None or at > last[0] else last
        at_it = wanted.exhibit in (None, exhibit or item.field.partition("@")[2])
        if at_it and len(occurrences) < (MOST if wanted.value is None else MOST_OF_ONE):
            occurrences.append(_occurrence(book, owners, exhibit, item))
    if best is None or best.confidence < wanted.min_confidence:
        return None
    owner = verdict.said()
    if wanted.owner not in (None, owner.side):
        return None
    if wanted.exhibit is not None and not occurrences:
        return None
    return {
        "kind": kind,
        "value": value,
        "raw": best.raw,
        "owner": owner.side,
        "owner_basis": owner.basis,
        "owner_why": owner.why,
        "role": owner.role,
        "confidence": best.confidence,
        "why": best.why,
        "checks": list(checks),
        "detail": detail,
        "first_seen": None if first is None else first[1].get("utc"),
        "last_seen": None if last is None else last[1].get("utc"),
        "first_time": None if first is None else first[1],
        "last_time": None if last is None else last[1],
        "occurrence_count": count,
        "occurrences": occurrences,
        "defanged": defanged(kind, value),
    }


def _occurrence(book: Book, owners: Owners, exhibit: str | None, item: Found) -> dict[str, Any]:
    """Return one place: the exhibit, where in it, who said it and when; for what people stated, the record."""
    held, _, about = item.field.partition("@")
    exhibit = exhibit or about or None
    holder = book.exhibits.get(exhibit) if exhibit else None
    stated = held.partition(":")[0] in ("event", "note", "contact", "device", "metadata")
    by_rows = holder is not None and any((record["data"].get("units") or {}).get("unit") == "rows" for record in holder.reads)
    return {
        "exhibit": exhibit,
        "field": held,
        "record": item.row if stated else None,
        "raw": item.raw,
        "sender": None if item.sender is None else _sender(owners, exhibit, item.sender),
        "time": None if item.time is None else _time(item.time),
        "count": item.count,
        "locator": None
        if holder is None or stated
        else {
            "sha256": holder.sha256,
            "member": (holder.data.get("member") and holder.name) or None,
            "bytes": None if by_rows else [item.start, item.end],
            "rows": [item.start, item.end] if by_rows else None,
            "line": item.line,
            "pointer": item.pointer,
            "row": item.row,
        },
    }


def _time(time: Time) -> dict[str, Any]:
    """Return a time in the shape of `messages`."""
    return {**msgspec.structs.asdict(time), "candidates": list(time.candidates)}


def _sender(owners: Owners, exhibit: str | None, sender: Sender) -> dict[str, Any]:
    return {"name": sender.name, "id": sender.id, "side": owners.side(exhibit, sender), "contact": owners.contact(exhibit, sender)}


def defanged(kind: str, value: str) -> str | None:
    """Return an address in a form nobody opens by accident; None for what is no address."""
    if kind in ("url", "profile", "payment-handle"):
        from sextortion_cli.gates.terminal import defang

        return defang(value)
    return value.replace(".", "[.]").replace("@", "[@]") if kind in ("domain", "email", "ipv4") else None


# -- what the person says of it ----------------------------------------------------------------------------------------------


def state_owner(path: Path, session: Session, value: str, kind: str | None, **stated: Any) -> dict[str, Any]:
    """
    Record whose an identifier of the case is.

    Args:
        value: As `identifiers` gives it, or as it is written somewhere.
        kind: Needed when two kinds have the same value.
        stated: side, role, why.

    Raises:
        UsageProblem: There is none of that value, or several kinds have it.
    """
    from sextortion_cli.casework import add_owner

    known = {(entry["kind"], entry["value"]) for entry in _called(cases.open_case(path), session, value, kind)}
    if not known:
        raise UsageProblem(message=_("The case holds no identifier of that value. See: casefile identifiers"))
    if len(known) > 1:
        kinds = ", ".join(sorted(item for item, _value in known))
        raise UsageProblem(message=_("Several kinds have that value; say which with --kind: {kinds}").format(kinds=kinds))
    ((found, normal),) = known
    return add_owner(path, session, kind=found, value=normal, **stated)


def _called(case: Case, session: Session, value: str, kind: str | None) -> Iterator[dict[str, Any]]:
    """Yield the identifiers that have this value, or are written like it."""
    wanted = value.strip()
    for entry in identifiers(case, IdentifierFilter(kind=kind, min_confidence=0.0), session):
        if wanted in (entry["value"], entry["raw"], entry["defanged"]) or any(wanted == item["raw"] for item in entry["occurrences"]):
            yield entry
