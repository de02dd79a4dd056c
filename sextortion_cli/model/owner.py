"""Whose an identifier is, as stated."""

from __future__ import annotations

from typing import ClassVar, Literal

from sextortion_cli.model.statement import Statement

OwnerSide = Literal["extorter", "victim", "third-person", "infrastructure", "unknown"]
PayeeRole = Literal["payee", "possible-mule", "unknown"]


class OwnerOf(Statement):
    """Whose one identifier is; a later statement about the same one counts instead of an earlier."""

    ARGUMENTS: ClassVar[frozenset[str]] = frozenset({"value"})
    kind: str
    value: str
    side: OwnerSide
    role: PayeeRole | None = None
    why: str | None = None
