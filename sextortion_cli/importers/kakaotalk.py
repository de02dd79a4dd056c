"""KakaoTalk "Export chat": text of Android, iPhone and Windows, and the table of the Mac."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.kakao.layout import DAY, SAVED, TITLES, Opener, Seen, form_of, is_day_line, is_notice, local_of, what_of
from sextortion_cli.importers.lines.codes import BLANK_ROW, NOISE, TABLE_NOISE
from sextortion_cli.importers.lines.csvrows import Heading, Row, heading_of, heading_rule, rows
from sextortion_cli.importers.lines.emit import Emitter, closing, unfolded, unread
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.lines.stamps import Clock, take
from sextortion_cli.importers.lines.tables import read_rows
from sextortion_cli.importers.lines.textlines import Block, blocks, sample
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Conversation, Fact, Message, MessageKind, Noise, ReadOptions, Record, Sniff, Time
from sextortion_cli.words import N_

_NAMES = ("date", "user", "message")
_OPENING = re.compile(r'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,"(?!")')
_GAPS = ("authorship-unverifiable", "names-only", "media-not-included")


class KakaoTalk(Importer):
    """Reads KakaoTalk text exports in Korean and English, and the Mac's ``Date,User,Message``."""

    id: ClassVar[str] = "kakaotalk"
    service: ClassVar[str] = "KakaoTalk"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open the chat in KakaoTalk, the menu at the top right > the cogwheel > Export chat. Choose text only, and save the file on your computer. "
        "Pictures are not included, so save them separately."
    )
    limits: ClassVar[str] = N_(
        "People are named only by display name, and times are the phone's, without a zone. Pictures and files are not included. "
        "The file can be edited."
    )
    seen_on: ClassVar[str] = "files composed after descriptions and other readers' tests, 2014 to 2024; no real file"
    noise: ClassVar[Mapping[str, str]] = {**NOISE, **TABLE_NOISE, "date": "A line with the date of the messages below it."}
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {
        "heading": heading_rule(frozenset(_NAMES)),
        "blank-row": BLANK_ROW,
        "date": is_day_line,
    }
    references: ClassVar[tuple[str, ...]] = ("KakaoTalk Help, Export chat",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a text with KakaoTalk's first lines and messages of one form, or the Mac's table."""
        found = sample(source)
        if found is None:
            return Sniff("no", "not a text")
        if (heading := heading_of(source, _NAMES.__eq__)) is not None:
            first = next(rows(source, heading.delimiter, heading.end, heading.next_line), None)
            if (
                first is not None
                and len(first.texts) >= 3
                and moment(first.texts[0]).precision == "second"
                and moment(first.texts[0]).local
            ):
                return Sniff("yes", "the columns and dates of KakaoTalk for Mac")
            return Sniff("maybe", "the columns of KakaoTalk for Mac")
        form = form_of(found)
        if form is None:
            return Sniff("no", "no messages as KakaoTalk writes them")
        top = [line for line in found[:6] if line.strip()]
        if any(SAVED.match(line) for line in top) or (top and TITLES[0].match(top[0])):
            return Sniff("yes", "KakaoTalk's first lines and messages")
        if form == "bracket" and any((day := DAY.match(line)) and day["ruled"] for line in found):
            return Sniff("yes", "day headings and messages of KakaoTalk for Windows")
        return Sniff("maybe" if form == "whole" else "no", "messages of one form, without KakaoTalk's first lines")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the records of a text or of the Mac's table."""
        heading = heading_of(source, _NAMES.__eq__)
        if heading is not None:
            yield from _table(source, heading, options)
            return
        form = form_of(sample(source) or [])
        if form is None:
            yield Conversation()
            if source.size:
                yield unread(0, source.size, "no-messages", 1)
            return
        yield from _text(source, form, options)


def _text(source: Source, form: str, options: ReadOptions) -> Iterator[Record]:
    encoding = encoding_of(source)
    clock = Clock(lambda: (part.opened.stamp for part in blocks(source, Opener(form), encoding) if part.opened and part.opened.stamp), None)
    emitter = Emitter(encoding, options)
    room = next((part for line in (sample(source) or [])[:2] for part in _title(line).values()), None)
    yield from emitter.conversation(Conversation(room))
    day: str | None = None
    written = ""
    for block in blocks(source, Opener(form), encoding):
        if block.opened is None:
            yield _top(block)
        elif block.opened.day:
            written, stamp = block.opened.day, take(block.opened.day)
            day = None if stamp is None else Clock(lambda: (), None).day(stamp)
            bad = bool(block.rest.strip())
            yield unread(block.start, block.end, "unread-text", block.line) if bad else Noise(block.start, block.end, "date")
        else:
            yield from _message(block, block.opened, "" if form == "whole" else written, local_of(block.opened, day, clock), emitter)
    yield from closing(emitter, options, None, *_GAPS)


def _title(line: str) -> dict[str, str]:
    found = next((match for pattern in TITLES if (match := pattern.match(line))), None)
    return {"room": next(part for part in found.groups() if part)} if found else {}


def _top(block: Block[Seen]) -> Record:
    """Read what stands before the first message: the room, the day of saving, or something unknown."""
    lines = [line for line in (block.first + "\n" + block.rest).replace("\r\n", "\n").split("\n") if line.strip()]
    values: dict[str, str] = {}
    for line in lines:
        saved = SAVED.match(line)
        found = {"saved": saved["date"]} if saved else _title(line)
        if not found or found.keys() & values.keys():
            return unread(block.start, block.end, "unread-text", block.line)
        values |= found
    return Fact(block.start, block.end, "export", line=block.line, values=values) if values else Noise(block.start, block.end, "blank")


def _message(block: Block[Seen], seen: Seen, day: str, local: str | None, emitter: Emitter) -> Iterator[Record]:
    if not block.is_whole:
        yield unread(block.start, block.end, "message-too-long", block.line)
        return
    raw = (block.first[seen.rest :] + block.ending + block.rest).rstrip("\r\n")
    name = seen.name
    if not name and not seen.by_app:
        first, feed, rest = raw.partition("\n")
        sender, colon, body = first.partition(" : ")
        if colon:
            name, raw = sender, body + feed + rest
        elif first.endswith((" :", " :\r")):
            name, raw = first.rstrip("\r")[:-2], (feed + rest).removeprefix("\n")
    text, kept = unfolded(raw)
    kind: MessageKind
    kind, files = what_of(text) if name else ("service", ())
    if name and is_notice(text) and "\n" not in text:
        kind = "service"
    precision = "second" if seen.stamp.count(":") > 1 else "minute"
    time = Time(f"{day} {seen.stamp}".strip(), local, precision="second" if precision == "second" else "minute")
    message = Message(
        block.start, block.end, kind, emitter.sender(name) if name else None, time, text, kept, line=block.line, attachments=files
    )  # fmt: skip
    yield from emitter.message(message)


def _table(source: Source, heading: Heading, options: ReadOptions) -> Iterator[Record]:
    """Read the Mac's table."""
    encoding = encoding_of(source)
    emitter = Emitter(encoding, options)
    yield from emitter.conversation(Conversation())
    for row in read_rows(source, heading, 3, _OPENING, encoding):
        if not isinstance(row, Row):
            yield row
            continue
        date, name, text = row.texts
        kind, files = what_of(text)
        if is_notice(text):
            kind = "service"
        raw = row.raws[2]
        message = Message(
            row.start, row.end, kind, emitter.sender(name) if name else None, moment(date), text, None if raw == text else raw,
            line=row.line, attachments=files,
        )  # fmt: skip
        yield from emitter.message(message)
    yield from closing(emitter, options, None, *_GAPS)
