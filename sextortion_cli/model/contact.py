"""An account of either side, as stated."""

from __future__ import annotations

from typing import Any, Literal

from sextortion_cli.model.statement import Statement

Side = Literal["extorter", "victim", "third-person"]


class Contact(Statement):
    """One account of one side on one service; stable id, handle, display name and address are kept apart."""

    side: Side = "extorter"
    service: str | None = None
    stable_id: str | None = None
    handle: str | None = None
    display_name: str | None = None
    profile_url: str | None = None
    phone: str | None = None
    email: str | None = None
    first_seen: dict[str, Any] | None = None
    note: str | None = None
