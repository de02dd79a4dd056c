"""What a page is made of: sections of paragraphs, labelled facts, tables, lists, a chart and pictures. Values only; `htmlfile.py` draws them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sextortion_cli.report.span import Spans

Align = Literal["", "n", "t", "m", "u", "w"]
"""What a column holds: words, a number, a text of evidence in its own direction, addresses in letters of one width, a time or id that is not broken, a name."""


@dataclass(frozen=True)
class Para:
    """A paragraph."""

    line: Spans
    kind: str = "para"


@dataclass(frozen=True)
class Sub:
    """A heading inside a section; `anchor` is ours."""

    line: Spans
    anchor: str | None = None
    kind: str = "sub"


@dataclass(frozen=True)
class Facts:
    """Labelled lines."""

    rows: Sequence[tuple[str, Spans]]
    kind: str = "facts"


@dataclass(frozen=True)
class Table:
    """A table, made row by row; its heads are repeated on every sheet of paper. `anchor` begins the ids of its rows."""

    heads: Sequence[str]
    rows: Iterable[Sequence[Spans]]
    columns: Sequence[Align] = ()
    name: str = "plain"
    kind: str = "table"

    @property
    def classes(self) -> list[str]:
        """Return the class of every column."""
        return [*self.columns, *[""] * (len(self.heads) - len(self.columns))]


@dataclass(frozen=True)
class Items:
    """A list of lines."""

    lines: Iterable[Spans]
    kind: str = "items"


@dataclass(frozen=True)
class Drawing:
    """The chart of the time line: places are numbers, words are ours (`sheets/chart.py`)."""

    chart: Any
    kind: str = "drawing"


@dataclass(frozen=True)
class Pictures:
    """Pictures, drawn anew from their pixels, with what stands under each."""

    entries: Iterable[tuple[Any, Spans]]
    kind: str = "pictures"


Block = Para | Sub | Facts | Table | Items | Drawing | Pictures


@dataclass(frozen=True)
class Section:
    """One numbered section of a page."""

    key: str
    title: str
    blocks: Iterable[Block] = field(default=())
