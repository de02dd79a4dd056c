"""
macOS: ``appfirewall.log``, lines of ``socketfilterfw`` about programs, and about connections that were refused.

References: Apple, "Change Firewall settings on Mac"; lines as plaso's parser of appfirewall.log describes them.
"""

from __future__ import annotations

import re
from typing import Final

from sextortion_cli.importers.firewall.stamps import Stamp, stamp_of

_AGENT: Final = re.compile(
    r" (?:[^ ]{1,255} )?(?P<agent>socketfilterfw|Firewall)\[\d{1,10}\](?: <(?P<status>[A-Za-z]{1,20})>)?: (?P<body>.*)", re.DOTALL
)
_REPEATED: Final = re.compile(r" --- last message repeated (?P<count>\d{1,9}) times? ---")
_PROGRAM: Final = re.compile(r"(?P<program>[^:]{1,255}): (?P<action>[A-Za-z ]{1,60}?) {0,4}\(in:(?P<in>\d{1,9}) out:(?P<out>\d{1,9})\)")
_ATTEMPT: Final = re.compile(
    r"(?P<action>.{1,120}?) (?:to (?P<protocol>[A-Z]{2,8}) (?P<target>[0-9A-Fa-f.:%]{2,60}):(?P<target_port>\d{1,5}) )?"
    r"from (?P<source>[0-9A-Fa-f.:%]{2,60}):(?P<source_port>\d{1,5})(?= |\Z)"
)
_LONGEST: Final = 300


def is_line(line: str) -> bool:
    """Say whether the firewall of macOS wrote a line."""
    return "socketfilterfw[" in line or " Firewall[" in line


def read(line: str) -> tuple[Stamp, dict[str, str]] | None:
    """Return the time and what a line tells; None when the firewall did not write it, or it has no time."""
    stamp = stamp_of(line)
    if stamp is None:
        return None
    rest = line[stamp.end :]
    repeated = _REPEATED.fullmatch(rest)
    if repeated is not None:
        return stamp, {"action": "last message repeated", "count": repeated["count"]}
    found = _AGENT.fullmatch(rest)
    if found is None:
        return None
    status = {"status": found["status"]} if found["status"] else {}
    told = _PROGRAM.fullmatch(found["body"]) or _ATTEMPT.match(found["body"])
    if told is None:
        return stamp, {**status, "text": found["body"][:_LONGEST]}
    more = found["body"][told.end() :].strip()[:_LONGEST]
    if more:
        status["more"] = more
    return stamp, status | {name.replace("_", "-"): value for name, value in told.groupdict().items() if value is not None}
