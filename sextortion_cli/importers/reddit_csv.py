"""Reddit "Request your data": ``chat_history.csv``, ``messages.csv`` and ``messages_archive.csv``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import BLANK_ROW, TABLE_NOISE
from sextortion_cli.importers.lines.csvrows import Row, heading_of, heading_rule
from sextortion_cli.importers.lines.emit import Emitter, closing, unread, valid
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.lines.tables import Values, places_of, read_rows
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import Encoding, encoding_of
from sextortion_cli.model.reading import Conversation, Fact, Message, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_CHAT = frozenset(
    [
        "message_id", "created_at", "updated_at", "username", "message", "thread_parent_message_id", "channel_url", "subreddit", "channel_name",
        "conversation_type",
    ]
)  # fmt: skip
_MAIL = frozenset(["id", "permalink", "thread_id", "date", "ip", "from", "to", "subject", "body"])
_CHAT_NEEDED = frozenset(["message_id", "created_at", "username", "message", "channel_url"])
_MAIL_NEEDED = frozenset(["id", "permalink", "thread_id", "date", "from", "to", "body"])


def _is_heading(names: tuple[str, ...]) -> bool:
    return set(names) >= _CHAT_NEEDED or set(names) >= _MAIL_NEEDED


class RedditCsv(Importer):
    """Reads chats and private messages of a Reddit data request."""

    id: ClassVar[str] = "reddit-csv"
    service: ClassVar[str] = "Reddit"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open reddit.com/settings/data-request in a browser, and ask for all your data. The link comes as a message on Reddit, often after some days. "
        "Take the whole file."
    )
    limits: ClassVar[str] = N_(
        "People are named only by user name. Pictures are not included, and what was deleted is gone. The IP addresses in the file are the account "
        "owner's own."
    )
    seen_on: ClassVar[str] = "files composed after other readers' source and tests, 2023 to 2026; no real file"
    noise: ClassVar[Mapping[str, str]] = TABLE_NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {
        "heading": heading_rule(_CHAT | _MAIL),
        "blank-row": BLANK_ROW,
    }
    references: ClassVar[tuple[str, ...]] = ("Reddit Help, How do I request a copy of my Reddit data and information?",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a table with the columns of Reddit's chats or messages."""
        if heading_of(source, _is_heading) is None:
            return Sniff("no", "no heading of Reddit's chats or messages")
        return Sniff("yes", "the columns of Reddit's chats or messages")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield one message a row, and the account owner's own address of each as a fact."""
        heading = heading_of(source, _is_heading)
        if heading is None:
            yield Conversation()
            if source.size:
                yield unread(0, source.size, "no-messages", 1)
            return
        encoding = encoding_of(source)
        emitter = Emitter(encoding, options)
        places = places_of(heading)
        is_chat = places.keys() >= _CHAT_NEEDED
        current: str | None = None
        for row in read_rows(source, heading, len(_CHAT_NEEDED), None, encoding, _CHAT | _MAIL):
            if not isinstance(row, Row):
                yield row
                continue
            values = Values(row, places)
            if not values["message_id" if is_chat else "id"]:
                yield unread(row.start, row.end, "not-a-row", row.line)
                continue
            thread = values["channel_url"] if is_chat else values["thread_id"] or values["permalink"] or values["id"]
            if thread != current:
                current = thread
                kind = values["conversation_type"] or None
                yield from emitter.conversation(Conversation(values["channel_name"] or values["subject"] or None, thread or None, kind))
            yield from _chat(values, emitter) if is_chat else _mail(values, source, encoding, emitter)
        yield from closing(
            emitter, options, None, "authorship-unverifiable", "user-names-only", "media-not-included", "deleted-not-included"
        )


def _chat(values: Values, emitter: Emitter) -> Iterator[Record]:
    row, name = values.row, values["username"]
    created, updated = values["created_at"], values["updated_at"]
    detail = values.others("username", "message", "created_at", "updated_at", "channel_url", "channel_name", "conversation_type")
    is_edited = bool(updated) and updated != created
    if is_edited:
        detail["updated_at"] = updated
    message = Message(
        row.start, row.end, "text", emitter.sender(name) if name else None, moment(created), values["message"], values.raw("message"),
        edited=is_edited, line=row.line, detail=detail,
    )  # fmt: skip
    yield from emitter.message(message)


def _mail(values: Values, source: Source, encoding: Encoding, emitter: Emitter) -> Iterator[Record]:
    """
    Read a private message. Its ``ip`` is the account owner's, never the other side's.

    It becomes a fact of its own, whose bytes are the line break behind the row: a record has its bytes alone, and the line says where
    the address stands. Without a line break it is only in the original.
    """
    row, name, address = values.row, values["from"], values["ip"].strip()
    detail = values.others("from", "body", "date", "ip", "thread_id")
    ending = len(encoding.encode("\n"))
    tail = source.read_at(row.end - ending, ending)
    has_fact = bool(address) and tail == encoding.encode("\n")
    if address:
        detail["ip"] = "(withheld: the account owner's own)"
    end = row.end - ending if has_fact else row.end
    message = Message(
        row.start, end, "text", emitter.sender(name) if name else None, moment(values["date"]), values["body"], values.raw("body"),
        line=row.line, detail=detail,
    )  # fmt: skip
    is_read = False
    for record in emitter.message(message):
        is_read = is_read or isinstance(record, Message)
        yield record
    if has_fact and is_read:
        yield Fact(
            end, row.end, "own-address", "account-owner", line=row.line, values={"ip": valid(address), "date": valid(values["date"])}
        )
    elif has_fact:
        yield emitter.left_out(end, row.end)
