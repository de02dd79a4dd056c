"""Kik's answer to the police: ``content/data-text.csv``. Kik gives its users no export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import BLANK_ROW, TABLE_NOISE
from sextortion_cli.importers.lines.csvrows import Row, heading_of, heading_rule
from sextortion_cli.importers.lines.emit import Emitter, closing, unread
from sextortion_cli.importers.lines.moments import moment
from sextortion_cli.importers.lines.tables import Values, places_of, read_rows
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.attached import media_of
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Attachment, Conversation, Message, ReadOptions, Record, Sniff, Time
from sextortion_cli.words import N_

_NEEDED = frozenset(["message", "sender_id", "receiver_id", "sent_at"])
_KNOWN = _NEEDED | {"id", "content_id", "filename", "ip", "port", "parent_id", "sent_at_ts", "app_name"}
_MILLISECONDS = re.compile(r"\d{10,14}\Z", re.ASCII)


def _is_heading(names: tuple[str, ...]) -> bool:
    return set(names) >= _NEEDED


class KikCsv(Importer):
    """Reads the texts of a Kik return; the address of each message is its sender's."""

    id: ClassVar[str] = "kik-csv"
    service: ClassVar[str] = "Kik"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Kik gives its users no export; such files come only from the police. Take screenshots of the conversation, and of the profile with the user "
        "name. The user name is what the police need."
    )
    limits: ClassVar[str] = N_(
        "The file holds what Kik had stored when the police asked. An IP address may be shared by many, and without port and time it says little. "
        "Pictures lie in files of their own."
    )
    seen_on: ClassVar[str] = "files composed after one description; no real file"
    noise: ClassVar[Mapping[str, str]] = TABLE_NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {
        "heading": heading_rule(_KNOWN),
        "blank-row": BLANK_ROW,
    }
    references: ClassVar[tuple[str, ...]] = ("RLEAPP, scripts/artifacts/kik.py",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a table with Kik's columns."""
        if heading_of(source, _is_heading) is None:
            return Sniff("no", "no heading of Kik's texts")
        return Sniff("yes", "the columns of Kik's texts")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield one message a row."""
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
            if not values["sender_id"] and not values["receiver_id"]:
                yield unread(row.start, row.end, "not-a-row", row.line)
                continue
            pair = " - ".join(sorted((values["sender_id"], values["receiver_id"])))
            if pair != current:
                current = pair
                yield from emitter.conversation(Conversation(pair))
            yield from _message(values, emitter)
        yield from closing(emitter, options, None, "authorship-unverifiable", "deleted-not-included")


def _message(values: Values, emitter: Emitter) -> Iterator[Record]:
    row, written, counted = values.row, values["sent_at"], values["sent_at_ts"].strip()
    time = moment(written)
    codes: tuple[str, ...] = ()
    exact = utc_text(int(counted) // (1000 if len(counted) > 11 else 1)) if _MILLISECONDS.match(counted) else None
    if exact is not None:
        if time.utc is not None and time.utc != exact:
            codes = ("time-disagrees",)
        elif time.utc is None:
            codes = () if time.local is None or f"{time.local}Z" == exact else ("time-disagrees",)
            time = Time(written or counted, time.local if codes else None, exact, "explicit")
    name = values["filename"]
    sender = values["sender_id"]
    message = Message(
        row.start, row.end, "media" if name and not values["message"] else "text", emitter.sender(sender, sender) if sender else None, time,
        values["message"], values.raw("message"), line=row.line, attachments=(Attachment(name, media_of(name)),) if name else (),
        detail=values.others("message", "sent_at", "sender_id", "filename"),
    )  # fmt: skip
    yield from emitter.message(message, *codes)
