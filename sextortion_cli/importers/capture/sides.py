"""
Which machines of a capture are at the person's end: without it, nobody can say whose address is whose.

A capture does not say so, except where the link header tells what was sent and what was received. Otherwise the private address that
talks to public ones is at this end, and so is whoever asks a STUN server; among the rest, the machine that everybody talks to.
"""

from __future__ import annotations

import ipaddress
from typing import Final

import msgspec

from sextortion_cli.importers.capture.flows import Flow, Flows
from sextortion_cli.importers.capture.scope import plain
from sextortion_cli.words import N_

SERVER_PORTS: Final = frozenset({1400, 3478, 3479, 3480, 3481, 5349, 5350, *range(19302, 19310)})
"""Ports on which STUN and TURN servers listen: the registered ones, Telegram's, Microsoft's and Google's."""

BASES: Final = {
    "stated": N_("the person stated the address"),
    "recorded": N_("the capture records which packets were sent and which received"),
    "private": N_("a private address that talks to public ones"),
    "asks": N_("it asks a STUN or TURN server"),
    "hub": N_("everybody else in the capture talks to it"),
}


class Sides(msgspec.Struct):
    """The hosts at this end, by why they are taken to be there (a key of `BASES`)."""

    local: dict[bytes, str]

    def of(self, flow: Flow) -> int | None:
        """Return the place (0 or 1) of this end in a flow; None when both are, or nobody can say."""
        ends = [host in self.local for host, _ in flow.endpoints]
        return None if ends[0] == ends[1] else ends.index(True)

    def is_inner(self, flow: Flow) -> bool:
        """Say whether both ends of a flow are at this end."""
        return all(host in self.local for host, _ in flow.endpoints)


def sides_of(flows: Flows, stated: str | None) -> Sides:
    """Return who is at this end, from the strongest sign there is for each."""
    own = _host(stated)
    if own is not None:
        return Sides({own: "stated"})
    if flows.said_local:
        return Sides(dict.fromkeys(flows.said_local, "recorded"))
    local = dict.fromkeys(flows.reaching_out, "private")
    for flow in flows.flows.values():
        for place in (0, 1):
            asker, other = flow.endpoints[place], flow.endpoints[1 - place]
            asks = flow.sides[place].requests and not flow.sides[1 - place].requests
            answered = flow.sides[1 - place].allocated or other[1] in SERVER_PORTS
            if asks and answered and other[0] not in local:
                local.setdefault(asker[0], "asks")
    for host in _hubs(flows, local):
        local[host] = "hub"
    return Sides(local)


def _hubs(flows: Flows, local: dict[bytes, str]) -> list[bytes]:
    """Return, among hosts that talk only to their like, those with at least twice as many partners as any of their partners."""
    found = []
    for host, partners in flows.partners.items():
        if host in local or len(partners) < 2 or partners & local.keys():
            continue
        if all(len(flows.partners.get(other, ())) * 2 <= len(partners) for other in partners):
            found.append(host)
    return found


def _host(stated: str | None) -> bytes | None:
    try:
        return plain(ipaddress.ip_address(stated or "").packed)
    except ValueError:
        return None


__all__ = ["BASES", "SERVER_PORTS", "Sides", "sides_of"]
