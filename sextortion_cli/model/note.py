"""A remark, and what was not collected, as stated."""

from __future__ import annotations

from typing import ClassVar

from sextortion_cli.model.statement import Statement


class Note(Statement):
    """A dated remark."""

    ARGUMENTS: ClassVar[frozenset[str]] = frozenset({"text"})
    text: str


class NotCollected(Statement):
    """Something left out, and why."""

    ARGUMENTS: ClassVar[frozenset[str]] = frozenset({"what"})
    what: str
    why: str
