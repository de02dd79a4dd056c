"""Android's message store: ``mmssms.db`` (SMS and MMS)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.android.mms import ADDRESS, PART, multimedia
from sextortion_cli.importers.android.words import BOXES, DRAFT, RECEIVED
from sextortion_cli.importers.rows.database import Database, Row
from sextortion_cli.importers.rows.faults import DEFECTS, GAPS
from sextortion_cli.importers.rows.importer import DatabaseImporter
from sextortion_cli.importers.rows.links import Links
from sextortion_cli.importers.rows.values import UNIX, dated, details, fact, moment, sender, take_text, told, whole
from sextortion_cli.model.reading import Conversation, Defect, Gap, Message, Noise, ReadOptions, Record
from sextortion_cli.model.selection import Selection
from sextortion_cli.model.tables import Parts, Table
from sextortion_cli.words import N_

_NOWHERE = Conversation()
_PLACED = frozenset(["_id", "date", "thread_id"])


class AndroidSmsDb(DatabaseImporter):
    """Reads SMS and MMS as Android keeps them, with their parts, addresses and conversations."""

    id: ClassVar[str] = "android-sms-db"
    service: ClassVar[str] = "SMS"
    version: ClassVar[str] = "1"
    tables: ClassVar[tuple[Table, ...]] = (
        Table("canonical_addresses"),
        Table("threads"),
        Table("sms", shown=("body",)),
        Table("pdu", parts=Parts("part", "mid", "text")),
        Table("part"),
        Table("addr"),
    )
    signature: ClassVar[tuple[Mapping[str, frozenset[str]], ...]] = (
        {
            "sms": frozenset(["_id", "thread_id", "address", "date", "type", "body"]),
            "pdu": frozenset(["_id", "thread_id", "msg_box", "m_type"]),
        },
    )
    how_to_export: ClassVar[str] = N_(
        "The file mmssms.db lies where only the phone's system can reach; it comes along when professionals extract a phone. If you have such a copy, "
        "import the folder it lies in. Otherwise use the app SMS Backup & Restore, which makes an XML file."
    )
    limits: ClassVar[str] = N_(
        "The phone's own number is not in the file. Attachments lie in files of their own (app_parts). Deleted rows that may still lie in the file "
        "are not searched for, and RCS chats may lie in other apps."
    )
    seen_on: ClassVar[str] = "Android 4.4 (one real database); columns up to Android 14 from the system's source"
    references: ClassVar[tuple[str, ...]] = (
        "AOSP packages/providers/TelephonyProvider MmsSmsDatabaseHelper.java",
        "AOSP frameworks Telephony.java; PduPersister.java; OMA-TS-MMS_ENC",
    )

    def records(self, database: Database, options: ReadOptions) -> Iterator[Record]:
        """Yield addresses, conversations, SMS, MMS, and the parts and addresses of MMS as facts."""
        threads, choice = _Threads(), Selection(options)
        for row in database.rows("canonical_addresses"):
            yield threads.address(row) if isinstance(row, Row) else row
        for row in database.rows("threads"):
            yield threads.thread(row) if isinstance(row, Row) else row
        for row in database.rows("sms"):
            yield from _chosen(row, threads, choice, _short(row)) if isinstance(row, Row) else (row,)
        parts = Links(database, "part", "mid", PART)
        addresses = Links(database, "addr", "msg_id", ADDRESS)
        for row in database.rows("pdu"):
            if isinstance(row, Row):
                yield from _chosen(row, threads, choice, multimedia(row, parts.of(row.id), addresses.of(row.id)))
            else:
                yield row
        if parts.is_damaged or addresses.is_damaged:
            yield Defect(
                database.position, database.position, "links-unreadable", DEFECTS["links-unreadable"], overlay=True, pointer="/pdu"
            )
        for table, kind in (("part", "mms-part"), ("addr", "mms-address")):
            for row in database.rows(table):
                yield fact(row, kind, without=("_id",)) if isinstance(row, Row) else row
        yield Gap("owner-unknown", GAPS["owner-unknown"])


def _chosen(row: Row, threads: _Threads, choice: Selection, message: Message) -> Iterator[Record]:
    conversation, names = threads.of(row.cells.get("thread_id"))
    if not choice.has_names(names) or not choice.has_time(message.time):
        yield Noise(row.start, row.start + 1, "not-selected")
        return
    yield conversation
    yield message
    if message.lossy:
        yield Defect(row.start, row.start + 1, "invalid-unicode", DEFECTS["invalid-unicode"], overlay=True, pointer=row.pointer, row=row.id)
    if message.time is not None and message.time.utc is None:
        yield Defect(row.start, row.start + 1, "unreadable-time", DEFECTS["unreadable-time"], overlay=True, pointer=row.pointer, row=row.id)


def _short(row: Row) -> Message:
    """Return the record of a row of ``sms``; its times count milliseconds."""
    cells = row.cells
    text = take_text(cells, "body")
    box = whole(cells.get("type")) or 0
    detail = dated(details(cells, _PLACED), {"date_sent": moment(cells.get("date_sent"), UNIX, 1000)})
    detail["box"] = BOXES.get(box, str(box))
    address = told(cells["address"]) if cells.get("address") else None
    received = box == RECEIVED and address is not None
    if received:
        del detail["address"]
    return Message(
        row.start,
        row.start + 1,
        "other" if box == DRAFT or text.text is None else "text",
        sender(address, address) if received and address is not None else None,
        moment(cells.get("date"), UNIX, 1000),
        text.text,
        raw_b64=text.raw_b64,
        lossy=text.lossy,
        pointer=row.pointer,
        row=row.id,
        detail=detail,
    )


class _Threads:
    """Who is in which conversation."""

    def __init__(self) -> None:
        self._addresses: dict[str, str] = {}
        self._threads: dict[int, tuple[Conversation, tuple[str, ...]]] = {}

    def address(self, row: Row) -> Record:
        """Learn one address."""
        self._addresses[str(row.id)] = told(row.cells.get("address") or "")
        return fact(row, "address", "contact", ("_id",))

    def thread(self, row: Row) -> Record:
        """Learn one conversation: its people stand as numbers of addresses, with spaces between."""
        people = [self._addresses.get(number, number) for number in told(row.cells.get("recipient_ids") or "").split()]
        found = fact(row, "conversation", without=("_id",))
        if people:
            found.values["participants"] = ", ".join(people)
        kind = "group" if len(people) > 1 else "direct" if people else None
        conversation = Conversation(", ".join(people) or None, str(row.id), kind, row.pointer)
        self._threads[row.id] = conversation, (str(row.id), ", ".join(people), *people)
        return found

    def of(self, thread: object) -> tuple[Conversation, tuple[str, ...]]:
        """Return a conversation and its names."""
        if not isinstance(thread, int):
            return _NOWHERE, ()
        return self._threads.get(thread, (Conversation(None, str(thread)), (str(thread),)))
