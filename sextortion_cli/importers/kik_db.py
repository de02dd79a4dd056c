"""Kik on an iPhone: ``kik.sqlite``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from sextortion_cli.importers.rows.database import Database, Row
from sextortion_cli.importers.rows.faults import DEFECTS, GAPS
from sextortion_cli.importers.rows.importer import DatabaseImporter
from sextortion_cli.importers.rows.links import Links
from sextortion_cli.importers.rows.values import APPLE, dated, details, fact, moment, sender, take_text, told, whole
from sextortion_cli.model.reading import (
    Attachment,
    Conversation,
    Defect,
    Fact,
    Gap,
    Message,
    MessageKind,
    Noise,
    ReadOptions,
    Record,
    Sender,
)
from sextortion_cli.model.selection import Selection
from sextortion_cli.model.tables import Table
from sextortion_cli.words import N_

#: ``ZTYPE``.
_BOXES: Final[Mapping[int, str]] = {1: "received", 2: "sent", 3: "group event", 4: "group event"}
_RECEIVED, _EVENTS = 1, frozenset([3, 4])
_GROUP = "@groups.kik.com"
_JOIN = re.compile(r"Z_[0-9]{1,4}MESSAGES")
_PLACED = frozenset(["Z_PK", "Z_ENT", "Z_OPT", "ZTIMESTAMP", "ZUSER"])
_NOWHERE = Conversation()


class KikDb(DatabaseImporter):
    """Reads messages, people, conversations and attachments of Kik as an iPhone keeps them."""

    id: ClassVar[str] = "kik-db"
    service: ClassVar[str] = "Kik"
    version: ClassVar[str] = "1"
    tables: ClassVar[tuple[Table, ...]] = (
        Table("ZKIKUSER"),
        Table("ZKIKCHAT"),
        Table("ZKIKMESSAGE", shown=("ZBODY",)),
        Table("ZKIKATTACHMENT"),
    )
    signature: ClassVar[tuple[Mapping[str, frozenset[str]], ...]] = (
        {"ZKIKMESSAGE": frozenset(["ZBODY", "ZTIMESTAMP", "ZTYPE", "ZUSER"]), "ZKIKUSER": frozenset(["ZUSERNAME", "ZJID"])},
    )
    how_to_export: ClassVar[str] = N_(
        "Kik has no export. Take screenshots of the chat and the profile, with the user name. The file kik.sqlite comes along in an unencrypted "
        "backup of an iPhone; if you have such a backup, import the folder."
    )
    limits: ClassVar[str] = N_(
        "The database shows what this phone has; Kik keeps no chats on its servers. The name that is shown is freely chosen: keep the user name "
        "and ZJID. Deleted rows that may still lie in the file are not searched for."
    )
    seen_on: ClassVar[str] = "one real database of 2015"
    references: ClassVar[tuple[str, ...]] = (
        "log2timeline/plaso, parsers/sqlite_plugins/ios_kik.py",
        "Ovens and Morison, Forensic analysis of Kik messenger on iOS devices, Digital Investigation 17 (2016)",
    )

    def records(self, database: Database, options: ReadOptions) -> Iterator[Record]:
        """Yield people, conversations, messages, attachments."""
        people, choice = _People(), Selection(options)
        for row in database.rows("ZKIKUSER"):
            yield people.learn(row) if isinstance(row, Row) else row
        chats: dict[int, int] = {}
        for row in database.rows("ZKIKCHAT"):
            if isinstance(row, Row):
                chats[row.id] = whole(row.cells.get("ZUSER")) or 0
                yield fact(row, "conversation", without=("Z_PK", "Z_ENT", "Z_OPT"))
            else:
                yield row
        joined = _joined(database)
        files = Links(database, "ZKIKATTACHMENT", "ZMESSAGE", ("ZCONTENT", "ZTYPE"))
        for row in database.rows("ZKIKMESSAGE"):
            if isinstance(row, Row):
                places = [] if joined is None else joined.of(row.id)
                yield from _message(row, people, [chats.get(place[0], 0) for place in places], files.of(row.id), choice)
            else:
                yield row
        if files.is_damaged or (joined is not None and joined.is_damaged):
            yield Defect(
                database.position, database.position, "links-unreadable", DEFECTS["links-unreadable"], overlay=True, pointer="/ZKIKMESSAGE"
            )
        for row in database.rows("ZKIKATTACHMENT"):
            yield fact(row, "attachment", without=("Z_PK", "Z_ENT", "Z_OPT")) if isinstance(row, Row) else row
        yield Gap("owner-unknown", GAPS["owner-unknown"])


def _joined(database: Database) -> Links | None:
    """Return the table that joins messages with conversations; the numbers in its name and columns change with the app's version."""
    for table, columns in database.columns.items():
        if _JOIN.fullmatch(table):
            chat = next((name for name in columns if name.endswith("CHAT")), None)
            message = next((name for name in columns if name.endswith("MESSAGES")), None)
            if chat is not None and message is not None:
                return Links(database, table, message, (chat,))
    return None


