"""Threema "Export chat": ``messages.txt`` of Android and iPhone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from re import Match
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import NOISE
from sextortion_cli.importers.lines.emit import Emitter, closing, unfolded, unread
from sextortion_cli.importers.lines.moments import zoned
from sextortion_cli.importers.lines.stamps import Clock, take
from sextortion_cli.importers.lines.textlines import Block, Line, blocks, sample
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.threema.shape import ARROW, BRACKET, OWN, file_of, is_threema, person, zone_of
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Conversation, Message, Noise, ReadOptions, Record, Sender, Sniff, Time
from sextortion_cli.words import N_

_GAPS = ("authorship-unverifiable", "own-name-is-me", "deleted-not-included")


class ThreemaTxt(Importer):
    """Reads Threema's text exports; sent and received are told apart, the other side only sometimes named."""

    id: ClassVar[str] = "threema-txt"
    service: ClassVar[str] = "Threema"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open the chat in Threema. Android: ⋮ > Export chat. iPhone: tap the name at the top > Export chat. "
        "Include media, and remember the password you choose: the file cannot be opened without it."
    )
    limits: ClassVar[str] = N_(
        "The account owner stands only as “Me” or the like, and the other side by the name in the contact list. Write down the other side's Threema "
        "ID: it is not always in the file. Times are the phone's, and the file can be edited."
    )
    seen_on: ClassVar[str] = "files composed after the Android program's own source and other readers of iPhone exports; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    references: ClassVar[tuple[str, ...]] = ("Threema FAQ, How can I export a chat?", "Threema for Android, BackupChatServiceImpl.java")

    def sniff(self, source: Source) -> Sniff:
        """Claim arrows with long dates, or brackets with Threema's words for the account owner or its names of files."""
        found = sample(source)
        if found is None:
            return Sniff("no", "not a text")
        first = next((line for line in found if line.strip()), "")
        arrow = ARROW.match(first)
        if arrow is not None and (stamp := take(arrow["date"])) is not None and stamp.hour:
            return Sniff("yes", "arrows and dates as on an iPhone")
        bracket = BRACKET.match(first)
        if bracket is None or (stamp := take(bracket["date"])) is None or not stamp.hour:
            return Sniff("no", "no first line as Threema writes it")
        if is_threema(found):
            return Sniff("yes", "dates in brackets, and Threema's words for the account owner or its names of files")
        return Sniff("maybe", "dates in brackets")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the messages of one chat."""
        encoding = encoding_of(source)
        found = sample(source) or []
        is_arrow = any(ARROW.match(line) for line in found[:50])

        def parts() -> Iterator[Block[Match[str]]]:
            return blocks(source, _Opener(is_arrow), encoding)

        clock = Clock(lambda: (part.opened["date"] for part in parts() if part.opened), options.date_order)
        emitter = Emitter(encoding, options, clock.is_open)
        yield from emitter.conversation(Conversation())
        for block in parts():
            if block.opened is not None:
                yield from _message(block, block.opened, is_arrow, clock, emitter)
            elif not (block.first + block.rest).strip("\ufeff\r\n\t "):
                yield Noise(block.start, block.end, "blank")
            else:
                yield unread(block.start, block.end, "unread-text", block.line)
        yield from closing(emitter, options, clock, *_GAPS)


class _Opener:
    """Sees the first lines of messages; where records end with CRLF, a line after a bare line feed is inside one."""

    def __init__(self, is_arrow: bool) -> None:
        self._pattern = ARROW if is_arrow else BRACKET
        self._is_arrow = is_arrow
        self._ending = ""
        self._has_crlf = False

    def __call__(self, line: Line) -> Match[str] | None:
        before, self._ending = self._ending, line.ending
        self._has_crlf = self._has_crlf or line.ending == "\r\n"
        if self._is_arrow and self._has_crlf and before == "\n":
            return None
        found = self._pattern.match(line.text)
        stamp = take(found["date"]) if found else None
        return found if stamp is not None and stamp.hour else None


def _message(block: Block[Match[str]], found: Match[str], is_arrow: bool, clock: Clock, emitter: Emitter) -> Iterator[Record]:
    if not block.is_whole:
        yield unread(block.start, block.end, "message-too-long", block.line)
        return
    raw = (block.first[found.end() :] + block.ending + block.rest).rstrip("\r\n")
    time = clock.time(found["date"])
    sender: Sender | None = None
    detail: dict[str, str] = {}
    if is_arrow:
        time = _with_zone(time, zone_of(found["zone"]))
        is_own = found["way"] == ">>>"
        detail["direction"] = "sent" if is_own else "received"
        who = (found["who"] or "").strip().strip("()").strip()
        sender = emitter.sender(*person(who)) if who else None
    else:
        first, feed, rest = raw.partition("\n")
        name, colon, body = first.partition(": ")
        if not colon and first.rstrip("\r").endswith(":"):
            name, colon, body = first.rstrip("\r")[:-1], ":", ""
        if colon and len(name) <= 100:
            raw = body + feed + rest
            sender = emitter.sender(*person(name))
            if name in OWN:
                detail["direction"] = "sent"
    text, kept = unfolded(raw)
    files = file_of(text)
    message = Message(
        block.start, block.end, "media" if files and "\n" not in text else "text", sender, time, text, kept,
        line=block.line, attachments=files, detail=detail,
    )  # fmt: skip
    yield from emitter.message(message)


def _with_zone(time: Time, zone: str | None) -> Time:
    return time if zone is None or time.local is None else zoned(time.as_written, time.local, zone, time.precision)
