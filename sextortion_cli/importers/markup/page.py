"""Walks a page from message to message; records tile it whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from sextortion_cli.importers.markup.between import Between
from sextortion_cli.importers.markup.elements import TooManyError
from sextortion_cli.importers.markup.segments import Segment, segments
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, Message, Record

_LARGE = 256 << 10
_FRAME = 6 << 20
_TAIL = 4096


class Built(msgspec.Struct, frozen=True):
    """
    What a piece of the page says.

    Attributes:
        records: Records that tile the piece from its start up to `end`; conversations, gaps and overlays among them.
        end: Bytes of the piece they cover; what stands behind is no part of the message.
    """

    records: list[Record]
    end: int


def overlays(start: int, end: int, codes: Iterable[str], defects: Mapping[str, str], line: int | None = None) -> list[Record]:
    """Return a defect beside the record that covers ``[start, end)`` for each code."""
    return [Defect(start, end, code, defects[code], overlay=True, line=line) for code in dict.fromkeys(codes)]


def unended(source: Source, defects: Mapping[str, str]) -> Iterator[Record]:
    """Yield a defect when the page does not end as a page does."""
    if b"</html" not in source.tail(_TAIL).lower():
        yield Defect(source.size - 1, source.size, "truncated-page", defects["truncated-page"], overlay=True)


def walk(
    source: Source,
    opening: re.Pattern[bytes],
    between: Between,
    read: Callable[[bytes, Segment], Built],
    torn: Callable[[], None],
    defects: Mapping[str, str],
) -> Iterator[Record]:
    """
    Yield the records of a page.

    Args:
        source: The page.
        opening: Matches the tag that opens a message (`Importer.opening`).
        between: For what stands outside messages.
        read: Reads one message; gets its bytes, up to the next one, and their place.
        torn: Is told that something could not be read, so that nothing is inherited across it.
        defects: What ``too-large`` and ``too-many-elements`` say.
    """
    for segment in segments(source, opening):
        data, place = segment.data, 0
        if data is None:
            torn()
            yield Defect(segment.start, segment.end, "too-large", defects["too-large"], line=segment.line)
            continue
        if segment.tag:
            try:
                built = read(data, segment)
            except TooManyError:
                torn()
                yield Defect(segment.start, segment.end, "too-many-elements", defects["too-many-elements"], line=segment.line)
                continue
            place = built.end
            if len(data) > _LARGE and any(type(item) is Message and len(msgspec.json.encode(item)) > _FRAME for item in built.records):
                torn()
                yield Defect(segment.start, segment.start + place, "too-large", defects["too-large"], line=segment.line)
            else:
                yield from built.records
        if place < len(data):
            for record in between.records(data[place:], segment.start + place):
                if type(record) is Defect:
                    torn()
                yield record
