"""Zoom's saved chat: ``meeting_saved_chat.txt``, ``chat.txt`` and the cloud recording's text. Only the time of day is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import NOISE
from sextortion_cli.importers.lines.emit import Emitter, closing, unfolded, unread
from sextortion_cli.importers.lines.textlines import Block, Line, blocks, sample
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Conversation, Message, Noise, ReadOptions, Record, Sniff, Time
from sextortion_cli.words import N_

_CLOCK = r"(?P<clock>\d\d:\d\d:\d\d)"
_WORDS = r"(?:From|Von|De|Fra|Från|Da|Van|Od|From:)"
_TO = r"(?:to|an|an:|a|à|til|till|para|para:|aan|do|To)"
#: The forms of a message's first line, newest first.
_FORMS = {
    "indented": re.compile(
        rf"{_CLOCK}[ \t]{{1,2}}{_WORDS} {{1,2}}(?P<name>(?:(?! : )[^\n]){{1,120}}?) {{1,3}}{_TO} {{1,3}}(?P<to>[^\n]{{1,120}}?):\Z"
    ),
    "to": re.compile(
        rf"{_CLOCK}[ \t]{{1,2}}{_WORDS} {{1,2}}(?P<name>(?:(?! : )[^\n]){{1,120}}?) {{1,3}}{_TO} {{1,3}}(?P<to>[^\n]{{1,120}}?) ?: (?P<text>)"
    ),
    "from": re.compile(rf"{_CLOCK}[ \t]{{1,2}}{_WORDS} {{1,2}}(?P<name>(?:(?! : )[^\n]){{1,120}}?) : (?P<text>)"),
    "tabs": re.compile(rf"{_CLOCK}\t(?P<name>[^\t\n]{{1,120}}?):\t(?P<text>)"),
}
_PRIVATE = re.compile(r" ?\((?:Direct Message|Privately|Privat|Direktnachricht|Direkte melding|Mensaje directo|Message direct|Privado)\)\Z")


class ZoomTxt(Importer):
    """Reads chats that Zoom saved, in every form since 2020; messages to everyone and private ones."""

    id: ClassVar[str] = "zoom-txt"
    service: ClassVar[str] = "Zoom"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "In the meeting: open the chat, ⋯ > Save chat. The file lies in the folder Documents/Zoom, in a folder with the date and name of the meeting. "
        "Keep the name of the folder: it is where the date stands."
    )
    limits: ClassVar[str] = N_(
        "The file has only the time of day, without date and zone; from a cloud recording it is the time since the recording began. People are named "
        "only by display name. Files and deleted messages are not included."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of four forms, 2020 to 2024; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    references: ClassVar[tuple[str, ...]] = ("Zoom Support, Saving in-meeting chat",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a text whose first line opens a message in one of Zoom's forms."""
        found = sample(source)
        first = next((line for line in found if line.strip()), "") if found else ""
        form = _form_of(found or [])
        if not found or form is None or not _FORMS[form].match(first):
            return Sniff("no", "no first line as Zoom writes it")
        return Sniff("yes", "lines that begin as in Zoom's saved chat")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the messages; a time has no date, so nothing is left out by days."""
        encoding = encoding_of(source)
        form = _form_of(sample(source) or [])
        emitter = Emitter(encoding, options, is_open=True)
        yield from emitter.conversation(Conversation())
        if form is None:
            if source.size:
                yield unread(0, source.size, "no-messages", 1)
            return
        patterns = [_FORMS[form]] if form != "to" else [_FORMS["to"], _FORMS["from"]]

        def opens(line: Line) -> re.Match[str] | None:
            return next((found for pattern in patterns if (found := pattern.match(line.text))), None)

        for block in blocks(source, opens, encoding):
            if block.opened is not None:
                yield from _message(block, block.opened, emitter)
            elif not (block.first + block.rest).strip():
                yield Noise(block.start, block.end, "blank")
            else:
                yield unread(block.start, block.end, "unread-text", block.line)
        yield from closing(emitter, options, None, "no-date", "authorship-unverifiable", "names-only", "media-not-included")


def _form_of(lines: list[str]) -> str | None:
    """Return the commonest form of a sample."""
    counts = {form: sum(bool(pattern.match(line)) for line in lines) for form, pattern in _FORMS.items()}
    counts["from"] = max(0, counts["from"] - counts["to"] * 2)  # every line with a receiver has the older form too
    best = max(counts, key=lambda form: counts[form])
    return best if counts[best] else None


def _message(block: Block[re.Match[str]], found: re.Match[str], emitter: Emitter) -> Iterator[Record]:
    if not block.is_whole:
        yield unread(block.start, block.end, "message-too-long", block.line)
        return
    part = found.groupdict()
    raw = (block.first[found.end() :] + block.ending + block.rest).rstrip("\r\n")
    if "text" not in part:
        raw = block.rest.rstrip("\r\n")
        text = "\n".join(line.removeprefix("\t") for line in raw.replace("\r\n", "\n").split("\n"))
        kept = None if text == raw else raw
    else:
        text, kept = unfolded(raw)
    receiver = part.get("to") or ""
    private = _PRIVATE.search(receiver)
    detail = {"to": receiver} if receiver else {}
    if private:
        detail["private"] = "true"
    message = Message(
        block.start, block.end, "text", emitter.sender(part["name"].strip()), Time(part["clock"]), text, kept, line=block.line, detail=detail
    )  # fmt: skip
    yield from emitter.message(message)
