"""
The index: an SQLite file derived from log and readings, with full-text search. Delete it and it comes back.

It holds no text, only where each message lies: a message is its number, its sort time and the words of its text (an FTS5 table
without content); the words themselves are read from the readings. It is built under a temporary name and renamed when complete.
"""

from __future__ import annotations

import bisect
import contextlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sextortion_cli.model.reading import Conversation, Defect, Message, Record
from sextortion_cli.store import layout, readings
from sextortion_cli.store.fileops import fileops

SCHEMA = 2
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE reading (id INTEGER PRIMARY KEY, exhibit TEXT NOT NULL, key TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, raw_form TEXT NOT NULL,
                      service TEXT, first INTEGER NOT NULL, messages INTEGER NOT NULL, zoned INTEGER NOT NULL);
CREATE TABLE block (first INTEGER NOT NULL, reading INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
                    messages INTEGER NOT NULL, conversation TEXT);
CREATE TABLE message (id INTEGER PRIMARY KEY, at INTEGER);
CREATE TABLE defect (id INTEGER PRIMARY KEY, reading INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE sender (reading INTEGER NOT NULL, name TEXT NOT NULL, raw TEXT, stable TEXT, messages INTEGER NOT NULL,
                     first INTEGER, last INTEGER);
CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize="unicode61 remove_diacritics 0");
"""
_FINISH = "CREATE INDEX message_at ON message (at, id); CREATE INDEX block_first ON block (first);"


#: Scripts written without spaces: every character is indexed, and asked for, as a word of its own.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def _spaced(text: str) -> str:
    return text if text.isascii() else _UNSPACED.sub(r" \g<0> ", text)


class Place(NamedTuple):
    """One message found: its number in the index, its exhibit, and the record with the conversation it stands in."""

    number: int
    exhibit: str
    message: Message
    conversation: Conversation | None
    service: str | None
    raw_form: str


def sort_time(message: Message) -> int | None:
    """Return seconds since 1970 to sort by: UTC where known, else the local time as if it were UTC."""
    time = message.time
    if time is None:
        return None
    text = time.utc or (time.candidates[0] if time.candidates else time.local)
    if text is None:
        return None
    hour = text[:14]
    begin = _hours.get(hour)
    try:
        if begin is None:
            begin = int(datetime.fromisoformat(f"{hour}00:00").replace(tzinfo=UTC).timestamp())
            if len(_hours) > 8192:
                _hours.clear()
            _hours[hour] = begin
        return begin + int(text[14:16]) * 60 + int(text[17:19])
    except ValueError:
        return None


_hours: dict[str, int] = {}


class IndexWriter:
    """Builds a new index under a temporary name; `finish` gives it its name."""

    def __init__(self, temporary: Path, base: Path | None = None) -> None:
        self.temporary = temporary
        if base is not None:
            _copy(base, temporary)
        self._base = sqlite3.connect(temporary, isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode=OFF")
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("PRAGMA cache_size=-8000")
        self._base.execute("PRAGMA temp_store=MEMORY")
        if base is None:
            self._base.executescript(_TABLES)
            self._base.execute("INSERT INTO words(words, rank) VALUES('hashsize', 8388608)")
        else:
            self._base.executescript("DROP INDEX message_at; DROP INDEX block_first; DELETE FROM meta;")
        self._base.execute("BEGIN")
        self._next = int(self._base.execute("SELECT coalesce(max(first + messages), 1) FROM reading").fetchone()[0])

    def reading(self, exhibit: str, key: str, service: str | None, raw_form: str) -> ReadingIndexer:
        """Open the rows of one reading."""
        cursor = self._base.execute(
            "INSERT INTO reading (exhibit, key, sha256, raw_form, service, first, messages, zoned) VALUES (?,?,'',?,?,?,0,0)",
            (exhibit, key, raw_form, service, self._next),
        )
        return ReadingIndexer(self, int(cursor.lastrowid or 0))

    def finish(self, target: Path, marks: dict[str, str]) -> None:
        """Write the marks (`current_marks`) and give the index its name."""
        self._base.executemany("INSERT INTO meta VALUES (?,?)", list(marks.items()))
        self._base.execute("COMMIT")
        for statement in _FINISH.split(";")[:-1]:
            self._base.execute(statement)
        self._base.close()
        fileops().replace(self.temporary, target)

    def abandon(self) -> None:
        """Drop what was built."""
        self._base.close()
        with contextlib.suppress(FileNotFoundError):
            fileops().unlink(self.temporary)


def _copy(source: Path, target: Path) -> None:
    fd = fileops().create(target)
    try:
        with source.open("rb") as stream:
            while piece := stream.read(1 << 20):
                fileops().write(fd, piece)
    finally:
        fileops().close(fd)


class ReadingIndexer:
    """Takes the blocks of one reading as they are written."""

    def __init__(self, owner: IndexWriter, number: int) -> None:
        self._owner = owner
        self._number = number
        self._conversation: str | None = None
        self._zoned = 0
        self._senders: dict[tuple[str, str | None, str | None], list[Any]] = {}

    def block(self, place: readings.Block, records: Sequence[Record]) -> None:
        """Index one block of records."""
        owner, base = self._owner, self._owner._base
        first, conversation = owner._next, self._conversation
        rows: list[tuple[int, int | None]] = []
        words: list[tuple[int, str]] = []
        number = first
        for record in records:
            if isinstance(record, Message):
                at = sort_time(record)
                rows.append((number, at))
                if record.time is not None and record.time.utc is not None:
                    self._zoned += 1
                if record.text:
                    words.append((number, _spaced(record.text)))
                if record.sender is not None:
                    self._count(record.sender, at)
                number += 1
            elif isinstance(record, Conversation):
                self._conversation = msgspec.json.encode(record).decode()
                if number == first:
                    conversation = self._conversation
            elif isinstance(record, Defect):
                base.execute("INSERT INTO defect (reading, record) VALUES (?,?)", (self._number, msgspec.json.encode(record).decode()))
        base.executemany("INSERT INTO message VALUES (?,?)", rows)
        base.executemany("INSERT INTO words (rowid, text) VALUES (?,?)", words)
        base.execute("INSERT INTO block VALUES (?,?,?,?,?,?)", (first, self._number, *place, number - first, conversation))
        owner._next = number

    def _count(self, sender: Any, at: int | None) -> None:
        entry = self._senders.setdefault((sender.name, sender.raw, sender.id), [0, None, None])
        entry[0] += 1
        if at is not None:
            entry[1] = at if entry[1] is None or at < entry[1] else entry[1]
            entry[2] = at if entry[2] is None or at > entry[2] else entry[2]

    def finish(self, sha256: str) -> None:
        """Close the rows of this reading; `sha256` is the digest of its file."""
        base = self._owner._base
        base.execute(
            "UPDATE reading SET messages = ? - first, sha256 = ?, zoned = ? WHERE id = ?",
            (self._owner._next, sha256, self._zoned, self._number),
        )
        base.executemany(
            "INSERT INTO sender VALUES (?,?,?,?,?,?,?)", [(self._number, *key, *entry) for key, entry in self._senders.items()]
        )


class Index:
    """A finished index, opened for reading."""

    def __init__(self, path: Path, case: Path) -> None:
        self._case = case
        self._base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        self._base.execute("PRAGMA temp_store=MEMORY")
        self._readings = {row[0]: row[1:] for row in self._base.execute("SELECT id, exhibit, key, raw_form, service FROM reading")}
        self._firsts = [row[0] for row in self._base.execute("SELECT first FROM block WHERE messages > 0 ORDER BY first")]
        self._cached: tuple[int, int, list[tuple[Message, Conversation | None]]] | None = None

    def marks(self) -> dict[str, str]:
        """Return the schema and the log head the index was built for."""
        return dict(self._base.execute("SELECT key, value FROM meta"))

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def count(self) -> int:
        """Return the number of messages."""
        return int(self._base.execute("SELECT coalesce(sum(messages), 0) FROM reading").fetchone()[0])

    def senders(self) -> Iterator[tuple[str, str, str | None, str | None, int, int | None, int | None]]:
        """Yield (exhibit, name, raw, stable id, messages, first, last) per sender and reading."""
        yield from self._base.execute(
            "SELECT r.exhibit, s.name, s.raw, s.stable, s.messages, s.first, s.last FROM sender s JOIN reading r ON r.id = s.reading ORDER BY r.id, s.rowid"
        )

    def spans(self) -> Iterator[tuple[str, int, int | None, int | None, int]]:
        """Yield (exhibit, messages, first, last, messages whose time is known in UTC) per reading."""
        yield from self._base.execute(
            "SELECT exhibit, messages, (SELECT min(at) FROM message WHERE id >= first AND id < first + messages),"
            " (SELECT max(at) FROM message WHERE id >= first AND id < first + messages), zoned FROM reading ORDER BY id"
        )

    def in_time(self) -> Iterator[tuple[int, int | None]]:
        """Yield (number, seconds) of every message in the order of time; those without a time come last, in file order."""
        yield from self._base.execute("SELECT id, at FROM message WHERE at IS NOT NULL ORDER BY at, id")
        yield from self._base.execute("SELECT id, at FROM message WHERE at IS NULL ORDER BY id")

    def search(self, words: str) -> Iterator[int]:
        """
        Yield the numbers of messages that hold all `words`, in the order of the case.

        A word matches as a word, the last letters may differ only with a trailing ``*``; text in double quotes is a phrase.
        """
        query = _query(words)
        if query:
            for (number,) in self._base.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", (query,)):
                yield number

    def all(self) -> Iterator[Place]:
        """Yield every message in the order of the case."""
        for first in self._firsts:
            reading, found = self._block(first)
            for offset, (message, conversation) in enumerate(found):
                yield self._found(first + offset, reading, message, conversation)

    def defects(self) -> Iterator[tuple[str, Defect]]:
        """Yield (exhibit, defect)."""
        for reading, record in self._base.execute("SELECT reading, record FROM defect ORDER BY id"):
            yield self._readings[reading][0], msgspec.json.decode(record, type=Defect)

    def place(self, number: int) -> Place:
        """Return one message by its number."""
        first = self._firsts[bisect.bisect_right(self._firsts, number) - 1]
        reading, found = self._block(first)
        return self._found(number, reading, *found[number - first])

    def _found(self, number: int, reading: int, message: Message, conversation: Conversation | None) -> Place:
        exhibit, _, raw_form, service = self._readings[reading]
        return Place(number, exhibit, message, conversation, service, raw_form)

    def _block(self, first: int) -> tuple[int, list[tuple[Message, Conversation | None]]]:
        if self._cached is not None and self._cached[0] == first:
            return self._cached[1:]
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
        self._cached = (first, reading, found)
        return reading, found


def _query(words: str) -> str:
    """Return an FTS5 query for what a person typed: every term quoted, so that nothing in it is an operator."""
    terms = []
    for position, part in enumerate(words.split('"')):
        for term in [part] if position % 2 else part.split():
            clean = term.replace('"', "").strip()
            star = "*" if clean.endswith("*") and not position % 2 else ""
            clean = clean.rstrip("*") if star else clean
            if any(letter.isalnum() for letter in clean):
                terms.append(f'"{_spaced(clean)}"{star}')
    return " ".join(terms)


__all__ = ["Index", "IndexWriter", "Place", "ReadingIndexer", "sort_time"]
