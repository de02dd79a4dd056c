"""DiscordChatExporter as plain text: one conversation, both sides, local dates in the form of the exporting computer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.discord.written import conversation_of, is_notice
from sextortion_cli.importers.lines.codes import DEFECTS, NOISE, gap
from sextortion_cli.importers.lines.emit import Emitter, closing, unfolded, unread, valid
from sextortion_cli.importers.lines.links import attachment_of
from sextortion_cli.importers.lines.stamps import Clock, take
from sextortion_cli.importers.lines.textlines import Block, Line, blocks, sample
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import Encoding, encoding_of
from sextortion_cli.model.reading import Attachment, Conversation, Defect, Fact, Message, Noise, Reaction, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_RULE = "=" * 62
_HEADER = re.compile(r"\[(?P<date>[^\[\]]{6,60})\] (?P<author>.{1,200}?)(?P<pinned> \(pinned\))?\Z")
_SECTION = re.compile(r"\{(?P<name>Attachments|Embed|Stickers|Reactions|Forwarded Message)\}\Z")
_REACTION = re.compile(r"(?P<emoji>[^\s()]{1,80})(?: \((?P<count>\d{1,9})\))?(?: |\Z)")
_FIELD = re.compile(r"(?P<name>Guild|Channel|Topic|After|Before): (?P<value>.*)\Z")
_COUNT = re.compile(r"Exported (?P<count>[\d.,\u00a0\u202f' ]{1,20}) message\(s\)\Z")
_END = re.compile(r"={62}\r?\nExported [^\n]{1,20} message\(s\)\r?\n={62}\s{0,16}\Z")
_SIGNED = re.compile(r"(https?://[^\s?]{0,40}discord[^\s?]{0,400})\?\S{1,2000}")


class DiscordTxt(Importer):
    """Reads text files of DiscordChatExporter, old and new, with the dates of any region."""

    id: ClassVar[str] = "discord-txt"
    service: ClassVar[str] = "Discord"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Such files are made with the program DiscordChatExporter on a computer. Choose the conversation and rather the format JSON, which says more "
        "than TXT. Let the owner of the account do it."
    )
    limits: ClassVar[str] = N_(
        "People are named only by name, times are without seconds and zone, and replies and edits are missing. What was deleted is gone. "
        "A message can hold text that looks like another message."
    )
    seen_on: ClassVar[str] = "files composed after the program's own source, 2018 to 2025; no real file"
    noise: ClassVar[Mapping[str, str]] = NOISE
    references: ClassVar[tuple[str, ...]] = ("DiscordChatExporter, DiscordChatExporter.Core/Exporting/PlainTextMessageWriter.cs",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a text that begins with the program's ruled heading."""
        found = sample(source, 4096)
        if found is None or found[:1] != [_RULE] or not any(_FIELD.match(line) for line in found[1:3]):
            return Sniff("no", "no heading of DiscordChatExporter")
        return Sniff("yes", "the heading of DiscordChatExporter")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the heading, the messages, the count at the end, and whether it is right."""
        encoding = encoding_of(source)
        found = sample(source) or []
        end, spacing = _end_of(source, encoding), _spacing(found)

        def parts() -> Iterator[Block[str]]:
            return blocks(source, _Opener(end, spacing), encoding)

        clock = Clock(lambda: (block.opened for block in parts() if block.opened), options.date_order)
        emitter = Emitter(encoding, options, clock.is_open)
        count, stated = 0, None
        yield from emitter.conversation(_conversation(source.name, found))
        for block in parts():
            if block.opened:
                count += 1
                yield from _message(block, clock, emitter)
            elif block.start == end and block.is_whole:
                stated = _COUNT.match(block.rest.partition("\n")[0].strip())
                yield Fact(block.start, block.end, "export", line=block.line, values={"Exported": stated["count"] if stated else ""})
                if stated and re.sub(r"\D", "", stated["count"]) != str(count):
                    yield Defect(block.start, block.end, "count-disagrees", DEFECTS["count-disagrees"], True, block.line)
            elif block.start == 0 and block.first == _RULE and block.is_whole:
                yield Fact(block.start, block.end, "conversation", line=block.line, values=_fields(block.rest))
                if block.rest.rstrip().rpartition("\n")[2] != _RULE:
                    yield Defect(block.start, block.end, "unread-text", DEFECTS["unread-text"], True, block.line)
            elif not (block.first + block.rest).strip("\ufeff\r\n\t "):
                yield Noise(block.start, block.end, "blank")
            else:
                yield unread(block.start, block.end, "unread-text", block.line)
        if not source.size:
            return
        if not stated:
            yield gap("no-end")
        yield from closing(emitter, options, clock, "authorship-unverifiable", "names-only", "deleted-not-included")


class _Opener:
    """
    Sees heading and end ("") and each message (its date), line by line.

    Args:
        end: Where the count at the end of the file begins.
        spacing: How many empty lines stand before a message at least, except behind reactions and the heading.
    """

    def __init__(self, end: int, spacing: int) -> None:
        self._end = end
        self._spacing = spacing
        self._in_heading = False
        self._blank = 2
        self._last = self._before = ""

    def __call__(self, line: Line) -> str | None:
        text, blank = line.text, self._blank
        if not text.strip():
            self._blank += 1
            return "" if line.start == 0 else None
        last, before = self._last, self._before
        self._blank, self._last, self._before = 0, text, last
        if line.start == self._end:
            return ""
        if line.start == 0:
            self._in_heading = text == _RULE
            return "" if self._in_heading else _date_in(text)
        if self._in_heading:
            self._in_heading = text != _RULE
            return None
        if blank >= self._spacing or (blank and (before == "{Reactions}" or last == _RULE)):
            return _date_in(text)
        return None


def _date_in(text: str) -> str | None:
    """Return the date of a line that has the form of a message's first."""
    header = _HEADER.match(text)
    stamp = take(header["date"]) if header else None
    return header["date"] if header and stamp and stamp.hour else None


