"""A phone or computer that holds evidence, as stated."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from sextortion_cli.model.refusal import Refused
from sextortion_cli.model.statement import Statement


def _no_secret(text: str | None) -> str | None:
    from sextortion_cli.model.secret import SECRET, holds_secret

    if text is not None and holds_secret(text):
        raise Refused(SECRET)
    return text


Harmless = Annotated[str, AfterValidator(_no_secret)]


class Device(Statement):
    """A phone or computer that holds evidence. Never a PIN or password."""

    make: Harmless | None = None
    model: Harmless | None = None
    system: Harmless | None = None
    system_version: Harmless | None = None
    apps: tuple[Harmless, ...] = ()
    accounts: tuple[Harmless, ...] = ()
    disappearing_messages: Harmless | None = None
    clock_right: Literal["yes", "no", "unknown"] = "unknown"
    changed: Harmless | None = None
    where: Harmless | None = None
    examine: Literal["yes", "no", "ask", "unknown"] = "unknown"
    note: Harmless | None = None
