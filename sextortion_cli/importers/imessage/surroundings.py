"""People, conversations and files of a Messages database: held in memory, because messages name them by number."""

from __future__ import annotations

from typing import Any

import apsw

from sextortion_cli.importers.imessage.words import STYLES
from sextortion_cli.importers.rows.database import Cells, Database, Row, quoted
from sextortion_cli.importers.rows.values import fact, sender, told, whole
from sextortion_cli.model.reading import Attachment, Conversation, Fact, Sender

_NOWHERE = Conversation()
_FILE = ("filename", "transfer_name", "mime_type", "is_sticker")
_OTHERS = ("document", "image", "video", "audio")


class Surroundings:
    """Learns people and conversations as their rows are read, and answers for messages."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._people: dict[int, str] = {}
        self._chats: dict[int, tuple[Conversation, tuple[str, ...]]] = {}
        self._accounts: dict[int, str] = {}
        columns = database.columns.get("attachment", ())
        wanted = ", ".join(quoted(name) if name in columns else "NULL" for name in _FILE)
        self._file = f"SELECT {wanted} FROM attachment WHERE _rowid_ = ?"

    def person(self, row: Row) -> Fact:
        """Return the fact of one address somebody wrote from or was written to at."""
        self._people[row.id] = told(row.cells.get("id") or "")
        return fact(row, "address", "contact", ("ROWID",))

    def conversation(self, row: Row) -> Fact:
        """Return the fact of one conversation."""
        cells = row.cells
        names = tuple(told(cells[name]) for name in ("display_name", "room_name", "chat_identifier", "guid") if cells.get(name))
        shown = next((told(cells[name]) for name in ("display_name", "chat_identifier", "guid") if cells.get(name)), None)
        style = whole(cells.get("style"))
        kind = None if style is None else STYLES.get(style, str(style))
        identity = told(cells["guid"]) if cells.get("guid") else None
        self._chats[row.id] = Conversation(shown, identity, kind, row.pointer), names
        found = fact(row, "conversation", without=("ROWID",))
        values = found.values
        self._accounts[row.id] = values.get("account_login", "")
        if people := self._participants(row.id):
            values["participants"] = ", ".join(people)
        return found

    def _participants(self, chat: int) -> list[str]:
        try:
            found: list[Any] = self._database.connection.execute(
                "SELECT handle_id FROM chat_handle_join WHERE chat_id = ? ORDER BY handle_id", (chat,)
            ).fetchall()
        except apsw.Error:
            return []
        return [self._people.get(handle, str(handle)) for (handle,) in found]

    def of(self, chat: int | None) -> Conversation:
        """Return the conversation of a message; an empty one where none is named."""
        return _NOWHERE if chat is None or chat not in self._chats else self._chats[chat][0]

    def names(self, chat: int | None) -> tuple[str, ...]:
        """Return every name and id of a conversation."""
        return () if chat is None or chat not in self._chats else self._chats[chat][1]

    def owner(self, cells: Cells, chat: int | None) -> Sender | None:
        """Return the account owner as the row, or else its conversation, names them: ``e:`` or ``p:`` and the address."""
        account = told(cells.get("account") or cells.get("destination_caller_id") or "") or self._accounts.get(chat or 0, "")
        address = account[2:] if account[:2].lower() in ("e:", "p:") else account
        return sender(address, account) if address else None

    def sender(self, handle: Any) -> Sender | None:
        """Return who wrote from an address; None where the row names nobody."""
        address = self._people.get(handle) if isinstance(handle, int) else None
        return sender(address, address) if address else None

    def more(self, cells: Cells, places: list[tuple[Any, ...]], trashed: list[tuple[Any, ...]]) -> dict[str, str]:
        """Return what other tables say of a message."""
        found: dict[str, str] = {}
        other = whole(cells.get("other_handle"))
        if other and other in self._people:
            found["other_handle"] = self._people[other]
        if cells.get("is_from_me") and (address := self._people.get(whole(cells.get("handle_id")) or 0)):
            found["to"] = address
        if len(places) > 1:
            found["conversations"] = ", ".join(self.of(place[0]).id or str(place[0]) for place in places)
        if trashed:
            found["recently_deleted"] = told(trashed[0][1] or "")
        return found

    def attachments(self, links: list[tuple[Any, ...]]) -> tuple[Attachment, ...]:
        """Return the files of a message."""
        return tuple(self._attachment(link[0]) for link in links) if links else ()

    def _attachment(self, number: Any) -> Attachment:
        try:
            found: list[Any] = self._database.connection.execute(self._file, (number,)).fetchall()
        except (apsw.Error, UnicodeDecodeError):
            found = []
        if not found:
            return Attachment(note=f"attachment {number}")
        path, name, mime, sticker = found[0]
        family = told(mime or "").partition("/")[0]
        media = "sticker" if sticker else family if family in _OTHERS else "document"
        return Attachment(told(path or name) if path or name else None, media)
