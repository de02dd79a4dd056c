"""Run an importer over bytes as the product does: times normalised, account balanced by other code."""

from __future__ import annotations

import os
import tempfile
import weakref
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sextortion_cli.importers.base import HEAD_BYTES, Importer, importers
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message, Noise, ReadOptions, Record, Units
from sextortion_cli.normalise.times import TimeNormaliser
from sextortion_cli.readers.batches import batches
from sextortion_cli.readers.rowtally import RowTally
from sextortion_cli.readers.tally import Tally


@dataclass
class Reading:
    """Everything one reading gave."""

    records: list[Record]
    units: Units
    data: bytes
    form: str
    messages: list[Message] = field(init=False)

    def __post_init__(self) -> None:
        self.messages = [record for record in self.records if isinstance(record, Message)]

    def of(self, kind: type) -> list[Any]:
        """Return the records of one kind."""
        return [record for record in self.records if isinstance(record, kind)]

    def codes(self, kind: type = Gap) -> set[str]:
        """Return the codes of gaps, defects or noise."""
        return {record.code for record in self.of(kind)}


def source_of(data: bytes, name: str = "export.txt", log: bytes | None = None) -> Source:
    """Return a source over bytes, in a file nobody can name; `log` is the write-ahead log of a database."""
    beside = {} if log is None else {"-wal": source_of(log, f"{name}-wal")}
    with tempfile.TemporaryFile() as handle:
        handle.write(data)
        handle.flush()
        source = Source(os.dup(handle.fileno()), len(data), name, beside)
    weakref.finalize(source, os.close, source._fd)
    return source


def read(importer: str | Importer, data: bytes, name: str = "export.txt", log: bytes | None = None, **stated: Any) -> Reading:
    """Read `data` with one importer."""
    reader = importers()[importer] if isinstance(importer, str) else importer
    options = ReadOptions(**stated)
    source = source_of(data, name, log)
    selecting = reader.shows_only_chosen or bool(options.thread or options.since or options.until)
    tally: Tally | RowTally
    if reader.form == "rows":
        tally = RowTally(source.database, reader.tables_for(options), selecting=selecting)
    else:
        opening = reader.opening_for(source.head(HEAD_BYTES))
        tally = Tally(source.size, source.read_at, reader.form, reader.noise_rules, opening=opening, selecting=selecting)
    records: list[Record] = []
    for batch in batches(reader.read(source, options)):
        TimeNormaliser(options.timezone).settle(batch)
        records += tally.take(batch)
    records += tally.finish()
    return Reading(records, tally.units(), data, reader.form)


def sniff(importer: str, data: bytes, name: str = "export.txt") -> str:
    """Return an importer's verdict on `data`."""
    return importers()[importer].sniff(source_of(data, name)).verdict


def golden_lines(reading: Reading) -> str:
    """Return a reading in the form golden files have: one JSON record a line."""
    return "".join(msgspec.json.encode(record).decode() + "\n" for record in reading.records)


__all__ = ["Conversation", "Defect", "Fact", "Gap", "Message", "Noise", "Reading", "golden_lines", "read", "sniff", "source_of"]
