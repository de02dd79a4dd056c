"""DiscordChatExporter as CSV: one conversation, both sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.discord.written import conversation_of, is_notice, reactions_of
from sextortion_cli.importers.lines.codes import BLANK_ROW, TABLE_NOISE
from sextortion_cli.importers.lines.csvrows import Heading, Row, heading_of, heading_rule, rows
from sextortion_cli.importers.lines.emit import Emitter, closing, unfolded, unread
from sextortion_cli.importers.lines.links import attachments_of
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.lines.stamps import Clock
from sextortion_cli.importers.lines.tables import read_rows
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Message, ReadOptions, Record, Sniff, Time
from sextortion_cli.words import N_

_NAMES = ("authorid", "author", "date", "content", "attachments", "reactions")
_NEEDED = frozenset(_NAMES[1:5])
_OPENING = re.compile(r'"\d{1,20}"[,;]')
_ID = re.compile(r"\d{1,20}\Z", re.ASCII)


def _is_heading(names: tuple[str, ...]) -> bool:
    return names in (_NAMES, _NAMES[:5], _NAMES[1:], _NAMES[1:5])


class DiscordCsv(Importer):
    """Reads CSV files of DiscordChatExporter: comma and semicolon, with and without ids and reactions, old and new dates."""

    id: ClassVar[str] = "discord-csv"
    service: ClassVar[str] = "Discord"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Such files are made with the program DiscordChatExporter on a computer. Choose the conversation and the format CSV, or rather JSON, which "
        "says more. Let the owner of the account do it."
    )
    limits: ClassVar[str] = N_(
        "The messages' own numbers, replies and edits are missing. What was deleted before the export is gone. The file can be edited."
    )
    seen_on: ClassVar[str] = "files composed after the program's own source, 2018 to 2025; no real file"
    noise: ClassVar[Mapping[str, str]] = TABLE_NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {
        "heading": heading_rule(frozenset(_NAMES)),
        "blank-row": BLANK_ROW,
    }
    references: ClassVar[tuple[str, ...]] = ("DiscordChatExporter, DiscordChatExporter.Core/Exporting/CsvMessageWriter.cs",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a table with exactly the program's columns."""
        if heading_of(source, _is_heading) is None:
            return Sniff("no", "no heading of DiscordChatExporter")
        return Sniff("yes", "the columns of DiscordChatExporter")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield one message a row."""
        yield conversation_of(source.name)
        heading = heading_of(source, _is_heading)
        if heading is None:
            if source.size:
                yield unread(0, source.size, "no-messages", 1)
            return
        encoding = encoding_of(source)
        clock = Clock(lambda: _dates(source, heading), options.date_order)
        emitter = Emitter(encoding, options, clock.is_open)
        columns = [heading.place(name) for name in _NAMES]
        for row in read_rows(source, heading, len(_NEEDED), _OPENING, encoding):
            yield from _message(row, columns, clock, emitter) if isinstance(row, Row) else (row,)
        yield from closing(emitter, options, clock, "authorship-unverifiable", "deleted-not-included")


def _dates(source: Source, heading: Heading) -> Iterable[str]:
    place = heading.place("date") or 0
    for row in rows(source, heading.delimiter, heading.end, heading.next_line, _OPENING):
        if len(row.texts) > place:
            yield row.texts[place]


def _message(row: Row, columns: list[int | None], clock: Clock, emitter: Emitter) -> Iterator[Record]:
    identity, author, date, content, attached, reacted = ("" if place is None else row.texts[place] for place in columns)
    if (columns[0] is not None and not _ID.match(identity)) or not (author or identity):
        yield unread(row.start, row.end, "not-a-row", row.line)
        return
    raw = row.raws[columns[3] or 0]
    reactions = reactions_of(reacted)
    detail = {} if reactions is not None else {"Reactions": reacted}
    if is_notice(content):
        detail["likely"] = "a notice that the program wrote for something that is no message"
    files = attachments_of(attached)
    message = Message(
        row.start,
        row.end,
        "media" if files and not content else "text",
        emitter.sender(author, identity or None),
        _time(date, clock),
        unfolded(content)[0],
        None if raw == content else raw,
        line=row.line,
        attachments=files,
        reactions=reactions or (),
        detail=detail,
    )
    yield from emitter.message(message)


def _time(written: str, clock: Clock) -> Time:
    time = moment(written)
    return time if time.local or time.utc else clock.time(written)
