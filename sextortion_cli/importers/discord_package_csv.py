"""Discord's own data package, older form: ``messages/c<channel>/messages.csv``. It holds only what the account owner sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.discord.written import EPOCH_MS
from sextortion_cli.importers.lines.codes import BLANK_ROW, TABLE_NOISE, gap
from sextortion_cli.importers.lines.csvrows import Row, heading_of, heading_rule
from sextortion_cli.importers.lines.emit import Emitter, unfolded, unread
from sextortion_cli.importers.lines.links import attachments_of
from sextortion_cli.importers.lines.moments import moment, snowflake
from sextortion_cli.importers.lines.tables import read_rows
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Conversation, Message, MessageKind, ReadOptions, Record, Sniff, Time
from sextortion_cli.words import N_

_NAMES = ("id", "timestamp", "contents", "attachments")
_OPENING = re.compile(r'"?\d{15,20}"?[,;\t]"?20\d\d-\d\d-\d\d')
_CHANNEL = re.compile(r"(?:\A|/)c?(?P<id>\d{15,20})/[^/]{1,40}\.csv\Z")


class DiscordPackageCsv(Importer):
    """Reads ``messages.csv`` of the data package; each message's own number holds its time, which is checked against the written one."""

    id: ClassVar[str] = "discord-package-csv"
    service: ClassVar[str] = "Discord"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open Discord: Settings > Data & Privacy > Request all of my data. The package comes by e-mail, often only after days. "
        "It holds only your own messages, so take screenshots of the conversation too."
    )
    limits: ClassVar[str] = N_(
        "Only what the account owner wrote is included; the other side's messages are always missing. What was deleted is gone. "
        "The file does not say whom the conversation is with."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of packages of 2019 to 2023; no real file"
    noise: ClassVar[Mapping[str, str]] = TABLE_NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {
        "heading": heading_rule(frozenset(_NAMES)),
        "blank-row": BLANK_ROW,
    }
    references: ClassVar[tuple[str, ...]] = ("Discord Support, Your Discord Data Package", "Discord Developer Documentation, Snowflakes")

    def sniff(self, source: Source) -> Sniff:
        """Claim a table with exactly the package's columns."""
        if heading_of(source, _NAMES.__eq__) is None:
            return Sniff("no", "no heading of Discord's data package")
        return Sniff("yes", "the columns of Discord's data package")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield one message a row; the sender is the account owner, whom the file does not name."""
        found = _CHANNEL.search(source.name)
        encoding = encoding_of(source)
        emitter = Emitter(encoding, options)
        yield from emitter.conversation(Conversation(id=found["id"] if found else None))
        heading = heading_of(source, _NAMES.__eq__)
        if heading is None:
            if source.size:
                yield unread(0, source.size, "no-messages", 1)
            return
        for row in read_rows(source, heading, 3, _OPENING, encoding):
            yield from _message(row, emitter) if isinstance(row, Row) else (row,)
        yield gap("own-messages-only")
        yield gap("deleted-not-included")
        if emitter.has_zoneless and options.timezone is None:
            yield gap("zone-unknown")


def _message(row: Row, emitter: Emitter) -> Iterator[Record]:
    identity, written, contents, attached = row.texts
    if not identity.strip() or not written.strip():
        yield unread(row.start, row.end, "not-a-row", row.line)
        return
    time = moment(written)
    counted = snowflake(identity, EPOCH_MS)
    if counted is not None and time.utc is None and f"{time.local}Z" == counted:
        time = Time(written, None, counted, "explicit")  # without a zone, but the number says that it is UTC
    codes: tuple[str, ...] = ()
    if counted is None:
        codes = ("id-unreadable",)
    elif (time.utc or f"{time.local}Z") != counted and (time.utc or time.local):
        codes = ("time-disagrees",)
    detail = {"ID": identity, "sent by": "the account owner"}
    if counted is not None and codes:
        detail["time in ID"] = counted
    text, raw = unfolded(contents)[0], row.raws[2]
    files = attachments_of(attached, " ,")
    kind: MessageKind = "media" if files and not text else "text"
    message = Message(
        row.start, row.end, kind, None, time, text, None if raw == text else raw, line=row.line, attachments=files, detail=detail
    )  # fmt: skip
    yield from emitter.message(message, *codes)