class _People:
    """Who is who, by the number messages name them by."""

    def __init__(self) -> None:
        self._people: dict[int, tuple[Sender, tuple[str, ...]]] = {}

    def learn(self, row: Row) -> Fact:
        """Learn one person or group."""
        cells = row.cells
        names = tuple(told(cells[name]) for name in ("ZDISPLAYNAME", "ZUSERNAME", "ZJID") if cells.get(name))
        if names:
            self._people[row.id] = sender(names[0], told(cells["ZJID"]) if cells.get("ZJID") else None), names
        is_group = any(name.endswith(_GROUP) for name in names)
        return fact(row, "group" if is_group else "contact", "unknown" if is_group else "contact", ("Z_PK", "Z_ENT", "Z_OPT"))

    def of(self, number: Any) -> tuple[Sender | None, tuple[str, ...]]:
        """Return a person and every name of theirs."""
        return self._people.get(number, (None, ()))


def _message(row: Row, people: _People, chats: list[int], files: list[tuple[Any, ...]], choice: Selection) -> Iterator[Record]:
    cells = row.cells
    box = whole(cells.get("ZTYPE")) or 0
    who, _ = people.of(cells.get("ZUSER"))
    partner, names = people.of(next(iter(chats), None) or cells.get("ZUSER"))
    time = moment(cells.get("ZTIMESTAMP") or cells.get("ZRECEIVEDTIMESTAMP"), APPLE)
    if not choice.has_names(names) or not choice.has_time(time):
        yield Noise(row.start, row.start + 1, "not-selected")
        return
    where = _NOWHERE
    if partner is not None:
        group = bool(partner.id and partner.id.endswith(_GROUP))
        where = Conversation(partner.name, partner.id, "group" if group else "direct")
    text = take_text(cells, "ZBODY")
    detail = dated(details(cells, _PLACED), {"ZRECEIVEDTIMESTAMP": moment(cells.get("ZRECEIVEDTIMESTAMP"), APPLE)})
    detail["box"] = _BOXES.get(box, str(box))
    if box != _RECEIVED and who is not None:
        detail["with"] = who.id or who.name
    yield where
    yield Message(
        row.start,
        row.start + 1,
        _kind(box, text.text, files),
        who if box == _RECEIVED else None,
        time,
        text.text,
        raw_b64=text.raw_b64,
        lossy=text.lossy,
        pointer=row.pointer,
        row=row.id,
        attachments=tuple(
            Attachment(told(content) if content else None, None, None if content else f"type {kind}") for content, kind in files
        ),
        detail=detail,
    )
    for code in ("invalid-unicode",) * text.lossy + ("unreadable-time",) * (time is not None and time.utc is None):
        yield Defect(row.start, row.start + 1, code, DEFECTS[code], overlay=True, pointer=row.pointer, row=row.id)


def _kind(box: int, text: str | None, files: list[tuple[Any, ...]]) -> MessageKind:
    if box in _EVENTS:
        return "service"
    return "text" if text else "media" if files else "other"
