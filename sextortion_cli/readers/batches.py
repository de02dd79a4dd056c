"""Records in lists, so that a million of them are handed on with a few thousand calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from sextortion_cli.model.reading import Record

LENGTH = 128
"""Records of one list: more do not stay in the processor's cache between the steps that look at them."""
WEIGHT = 512 << 10
"""Bytes of the source after which a list is handed on: about 1 MiB encoded."""
_FEW = 8


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield `records` in lists of up to `LENGTH`, and of hardly more than `WEIGHT`: a reader's own limit holds for each record."""
    stream = iter(records)
    batch: list[Record] = []
    begun = 0
    while few := list(islice(stream, _FEW)):
        batch += few
        end = getattr(few[-1], "end", begun)
        if len(batch) >= LENGTH or end - begun >= WEIGHT:
            yield batch
            batch, begun = [], end
    if batch:
        yield batch
