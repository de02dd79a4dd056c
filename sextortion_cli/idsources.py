"""
What of a case can hold an identifier: readings, text nobody reads, what files say of themselves, what people stated.

Each source has a mark that changes with it, with the finders and with the countries asked for: what has the same mark was looked through.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sextortion_cli import lookup
from sextortion_cli.extract.passages import tells
from sextortion_cli.store import layout
from sextortion_cli.store.book import Book
from sextortion_cli.store.case import Case
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.reindex import current_readings

LANES = 2
_LONG = 1 << 19
"""A reading longer than this (bytes, as it lies) is looked through by `LANES` children, each a part of it."""
_LIBRARIES = ("phonenumbers", "python-stdnum", "publicsuffixlist", "google-re2")
_SHORTEST = 4
_WRITTEN = frozenset(("text", "json", "xml", "html"))


class Place(NamedTuple):
    """Where a text was gathered: the exhibit it is about, the field, and the record of the log (0 for what a file says of itself)."""

    exhibit: str | None
    field: str
    record: int


@dataclass(frozen=True)
class Source:
    """
    Something to look through.

    Attributes:
        mark: Changes with it.
        exhibit: The exhibit it is of; "" for gathered texts, whose places say where each was gathered.
        operation, path, options: What runs over which file.
        parts: How many children look through it.
        places: Of gathered texts, in their order.
    """

    mark: str
    exhibit: str
    operation: str
    path: Path
    options: dict[str, Any]
    parts: int = 1
    places: tuple[Place, ...] = ()


@functools.cache
def _version() -> str:
    """Return a digest over the finders' code and the libraries they use: other code, other hits."""
    digest = hashlib.sha256()
    home = Path(__file__).parent
    files = [*(home / "extract").glob("*.py"), *(home / "extract" / "finders").rglob("*.py"), home / "identifying.py"]
    for file in sorted(files):
        digest.update(file.relative_to(home).as_posix().encode() + b"\0" + file.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    return digest.hexdigest()[:16]


def sources(case: Case, regions: tuple[str, ...], folder: Path) -> Iterator[Source]:
    """Yield what can hold an identifier, the readings first; texts are gathered into a file in `folder`."""
    version = f"{_version()} {','.join(regions)}"
    read = set()
    for exhibit, data in current_readings(case.book):
        read.add(exhibit)
        stored = data["reading"]
        path = layout.reading_path(case.path, stored["key"])
        if path.is_file() and case.book.is_shown(exhibit):
            options = {"regions": regions, "service": data.get("service")}
            parts = LANES if path.stat().st_size > _LONG else 1
            yield Source(f"reading {exhibit} {stored['key']} {stored['sha256']} {version}", exhibit, "identify", path, options, parts)
    for item in case.book.exhibits.values():
        if item.id in read or not item.copied or not item.reads or not case.book.is_shown(item.id):
            continue
        if item.reads[-1]["data"]["media"].get("content_class") in _WRITTEN:
            path = layout.object_path(case.path, str(item.sha256))
            yield Source(f"text {item.id} {item.sha256} {version}", item.id, "identify-lines", path, {"regions": regions})
    yield from _gathered(case, regions, folder)


def _gathered(case: Case, regions: tuple[str, ...], folder: Path) -> Iterator[Source]:
    """Write what files say of themselves and what people stated into one file of texts; yield it, if there is any."""
    places: list[Place] = []
    path = folder / "texts.jsonl"
    digest = hashlib.sha256()
    fd = fileops().create(path)
    try:
        for place, text in chain(_said_by_files(case), _said_by_people(case.book)):
            line = msgspec.json.encode([len(places), text]) + b"\n"
            fileops().write(fd, line)
            digest.update(f"{place.exhibit} {place.field} {place.record} ".encode() + line)
            places.append(place)
    finally:
        fileops().close(fd)
    if places:
        mark = f"gathered {digest.hexdigest()} {_version()} {','.join(regions)}"
        yield Source(mark, "", "identify-texts", path, {"regions": regions}, places=tuple(places))


def _said_by_files(case: Case) -> Iterator[tuple[Place, str]]:
    for fact in lookup.metadata(case, None):
        value = str(fact["value"])
        if len(value) >= _SHORTEST and tells(fact["name"], value):
            yield Place(fact["exhibit"], f"metadata:{fact['name']}", 0), value


def _said_by_people(book: Book) -> Iterator[tuple[Place, str]]:
    for kind in ("event", "note"):
        for record in book.current(kind):
            quotes_hidden = record["data"].get("locator") and not book.is_shown(str(record["data"].get("exhibit")))
            for key, value in record["data"].items():
                if quotes_hidden and key == "text":
                    continue
                if isinstance(value, str) and key in ("text", "destination", "reference", "method", "contact"):
                    paid_to = key == "destination" and record["data"].get("kind") in ("demand", "payment")
                    yield Place(record["data"].get("exhibit"), f"{kind}:{'payee' if paid_to else key}", int(record["seq"])), value
