"""Databases made for a test: composed from SQL by the standard library, damaged by hand."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import weakref
from pathlib import Path

from sextortion_cli.importers.source import Source


def composed(sql: str, page_size: int = 512) -> bytes:
    """Return the bytes of a database that a script makes; the same script gives the same bytes."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.execute(f"PRAGMA page_size={page_size}")
    base.executescript(sql)
    data: bytes = base.serialize()
    base.close()
    return data


def with_log(sql: str, later: str, folder: Path) -> tuple[bytes, bytes]:
    """Return a database whose last changes stand only in its write-ahead log, and that log."""
    path = folder / "app.db"
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA page_size=512")
    base.execute("PRAGMA journal_mode=WAL")
    base.executescript(sql)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.executescript(later)
    found = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    base.close()
    return found


def source_over(data: bytes, name: str = "app.db", **beside: bytes) -> Source:
    """Return a source over bytes, in a file nobody can name; `wal` is its write-ahead log."""
    companions = {f"-{ending}": source_over(held, f"{name}-{ending}") for ending, held in beside.items()}
    with tempfile.TemporaryFile() as handle:
        handle.write(data)
        handle.flush()
        source = Source(os.dup(handle.fileno()), len(data), name, companions)
    weakref.finalize(source, os.close, source._fd)
    return source
