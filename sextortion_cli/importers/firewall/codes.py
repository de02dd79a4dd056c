"""The closed lists of firewall logs: noise and its rules, defects, and what such a log leaves open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from sextortion_cli.words import N_

BLANK: Final = "blank"
OTHER: Final = "other-lines"

NOISE: Final[Mapping[str, str]] = {
    BLANK: "Empty lines.",
    OTHER: "Lines of other programs in the same log: no firewall wrote them, and they are not quoted.",
}

DEFECTS: Final[Mapping[str, str]] = {
    "empty-file": N_("The file is empty."),
    "not-a-firewall-log": N_("No line is one that a known firewall writes."),
    "unread-line": N_("A line is not as this firewall writes them; its bytes are kept in the original."),
    "short-line": N_("A line has fewer values than the log has columns; the last value may be cut."),
    "line-too-long": N_("A line is too long to be read; its bytes are kept in the original."),
    "not-utf8": N_("The text is of two bytes a character, which is not read here."),
    "invalid-text": N_("Bytes are not valid text; the exact bytes are kept in the original."),
    "impossible-time": N_("The date or time does not exist; it stands as written."),
}

GAPS: Final[Mapping[str, str]] = {
    "clock-zone-unknown": N_("Times are those of the machine's clock; the log does not say in which zone."),
    "no-year": N_("The log gives day and month without the year."),
    "since-boot-only": N_("Some times are seconds since the machine was started; the day is not in the log."),
    "last-line-open": N_("The last line has no end; its last value may be cut."),
    "lost-events": N_("The firewall itself says that it wrote down less than it saw."),
    "absence-proves-nothing": N_("Firewalls and routers seldom write calls down: that an address is not in the log proves nothing."),
}

#: Only firewalls write these; a line with one of them is never left out as somebody else's.
_MARKS: Final = re.compile(rb" SRC=[0-9A-Fa-f.:]|socketfilterfw\[|^#Fields:", re.MULTILINE)


def is_foreign(lines: bytes) -> bool:
    """Say whether no line holds what only a firewall writes."""
    return _MARKS.search(lines) is None


NOISE_RULES: Final[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {OTHER: is_foreign}
