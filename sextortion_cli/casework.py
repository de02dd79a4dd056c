"""Open a case, log what people state, check it, write the case file. Every function is one thing a person does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sextortion_cli.errors import UsageProblem
from sextortion_cli.model.session import Session
from sextortion_cli.store import case as cases
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from sextortion_cli.model.statement import Statement
    from sextortion_cli.store.book import Book

_ID = {
    "contact": "contact_id",
    "device": "device_id",
    "event": "event_id",
    "note": "note_id",
    "not-collected": "not_collected_id",
    "owner": "owner_id",
    "holder": "holder_id",
}


class NewCase(NamedTuple):
    """A case that was just opened; without id and fingerprint, one that could be. `synced` names the cloud its folder goes to."""

    case_id: str | None
    path: Path
    fingerprint: str | None
    synced: str | None = None


def new_case(path: Path, session: Session, *, dry_run: bool = False, **settings: Any) -> NewCase:
    """
    Open a case in a new or empty folder.

    Args:
        dry_run: Only say whether it could be done.
        settings: title, timezone, country, language, role, minor, prefix.

    Raises:
        CaseExists, ReadOnlyCase, SourceMissing, UsageProblem: The zone is unknown.
    """
    from sextortion_cli.guide.folder_readme import readme_text
    from sextortion_cli.store.create import check_free, create_case
    from sextortion_cli.synced import service_of

    check_zone(settings.get("timezone"))
    if dry_run:
        check_free(path)
        return NewCase(None, path, None, service_of(path))
    case = create_case(path, settings, readme_text(), session)
    return NewCase(case.case_id, case.path, case.fingerprint(), service_of(case.path))


def path_of(name: str) -> Path:
    """Return the absolute path of a folder a person named."""
    import os

    return Path(os.path.abspath(name))


def check_zone(name: str | None) -> None:
    """Raise UsageProblem unless `name` is None or an IANA zone."""
    from sextortion_cli.normalise.times import zone

    try:
        if name is not None:
            zone(name)
    except ValueError:
        raise UsageProblem(message=_("That time zone is not known. Write it like Europe/Oslo.")) from None


def add_contact(
    path: Path, session: Session, contact_id: str | None = None, first_seen: str | None = None, **fields: Any
) -> dict[str, Any]:
    """Log an account of either side; with `contact_id`, a further entry in the history of that contact."""
    from sextortion_cli.model.checked import checked
    from sextortion_cli.model.contact import Contact

    with cases.writing(path, session) as writer:
        fields["first_seen"] = stated_time(first_seen, writer.book.settings.get("timezone"))
        stated = _said(fields, contact_id is not None, "side", "source")
        identity, known = _continued(writer.book, "contact", contact_id)
        record = _state(writer, "contact", checked(Contact, {**known, **stated}), identity)
        return _contact(writer.case, str(record["subject"]["contact_id"]))


def add_device(path: Path, session: Session, device_id: str | None = None, **fields: Any) -> dict[str, Any]:
    """Log a phone or computer that holds evidence; with `device_id`, a further entry in its history."""
    from sextortion_cli.model.checked import checked
    from sextortion_cli.model.device import Device

    with cases.writing(path, session) as writer:
        stated = _said(fields, device_id is not None, "source")
        identity, known = _continued(writer.book, "device", device_id)
        return _statement("device", _state(writer, "device", checked(Device, {**known, **stated}), identity))


def _said(fields: dict[str, Any], continues: bool, *enough: str) -> dict[str, Any]:
    """
    Return what was stated at all.

    Args:
        continues: It belongs to something that is known: any field says something new.
        enough: Fields that say nothing by themselves about something new.

    Raises:
        UsageProblem: Nothing was.
    """
    stated = {
        key: value for key, value in fields.items() if value not in (None, (), []) and not (isinstance(value, str) and not value.strip())
    }
    if not [key for key in stated if continues or key not in enough]:
        raise UsageProblem(message=_("Say at least one thing about it, even if it is only --note."))
    return stated


def _continued(book: Book, kind: str, identity: str | None) -> tuple[str | None, dict[str, Any]]:
    """
    Return the number of what a further entry belongs to and what is known of it so far; (None, nothing) for something new.

    Raises:
        UsageProblem: There is none with that number, or it was taken back.
    """
    if identity is None:
        return None, {}
    found = _named(book, kind, identity)
    if book.is_withdrawn(found):
        raise UsageProblem(message=_("That was taken back. Log it as a new one."))
    last = [item for item in book.statements[kind] if item["subject"][_ID[kind]] == found][-1]["data"]
    return found, {key: value for key, value in last.items() if key != "source"}  # how it came in is each entry's own


def _named(book: Book, kind: str, identity: str) -> str:
    """
    Return the number of a contact or device as it is written in the case.

    Raises:
        UsageProblem: There is none with that number.
    """
    found = identity.strip().upper()
    if not any(item["subject"][_ID[kind]] == found for item in book.statements[kind]):
        missing = {
            "contact": _("There is no contact with that number. See: casefile contact list"),
            "device": _("There is no device with that number. See: casefile device list"),
        }
        raise UsageProblem(message=missing[kind])
    return found


def add_event(
    path: Path, session: Session, kind: str, when: str | None = None, deadline: str | None = None, **fields: Any
) -> dict[str, Any]:
    """Log something that happened."""
    from sextortion_cli.model.checked import checked
    from sextortion_cli.model.event import Event

    with cases.writing(path, session) as writer:
        zone = writer.book.settings.get("timezone")
        times = {"when": stated_time(when, zone), "deadline": stated_time(deadline, zone)}
        _check_known(writer, fields)
        return _statement("event", _state(writer, "event", checked(Event, {"kind": kind, **times, **fields})))


def add_quoted_event(
    path: Path,
    session: Session,
    kind: str,
    when: dict[str, Any] | None,
    deadline: str | None,
    meant: dict[str, Any] | None,
    **fields: Any,
) -> dict[str, Any]:
    """
    Log an event that a message shows, at the time the message has.

    Args:
        deadline: As the person states it; otherwise `meant`, what the message says (`ledger.due`), is taken.
    """
    from sextortion_cli.model.checked import checked
    from sextortion_cli.model.event import Event

    with cases.writing(path, session) as writer:
        _check_known(writer, fields)
        until = stated_time(deadline, writer.book.settings.get("timezone"))
        if until is None and meant is not None:
            basis = when["basis"] if when is not None and (meant["utc"] or meant["local"]) else "unknown"
            until = {
                "as_written": meant["as_written"], "local": meant["local"], "utc": meant["utc"], "basis": basis,
                "precision": "second" if meant["left_seconds"] is not None else "day", "candidates": [],
            }  # fmt: skip
        return _statement("event", _state(writer, "event", checked(Event, {"kind": kind, "when": when, "deadline": until, **fields})))


def _check_known(writer: cases.Writer, fields: dict[str, Any]) -> None:
    if fields.get("exhibit"):
        found = writer.book.exhibit(fields["exhibit"])
        if found is None:
            raise UsageProblem(message=_("There is no exhibit with that number. See: casefile items"))
        fields["exhibit"] = found.id
    if fields.get("contact"):
        fields["contact"] = _named(writer.book, "contact", fields["contact"])


def add_note(path: Path, session: Session, text: str, **fields: Any) -> dict[str, Any]:
    """Log a dated remark."""
    from sextortion_cli.model.checked import checked
    from sextortion_cli.model.note import Note

    with cases.writing(path, session) as writer:
        return _statement("note", _state(writer, "note", checked(Note, {"text": text, **fields})))


def add_not_collected(path: Path, session: Session, what: str, why: str, **fields: Any) -> dict[str, Any]:
    """Log what was left out of the case, and why."""
    from sextortion_cli.model.checked import checked
    from sextortion_cli.model.note import NotCollected

    with cases.writing(path, session) as writer:
        return _statement("not-collected", _state(writer, "not-collected", checked(NotCollected, {"what": what, "why": why, **fields})))


def add_owner(path: Path, session: Session, **fields: Any) -> dict[str, Any]:
    """Log whose an identifier is."""
    from sextortion_cli.model.checked import checked
    from sextortion_cli.model.owner import OwnerOf

    with cases.writing(path, session) as writer:
        return _statement("owner", _state(writer, "owner", checked(OwnerOf, fields)))


def add_holder(path: Path, session: Session, **fields: Any) -> dict[str, Any]:
    """Log whether two contacts have one holder."""
    from sextortion_cli.model.checked import checked
    from sextortion_cli.model.holder import Holder

    with cases.writing(path, session) as writer:
        return _statement("holder", _state(writer, "holder", checked(Holder, fields)))


def withdraw(path: Path, session: Session, identity: str, why: str | None) -> dict[str, Any]:
    """Take back a statement or exhibit: it is hidden from lists and reports, nothing is removed."""
    with cases.writing(path, session) as writer:
        book = writer.book
        exhibit = book.exhibit(identity)
        known = exhibit.id if exhibit is not None else _known_statement(book, identity)
        if known is None:
            raise UsageProblem(message=_("There is nothing with that number in the case."))
        record = writer.record("withdrawn", {"record": known}, {"why": why})
        writer.commit()
        return {"record": record["seq"], "withdrawn": known, "why": why}


def _known_statement(book: Book, identity: str) -> str | None:
    if book.is_dismissed(identity.upper()):
        return identity.upper()
    for kind, records in book.statements.items():
        for record in records:
            if record["subject"][_ID[kind]] == identity.upper():
                return identity.upper()
    return None


def list_contacts(case: cases.Case) -> Iterator[dict[str, Any]]:
    """Yield every contact with its history."""
    seen = set()
    for record in case.book.current("contact"):
        identity = str(record["subject"]["contact_id"])
        if identity not in seen:
            seen.add(identity)
            yield _contact(case, identity)


def list_statements(case: cases.Case, kind: str) -> Iterator[dict[str, Any]]:
    """Yield the current state of every device, event, note or thing not collected."""
    latest: dict[str, dict[str, Any]] = {}
    for record in case.book.current(kind):
        latest[str(record["subject"][_ID[kind]])] = record
    for record in latest.values():
        yield _statement(kind, _unquoted(case.book, record))


def _unquoted(book: Book, record: dict[str, Any]) -> dict[str, Any]:
    """Return a statement without the words it quotes from an exhibit that is not shown any more, and without the place they stand at."""
    data = record["data"]
    if not data.get("locator") or book.is_shown(str(data.get("exhibit"))):
        return record
    return {**record, "data": {**data, "text": None, "locator": None}}


def show_contact(case: cases.Case, identity: str) -> dict[str, Any]:
    """
    Return one contact with its history, also when it was taken back.

    Raises:
        UsageProblem: There is none with that number.
    """
    found = _named(case.book, "contact", identity)
    return {**_contact(case, found), "withdrawn": case.book.is_withdrawn(found)}


def _contact(case: cases.Case, identity: str) -> dict[str, Any]:
    records = [item for item in case.book.statements["contact"] if item["subject"]["contact_id"] == identity]
    history = [
        {"record": item["seq"], "recorded": item["time"]["utc"], "stated_by": item["actor"]["name"], **item["data"]} for item in records
    ]
    latest = {key: value for key, value in records[-1]["data"].items() if key != "source"}
    return {"contact_id": identity, **latest, "recorded": records[-1]["time"]["utc"], "history": history}


def _statement(kind: str, record: dict[str, Any]) -> dict[str, Any]:
    return {
        _ID[kind]: record["subject"][_ID[kind]],
        **record["data"],
        "record": record["seq"],
        "recorded": record["time"]["utc"],
        "stated_by": record["actor"]["name"],
    }


def _state(writer: cases.Writer, kind: str, statement: Statement, identity: str | None = None) -> dict[str, Any]:
    record = writer.record(kind, {_ID[kind]: identity or writer.book.next_id(kind)}, statement.stated())
    writer.commit()
    return record


def stated_time(text: str | None, timezone: str | None) -> dict[str, Any] | None:
    """Return what a person said of a time: as written, and its normal form where it can be read."""
    if text is None or not text.strip():
        return None
    from sextortion_cli.normalise.stated import stated

    return stated(text, timezone)
