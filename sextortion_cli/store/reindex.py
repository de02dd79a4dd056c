"""Keeping the index current: opening a good one, building a new one from the readings, inside the case or in a private folder."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sextortion_cli.errors import CaseDamaged
from sextortion_cli.store import layout, readings
from sextortion_cli.store.book import Book
from sextortion_cli.store.case import Case
from sextortion_cli.store.fileops import fileops, private_folder
from sextortion_cli.store.index import SCHEMA, IndexWriter
from sextortion_cli.store.indexed import Index


def current_readings(book: Book) -> list[tuple[str, dict[str, Any]]]:
    """Return (exhibit, data of its latest `read` record that keeps a reading file), in order of import; of what is hidden, none."""
    found = []
    for item in book.exhibits.values():
        kept = [] if item.hidden else [record["data"] for record in item.reads if record["data"].get("reading")]
        if kept:
            found.append((item.id, kept[-1]))
    return found


def current_marks(book: Book) -> dict[str, str]:
    """Return what an index must carry to be current: its schema, and a digest over the readings it was built from."""
    digest = hashlib.sha256()
    for exhibit, data in current_readings(book):
        digest.update(f"{exhibit} {data['reading']['key']} {data['reading']['sha256']}\n".encode())
    return {"schema": str(SCHEMA), "readings": digest.hexdigest()}


def open_current(case: Case) -> Index | None:
    """Return the case's own index if it is whole and current, else None. Any SQLite error means: not current."""
    path = case.path / layout.INDEX
    try:
        if not path.is_file():
            return None
        index = Index(path, case.path)
        marks = index.marks()
        if {key: marks.get(key) for key in ("schema", "readings")} == current_marks(case.book):
            return index
        index.close()
    except (sqlite3.Error, ValueError, OSError):
        return None
    return None


@contextlib.contextmanager
def index_of(case: Case) -> Iterator[Index]:
    """
    Give a current index for as long as the context lasts.

    A stale or broken one is rebuilt in the case when nobody writes there, otherwise in a private folder that is removed at the end.

    Raises:
        CaseDamaged: A reading file is altered (`verify` names it). OSError: One cannot be read.
    """
    index = open_current(case)
    if index is not None:
        try:
            yield index
        finally:
            index.close()
        return
    with private_folder() as folder:
        path = folder / layout.INDEX
        _build(case, path)
        index = Index(path, case.path)
        try:
            yield index
        finally:
            index.close()


def rebuild(case: Case, temporary: Path) -> None:
    """Build the index of a case from its readings and put it in place."""
    _build(case, temporary)
    fileops().replace(temporary, case.path / layout.INDEX)


def _build(case: Case, target: Path) -> None:
    temporary = target.with_name(target.name + "-building")
    writer = IndexWriter(temporary)
    try:
        for exhibit, data in current_readings(case.book):
            _add(writer, case, exhibit, data)
        writer.finish(target, current_marks(case.book))
    except BaseException:
        writer.abandon()
        raise


def _add(writer: IndexWriter, case: Case, exhibit: str, data: dict[str, Any]) -> None:
    stored = data["reading"]
    path = layout.reading_path(case.path, stored["key"])
    if not path.is_file():
        return  # a reading can be made again (`reread`); verify names it
    rows = writer.reading(exhibit, stored["key"], data.get("service"), data.get("raw_form", "verbatim"))
    try:
        for place, records in readings.blocks(path):
            rows.block(place, records)
    except ValueError:
        raise CaseDamaged(part=f"{layout.READINGS}/{path.name}") from None
    rows.finish(stored["sha256"])
