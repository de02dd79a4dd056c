"""A finished index, opened for reading: every message in the order of its file or of time, by number, or by its words."""

from __future__ import annotations

import bisect
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from sextortion_cli.model.reading import Conversation, Defect, Message
from sextortion_cli.store import layout, readings
from sextortion_cli.store.fulltext import Probe, query_of
from sextortion_cli.store.index import NO_TIME, unpacked

#: Blocks that are kept at hand: conversations that went on at the same time take turns in a timeline.
_AT_HAND = 12


class Place(NamedTuple):
    """One message found: its number in the index, its exhibit, and the record with the conversation it stands in."""

    number: int
    exhibit: str
    message: Message
    conversation: Conversation | None
    service: str | None
    raw_form: str


class _Block(NamedTuple):
    """One block of a reading: which reading it is of, and its messages with the conversation each stands in."""

    reading: int
    messages: list[tuple[Message, Conversation | None]]


class Index:
    """A finished index; it never writes to its file."""

    def __init__(self, path: Path, case: Path) -> None:
        self._case = case
        self._base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        self._base.execute("PRAGMA temp_store=MEMORY")
        self._readings = {row[0]: row[1:] for row in self._base.execute("SELECT id, exhibit, key, raw_form, service FROM reading")}
        self._firsts = [row[0] for row in self._base.execute("SELECT first FROM block WHERE messages > 0 ORDER BY first")]
        self._at_hand: OrderedDict[int, _Block] = OrderedDict()

    def marks(self) -> dict[str, str]:
        """Return the schema and the log head the index was built for."""
        return dict(self._base.execute("SELECT key, value FROM meta"))

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def count(self) -> int:
        """Return the number of messages."""
        return int(self._base.execute("SELECT coalesce(sum(messages), 0) FROM reading").fetchone()[0])

    def first_of(self, exhibit: str) -> int:
        """Return the number of the first message of an exhibit's reading; those that follow are its own, in the order of the file."""
        return int(self._base.execute("SELECT min(first) FROM reading WHERE exhibit = ?", (exhibit,)).fetchone()[0] or 0)

    def senders(self) -> Iterator[tuple[str, str, str | None, str | None, int, int | None, int | None]]:
        """Yield (exhibit, name, raw, stable id, messages, first, last) per sender and reading."""
        yield from self._base.execute(
            "SELECT r.exhibit, s.name, s.raw, s.stable, s.messages, s.first, s.last FROM sender s JOIN reading r ON r.id = s.reading ORDER BY r.id, s.rowid"
        )

    def spans(self) -> Iterator[tuple[str, int, int | None, int | None, int]]:
        """Yield (exhibit, messages, first, last, messages whose time is known in UTC) per reading."""
        yield from self._base.execute("SELECT exhibit, messages, earliest, latest, zoned FROM reading ORDER BY id")

    def in_time(self) -> Iterator[tuple[int, int | None]]:
        """Yield (number, seconds) of every message in the order of time; those without a time come last, in file order."""
        self._base.execute("CREATE TEMP TABLE IF NOT EXISTS moment (at INTEGER, id INTEGER, PRIMARY KEY (at, id)) WITHOUT ROWID")
        if self._base.execute("SELECT 1 FROM moment LIMIT 1").fetchone() is None:
            self._base.executemany("INSERT INTO moment VALUES (?,?)", ((at, number) for number, at in self._moments() if at != NO_TIME))
        yield from self._base.execute("SELECT id, at FROM moment ORDER BY at, id")
        yield from ((number, None) for number, at in self._moments() if at == NO_TIME)

    def _moments(self) -> Iterator[tuple[int, int]]:
        for first, times in self._base.execute("SELECT first, times FROM block ORDER BY first"):
            yield from enumerate(unpacked(times), first)

    def search(self, words: str) -> Iterator[int]:
        """
        Yield the numbers of messages that hold all `words`, in the order of the case.

        A word matches as a word, the last letters may differ only with a trailing ``*``; text in double quotes is a phrase.
        """
        query = query_of(words)
        if not query:
            return
        probe = Probe()
        try:
            for (first,) in self._base.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", (query,)):
                texts = ((first + offset, message.text or "") for offset, (message, _) in enumerate(self._block(first).messages))
                yield from probe.matches(texts, query)
        finally:
            probe.close()

    def all(self) -> Iterator[Place]:
        """Yield every message in the order of the case."""
        for first in self._firsts:
            for offset in range(len(self._block(first).messages)):
                yield self._found(first, offset)

    def defects(self) -> Iterator[tuple[str, Defect]]:
        """Yield (exhibit, defect)."""
        for reading, record in self._base.execute("SELECT reading, record FROM defect ORDER BY id"):
            yield self._readings[reading][0], msgspec.json.decode(record, type=Defect)

    def place(self, number: int) -> Place:
        """Return one message by its number."""
        first = self._firsts[bisect.bisect_right(self._firsts, number) - 1]
        return self._found(first, number - first)

    def _found(self, first: int, offset: int) -> Place:
        block = self._block(first)
        exhibit, _, raw_form, service = self._readings[block.reading]
        return Place(first + offset, exhibit, *block.messages[offset], service, raw_form)

    def _block(self, first: int) -> _Block:
        block = self._at_hand.get(first)
        if block is None:
            block = self._at_hand[first] = self._read(first)
            if len(self._at_hand) > _AT_HAND:
                self._at_hand.popitem(last=False)
        else:
            self._at_hand.move_to_end(first)
        return block

    def _read(self, first: int) -> _Block:
        reading, offset, length, start = self._base.execute(
            "SELECT reading, offset, length, conversation FROM block WHERE first = ? AND messages > 0", (first,)
        ).fetchone()
        conversation = None if start is None else msgspec.json.decode(start, type=Conversation)
        found: list[tuple[Message, Conversation | None]] = []
        path = layout.reading_path(self._case, self._readings[reading][1])
        for record in readings.read_block(path, readings.Block(offset, length)):
            if isinstance(record, Conversation):
                conversation = record
            elif isinstance(record, Message):
                found.append((record, conversation))
        return _Block(reading, found)
