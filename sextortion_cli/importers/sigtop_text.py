"""sigtop's text exports of Signal Desktop: ``text`` with fields and zones, and ``text-short`` with one line a message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import NOISE
from sextortion_cli.importers.lines.emit import Emitter, closing, raw_of, unfolded, unread
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.lines.textlines import Block, Line, blocks, blocks_ahead, sample
from sextortion_cli.importers.signal.sigtop import FIELD, SHORT, TYPE, entry_of, file_of, note_of, person_of, reaction_of, time_of
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import (
    Attachment,
    Conversation,
    Fact,
    Message,
    MessageKind,
    Noise,
    Reaction,
    ReadOptions,
    Record,
    Sender,
    Sniff,
    Time,
)
from sextortion_cli.words import N_

_GAPS = ("authorship-unverifiable", "own-name-is-me", "disappearing-not-included", "deleted-not-included")
_CONVERSATION = re.compile(r"Conversation: (?P<value>[^\n]{1,400})\Z")


class SigtopText(Importer):
    """Reads both text forms of sigtop."""

    id: ClassVar[str] = "sigtop-text"
    service: ClassVar[str] = "Signal"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Such files are made with the program sigtop on a computer with Signal Desktop. Choose the format text (not text-short), and export the "
        "attachments separately. If the app has Signal's own export, rather use that."
    )
    limits: ClassVar[str] = N_(
        "The account owner is only “You”. Messages that had disappeared or were deleted are not included. The short form has neither seconds, zone nor "
        "numbers."
    )
    seen_on: ClassVar[str] = "files composed after the program's own source, 2021 to 2025; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    references: ClassVar[tuple[str, ...]] = ("sigtop, fmt_text.go and fmt_text_short.go",)

    def sniff(self, source: Source) -> Sniff:
        """Claim the long form by its first fields, the short one by lines of one form with the account owner among the names."""
        found = sample(source)
        if not found:
            return Sniff("no", "not a text")
        if _CONVERSATION.match(found[0]) and any(TYPE.match(line) for line in found):
            return Sniff("yes", "the fields of sigtop")
        short = [match for line in found if (match := SHORT.match(line))]
        if not short or not SHORT.match(found[0]):
            return Sniff("no", "no first line as sigtop writes it")
        if any(match["name"] == "You" for match in short) and len({match["name"] for match in short}) > 1:
            return Sniff("yes", "lines of one form with the account owner as You")
        return Sniff("maybe", "lines that begin with a date, a time and a name")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the messages of one conversation."""
        encoding = encoding_of(source)
        emitter = Emitter(encoding, options)
        found = sample(source) or [""]
        title = _CONVERSATION.match(found[0])
        name, identity = person_of(title["value"]) if title else (None, None)
        yield from emitter.conversation(Conversation(name, identity, "group" if title and title["value"].endswith(" (group)") else None))
        is_long = title is not None or not SHORT.match(found[0])
        parts = blocks_ahead(source, _Long(), encoding) if is_long else blocks(source, lambda line: SHORT.match(line.text), encoding)
        read: Callable[[Block[re.Match[str]], re.Match[str], Emitter], Iterator[Record]] = _long if is_long else _short
        for block in parts:
            if block.opened is not None:
                yield from (
                    read(block, block.opened, emitter)
                    if block.is_whole
                    else iter([unread(block.start, block.end, "message-too-long", block.line)])
                )
            elif not (block.first + block.rest).strip("\ufeff\r\n\t "):
                yield Noise(block.start, block.end, "blank")
            else:
                yield unread(block.start, block.end, "unread-text", block.line)
        yield from closing(emitter, options, None, *_GAPS, *(() if is_long else ("names-only",)))


class _Long:
    """Sees the first line, and behind an empty line a field From or Type that is followed as in a message."""

    def __init__(self) -> None:
        self._is_after_blank = True

    def __call__(self, line: Line, following: str) -> re.Match[str] | None:
        is_after_blank, self._is_after_blank = self._is_after_blank, not line.text.strip()
        if line.number == 1 and line.text.startswith("Conversation: "):
            return FIELD.match(line.text)
        if not is_after_blank:
            return None
        if line.text.startswith("From: ") and TYPE.match(following):
            return FIELD.match(line.text)
        if line.text.startswith("Type: ") and TYPE.match(line.text) and following.startswith(("Sent: ", "Received: ")):
            return FIELD.match(line.text)
        return None


def _long(block: Block[re.Match[str]], found: re.Match[str], emitter: Emitter) -> Iterator[Record]:
    if found["name"] == "Conversation":
        if block.rest.strip():
            yield unread(block.start, block.end, "unread-text", block.line)
        else:
            yield Fact(block.start, block.end, "conversation", line=block.line, values={"Conversation": found["value"]})
        return
    stretch = block.first + block.ending + block.rest
    entry = entry_of(unfolded(stretch)[0])
    detail = {key: value for key, value in (("quote", entry.quote), ("versions", entry.versions)) if value}
    sender: Sender | None = None
    time: Time | None = None
    files: list[Attachment] = []
    reactions: list[Reaction] = []
    for name, value in entry.fields:
        if name == "From":
            sender = emitter.sender(*person_of(value))
            if value == "You":
                detail["direction"] = "sent"
        elif name == "Sent":
            time = time_of(value)
        elif name == "Attachment":
            file, what = file_of(value)
            files.append(file)
            if what:
                detail["attachments"] = f"{detail.get('attachments', '')}\n{what}".lstrip("\n")
        elif name == "Reaction" and (reaction := reaction_of(value)) is not None:
            reactions.append(reaction)
        else:
            detail[name] = f"{detail[name]}\n{value}" if name in detail else value
    kind = _kind(detail.get("Type", ""), files, entry.text)
    message = Message(
        block.start, block.end, kind, sender, time or (time_of(detail["Received"]) if "Received" in detail else None), entry.text,
        raw_of(entry.text, stretch), edited="Edited" in detail, line=block.line, attachments=tuple(files), reactions=tuple(reactions), detail=detail,
    )  # fmt: skip
    yield from emitter.message(message)


def _kind(written: str, files: list[Attachment], text: str) -> MessageKind:
    if written in ("incoming", "outgoing", ""):
        return "media" if files and not text else "text"
    return "call" if written == "call-history" else "service"


def _short(block: Block[re.Match[str]], found: re.Match[str], emitter: Emitter) -> Iterator[Record]:
    stretch = (block.first[found.end() :] + block.ending + block.rest).rstrip("\r\n")
    note, start = note_of(block.first[found.end() :])
    raw = stretch[start:]
    text, kept = unfolded(raw)
    detail = {"note": note} if note else {}
    if found["name"] == "You":
        detail["direction"] = "sent"
    kind: MessageKind = "text"
    if note.endswith(" message"):
        kind = "call" if note.startswith("call-history") else "service"
    elif "attachment" in note and not text:
        kind = "media"
    files = tuple(Attachment(note="attachment") for _ in range(min(100, _count(note))))
    time = Time("unknown") if found["date"] == "unknown" else moment(found["date"])
    message = Message(
        block.start, block.end, kind, emitter.sender(found["name"]), time, text, kept, edited="edited" in note.split(", "),
        line=block.line, attachments=files, detail=detail,
    )  # fmt: skip
    yield from emitter.message(message)


def _count(note: str) -> int:
    """Return how many attachments a note counts."""
    found = re.search(r"(?:\A|, )(\d{1,4}) attachments?\Z", note)
    return int(found[1]) if found else 0
