"""imessage-exporter as text: one file a conversation, out of a Mac's Messages or an iPhone backup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.imessage.written import EVENT, FIRST, identity_of, is_event, written
from sextortion_cli.importers.lines.codes import NOISE
from sextortion_cli.importers.lines.emit import Emitter, closing, raw_of, unfolded, unread
from sextortion_cli.importers.lines.stamps import Clock
from sextortion_cli.importers.lines.textlines import Block, Line, blocks_ahead, sample
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Conversation, Message, MessageKind, Noise, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_NAME = re.compile(r"(?:\A|/)(?P<name>[^/]{1,250})\.txt\Z")
_GAPS = ("authorship-unverifiable", "own-name-is-me", "deleted-not-included")


class ImessageExporterTxt(Importer):
    """Reads text files of imessage-exporter, 2022 to 2025."""

    id: ClassVar[str] = "imessage-exporter-txt"
    service: ClassVar[str] = "Apple Messages"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Such files are made with the program imessage-exporter on a Mac, or from a backup of an iPhone. Include the attachments, and do not rename the "
        "files: the other side's number often stands only there. Keep chat.db or the backup too."
    )
    limits: ClassVar[str] = N_(
        "The account owner is only “Me”, and times are the computer's, without a zone. A message can hold text that looks like another message. "
        "The file can be edited."
    )
    seen_on: ClassVar[str] = "files composed after the program's own source and tests, 2022 to 2025; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    references: ClassVar[tuple[str, ...]] = ("imessage-exporter, imessage-exporter/src/exporters/txt.rs",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a text that begins with a message or an event in the program's form."""
        found = [line for line in (sample(source) or [])[:50] if line.strip()]
        if found and ((FIRST.match(found[0]) and len(found) > 1) or is_event(found[0])):
            return Sniff("yes", "a date as imessage-exporter writes it, and a sender below it")
        return Sniff("no", "no first line as imessage-exporter writes it")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the messages and events of one conversation."""
        encoding = encoding_of(source)
        emitter = Emitter(encoding, options)
        clock = Clock(lambda: (), None)
        named = _NAME.search(source.name)
        name = named["name"] if named and named["name"] != "orphaned" else None
        yield from emitter.conversation(Conversation(name, identity_of(name) if name else None))
        for block in blocks_ahead(source, _Opener(), encoding):
            if block.opened is None:
                blank = not (block.first + block.rest).strip("\ufeff\r\n\t ")
                yield Noise(block.start, block.end, "blank") if blank else unread(block.start, block.end, "unread-text", block.line)
            elif not block.is_whole:
                yield unread(block.start, block.end, "message-too-long", block.line)
            elif block.opened.re is EVENT:
                yield from _event(block, block.opened, clock, emitter)
            else:
                yield from _message(block, block.opened, clock, emitter)
        yield from closing(emitter, options, None, *_GAPS)


class _Opener:
    """Sees, behind an empty line (but for the first), the date of a message with a sender below it, and events."""

    def __init__(self) -> None:
        self._is_after_blank = True
        self._has_begun = False

    def __call__(self, line: Line, following: str) -> re.Match[str] | None:
        is_after_blank, self._is_after_blank = self._is_after_blank, not line.text.strip()
        if self._has_begun and not is_after_blank:
            return None
        found = FIRST.match(line.text)
        if found is not None and not following.strip():
            found = None
        elif found is None and is_event(line.text):
            found = EVENT.match(line.text)
        self._has_begun = self._has_begun or found is not None
        return found


def _event(block: Block[re.Match[str]], found: re.Match[str], clock: Clock, emitter: Emitter) -> Iterator[Record]:
    if block.rest.strip():
        yield unread(block.start, block.end, "unread-text", block.line)
        return
    text = found["event"]
    kind: MessageKind = "deleted" if text.endswith(" unsent a message!") else "service"
    yield from emitter.message(Message(block.start, block.end, kind, None, clock.time(found["date"]), text, line=block.line))


def _message(block: Block[re.Match[str]], found: re.Match[str], clock: Clock, emitter: Emitter) -> Iterator[Record]:
    name, _, stretch = block.rest.partition("\n")
    name = name.removesuffix("\r")
    said = written(unfolded(stretch)[0])
    detail = dict(said.detail)
    if found["read"]:
        detail["read"] = found["read"]
    if said.replies:
        detail["replies"] = said.replies
    if name == "Me":
        detail["direction"] = "sent"
    lines = said.text.split("\n") if said.text else []
    kind: MessageKind = "deleted" if said.is_unsent else "media" if said.files and len(said.files) == len(lines) else "text"
    message = Message(
        block.start,
        block.end,
        kind,
        emitter.sender(name, identity_of(name)),
        clock.time(found["date"]),
        said.text,
        raw_of(said.text, stretch),
        edited=said.is_edited,
        line=block.line,
        attachments=said.files,
        reactions=said.reactions,
        detail=detail,
    )
    yield from emitter.message(message)
