"""
The index: an SQLite file derived from log and readings, with full-text search. Delete it and it comes back.

It holds no text, only where each message lies: per block of a reading its place, the sort times of its messages and the words of their
texts; the messages themselves are read from the readings. It is built under a temporary name and renamed when complete.
"""

from __future__ import annotations

import contextlib
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from sextortion_cli.model.reading import Conversation, Defect, Message, Record, Sender, Time
from sextortion_cli.store import readings
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.fulltext import WORDS_TABLE, spaced

SCHEMA = 3
NO_TIME = -(1 << 63)
"""Stands in `block.times` for a message without a time."""
_TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE reading (id INTEGER PRIMARY KEY, exhibit TEXT NOT NULL, key TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, raw_form TEXT NOT NULL,
                      service TEXT, first INTEGER NOT NULL, messages INTEGER NOT NULL, zoned INTEGER NOT NULL,
                      earliest INTEGER, latest INTEGER);
CREATE TABLE block (first INTEGER NOT NULL, reading INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
                    messages INTEGER NOT NULL, conversation TEXT, times BLOB NOT NULL);
CREATE TABLE defect (id INTEGER PRIMARY KEY, reading INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE sender (reading INTEGER NOT NULL, name TEXT NOT NULL, raw TEXT, stable TEXT, messages INTEGER NOT NULL,
                     first INTEGER, last INTEGER);
{WORDS_TABLE}
"""
_FINISH = "CREATE INDEX block_first ON block (first)"
_WITHIN_HOUR = {f"{minute:02d}:{second:02d}": minute * 60 + second for minute in range(60) for second in range(60)}
_Key = tuple[str, str | None, str | None]


def sort_time(time: Time | None) -> int | None:
    """Return seconds since 1970 to sort by: UTC where known, else the local time as if it were UTC."""
    if time is None:
        return None
    text = time.utc or (time.candidates[0] if time.candidates else time.local)
    if text is None:
        return None
    begin = _hours.get(text[:14])
    within = _WITHIN_HOUR.get(text[14:19])
    if begin is None or within is None:
        return _counted(text)
    return begin + within


def _counted(text: str) -> int | None:
    hour = text[:14]
    try:
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
        self._base.execute("PRAGMA cache_size=-4000")
        self._base.execute("PRAGMA temp_store=MEMORY")
        if base is None:
            self._base.executescript(_TABLES)
        else:
            self._base.executescript("DROP INDEX block_first; DELETE FROM meta;")
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
        self._base.execute(_FINISH)
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
        self._senders: dict[_Key, tuple[int, int | None, int | None]] = {}

    def block(self, place: readings.Block, records: Sequence[Record]) -> None:
        """Index one block of records."""
        conversation = self._conversation
        messages: list[Message] = []
        for record in records:
            if type(record) is Message:
                messages.append(record)
            elif isinstance(record, Conversation):
                self._conversation = msgspec.json.encode(record).decode()
                if not messages:
                    conversation = self._conversation
            elif isinstance(record, Defect):
                row = (self._number, msgspec.json.encode(record).decode())
                self._owner._base.execute("INSERT INTO defect (reading, record) VALUES (?,?)", row)
        self._messages(place, messages, conversation)

    def _messages(self, place: readings.Block, messages: list[Message], conversation: str | None) -> None:
        owner, base, first = self._owner, self._owner._base, self._owner._next
        times = self._times(messages)
        packed = array("q", [NO_TIME if time is None else time for time in times]).tobytes()
        texts = [message.text for message in messages if message.text]
        if texts:
            base.execute("INSERT INTO words (rowid, text) VALUES (?,?)", (first, spaced("\n".join(texts))))
        base.execute("INSERT INTO block VALUES (?,?,?,?,?,?,?)", (first, self._number, *place, len(messages), conversation, packed))
        owner._next = first + len(messages)

    def _times(self, messages: list[Message]) -> list[int | None]:
        """Return the sort times of messages; count them, and first and last time, per sender."""
        times: list[int | None] = []
        zoned = 0
        found: defaultdict[Sender, list[int | None]] = defaultdict(list)
        for message in messages:
            when = message.time
            if when is not None and (text := when.utc) is not None:  # by far the commonest, without a call
                zoned += 1
                begin, within = _hours.get(text[:14]), _WITHIN_HOUR.get(text[14:19])
                time = _counted(text) if begin is None or within is None else begin + within
            else:
                time = sort_time(when)
            times.append(time)
            if (sender := message.sender) is not None:
                found[sender].append(time)
        self._zoned += zoned
        for sender, moments in found.items():
            key = sender.name, sender.raw, sender.id
            count, first, last = self._senders.get(key, (0, None, None))
            known = [time for time in (first, last, *moments) if time is not None]
            self._senders[key] = (count + len(moments), min(known, default=None), max(known, default=None))
        return times

    def finish(self, sha256: str) -> None:
        """Close the rows of this reading; `sha256` is the digest of its file."""
        base = self._owner._base
        blocks = base.execute("SELECT times FROM block WHERE reading = ?", (self._number,))
        spans = [(min(known), max(known)) for (packed,) in blocks if (known := [time for time in unpacked(packed) if time != NO_TIME])]
        base.execute(
            "UPDATE reading SET messages = ? - first, sha256 = ?, zoned = ?, earliest = ?, latest = ? WHERE id = ?",
            (
                self._owner._next,
                sha256,
                self._zoned,
                min((first for first, _ in spans), default=None),
                max((last for _, last in spans), default=None),
                self._number,
            ),
        )
        base.executemany(
            "INSERT INTO sender VALUES (?,?,?,?,?,?,?)", [(self._number, *key, *entry) for key, entry in self._senders.items()]
        )


def unpacked(times: bytes) -> array[int]:
    """Return the sort times of one block, `NO_TIME` where there is none."""
    found = array("q")
    found.frombytes(times)
    return found
