"""LINE "Export chat history": ``[LINE] Chat history with ....txt``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, NamedTuple

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.line import phrases
from sextortion_cli.importers.lines.codes import NOISE, gap
from sextortion_cli.importers.lines.emit import Emitter, closing, unfolded, unread
from sextortion_cli.importers.lines.stamps import Clock, clock_text, take
from sextortion_cli.importers.lines.textlines import Block, Line, blocks, sample
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import Encoding, encoding_of
from sextortion_cli.model.reading import Attachment, Conversation, Fact, Message, MessageKind, Noise, ReadOptions, Record, Sniff, Time
from sextortion_cli.words import N_

_PERIOD = r"[AaPp]\.?[Mm]\.?"
_TIME = rf"(?:(?P<before>上午|下午|凌晨|早上|中午|晚上|午前|午後|오전|오후|{_PERIOD}) ?)?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?: ?(?P<behind>{_PERIOD}))?"
_TABBED = re.compile(rf"{_TIME}\t")
_SPACED = re.compile(rf"{_TIME} (?=\S)")
_FIRST = re.compile(r"\[LINE\] ?(?P<title>.{1,200})\Z")
_SAVED = re.compile(r"[^\d\n]{2,40}[:：] ?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? .{4,14}\Z")


class LineTxt(Importer):
    """Reads LINE text exports: with tabs and with spaces between the columns, in the languages and date orders of phones."""

    id: ClassVar[str] = "line-txt"
    service: ClassVar[str] = "LINE"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open the chat in LINE, the menu at the top right > Settings > Export chat history. Save the file on your computer. "
        "Pictures are not included, so save them separately."
    )
    limits: ClassVar[str] = N_(
        "People are named only by display name, and times are the phone's, without seconds and zone. Pictures and files are not included. "
        "The file can be edited."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of exports of 2015 to 2026 in five languages; no real file"
    noise: ClassVar[Mapping[str, str]] = {**NOISE, "date": "A line with the date of the messages below it."}
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {"date": phrases.is_date_line}
    references: ClassVar[tuple[str, ...]] = ("LINE Help Center, Export chat history",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a text with LINE's first line, or with date lines and columns as only LINE writes them."""
        found = sample(source)
        if found is None:
            return Sniff("no", "not a text")
        first = next((line for line in found if line.strip()), "")
        tabbed = sum(bool(_TABBED.match(line)) for line in found)
        dates = sum(bool(phrases.DATE.match(line)) for line in found)
        if not dates or not (tabbed or any(_SPACED.match(line) for line in found)):
            return Sniff("no", "no date lines with messages below them")
        if _FIRST.match(first):
            return Sniff("yes", "LINE's first line, date lines and messages")
        if tabbed >= 2:
            return Sniff("yes", "date lines, and times with tabs behind them")
        spaced = sum(bool(_SPACED.match(line)) for line in found)
        return Sniff("maybe", "date lines, and lines that begin with a time") if spaced > 1 else Sniff("no", "too few messages")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield what stands at the top, and the messages with the date of the line above them."""
        encoding = encoding_of(source)
        found = sample(source) or []
        header = _TABBED if any(_TABBED.match(line) for line in found) else _SPACED
        title = next((match["title"] for line in found[:3] if (match := _FIRST.match(line))), None)
        clock = Clock(lambda: _dates(source, header, encoding), options.date_order)
        emitter = Emitter(encoding, options, clock.is_open)
        partner = phrases.partner_of(title or "")
        yield from emitter.conversation(Conversation(partner))
        day: str | None = None
        heading = ""
        for block in blocks(source, _Opener(header), encoding):
            if block.opened is None:
                yield _top(block)
            elif block.opened.date:
                heading, stamp = block.opened.date, take(block.opened.date)
                day = None if stamp is None else clock.day(stamp)
                yield from _date_line(block)
            else:
                yield from _message(block, block.opened, heading, day, header is _SPACED, partner, emitter)
        if source.size and not emitter.messages and not heading:
            yield gap("nothing-read")
        yield from closing(emitter, options, clock, "authorship-unverifiable", "names-only", "media-not-included")
        if header is _SPACED and emitter.messages:
            yield gap("name-ends-unclear")


class _Seen(NamedTuple):
    """What a line is: a date, or the time of a message and where the text behind it begins."""

    date: str = ""
    time: str = ""
    local: str | None = None
    rest: int = 0


class _Opener:
    """Sees date lines, behind an empty line and outside of a text in quotation marks, and lines that begin with a time."""

    def __init__(self, header: re.Pattern[str]) -> None:
        self._header = header
        self._is_after_blank = True
        self._in_quotes = False

    def __call__(self, line: Line) -> _Seen | None:
        text, is_after_blank = line.text, self._is_after_blank
        self._is_after_blank = not text.strip()
        found = self._header.match(text)
        if found is not None:
            written = text[found.end() :].partition("\t")[2]
            self._in_quotes = self._header is _TABBED and written[:1] == '"' and (len(written) == 1 or written[-1] != '"')
            period = found["behind"] or found["before"] or ""
            return _Seen("", text[: found.end()].strip(), clock_text(found["hour"], found["minute"], "", period), found.end())
        if self._in_quotes:
            self._in_quotes = not text.endswith('"')
            return None
        date = phrases.DATE.match(text) if is_after_blank and 6 <= len(text) <= 60 else None
        return _Seen(date=date["date"]) if date is not None and take(date["date"]) is not None else None


def _dates(source: Source, header: re.Pattern[str], encoding: Encoding) -> Iterator[str]:
    for block in blocks(source, _Opener(header), encoding):
        if block.opened is not None and block.opened.date:
            yield block.opened.date


def _top(block: Block[_Seen]) -> Record:
    """Read what stands before the first date: LINE's first lines, or something unknown."""
    text = block.first + block.ending + block.rest
    written = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if not written:
        return Noise(block.start, block.end, "blank")
    title = _FIRST.match(written[0])
    if title is None or len(written) > 2 or (len(written) == 2 and not _SAVED.match(written[1])) or not block.is_whole:
        return unread(block.start, block.end, "unread-text", block.line)
    values = {"title": title["title"]} if len(written) == 1 else {"title": title["title"], "saved": written[1]}
    return Fact(block.start, block.end, "export", line=block.line, values=values)


