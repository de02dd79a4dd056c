"""Who acts, with which clock: what every record states about its making."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec


class Clock:
    """The computer's clock. Tests put a fixed one in its place."""

    def stamp(self) -> dict[str, str]:
        """Return wall time (UTC), local zone and offset, and the monotonic clock in nanoseconds (text: it may exceed 2^53)."""
        now = datetime.now(UTC)
        local = now.astimezone()
        return {
            "utc": now.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z",
            "zone": local.tzname() or "",
            "offset": local.strftime("%z"),
            "mono_ns": str(time.monotonic_ns()),
        }

    def random_hex(self, count: int) -> str:
        """Return `count` random bytes as hex: case, writer and temporary names."""
        return os.urandom(count).hex()


class Session(msgspec.Struct, frozen=True):
    """
    One run of the program, as its records state it.

    Attributes:
        actor: Who acts, as stated (`--actor`), or None. The account name of the computer is not an identity.
        clock_answer: The person's answer to "does your phone show the same time?": ``yes``, ``differs: ...``, ``not-asked``.
        language, country: For what is printed; no record depends on them.
        ask: Asks the person one question with choices and returns the answer, or None where there is no terminal.
    """

    actor: str | None = None
    clock_answer: str = "not-asked"
    language: str = "en"
    country: str | None = None
    interactive: bool = False
    ask: Callable[[str, tuple[str, ...]], str | None] | None = None
    clock: Clock = msgspec.field(default_factory=Clock)

    def actor_record(self) -> dict[str, str | None]:
        """Return what a record says of who acted."""
        return {"name": self.actor, "basis": "stated" if self.actor else "unknown"}
