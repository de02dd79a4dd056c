"""A table of any shape, as CSV or with tabs, whose columns a person names. Read only when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import BLANK_ROW, TABLE_NOISE, gap
from sextortion_cli.importers.lines.csvrows import Row, rows
from sextortion_cli.importers.lines.emit import Emitter, closing, unfolded, unread, valid
from sextortion_cli.importers.lines.layout import Layout, layout_of
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.lines.stamps import Clock
from sextortion_cli.importers.lines.textlines import sample
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.attached import media_of
from sextortion_cli.importers.whatsapp.windows import Encoding, encoding_of
from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Attachment, Conversation, Fact, Message, Noise, ReadOptions, Record, Sniff, Time
from sextortion_cli.words import N_

_UNIX = re.compile(r"(?P<seconds>\d{9,10})(?P<milli>\d{3})?(?:[.,]\d{1,9})?\Z", re.ASCII)


class Table(Importer):
    """Reads the rows of a table as the person says (``--columns time=1,sender=2,text=3``); what was not said stands beside each message."""

    id: ClassVar[str] = "table"
    service: ClassVar[str] = "Table"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Use this for tables (CSV or with tabs) that no other reader knows. Say what the columns are: --as table --columns time=1,sender=2,text=3, with "
        "the numbers or names of the columns."
    )
    limits: ClassVar[str] = N_(
        "What the columns mean is what you say; it is recorded in the case. A table can be edited by whoever has it, and does not prove who wrote."
    )
    seen_on: ClassVar[str] = "any table; the mapping is the person's"
    noise: ClassVar[Mapping[str, str]] = {key: TABLE_NOISE[key] for key in ("blank-row", "not-selected")}
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {"blank-row": BLANK_ROW}
    references: ClassVar[tuple[str, ...]] = ("RFC 4180",)

    def sniff(self, source: Source) -> Sniff:
        """Never claim anything; say maybe of a text whose first rows have several values."""
        found = sample(source, 16 << 10)
        if found and any(delimiter in line for line in found[:3] for delimiter in ",;\t|"):
            return Sniff("maybe", "a table, when somebody says what its columns are")
        return Sniff("no", "no table")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield one message a row; without a statement of the columns, rows as they stand."""
        encoding = encoding_of(source)
        layout = layout_of(source, encoding, options.columns)

        def times() -> Iterator[str]:
            for row in rows(source, layout.delimiter, encoding=encoding):
                if row.texts and row.start != layout.heading_start:
                    yield layout.time(row.texts)

        clock = Clock(times if layout.has_time else lambda: (), options.date_order)
        emitter = Emitter(encoding, options, clock.is_open)
        current: str | None = None
        yield from emitter.conversation(Conversation())
        for row in rows(source, layout.delimiter, encoding=encoding):
            if row.problem in ("unclosed-quote", "too-long"):
                yield unread(row.start, row.end, row.problem, row.line)
            elif row.start == layout.heading_start:
                yield Fact(0, row.end, "columns", line=row.line, values={str(at): valid(name) for at, name in enumerate(row.texts, 1)})
            elif row.start < layout.heading_start:
                continue  # the line that names the delimiter is part of the heading
            elif not any(text.strip(" \t\r\n") for text in row.texts):
                yield Noise(row.start, row.end, "blank-row")
            else:
                wanted = layout.value("conversation", row.texts)
                if wanted and wanted != current:
                    current = wanted
                    yield from emitter.conversation(Conversation(wanted))
                yield from _message(source, encoding, row, layout, clock, emitter)
        if source.size:
            if not options.columns:
                yield gap("columns-not-stated")
            elif layout.missing:
                yield gap("columns-not-found", len(layout.missing))
        yield from closing(emitter, options, clock, "authorship-unverifiable")


def _message(source: Source, encoding: Encoding, row: Row, layout: Layout, clock: Clock, emitter: Emitter) -> Iterator[Record]:
    codes: tuple[str, ...] = () if row.problem is None else ("quote-unclear",)
    place = layout.place("text")
    time = _time(row.texts, layout, clock)
    name, identity = layout.value("sender", row.texts), layout.value("sender-id", row.texts)
    file = layout.value("attachment", row.texts)
    if place is None:
        stretch = encoding.decode(source.read_at(row.start, row.end - row.start)).removeprefix("\ufeff").rstrip("\r\n")
        text, raw = unfolded(stretch)
    elif place < len(row.texts):
        text, raw = row.texts[place], None if row.texts[place] == row.raws[place] else row.raws[place]
    else:
        text, raw, codes = "", None, (*codes, "wrong-columns")
    message = Message(
        row.start,
        row.end,
        "other" if place is None else "media" if file and not text else "text",
        emitter.sender(name or identity, identity or None) if name or identity else None,
        time,
        text,
        raw,
        line=row.line,
        attachments=(Attachment(file, media_of(file)),) if file else (),
        detail=layout.others(row.texts) if place is not None else {},
    )
    yield from emitter.message(message, *codes)


def _time(texts: list[str], layout: Layout, clock: Clock) -> Time | None:
    counted = layout.value("unix", texts).strip()
    if counted:
        found = _UNIX.match(counted)
        utc = utc_text(int(found["seconds"])) if found else None
        return Time(counted, None, utc, "explicit" if utc else "unknown")
    written = layout.time(texts)
    if not written:
        return None
    time = moment(written)
    return time if time.local or time.utc else clock.time(written)
