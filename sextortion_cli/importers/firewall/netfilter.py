"""
Linux and most home routers: lines of iptables, nftables and ufw in the system's log.

References: Linux, net/ipv4/netfilter/nf_log_ipv4.c and net/netfilter/nf_log_syslog.c; ufw(8).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from sextortion_cli.importers.firewall.stamps import Stamp, stamp_of

_PACKET: Final = re.compile(r"IN=[^ ]{0,40} OUT=[^ ]{0,40} ")
_PRIORITY: Final = re.compile(r"<\d{1,3}>")
_UPTIME: Final = re.compile(r"\[ {0,12}\d{1,12}\.\d{1,9}\] ?")
_LONGEST_PREFIX: Final = 60
#: Addresses of network cards tell of devices in the home, and nothing of the other side.
_WITHHELD: Final = frozenset({"MAC", "MACSRC", "MACDST"})
_MARK: Final = "(withheld: address of a device)"


def is_line(line: str) -> bool:
    """Say whether a line tells of a packet."""
    return " SRC=" in line and " DST=" in line and _PACKET.search(line) is not None


def read(line: str) -> tuple[Stamp, dict[str, str]] | None:
    """Return the time and what a line tells of a packet; None when it is none or has no time."""
    packet = _PACKET.search(line)
    begin = _PRIORITY.match(line)
    at = begin.end() if begin else 0
    stamp = stamp_of(line[at:])
    if packet is None or stamp is None:
        return None
    values = {}
    prefix = _prefix(line[at + stamp.end : packet.start()])
    if prefix:
        values["prefix"] = prefix
    flags: list[str] = []
    times: Counter[str] = Counter()
    inner = 0
    for word in line[packet.start() :].split():
        if word.startswith("["):
            inner += 1  # what follows is the packet that an ICMP message quotes
        word = word.strip("[]")
        name, equals, value = word.partition("=")
        if not equals:
            if name and not inner:
                flags.append(name)
        elif value:
            key = f"quoted-{name}" if inner else name
            times[key] += 1
            key = key if times[key] == 1 else f"{key}#{times[key]}"
            values[key] = _MARK if name in _WITHHELD else value
    if flags:
        values["flags"] = " ".join(flags)
    return (stamp, values) if "SRC" in values and "DST" in values else None


def _prefix(text: str) -> str:
    """Return what the rule put before the packet, without the machine's name and the program's."""
    before, kernel, after = text.partition("kernel:")
    text = _UPTIME.sub("", after if kernel else before, count=1).strip()
    return text.strip("[]: ")[-_LONGEST_PREFIX:] if kernel or text.startswith("[") else ""
