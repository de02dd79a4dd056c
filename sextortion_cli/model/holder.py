"""Whether two contacts have one holder, as stated."""

from __future__ import annotations

from sextortion_cli.model.statement import Statement


class Holder(Statement):
    """That two accounts are one person's or group's, or are not; the accounts stay apart in the case."""

    contacts: list[str]
    same: bool
    why: str | None = None
