"""LinkedIn "Get a copy of your data": ``messages.csv``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import BLANK_ROW, TABLE_NOISE
from sextortion_cli.importers.lines.csvrows import Row, heading_of, heading_rule
from sextortion_cli.importers.lines.emit import Emitter, closing, unread
from sextortion_cli.importers.lines.links import attachments_of
from sextortion_cli.importers.lines.mojibake import repaired
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.lines.tables import Values, places_of, read_rows
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Conversation, Message, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_NEEDED = ("conversation id", "conversation title", "from", "to", "date", "subject", "content")
_KNOWN = frozenset(
    [
        *_NEEDED, "sender profile url", "recipient profile urls", "folder", "attachments", "is message draft", "is conversation draft",
        "is conversation archived",
    ]
)  # fmt: skip
_SHOWN = ("conversation id", "conversation title", "from", "sender profile url", "date", "content", "attachments")


def _is_heading(names: tuple[str, ...]) -> bool:
    return set(_NEEDED) <= set(names)


class LinkedInCsv(Importer):
    """Reads ``messages.csv`` (and the other files with its columns); a profile's address is its id."""

    id: ClassVar[str] = "linkedin-csv"
    service: ClassVar[str] = "LinkedIn"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open LinkedIn in a browser: Me > Settings & Privacy > Data privacy > Get a copy of your data > Messages. The file comes by e-mail, often "
        "within an hour."
    )
    limits: ClassVar[str] = N_(
        "Deleted messages and conversations are not included, and attachments are only links. The address of a profile can be changed by its owner. "
        "The file can be edited."
    )
    seen_on: ClassVar[str] = "files composed after descriptions and other readers' tests, 2019 to 2026; no real file"
    noise: ClassVar[Mapping[str, str]] = TABLE_NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {
        "heading": heading_rule(_KNOWN),
        "blank-row": BLANK_ROW,
    }
    references: ClassVar[tuple[str, ...]] = ("LinkedIn Help, Download your account data",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a table with LinkedIn's columns."""
        if heading_of(source, _is_heading) is None:
            return Sniff("no", "no heading of LinkedIn's messages")
        return Sniff("yes", "the columns of LinkedIn's messages")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield one message a row, with its conversation before it where that changes."""
        heading = heading_of(source, _is_heading)
        if heading is None:
            yield Conversation()
            if source.size:
                yield unread(0, source.size, "no-messages", 1)
            return
        encoding = encoding_of(source)
        emitter = Emitter(encoding, options)
        places = places_of(heading)
        current: str | None = None
        for row in read_rows(source, heading, len(_NEEDED), None, encoding, _KNOWN):
            if not isinstance(row, Row):
                yield row
                continue
            values = Values(row, places)
            if not (values["from"] or values["sender profile url"]) and not values["date"]:
                yield unread(row.start, row.end, "not-a-row", row.line)
                continue
            if values["conversation id"] != current:
                current = values["conversation id"]
                yield from emitter.conversation(Conversation(_right(values["conversation title"]) or None, current or None))
            yield from _message(values, emitter)
        yield from closing(emitter, options, None, "authorship-unverifiable", "deleted-not-included", "media-not-included")


def _right(text: str) -> str:
    return repaired(text) or text


def _message(values: Values, emitter: Emitter) -> Iterator[Record]:
    row, content = values.row, values["content"]
    right = repaired(content)
    raw = values.raw("content") or (content if right is not None else None)
    name, profile = values["from"], values["sender profile url"]
    files = attachments_of(values["attachments"], " ,;\n")
    message = Message(
        row.start, row.end, "media" if files and not content else "text", emitter.sender(_right(name) or profile, profile or None), moment(values["date"]),
        content if right is None else right, raw, line=row.line, attachments=files,
        detail={key: _right(value) for key, value in values.others(*_SHOWN).items()},
    )  # fmt: skip
    yield from emitter.message(message)
