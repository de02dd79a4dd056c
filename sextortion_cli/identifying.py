"""
What happens inside the limited child when identifiers are looked for: over a reading, or over a file of texts.

Evidence may have been written to break whoever looks through it, so this runs where `examination.py` runs: in a process that can open,
write, connect to and start nothing.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sextortion_cli.extract.finders.base import Finder
from sextortion_cli.extract.identify import Identify
from sextortion_cli.extract.passages import passages, tells
from sextortion_cli.extract.senders import sender_ids
from sextortion_cli.model.found import Found
from sextortion_cli.model.identifier import SURE, Hit, Scope
from sextortion_cli.model.reading import Fact, Message, Record, Sender, Time
from sextortion_cli.readers.operation import Limits, OperationSpec
from sextortion_cli.store import readings

Notes = Generator[Any, None, dict[str, Any]]
_BACK = 6
_BEFORE = 200
_TOGETHER = 400
#: Kinds that reach the same account in capitals or without.
_FOLDED = frozenset(("email", "handle"))
_LINES = 1000
_LINE = 1 << 16
_identify: Identify | None = None


def engine() -> Identify:
    """Return the one engine of this process."""
    global _identify  # noqa: PLW0603  (patterns of two dozen finders are compiled once for a process)
    if _identify is None:
        _identify = Identify()
    return _identify


def prepare(options: dict[str, Any]) -> None:
    """Load what finding needs."""
    del options
    engine().prepare()


def identify(fd: int, options: dict[str, Any]) -> Notes:
    """
    Find identifiers in one reading file.

    Options: ``regions``, ``service``, ``part`` (which part of how many: a long reading is looked through by two children). Yields lists of
    `Found`; returns how many texts were looked at and how many could hold something.
    """
    run = _Run(tuple(options["regions"]), options.get("service"))
    number, parts = options["part"]
    size = os.fstat(fd).st_size
    with os.fdopen(os.dup(fd), "rb") as stream:
        for _, records in readings.blocks_of(stream, size * number // parts, size * (number + 1) // parts):
            yield from _lists(run.block(records))
    yield from _lists(run.senders())
    return {"texts": run.texts, "candidates": run.candidates}


def identify_lines(fd: int, options: dict[str, Any]) -> Notes:
    """
    Find identifiers in a text file that no importer reads, line by line.

    Options: ``regions``. Yields lists of `Found`.
    """
    scope = Scope(tuple(options["regions"]))
    with os.fdopen(os.dup(fd), "rb") as stream:
        for lines in _line_blocks(stream):
            yield from _lists(_in_lines(lines, scope))
    return {}


def identify_texts(fd: int, options: dict[str, Any]) -> Notes:
    """
    Find identifiers in texts that were gathered: one JSON array ``[number, text]`` on each line.

    Options: ``regions``. Yields lists of `Found` whose `row` is the number.
    """
    scope = Scope(tuple(options["regions"]))
    decode = msgspec.json.Decoder(tuple[int, str]).decode
    found: list[Found] = []
    with os.fdopen(os.dup(fd), "rb") as stream:
        for line in stream:
            number, text = decode(line)
            found += [_found(hit, "text", 0, 0, row=number) for hit in engine().hits(text, scope)]
            if len(found) >= _TOGETHER:
                yield found
                found = []
    if found:
        yield found
    return {}


def _lists(found: Iterator[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    for item in found:
        batch.append(item)
        if len(batch) >= _TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch


class _Run:
    """One reading on its way through the finders."""

    def __init__(self, regions: tuple[str, ...], service: str | None) -> None:
        self._scope = Scope(regions, service)
        self._tail: deque[Message] = deque(maxlen=_BACK)
        self._senders: dict[Sender, list[Any]] = {}
        self.texts = self.candidates = 0

    def block(self, records: Sequence[Record]) -> Iterator[Found]:
        """Yield what one block of a reading holds, in its order."""
        messages = [record for record in records if type(record) is Message]
        self._count(messages)
        around = [*self._tail, *messages]
        for place, asked in self._candidates([message.text or "" for message in messages]):
            message = messages[place]
            for hit in engine().hits(message.text or "", self._before(around, len(self._tail) + place), asked):
                yield _of(hit, "text", message)
        beside = [(field, text, record) for record in records for field, text in _beside(record)]
        for place, asked in self._candidates([text for _, text, _ in beside]):
            field, text, record = beside[place]
            for hit in engine().hits(text, self._scope, asked):
                yield _of(hit, field, record)
        self._tail.extend(messages[-_BACK:])

    def _candidates(self, texts: list[str]) -> list[tuple[int, list[Finder]]]:
        found = list(engine().candidates(texts))
        self.texts += len(texts)
        self.candidates += len(found)
        return found

    def _before(self, around: list[Message], place: int) -> Scope:
        """Return the scope with the end of what the same sender wrote shortly before."""
        sender = around[place].sender
        for earlier in around[max(0, place - _BACK) : place][::-1]:
            if earlier.sender == sender and earlier.text:
                return Scope(self._scope.regions, self._scope.service, earlier.text[-_BEFORE:])
        return self._scope

    def _count(self, messages: list[Message]) -> None:
        known = self._senders
        for message in messages:
            sender = message.sender
            if sender is None:
                continue
            entry = known.get(sender)
            if entry is None:
                known[sender] = [1, message, message.time]
            else:
                entry[0] += 1
                if message.time is not None:
                    entry[2] = message.time

    def senders(self) -> Iterator[Found]:
        """Yield what the names and ids of the senders are, each once with the number of its messages."""
        for sender, (count, message, last) in self._senders.items():
            ids = sender_ids(self._scope.service, sender)
            hits = [Hit(kind, value, raw, 0, 0, SURE, "service-says", (), self._service()) for kind, value, raw in ids]
            for text in dict.fromkeys(item for item in (sender.name, sender.id) if item):
                hits += engine().hits(text, self._scope)
            for hit in {(hit.kind, hit.value): hit for hit in reversed(hits)}.values():  # what the service says comes first, and stays
                yield _found(
                    hit, "sender", message.start, message.end, message.line, message.pointer, message.row, sender, message.time,
                    count=count, last=last,
                )  # fmt: skip

    def _service(self) -> dict[str, str]:
        return {"service": self._scope.service} if self._scope.service else {}


def _beside(record: Record) -> Iterator[tuple[str, str]]:
    """Yield (field, text) of a record's texts besides the text of a message."""
    if type(record) is Message:
        if record.raw is not None or record.detail:
            yield from passages(record)
    elif isinstance(record, Fact):
        for key, value in record.values.items():
            if tells(key, value):
                yield f"fact:{record.kind}/{key}", value


