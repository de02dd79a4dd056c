"""Viber "Send message history": one table per chat, without a heading. Only one description of it is known, and no file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import BLANK_ROW, TABLE_NOISE
from sextortion_cli.importers.lines.csvrows import Row, rows
from sextortion_cli.importers.lines.emit import Emitter, closing, unread
from sextortion_cli.importers.lines.stamps import Clock, take
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import Encoding, encoding_of
from sextortion_cli.model.reading import Conversation, Message, Noise, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_OPENING = re.compile(r"\[ ?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d\d[^\]]{0,10}\][,;]")
_DATE = re.compile(r"\[ ?(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d\d[^\]]{0,10}?) ?\]\Z")
_PHONE = re.compile(r"\+?[\d \u00a0()\-]{5,24}\Z")
_LOOKED_AT = 20


class ViberCsv(Importer):
    """Reads rows of date in brackets, name, number and text."""

    id: ClassVar[str] = "viber-csv"
    service: ClassVar[str] = "Viber"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open Viber on the phone: More > Settings > Calls and messages > E-mail message history. Send it to yourself, and save the attachment. "
        "Pictures are not included, so save them separately."
    )
    limits: ClassVar[str] = N_(
        "Times are the phone's, without a zone. Pictures, calls and deleted messages are not included. If the reading does not agree with what you see "
        "in Viber, read the file with “table” instead."
    )
    seen_on: ClassVar[str] = "files composed after one description that could not be checked; no real file"
    noise: ClassVar[Mapping[str, str]] = {key: TABLE_NOISE[key] for key in ("blank-row", "not-selected")}
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {"blank-row": BLANK_ROW}
    references: ClassVar[tuple[str, ...]] = ("Viber Help, Email your message history",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a table whose rows begin with a date in brackets, a name, and a number."""
        if not _OPENING.match(source.head(64).decode("utf-8", "replace").lstrip("\ufeff")) and encoding_of(source).unit != 2:
            return Sniff("no", "no date in brackets at the beginning")
        seen = right = 0
        for row in rows(source, _delimiter(source, encoding_of(source))):
            seen += 1
            right += len(row.texts) >= 4 and bool(_DATE.match(row.texts[0])) and bool(_PHONE.match(row.texts[2]))
            if seen >= _LOOKED_AT:
                break
        return Sniff("yes", "dates in brackets, names, numbers and texts") if right and right * 2 > seen else Sniff("no", "other rows")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield one message a row."""
        encoding = encoding_of(source)
        delimiter = _delimiter(source, encoding)

        def dates() -> Iterator[str]:
            for row in rows(source, delimiter, opening=_OPENING, encoding=encoding):
                if row.texts and (found := _DATE.match(row.texts[0])):
                    yield found["date"]

        clock = Clock(dates, options.date_order)
        emitter = Emitter(encoding, options, clock.is_open)
        yield from emitter.conversation(Conversation())
        for row in rows(source, delimiter, opening=_OPENING, encoding=encoding):
            yield from _message(source, encoding, row, delimiter, clock, emitter)
        yield from closing(emitter, options, clock, "authorship-unverifiable", "media-not-included", "deleted-not-included")


def _delimiter(source: Source, encoding: Encoding) -> str:
    head = encoding.decode(source.head(256)).partition("]")[2][:2]
    return next((delimiter for delimiter in (";", "\t") if head[:1] == delimiter), ",")


def _message(source: Source, encoding: Encoding, row: Row, delimiter: str, clock: Clock, emitter: Emitter) -> Iterator[Record]:
    if row.problem is not None:
        yield unread(row.start, row.end, row.problem, row.line)
        return
    if not any(text.strip(" \t\r\n") for text in row.texts):
        yield Noise(row.start, row.end, "blank-row")
        return
    found = _DATE.match(row.texts[0])
    if found is None or take(found["date"]) is None or len(row.texts) < 4:
        yield unread(row.start, row.end, "not-a-row", row.line)
        return
    name, number = row.texts[1], row.texts[2].strip()
    text, raw = delimiter.join(row.texts[3:]), delimiter.join(row.raws[3:])
    # Text with a delimiter in it may stand without quotation marks; with them, which of the values is the text is not known.
    if len(row.texts) > 4 and encoding.encode(raw) not in source.read_at(row.start, row.end - row.start):
        yield unread(row.start, row.end, "wrong-columns", row.line)
        return
    sender = emitter.sender(name or number, number or None) if name or number else None
    message = Message(row.start, row.end, "text", sender, clock.time(found["date"]), text, None if raw == text else raw, line=row.line)
    yield from emitter.message(message)
