"""signal-export's ``chat.md``: one conversation out of Signal Desktop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import NOISE
from sextortion_cli.importers.lines.emit import Emitter, closing, raw_of, unfolded, unread
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.lines.textlines import Block, Line, blocks, sample
from sextortion_cli.importers.signal.chatmd import HEADER, body_of, is_chat_md
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Conversation, Message, Noise, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_FOLDER = re.compile(r"(?:\A|/)(?P<name>[^/]{1,200})/(?:chat|index)\.md\Z")
_GAPS = ("authorship-unverifiable", "own-name-is-me", "names-only", "disappearing-not-included", "characters-removed")


class SignalExportMd(Importer):
    """Reads ``chat.md`` of signal-export, with seconds (new) and without (old)."""

    id: ClassVar[str] = "signal-export-md"
    service: ClassVar[str] = "Signal"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Such files are made with the program signal-export on a computer with Signal Desktop. Take the whole folder of the conversation, data.json and "
        "media too. If the app has Signal's own export, rather use that."
    )
    limits: ClassVar[str] = N_(
        "People are named only by name, without a number, and the account owner is only “Me”. Times are the computer's, without a zone. Messages that "
        "had disappeared are not included."
    )
    seen_on: ClassVar[str] = "files composed after the program's own source, 2020 to 2025; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    references: ClassVar[tuple[str, ...]] = ("signal-export, sigexport/models.py and create.py",)

    def sniff(self, source: Source) -> Sniff:
        """Claim headers with ISO dates in brackets, whose messages end as only signal-export ends them."""
        found = sample(source)
        first = next((line for line in found if line.strip()), "") if found else ""
        if not found or not HEADER.match(first):
            return Sniff("no", "no first line as signal-export writes it")
        if is_chat_md(found):
            return Sniff("yes", "dates in brackets, and texts that end with two spaces")
        return Sniff("maybe" if "chat.md" in source.name else "no", "dates in brackets")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the messages of one conversation."""
        encoding = encoding_of(source)
        emitter = Emitter(encoding, options)
        folder = _FOLDER.search(source.name)
        yield from emitter.conversation(Conversation(folder["name"] if folder else None))
        for block in blocks(source, _Opener(), encoding):
            if block.opened is not None:
                yield from _message(block, block.opened, emitter)
            elif not (block.first + block.rest).strip("\ufeff\r\n\t "):
                yield Noise(block.start, block.end, "blank")
            else:
                yield unread(block.start, block.end, "unread-text", block.line)
        yield from closing(emitter, options, None, *_GAPS)


class _Opener:
    """Sees headers of the form that the file's first one has."""

    def __init__(self) -> None:
        self._form: tuple[bool, bool] | None = None

    def __call__(self, line: Line) -> re.Match[str] | None:
        found = HEADER.match(line.text) if line.text.startswith("[") else None
        if found is None:
            return None
        form = (bool(found["comma"]), bool(found["second"]))
        self._form = self._form or form
        return found if form == self._form else None


def _message(block: Block[re.Match[str]], header: re.Match[str], emitter: Emitter) -> Iterator[Record]:
    if not block.is_whole:
        yield unread(block.start, block.end, "message-too-long", block.line)
        return
    stretch = block.first[header.end() :] + block.ending + block.rest
    body = body_of(unfolded(stretch)[0])
    detail = {}
    if body.quote:
        detail["quote"] = body.quote
    if body.other:
        detail["reactions"] = body.other
    name = header["name"]
    if name == "Me":
        detail["direction"] = "sent"
    is_nobody = name == "No-Sender"
    message = Message(
        block.start,
        block.end,
        "service" if is_nobody and body.kind == "text" else body.kind,
        None if is_nobody else emitter.sender(name),
        moment(header["date"]),
        body.text,
        raw_of(body.text, stretch),
        line=block.line,
        attachments=body.attachments,
        reactions=body.reactions,
        detail=detail,
    )
    yield from emitter.message(message)