def _of(hit: Hit, field: str, record: Record) -> Found:
    if isinstance(record, Fact):
        return _found(hit, field, record.start, record.end, record.line, record.pointer, record.row, of=record.of)
    assert isinstance(record, Message)
    return _found(hit, field, record.start, record.end, record.line, record.pointer, record.row, record.sender, record.time)


def _found(
    hit: Hit,
    field: str,
    start: int,
    end: int,
    line: int | None = None,
    pointer: str | None = None,
    row: int | None = None,
    sender: Sender | None = None,
    time: Time | None = None,
    of: str = "",
    count: int = 1,
    last: Time | None = None,
) -> Found:
    value = hit.value.lower() if hit.kind in _FOLDED else hit.value
    return Found(
        hit.kind, value, hit.raw, hit.confidence, hit.why, field, start, end, hit.checks, hit.detail, line, pointer, row,
        sender, time, of, count, last,
    )  # fmt: skip


def _line_blocks(stream: Any) -> Iterator[list[tuple[int, int, bytes]]]:
    """Yield lines (number, offset, bytes) in blocks; a line longer than the limit comes in pieces, so that memory stays bounded."""
    block: list[tuple[int, int, bytes]] = []
    number, offset = 1, 0
    while piece := stream.readline(_LINE):
        block.append((number, offset, piece))
        offset += len(piece)
        number += piece.endswith(b"\n")
        if len(block) >= _LINES:
            yield block
            block = []
    if block:
        yield block


def _in_lines(lines: list[tuple[int, int, bytes]], scope: Scope) -> Iterator[Found]:
    texts = [data.decode("utf-8", "replace") for _, _, data in lines]
    for place, asked in engine().candidates(texts):
        number, offset, data = lines[place]
        before = texts[place - 1][-_BEFORE:] if place else ""
        for hit in engine().hits(texts[place], Scope(scope.regions, None, before), asked):
            yield _found(hit, "text", offset, offset + len(data), number)


#: A reading is packed: a byte of it stands for a dozen.
_PACKED = Limits(rate=1 << 16, ratio=1024)
OPERATIONS: Mapping[str, OperationSpec] = {
    "identify": OperationSpec(identify, prepare=prepare, limits=_PACKED),
    "identify-lines": OperationSpec(identify_lines, prepare=prepare),
    "identify-texts": OperationSpec(identify_texts, prepare=prepare),
}