def _date_line(block: Block[_Seen]) -> Iterator[Record]:
    if block.rest.strip():
        yield unread(block.start, block.end, "unread-text", block.line)
    else:
        yield Noise(block.start, block.end, "date")


def _message(
    block: Block[_Seen], seen: _Seen, heading: str, day: str | None, is_spaced: bool, partner: str | None, emitter: Emitter
) -> Iterator[Record]:
    if not block.is_whole:
        yield unread(block.start, block.end, "message-too-long", block.line)
        return
    whole = (block.first[seen.rest :] + block.ending + block.rest).rstrip("\r\n")
    name, raw = _columns(whole, is_spaced, partner)
    body, raw_text = _body(raw)
    local = f"{day}T{seen.local}" if day is not None and seen.local is not None else None
    time = Time(f"{heading} {seen.time}".strip(), local, precision="minute")
    what: phrases.What = phrases.what_of(body, bool(name))
    kind: MessageKind = what.kind
    attachment = (Attachment(what.name, what.media, body.partition("\n")[0]),) if what.media else ()
    codes = ("open-quote",) if raw.startswith('"') and len(raw) > 1 and not raw.endswith('"') and not is_spaced else ()
    message = Message(
        block.start,
        block.end,
        kind,
        emitter.sender(name) if name else None,
        time,
        body,
        raw_text,
        line=block.line,
        attachments=attachment,
    )
    yield from emitter.message(message, *codes)


def _columns(whole: str, is_spaced: bool, partner: str | None) -> tuple[str, str]:
    """Return the sender ("" for a line of the app) and what was written."""
    first, feed, rest = whole.partition("\n")
    if is_spaced:
        if partner and first.startswith(f"{partner} "):
            return partner, first[len(partner) + 1 :] + feed + rest
        if phrases.is_event(first.removesuffix("\r")):
            return "", whole
        name, space, text = first.partition(" ")
        return (name, text + feed + rest) if space else ("", whole)
    name, tab, text = first.partition("\t")
    return (name, text + feed + rest) if tab else ("", whole)


def _body(raw: str) -> tuple[str, str | None]:
    """Return the text and, where it differs, what it was read from: LINE puts quotation marks around text of several lines."""
    if "\n" in raw and raw.startswith('"') and raw.endswith('"') and len(raw) > 1:
        inner = raw[1:-1]
        text = inner.replace("\r\n", "\n").replace('""', '"')
        return text, None if text == inner else inner
    return unfolded(raw)
