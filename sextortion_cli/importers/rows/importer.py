"""What importers of databases have in common."""

from __future__ import annotations

import abc
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.rows.database import MAGIC, Damaged, Database
from sextortion_cli.importers.rows.faults import DEFECTS, GAPS, NOISE
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Defect, Gap, Message, Noise, ReadOptions, Record, Sniff


class DatabaseImporter(Importer):
    """
    Reads a database: the rows of its declared tables, then every other table as one fact.

    Attributes:
        signature: Tables and columns only this app's databases have; for an app with several layouts, of each.
    """

    form: ClassVar[Literal["text", "json", "rows"]] = "rows"
    noise: ClassVar[Mapping[str, str]] = NOISE
    signature: ClassVar[tuple[Mapping[str, frozenset[str]], ...]]

    @abc.abstractmethod
    def records(self, database: Database, options: ReadOptions) -> Iterator[Record]:
        """Yield the records of the declared tables in their order, before each message its conversation, and what is left out of them."""

    def sniff(self, source: Source) -> Sniff:
        """Claim a database with the tables and columns of this app."""
        if not source.head(len(MAGIC)).startswith(MAGIC):
            return Sniff("no")
        try:
            database = Database(source)
        except Damaged:
            return Sniff("no", "a database that cannot be read")
        try:
            fits = any(
                all(columns <= set(database.columns.get(table, ())) for table, columns in layout.items()) for layout in self.signature
            )
        finally:
            database.close()
        return Sniff("yes", f"a database with the tables of {self.service}") if fits else Sniff("no")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield what the file says of its completeness, the records of the declared tables, and a fact for every other table."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", DEFECTS["empty-file"], overlay=True)
            return
        try:
            database = Database(source)
        except Damaged:
            yield Defect(0, 0, "database-unreadable", DEFECTS["database-unreadable"], overlay=True)
            return
        try:
            yield from database.beginning()
            yield from _gathered(self.records(database, options))
            yield from database.others()
            yield Gap("deleted-rows-not-searched", GAPS["deleted-rows-not-searched"])
        finally:
            database.close()


def _gathered(records: Iterator[Record]) -> Iterator[Record]:
    """Yield each conversation only where it changes, and what was left out in as few records as its order allows."""
    said: Conversation | None = None
    now: Conversation | None = None
    left: Noise | None = None
    for record in records:
        kind = type(record)
        if kind is Conversation:
            now = record  # type: ignore[assignment]
            continue
        if kind is Noise:
            assert isinstance(record, Noise)
            if left is not None and left.code == record.code and left.end == record.start:
                left = Noise(left.start, record.end, left.code)
                continue
            if left is not None:
                yield left
            left = record
            continue
        if left is not None:
            yield left
            left = None
        if kind is Message and now is not None and now is not said and now != said:
            said = now
            yield now
        yield record
    if left is not None:
        yield left