def _spacing(lines: list[str]) -> int:
    """Return how many empty lines stand before messages in this version of the format: two, in old ones one."""
    blank, last, before, ones = 0, "", "", 0
    for text in lines:
        if not text.strip():
            blank += 1
            continue
        if blank and last != _RULE and before != "{Reactions}" and _date_in(text):
            if blank > 1:
                return 2
            ones += 1
        blank, last, before = 0, text, last
    return 1 if ones else 2


def _end_of(source: Source, encoding: Encoding) -> int:
    """Return where the count at the end begins, -1 when there is none."""
    tail = source.tail(800 * encoding.unit)
    text = encoding.decode(tail)
    found = _END.search(text)
    if found is None or (found.start() and text[found.start() - 1] != "\n"):
        return -1
    return source.size - len(encoding.encode(text[found.start() :]))


def _conversation(name: str, lines: list[str]) -> Conversation:
    by_name = conversation_of(name)
    fields = _fields("\n".join(lines[1:12])) if lines[:1] == [_RULE] else {}
    place, channel = fields.get("Guild"), fields.get("Channel", "")
    shown = channel.removeprefix("Direct Messages / ").removeprefix("Private / ") or by_name.name
    return Conversation(shown, by_name.id, "direct" if place == "Direct Messages" else by_name.type)


def _fields(text: str) -> dict[str, str]:
    """Return the fields of the heading; a topic may have several lines."""
    fields: dict[str, str] = {}
    last = ""
    for line in text.replace("\r\n", "\n").partition(f"\n{_RULE}")[0].split("\n"):
        found = _FIELD.match(line)
        if found is not None and found["name"] not in fields:
            last = found["name"]
            fields[last] = valid(found["value"])
        elif last and line:
            fields[last] += f"\n{valid(line)}"
    return fields


def _message(block: Block[str], clock: Clock, emitter: Emitter) -> Iterator[Record]:
    header = _HEADER.match(block.first)
    if header is None or not block.is_whole:
        yield unread(block.start, block.end, "message-too-long", block.line)
        return
    body, sections = _taken_apart(block.rest)
    text, raw = unfolded(body)
    detail = {"pinned": "true"} if header["pinned"] else {}
    files: list[Attachment] = []
    reactions: list[Reaction] = []
    for name, lines in sections:
        if name == "Attachments":
            files += [attachment_of(line) for line in lines]
        elif name == "Stickers":
            files += [Attachment(attachment_of(line).name, "sticker") for line in lines]
        elif name == "Reactions":
            written = " ".join(lines)
            reactions += [Reaction(emoji, count=int(count or 1)) for emoji, count in _REACTION.findall(written)]
            if _REACTION.sub("", written).strip():
                detail[name] = written
        else:
            detail[name] = "\n".join((*filter(None, [detail.get(name)]), *(_SIGNED.sub(r"\1", line) for line in lines)))
    if is_notice(text):
        detail["likely"] = "a notice that the program wrote for something that is no message"
    message = Message(
        block.start,
        block.end,
        "media" if files and not text else "text",
        emitter.sender(header["author"]),
        clock.time(header["date"]),
        text,
        raw,
        line=block.line,
        attachments=tuple(files),
        reactions=tuple(reactions),
        detail=detail,
    )
    yield from emitter.message(message)


def _taken_apart(rest: str) -> tuple[str, list[tuple[str, list[str]]]]:
    """Return what was written, as in the file, and the parts that the program adds behind an empty line, each with its lines."""
    lines = rest.split("\n")
    plain = [line.removesuffix("\r") for line in lines]
    places = [
        index for index, line in enumerate(plain) if line[:1] == "{" and _SECTION.match(line) and (index == 0 or not plain[index - 1])
    ]
    end = places[0] if places else len(lines)
    sections = [
        (plain[place][1:-1], [line for line in plain[place + 1 : behind] if line])
        for place, behind in zip(places, [*places[1:], len(plain)], strict=False)
    ]
    return "\n".join(lines[:end]).rstrip("\r\n"), sections
