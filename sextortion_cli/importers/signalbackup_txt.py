"""signalbackup-tools' text export of a Signal backup: ``Name (_id12).txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import NOISE
from sextortion_cli.importers.lines.emit import Emitter, closing, raw_of, unfolded, unread
from sextortion_cli.importers.lines.stamps import Clock
from sextortion_cli.importers.lines.textlines import Block, blocks, sample
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.attached import media_of
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Attachment, Conversation, Message, MessageKind, Noise, Reaction, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_HEADER = re.compile(
    r"\[(?P<date>[^\W\d_]{3,10}\.? \d{1,2}, \d{4} \d\d:\d\d:\d\d)\] (?:(?P<app>\*\*\*)(?: <(?P<from>[^\n]{1,120}?)> sent file(?: |\Z)| |\Z)|<(?P<name>[^\n]{1,120}?)>(?: |\Z))"
)
_FILE = re.compile(r"(?:\"(?P<name>[^\n]{1,255})\"|of type (?P<type>[\w.+\-]{1,60}/[\w.+\-]{1,80}))\Z")
_REACTIONS = re.compile(r" \((?P<list>[^()\n]{1,4000})\)\Z")
_REACTION = re.compile(r"(?P<who>[^\n]{1,120}): (?P<emoji>[^\sA-Za-z0-9:;]{1,24})\Z")
_NAME = re.compile(r"(?:\A|/)(?P<name>[^/]{1,200}) \(_id(?P<id>\d{1,9})\)\.txt\Z")
_CALL = re.compile(r".{0,120}\bcall(?:ed)?\b", re.IGNORECASE)
_GAPS = ("authorship-unverifiable", "names-only", "media-not-included", "removed-not-included", "disappearing-not-included")


class SignalBackupTxt(Importer):
    """Reads the text export of signalbackup-tools."""

    id: ClassVar[str] = "signalbackup-txt"
    service: ClassVar[str] = "Signal"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Such files are made from a Signal backup of an Android phone with the program signalbackup-tools. Keep the backup itself too. "
        "If the app has Signal's own export, rather use that."
    )
    limits: ClassVar[str] = N_(
        "People are named only by name, and times are when the phone received the message, in the computer's time. Deleted messages and what could be "
        "seen only once are left out. Attachments are only mentioned."
    )
    seen_on: ClassVar[str] = "files composed after the program's own source, 2023 to 2025; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    references: ClassVar[tuple[str, ...]] = ("signalbackup-tools, signalbackup/exporttxt.cc",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a text whose first line has the program's form."""
        found = sample(source)
        if not found or not _HEADER.match(next((line for line in found if line.strip()), "")):
            return Sniff("no", "no first line as signalbackup-tools writes it")
        return Sniff("yes", "dates in brackets, names in angle brackets")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the messages of one conversation."""
        encoding = encoding_of(source)
        emitter = Emitter(encoding, options)
        named = _NAME.search(source.name)
        clock = Clock(lambda: (), None)
        yield from emitter.conversation(Conversation(named["name"] if named else None, named["id"] if named else None))
        for block in blocks(source, lambda line: _HEADER.match(line.text), encoding):
            if block.opened is not None:
                yield from _message(block, block.opened, clock, emitter)
            elif not (block.first + block.rest).strip("\ufeff\r\n\t "):
                yield Noise(block.start, block.end, "blank")
            else:
                yield unread(block.start, block.end, "unread-text", block.line)
        yield from closing(emitter, options, None, *_GAPS)


def _message(block: Block[re.Match[str]], header: re.Match[str], clock: Clock, emitter: Emitter) -> Iterator[Record]:
    if not block.is_whole:
        yield unread(block.start, block.end, "message-too-long", block.line)
        return
    stretch = (block.first[header.end() :] + block.ending + block.rest).rstrip("\r\n")
    text = unfolded(stretch)[0]
    sender = header["name"] or header["from"]
    kind: MessageKind = "text"
    files: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    if sender and (found := _REACTIONS.search(text[-4100:])) is not None:
        taken = [_REACTION.match(part) for part in found["list"].split("; ")]
        if all(taken):
            reactions = tuple(Reaction(one["emoji"], one["who"]) for one in taken if one)
            text = text[: len(text) - (found.end() - found.start())]
    if header["from"]:
        kind = "media"
        file = _FILE.match(text)
        name = file["name"] if file else None
        family = (file["type"] or "").partition("/")[0] if file else ""
        files = (Attachment(name, media_of(name) if name else family or None, None if name else text or "file"),)
    elif header["app"]:
        kind = "call" if _CALL.match(text) else "service"
    elif text.startswith("Poll: "):
        kind = "other"
    message = Message(
        block.start, block.end, kind, emitter.sender(sender) if sender else None, clock.time(header["date"]), text, raw_of(text, stretch),
        line=block.line, attachments=files, reactions=reactions,
    )  # fmt: skip
    yield from emitter.message(message)
