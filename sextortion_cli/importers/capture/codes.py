"""The closed lists: what is left out of the records and why, what its bytes must be, what each defect means, and what a capture leaves open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from sextortion_cli.importers.capture.frame import SEEN_BYTES
from sextortion_cli.importers.capture.stun import COOKIE
from sextortion_cli.words import N_

STUN: Final = "stun"
CLASSIC: Final = "stun-classic"
OTHER: Final = "other-traffic"
EXTRA: Final = "other-blocks"

NOISE: Final[Mapping[str, str]] = {
    STUN: "Packets with STUN or TURN messages, or quoting one: read for the addresses they name, which stand in the facts.",
    CLASSIC: "Packets with STUN messages of the form of 2003, read likewise.",
    OTHER: "All other packets: only addresses, ports, times and numbers were looked at; nobody's traffic is quoted.",
    EXTRA: "Blocks of the capture program without packets (names, statistics, keys, its own notes): not read.",
}

DEFECTS: Final[Mapping[str, str]] = {
    "empty-file": N_("The file is empty."),
    "not-a-capture": N_("The file does not begin as a file of network packets does."),
    "truncated": N_("The file ends inside a packet; its bytes are kept in the original."),
    "damaged-record": N_("Bytes are not what the format says; reading went on where packets can be told again."),
    "interface-missing": N_("A packet names an interface that the file does not describe; it cannot be read."),
    "unknown-block": N_("A block is of a kind that is not known; it was not read."),
    "too-many-interfaces": N_("The file names more interfaces than are kept."),
}

GAPS: Final[Mapping[str, str]] = {
    "capture-clock": N_("Times are those of the clock of the machine that captured. Note whether it was right."),
    "no-peer-address": N_(
        "There is no peer address in this capture. Many services send calls through their own servers; then no capture can show it."
    ),
    "only-weak-candidates": N_("The capture shows only weak candidates for an address of the other side."),
    "no-provider-list": N_(
        "Candidates were not compared with lists of providers' addresses: one may be a server of the service, a VPN or a relay."
    ),
    "side-unknown": N_(
        "Which end of these conversations is the person's own cannot be told. State the address of the person's machine as owner, and read it again."
    ),
    "too-many-flows": N_("There were more conversations in the capture than are kept; some were left out of the account of addresses."),
    "too-many-candidates": N_("There were more addresses than are listed; the others were left out."),
    "packets-cut-short": N_("The capture holds only the beginning of some packets."),
    "frame-numbers-differ": N_("Numbers of packets behind the damage count only what could be read; other programs may count otherwise."),
    "packets-without-time": N_("Some packets have no time."),
    "fragments-not-joined": N_("Some packets are parts of larger ones; only the first part of each was read."),
    "link-type-not-read": N_("Some packets come from a kind of network that is not read."),
}


def holds_stun(packet: bytes) -> bool:
    """Say whether a packet holds, anywhere, what begins a STUN message: two zero bits, a length of whole words, the cookie."""
    packet = packet[:SEEN_BYTES]
    at = packet.find(COOKIE)
    while at >= 0:
        if at >= 4 and packet[at - 4] < 0x40 and not packet[at - 1] & 3 and len(packet) - at >= 16:
            return True
        at = packet.find(COOKIE, at + 1)
    return False


def holds_none(packet: bytes) -> bool:
    """Say whether a packet holds nothing of the kind."""
    return not holds_stun(packet)


#: Begins like a question or an answer of 2003: kind, then a length of whole words below 256.
_CLASSIC: Final = re.compile(rb"\x00\x01[\x00-\x05][\x00-\xff]|\x01[\x01\x11][\x00-\x05][\x00-\xff]")


def holds_classic(packet: bytes) -> bool:
    """Say whether a packet can hold a message of 2003."""
    return holds_none(packet) and _CLASSIC.search(packet[:SEEN_BYTES]) is not None


_KINDS: Final = (4, 5, 7, 8, 9, 10, 0x0BAD, 0x40000BAD, 0x80000001)
_EXTRA: Final = tuple(kind.to_bytes(4, order) for kind in _KINDS for order in ("little", "big"))

NOISE_RULES: Final[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {
    STUN: holds_stun,
    CLASSIC: holds_classic,
    OTHER: holds_none,
    EXTRA: lambda block: block.startswith(_EXTRA),
}
