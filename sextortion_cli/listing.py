"""
Inside the limited child: which conversations an archive or a file holds, so that a person can take only those that matter.

What is text or a database and one importer claims is read as an import would read it; its conversations leave the child by name, number
of messages and first and last day, and never by a message. Of a browser's history only the number of visits that were asked for leaves it.
Nothing is kept.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from typing import Any

from sextortion_cli.extract import archive, mediatype
from sextortion_cli.extract.members import Limits, Member, MemberEnd
from sextortion_cli.importers.base import Importer, importers
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Fact, Message, ReadOptions

_HEAD = 1 << 16
_HELD = 64 << 20
_NAMED = 20_000
_NO_VISITS = "table-not-read"
_CLASSES = frozenset({"text", "json", "xml", "html", "database"})


class _Held(Source):
    """A member in memory."""

    def __init__(self, data: bytearray, name: str) -> None:
        super().__init__(-1, len(data), name)
        self._data = data

    def read_at(self, offset: int, count: int) -> bytes:
        return bytes(self._data[offset : offset + count])


def contents(fd: int, options: dict[str, Any]) -> Generator[Any, None, dict[str, Any]]:
    """
    List an archive in one pass.

    Options: ``name``; ``thread``, ``since``, ``until``: what was chosen, for browser histories. Yields a note per member (``member``:
    index, name, size) and per conversation in it (``conversation``: member, name, id, importer, service, messages, first and last day,
    the files its messages name), or one for a browser's history (``history``: member, visits that were chosen). A member that is larger
    than 64 MiB is listed, and said to hold conversations nobody counted (``uncounted``).
    """
    chosen = _chosen(options)
    opened: Member | None = None
    held: bytearray | None = None
    for event in archive.stream(fd, os.fstat(fd).st_size, None, Limits()):
        if isinstance(event, Member):
            opened, held = (event, bytearray()) if event.kind == "file" and event.why_not is None else (None, None)
        elif isinstance(event, MemberEnd):
            if opened is not None:
                yield {"what": "member", "index": opened.index, "name": opened.name, "size": str(event.size)}
                if held:
                    yield from _conversations(opened.index, _Held(held, opened.name), chosen)
            opened, held = None, None
        elif isinstance(event, bytes) and held is not None and opened is not None:
            held += event
            if len(held) > _HEAD and not _is_read(bytes(held[:_HEAD]), opened.name):
                held = None
            elif len(held) > _HELD:
                yield {"what": "uncounted", "index": opened.index}
                held = None
    return {}


def conversations(fd: int, options: dict[str, Any]) -> Generator[Any, None, dict[str, Any]]:
    """List one file of a folder as `contents` lists a member. Options: ``name``, ``index``; ``thread``, ``since``, ``until``."""
    yield from _conversations(options["index"], Source(fd, os.fstat(fd).st_size, options["name"]), _chosen(options))
    return {}


def _chosen(options: dict[str, Any]) -> ReadOptions:
    return ReadOptions(thread=tuple(options.get("thread", ())), since=options.get("since"), until=options.get("until"))


def _is_read(head: bytes, name: str) -> bool:
    return mediatype.describe(head, name).content_class in _CLASSES


def _conversations(index: int, source: Source, chosen: ReadOptions) -> Iterator[dict[str, Any]]:
    if not source.size or not _is_read(source.head(_HEAD), source.name):
        return
    certain = [importer for importer in importers().values() if importer.sniff(source).verdict == "yes"]
    if len(certain) != 1:
        return
    if certain[0].shows_only_chosen:
        records = certain[0].read(source, chosen) if chosen.thread else ()
        shown = (record for record in records if isinstance(record, Fact) and not record.overlay and record.kind != _NO_VISITS)
        yield {"what": "history", "index": index, "visits": sum(1 for _ in shown)}
    else:
        yield from _Counting(index, certain[0]).over(source)


class _Counting:
    """The conversations of one member, as its importer reads them."""

    def __init__(self, index: int, importer: Importer) -> None:
        self._known = {"what": "conversation", "index": index, "importer": importer.id, "service": importer.service}
        self._importer = importer
        self._begin(None)

    def _begin(self, opened: Conversation | None) -> None:
        self._opened = opened
        self._messages = 0
        self._first: str | None = None
        self._last: str | None = None
        self._named: set[str] = set()

    def over(self, source: Source) -> Iterator[dict[str, Any]]:
        for record in self._importer.read(source, ReadOptions()):
            if isinstance(record, Conversation):
                yield from self._note()
                self._begin(record)
            elif isinstance(record, Message):
                self._count(record)
        yield from self._note()

    def _count(self, message: Message) -> None:
        self._messages += 1
        written = None if message.time is None else message.time.local or message.time.utc
        if written is not None:
            day = written[:10]
            self._first = day if self._first is None else min(self._first, day)
            self._last = day if self._last is None else max(self._last, day)
        for item in message.attachments:
            if item.name is not None and len(self._named) < _NAMED:
                self._named.add(item.name)

    def _note(self) -> Iterator[dict[str, Any]]:
        if self._opened is None and not self._messages:
            return
        opened = self._opened or Conversation()
        found = {"name": opened.name, "id": opened.id, "messages": self._messages, "first": self._first, "last": self._last}
        yield {**self._known, **found, "named": sorted(self._named)}
