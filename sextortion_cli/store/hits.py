"""
The hits: an SQLite file in the case's cache with every identifier that was found, derived from the readings. Delete it and it comes back.

It is built under a temporary name and renamed when complete, as the index is, and takes over what an earlier one holds of readings that
are still there.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from sextortion_cli.model.found import Found
from sextortion_cli.model.identifier import KINDS
from sextortion_cli.store.fileops import fileops

SCHEMA = "1"
NAME = "identifiers.sqlite"
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, mark TEXT NOT NULL UNIQUE, exhibit TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE hit (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, part INTEGER NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL,
                  record BLOB NOT NULL);
"""
_ORDER = {kind: number for number, kind in enumerate(KINDS)}
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Found).decode


class HitWriter:
    """
    A new file of hits on its way.

    Args:
        temporary: Where it is built.
        base: An earlier one, to take over from.
    """

    def __init__(self, temporary: Path, base: Path | None = None) -> None:
        self.temporary = temporary
        fileops().close(fileops().create(temporary))
        self._base = sqlite3.connect(temporary.as_uri(), isolation_level=None, uri=True)
        self._base.execute("PRAGMA journal_mode=OFF")
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("PRAGMA cache_size=-8000")
        self._base.executescript(_TABLES)
        self._earlier = base
        if base is not None:
            self._base.execute("ATTACH DATABASE ? AS earlier", (f"{base.as_uri()}?mode=ro",))
        self._base.execute("BEGIN")

    def take_over(self, mark: str, exhibit: str) -> bool:
        """Copy what the earlier file holds of a source; return whether it holds it."""
        if self._earlier is None:
            return False
        row = self._base.execute("SELECT id, reason FROM earlier.source WHERE mark = ?", (mark,)).fetchone()
        if row is None or row[1]:  # what did not come to its end is looked through again
            return False
        number = self._source(mark, exhibit, row[1])
        self._base.execute(
            "INSERT INTO hit (source, part, kind, value, record)"
            " SELECT ?, part, kind, value, record FROM earlier.hit WHERE source = ? ORDER BY id",
            (number, row[0]),
        )
        return True

    def add(self, mark: str, exhibit: str, found: Iterable[tuple[int, list[Found]]], reason: list[str]) -> None:
        """
        Add a source with its hits, (part of the source, hits), in the order of each part, whichever part comes first.

        `reason` is filled, while they come, with why the search did not come to its end.
        """
        number = self._source(mark, exhibit, "")
        for part, batch in found:
            rows = [(number, part, _ORDER[item.kind], item.value, _encode(item)) for item in batch]
            self._base.executemany("INSERT INTO hit (source, part, kind, value, record) VALUES (?,?,?,?,?)", rows)
        if reason:
            self._base.execute("UPDATE source SET reason = ? WHERE id = ?", (reason[0], number))

    def _source(self, mark: str, exhibit: str, reason: str) -> int:
        cursor = self._base.execute("INSERT INTO source (mark, exhibit, reason) VALUES (?,?,?)", (mark, exhibit, reason))
        return int(cursor.lastrowid or 0)

    def finish(self, target: Path, mark: str) -> None:
        """Write what the file stands for and give it its name."""
        self._base.executemany("INSERT INTO meta VALUES (?,?)", [("schema", SCHEMA), ("mark", mark)])
        self._base.execute("COMMIT")
        if self._earlier is not None:
            self._base.execute("DETACH DATABASE earlier")
        self._base.execute("CREATE INDEX hit_value ON hit (kind, value, source, part, id)")
        self._base.close()
        fileops().replace(self.temporary, target)

    def abandon(self) -> None:
        """Drop what was built."""
        self._base.close()
        with contextlib.suppress(FileNotFoundError):
            fileops().unlink(self.temporary)


class Hits:
    """A finished file of hits, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        self._base.execute("PRAGMA temp_store=MEMORY")
        self._base.execute("CREATE TEMP TABLE stated (kind INTEGER NOT NULL, value TEXT NOT NULL, exhibit TEXT, record BLOB NOT NULL)")

    def marks(self) -> dict[str, str]:
        """Return the schema and what the file stands for."""
        return dict(self._base.execute("SELECT key, value FROM meta"))

    def state(self, found: Iterable[tuple[str | None, Found]]) -> None:
        """Lay what people stated, with the exhibit it is about if any, beside what was found; nothing is written to the file."""
        rows = [(_ORDER[item.kind], item.value, exhibit, _encode(item)) for exhibit, item in found]
        self._base.executemany("INSERT INTO stated VALUES (?,?,?,?)", rows)

    def in_order(self) -> Iterator[tuple[str, str, str | None, Found]]:
        """Yield (kind, value, exhibit, hit), all of one kind and value together: by kind, by value, in the order they were found."""
        query = (
            "SELECT h.kind, h.value, s.exhibit, h.record, h.source, h.part, h.id FROM hit h JOIN source s ON s.id = h.source"
            " UNION ALL SELECT kind, value, exhibit, record, 0, 0, rowid FROM stated ORDER BY 1, 2, 5, 6, 7"
        )
        for kind, value, exhibit, record, *_ in self._base.execute(query):
            yield KINDS[kind], value, exhibit, _decode(record)

    def unfinished(self) -> list[tuple[str, str]]:
        """Return (exhibit, reason) of every source whose search did not come to its end."""
        return list(self._base.execute("SELECT exhibit, reason FROM source WHERE reason != '' ORDER BY id"))

    def close(self) -> None:
        """Close the file."""
        self._base.close()
