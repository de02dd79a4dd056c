"""
Windows: ``pfirewall.log``, a table whose columns a ``#Fields`` line names.

References: Microsoft, "Interpreting the Windows Firewall Log".
"""

from __future__ import annotations

import re
from typing import Final

from sextortion_cli.importers.firewall.stamps import Stamp, stamp_of

FIELDS: Final = (
    "date",
    "time",
    "action",
    "protocol",
    "src-ip",
    "dst-ip",
    "src-port",
    "dst-port",
    "size",
    "tcpflags",
    "tcpsyn",
    "tcpack",
    "tcpwin",
    "icmptype",
    "icmpcode",
    "info",
    "path",
)
NEEDED: Final = frozenset(FIELDS[:6])
_LINE: Final = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [A-Z][A-Z-]{2,30} (?:TCP|UDP|ICMP|\d{1,3}|-) [0-9A-Fa-f.:%-]{1,60} [0-9A-Fa-f.:%-]{1,60}(?= |\Z)"
)
LOST: Final = "INFO-EVENTS-LOST"


def is_line(line: str) -> bool:
    """Say whether a line is one of the table, whatever columns follow the first six."""
    return _LINE.match(line) is not None


def fields_of(line: str) -> tuple[str, ...] | None:
    """Return the columns a ``#Fields`` line names, or None for another line."""
    if not line.startswith("#Fields:"):
        return None
    return tuple(line[8:].split())


class Table:
    """Reads lines by the columns that hold until the next ``#Fields`` line; `is_short` when the last line had too few values."""

    def __init__(self) -> None:
        self._fields: tuple[str, ...] = FIELDS
        self.is_short = False

    def learn(self, fields: tuple[str, ...]) -> bool:
        """Take new columns; say whether they are those of a firewall."""
        if not set(fields) >= NEEDED:
            return False
        self._fields = fields
        return True

    def read(self, line: str) -> tuple[Stamp, dict[str, str]] | None:
        """Return the time and the other values of a line; None when it does not fit the columns."""
        parts = line.split()
        if len(parts) < len(NEEDED):
            return None
        self.is_short = len(parts) < len(self._fields)
        named = dict(zip(self._fields, parts, strict=False))
        stamp = stamp_of(f"{named.pop('date', '')} {named.pop('time', '')}")
        if stamp is None:
            return None
        named |= {f"column-{number}": part for number, part in enumerate(parts[len(self._fields) :], len(self._fields) + 1)}
        return stamp, {name: value for name, value in named.items() if value != "-"}
