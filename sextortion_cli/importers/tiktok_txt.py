"""TikTok "Download your data" as text: ``Direct Messages.txt`` (``Chat History``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import NOISE
from sextortion_cli.importers.lines.emit import Emitter, closing, unfolded, unread
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.lines.textlines import Block, Line, blocks, sample
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Attachment, Conversation, Fact, Message, Noise, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_CHAT = re.compile(r">>> Chat History with (?P<who>.{1,120}?):{0,3}\s{0,4}\Z")
_MESSAGE = re.compile(r"(?P<date>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC)?) (?P<who>[^:\n]{1,120}): ?")
_SHARED = re.compile(r"https?://(?:www\.)?tiktokv?\.com/share/(?P<kind>video|photo|user|music|live|sticker)/[^\s]{1,200}\Z")
_NOTHING = re.compile(r"(?:No data|You have no|There is no|Ingen data|No hay datos|Keine Daten)[^\n]{0,160}\Z", re.IGNORECASE)


class TikTokTxt(Importer):
    """Reads the conversations of TikTok's text download."""

    id: ClassVar[str] = "tiktok-txt"
    service: ClassVar[str] = "TikTok"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open TikTok: Profile > ☰ > Settings and privacy > Account > Download your data. Choose JSON, which says more than TXT. "
        "The download is ready after some days and can be fetched only for a short time."
    )
    limits: ClassVar[str] = N_(
        "People are named only by the user name they had when the file was made, and it can be changed. Pictures and videos are only links. "
        "Messages that were deleted are not included."
    )
    seen_on: ClassVar[str] = "files composed after other readers' tests, 2024 to 2026; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    references: ClassVar[tuple[str, ...]] = ("TikTok Help Center, Requesting your data",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a text with a heading of a conversation, and a message below one."""
        found = sample(source)
        if found is None or not any(_CHAT.match(line) for line in found):
            return Sniff("no", "no heading of a conversation as TikTok writes it")
        if any(_MESSAGE.match(line) for line in found):
            return Sniff("yes", "headings of conversations and messages of TikTok")
        return Sniff("maybe", "headings of conversations, but no message")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield conversations and their messages."""
        encoding = encoding_of(source)
        emitter = Emitter(encoding, options)
        seen = False
        for block in blocks(source, _Opener(), encoding):
            if block.opened is None:
                yield _outside(block)
            elif block.opened.re is _CHAT:
                seen = True
                yield from emitter.conversation(Conversation(block.opened["who"].strip()))
                yield _heading(block, block.opened)
            else:
                yield from _message(block, block.opened, emitter)
        if not seen:
            yield Conversation()
        yield from closing(
            emitter, options, None, "authorship-unverifiable", "user-names-only", "media-not-included", "deleted-not-included"
        )


class _Opener:
    """Sees headings of conversations, behind an empty line (but for the first), and messages below one."""

    def __init__(self) -> None:
        self._is_after_blank = True
        self._is_inside = False

    def __call__(self, line: Line) -> re.Match[str] | None:
        is_after_blank, self._is_after_blank = self._is_after_blank, not line.text.strip()
        found = _CHAT.match(line.text) if (is_after_blank or not self._is_inside) and line.text.startswith(">>> ") else None
        if found is not None:
            self._is_inside = True
            return found
        return _MESSAGE.match(line.text) if self._is_inside else None


def _outside(block: Block[re.Match[str]]) -> Record:
    text = (block.first + block.rest).strip("\ufeff\r\n\t ")
    return unread(block.start, block.end, "unread-text", block.line) if text else Noise(block.start, block.end, "blank")


def _heading(block: Block[re.Match[str]], found: re.Match[str]) -> Record:
    """Read a heading; below it may stand that there is nothing."""
    rest = block.rest.strip()
    if rest and not _NOTHING.match(rest):
        return unread(block.start, block.end, "unread-text", block.line)
    values = {"with": found["who"].strip()} | ({"note": rest} if rest else {})
    return Fact(block.start, block.end, "conversation", line=block.line, values=values)


def _message(block: Block[re.Match[str]], found: re.Match[str], emitter: Emitter) -> Iterator[Record]:
    if not block.is_whole:
        yield unread(block.start, block.end, "message-too-long", block.line)
        return
    raw = (block.first[found.end() :] + block.ending + block.rest).rstrip("\r\n")
    text, kept = unfolded(raw)
    shared = _SHARED.match(text)
    files = (Attachment(text, shared["kind"]),) if shared else ()
    message = Message(
        block.start, block.end, "media" if files else "text", emitter.sender(found["who"]), moment(found["date"]), text, kept,
        line=block.line, attachments=files,
    )  # fmt: skip
    yield from emitter.message(message)
