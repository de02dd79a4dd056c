"""Open a case, log what people state, check it, write the case file. Every function is one thing a person does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sextortion_cli.errors import UsageProblem
from sextortion_cli.model.session import Session
from sextortion_cli.store import case as cases
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from sextortion_cli.model.statements import Statement

_ID = {"contact": "contact_id", "device": "device_id", "event": "event_id", "note": "note_id", "not-collected": "not_collected_id"}


@dataclass(frozen=True)
class NewCase:
    """A case that was just opened."""

    case_id: str
    path: Path
    fingerprint: str


def new_case(path: Path, session: Session, **settings: Any) -> NewCase:
    """
    Open a case in a new or empty folder.

    Args:
        settings: title, timezone, country, language, role, minor, prefix.

    Raises:
        CaseExists, ReadOnlyCase, SourceMissing, UsageProblem: The zone is unknown.
    """
    from sextortion_cli.guide.folder_readme import README_TEXT
    from sextortion_cli.store.create import create_case

    check_zone(settings.get("timezone"))
    case = create_case(path, settings, README_TEXT, session)
    return NewCase(case.case_id, case.path, case.fingerprint())


def path_of(name: str) -> Path:
    """Return the absolute path of a folder a person named."""
    return Path(name).absolute()


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
    from sextortion_cli.model.statements import Contact

    with cases.writing(path, session) as writer:
        known = None
        if contact_id is not None:
            history = [item for item in writer.book.statements["contact"] if item["subject"]["contact_id"] == contact_id]
            if not history:
                raise UsageProblem(message=_("There is no contact with that number. See: casefile contact list"))
            known = history[-1]["data"]
        fields = {key: value for key, value in fields.items() if value is not None}
        if first_seen is not None:
            fields["first_seen"] = stated_time(first_seen, writer.book.settings.get("timezone"))
        record = _state(writer, "contact", _checked(Contact, {**(known or {}), **fields}), contact_id)
        return _contact(writer.case, str(record["subject"]["contact_id"]))


def add_device(path: Path, session: Session, device_id: str | None = None, **fields: Any) -> dict[str, Any]:
    """Log a phone or computer that holds evidence; with `device_id`, a further entry in its history."""
    from sextortion_cli.model.statements import Device

    with cases.writing(path, session) as writer:
        known: dict[str, Any] = {}
        for item in writer.book.statements["device"]:
            if item["subject"]["device_id"] == device_id:
                known = item["data"]
        if device_id is not None and not known:
            raise UsageProblem(message=_("There is no device with that number. See: casefile device list"))
        stated = {key: value for key, value in fields.items() if value not in (None, (), [])}
        record = _state(writer, "device", _checked(Device, {**known, **stated}), device_id)
        return _statement("device", record)


def add_event(
    path: Path, session: Session, kind: str, when: str | None = None, deadline: str | None = None, **fields: Any
) -> dict[str, Any]:
    """Log something that happened."""
    from sextortion_cli.model.statements import Event

    with cases.writing(path, session) as writer:
        zone = writer.book.settings.get("timezone")
        times = {"when": stated_time(when, zone), "deadline": stated_time(deadline, zone)}
        _check_known(writer, fields)
        return _statement("event", _state(writer, "event", _checked(Event, {"kind": kind, **times, **fields})))


def _check_known(writer: cases.Writer, fields: dict[str, Any]) -> None:
    if fields.get("exhibit") is not None:
        found = writer.book.exhibit(fields["exhibit"])
        if found is None:
            raise UsageProblem(message=_("There is no exhibit with that number. See: casefile items"))
        fields["exhibit"] = found.id
    known = {item["subject"]["contact_id"] for item in writer.book.statements["contact"]}
    if fields.get("contact") is not None and fields["contact"] not in known:
        raise UsageProblem(message=_("There is no contact with that number. See: casefile contact list"))


def add_note(path: Path, session: Session, text: str) -> dict[str, Any]:
    """Log a dated remark."""
    from sextortion_cli.model.statements import Note

    with cases.writing(path, session) as writer:
        return _statement("note", _state(writer, "note", _checked(Note, {"text": text})))


def add_not_collected(path: Path, session: Session, what: str, why: str) -> dict[str, Any]:
    """Log what was left out of the case, and why."""
    from sextortion_cli.model.statements import NotCollected

    with cases.writing(path, session) as writer:
        return _statement("not-collected", _state(writer, "not-collected", _checked(NotCollected, {"what": what, "why": why})))


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


def _known_statement(book: Any, identity: str) -> str | None:
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
        yield _statement(kind, record)


def show_contact(case: cases.Case, identity: str) -> dict[str, Any]:
    """
    Return one contact with its history.

    Raises:
        UsageProblem: There is none with that number.
    """
    if not any(item["subject"]["contact_id"] == identity for item in case.book.statements["contact"]):
        raise UsageProblem(message=_("There is no contact with that number. See: casefile contact list"))
    return _contact(case, identity)


def _contact(case: cases.Case, identity: str) -> dict[str, Any]:
    records = [item for item in case.book.statements["contact"] if item["subject"]["contact_id"] == identity]
    history = [
        {"record": item["seq"], "recorded": item["time"]["utc"], "stated_by": item["actor"]["name"], **item["data"]} for item in records
    ]
    return {"contact_id": identity, **records[-1]["data"], "recorded": records[-1]["time"]["utc"], "history": history}


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


def _checked(model: type[Statement], fields: dict[str, Any]) -> Statement:
    from pydantic import ValidationError

    try:
        return model.model_validate(fields)
    except ValidationError as error:
        names = ", ".join(sorted({str(item["loc"][0]) for item in error.errors(include_input=False, include_context=False)}))
        if names == "amount":
            raise UsageProblem(message=_("Write the amount with nothing between thousands: 20000 or 20000.50")) from None
        raise UsageProblem(message=_("This cannot be understood: {names}").format(names=names)) from None


def stated_time(text: str | None, timezone: str | None) -> dict[str, Any] | None:
    """Return what a person said of a time: as written, and its normal form where it can be read."""
    if text is None:
        return None
    from sextortion_cli.normalise.stated import stated

    return stated(text, timezone)
