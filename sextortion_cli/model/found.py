"""Identifiers with the places they were found in: what the limited child hands on, and what is kept between commands."""

from __future__ import annotations

import msgspec

from sextortion_cli.model.reading import Sender, Time


class Found(msgspec.Struct, frozen=True, tag_field="t", tag="found", omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """
    One identifier at one place.

    Attributes:
        kind, value, raw, confidence, why, checks, detail: As in `identifier.Hit`.
        field: Which text it stands in: ``text``, ``link`` (the hidden target of a link), ``sender``, ``detail:KEY``, ``fact:KIND/KEY``.
        start, end: The record's stretch in the object (bytes, or rows of a database).
        line, pointer, row: As in `reading.Message`.
        sender: Who the file says wrote it.
        time: When the file says it was written.
        of: Whose a fact is (`reading.Fact.of`), "" for what is no fact.
        count: How many records it stands for (of a sender: messages); `last` is then the time of the last one.
    """

    kind: str
    value: str
    raw: str
    confidence: float
    why: str
    field: str
    start: int
    end: int
    checks: tuple[str, ...] = ()
    detail: dict[str, str] = {}
    line: int | None = None
    pointer: str | None = None
    row: int | None = None
    sender: Sender | None = None
    time: Time | None = None
    of: str = ""
    count: int = 1
    last: Time | None = None
