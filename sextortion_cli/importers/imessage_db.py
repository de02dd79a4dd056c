"""Apple Messages: ``chat.db`` of a Mac, ``sms.db`` of an iPhone backup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.imessage.message import build
from sextortion_cli.importers.imessage.surroundings import Surroundings
from sextortion_cli.importers.imessage.words import DEFECTS, GAPS
from sextortion_cli.importers.rows.database import Database, Row
from sextortion_cli.importers.rows.importer import DatabaseImporter
from sextortion_cli.importers.rows.links import Links
from sextortion_cli.importers.rows.values import fact
from sextortion_cli.model.reading import Defect, Gap, Noise, ReadOptions, Record
from sextortion_cli.model.selection import Selection
from sextortion_cli.model.tables import Table
from sextortion_cli.words import N_


class ImessageDb(DatabaseImporter):
    """Reads iMessage, SMS, MMS and RCS as Apple Messages keeps them: every row of its messages, people, conversations and files."""

    id: ClassVar[str] = "imessage-db"
    service: ClassVar[str] = "Apple Messages"
    version: ClassVar[str] = "1"
    tables: ClassVar[tuple[Table, ...]] = (
        Table("handle"),
        Table("chat"),
        Table("message", shown=("text",), within=("attributedBody",)),
        Table("attachment"),
        Table("deleted_messages"),
    )
    signature: ClassVar[tuple[Mapping[str, frozenset[str]], ...]] = (
        {
            "message": frozenset(["guid", "text", "handle_id", "date", "is_from_me"]),
            "handle": frozenset(["id", "service"]),
            "chat_message_join": frozenset(["chat_id", "message_id"]),
        },
    )
    how_to_export: ClassVar[str] = N_(
        "On a Mac: quit Messages, open the folder ~/Library/Messages in Finder, and copy chat.db together with chat.db-wal and the folder "
        "Attachments. On an iPhone: make a backup on a computer; there the file is called sms.db. Import the whole folder."
    )
    limits: ClassVar[str] = N_(
        "The database shows what this device has; messages may lie only on other devices or in iCloud. Deleted rows that may still lie in the file "
        "are not searched for. That something is missing does not show who removed it."
    )
    seen_on: ClassVar[str] = "macOS 10.11 (one real database); layouts up to macOS 15 from other programs' sources"
    references: ClassVar[tuple[str, ...]] = (
        "ReagentX/imessage-exporter, imessage-database/src/tables and message_types",
        "https://sqlite.org/fileformat2.html",
    )

    def records(self, database: Database, options: ReadOptions) -> Iterator[Record]:
        """Yield people, conversations, messages with what belongs to them, files, and what is known to be deleted."""
        around = Surroundings(database)
        for row in database.rows("handle"):
            yield around.person(row) if isinstance(row, Row) else row
        for row in database.rows("chat"):
            yield around.conversation(row) if isinstance(row, Row) else row
        yield from _messages(database, around, Selection(options))
        for row in database.rows("attachment"):
            yield fact(row, "attachment", without=("ROWID",)) if isinstance(row, Row) else row
        deleted = 0
        for row in database.rows("deleted_messages"):
            deleted += 1
            yield fact(row, "deleted-message", without=("ROWID",)) if isinstance(row, Row) else row
        if deleted:
            yield Gap("messages-deleted", GAPS["messages-deleted"], deleted)


def _messages(database: Database, around: Surroundings, choice: Selection) -> Iterator[Record]:
    """Yield every row of ``message`` with its conversation before it."""
    chats = Links(database, "chat_message_join", "message_id", ("chat_id",))
    trashed = Links(database, "chat_recoverable_message_join", "message_id", ("chat_id", "delete_date"))
    files = Links(database, "message_attachment_join", "message_id", ("attachment_id",))
    in_trash = 0
    for row in database.rows("message"):
        if isinstance(row, Defect):
            yield row
            continue
        places, bin_ = chats.of(row.id), trashed.of(row.id)
        attached = files.of(row.id)
        in_trash += bool(bin_)
        chat = next((place[0] for place in (*places, *bin_)), None)
        conversation = around.of(chat)
        if not choice.has_names(around.names(chat)):
            yield Noise(row.start, row.start + 1, "not-selected")
            continue
        more = around.more(row.cells, places, bin_)
        who = around.owner(row.cells, chat) if row.cells.get("is_from_me") else around.sender(row.cells.get("handle_id"))
        built = build(row, who, around.attachments(attached), more)
        if not choice.has_time(built.message.time):
            yield Noise(row.start, row.start + 1, "not-selected")
            continue
        yield conversation
        yield built.message
        for code in built.problems:
            yield Defect(row.start, row.start + 1, code, DEFECTS[code], overlay=True, pointer=row.pointer, row=row.id)
    chats.finish()
    if in_trash:
        yield Gap("recently-deleted", GAPS["recently-deleted"], in_trash)
    if chats.strays:
        yield Gap("messages-gone", GAPS["messages-gone"], chats.strays)
    if chats.is_damaged or trashed.is_damaged or files.is_damaged:
        yield Defect(
            database.position, database.position, "links-unreadable", DEFECTS["links-unreadable"], overlay=True, pointer="/message"
        )
