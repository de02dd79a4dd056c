"""The part of reading a CSV export that all of them share: heading, empty rows, rows that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sextortion_cli.importers.lines.csvrows import Heading, Row, rows
from sextortion_cli.importers.lines.emit import unread
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import Encoding, encoding_of
from sextortion_cli.model.reading import Defect, Noise


def read_rows(
    source: Source, heading: Heading, needed: int, opening: re.Pattern[str] | None = None, encoding: Encoding | None = None
) -> Iterator[Row | Noise | Defect]:
    """
    Yield the heading as noise, every row with as many values as there are columns, and the noise and defects between them.

    Args:
        needed: How many values a row must have; what is missing behind them is empty.
    """
    width = len(heading.names)
    yield Noise(0, heading.end, "heading")
    for row in rows(source, heading.delimiter, heading.end, heading.next_line, opening, encoding or encoding_of(source)):
        if row.problem is not None:
            yield unread(row.start, row.end, row.problem, row.line)
        elif not any(text.strip(" \t\r\n") for text in row.texts):
            yield Noise(row.start, row.end, "blank-row")
        elif len(row.texts) < needed or any(row.texts[width:]):
            yield unread(row.start, row.end, "wrong-columns", row.line)
        else:
            missing = [""] * (width - len(row.texts))
            yield Row(row.start, row.end, row.line, row.raws[:width] + missing, row.texts[:width] + missing)
