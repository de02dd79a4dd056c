"""
What a capture shows of the other side: own addresses, relays, and candidates in tiers. Never more than the packets say.

A: STUN questions and answers both ways, and media both ways, between the same two endpoints, over a public address.
B: STUN both ways without media both ways, or a public address that a TURN message names as the peer.
C: private addresses; questions that only one side sent; packets both ways without STUN, when there is nothing better.

The address that an answer from outside names is the person's own. An address that only answers, or that hands out relay addresses, is a
server. The number of packets decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from sextortion_cli.importers.capture.flows import Endpoint, Flow, Flows, Mention, Span
from sextortion_cli.importers.capture.layers import UDP
from sextortion_cli.importers.capture.scope import is_near, is_shared, scope_of
from sextortion_cli.importers.capture.sides import SERVER_PORTS, Sides
from sextortion_cli.words import N_

Tier = Literal["A", "B", "C"]
MEDIA: Final = 3
"""Packets that look like DTLS or SRTP, each way, from which on there is media both ways."""
STEADY: Final = 10
"""Packets, each way, from which on traffic without STUN is worth a word."""
MANY_PORTS: Final = 5
_RESERVED: Final = 1024
_PRIVATE: Final = N_("the address is private: it identifies nobody by itself")
_SHARED: Final = N_("the address is of a range that carriers share among customers: it identifies nobody by itself")
_OTHER_SERVICES: Final = frozenset({1194, 1900, 3544, 3702, 4500, 5060, 5353, 5355, 17500, 41641, 51820})


class Candidate(msgspec.Struct):
    """One endpoint of the other side and what was seen of it; `is_relay` when it is a server of the service."""

    transport: int
    endpoint: Endpoint
    span: Span | None = None
    local: dict[Endpoint, None] = msgspec.field(default_factory=dict)
    packets_in: int = 0
    packets_out: int = 0
    asked_in: int = 0
    asked_out: int = 0
    answered_in: int = 0
    answered_out: int = 0
    media_in: int = 0
    media_out: int = 0
    relayed_in: int = 0
    relayed_out: int = 0
    allocates: bool = False
    tells: bool = False
    named_by: dict[Endpoint, None] = msgspec.field(default_factory=dict)

    @property
    def has_stun(self) -> bool:
        """Say whether STUN went either way."""
        return bool(self.asked_in or self.asked_out or self.answered_in or self.answered_out)

    @property
    def has_media(self) -> bool:
        """Say whether media went both ways."""
        return self.media_in >= MEDIA and self.media_out >= MEDIA

    def see(self, span: Span) -> None:
        """Take in frames and times."""
        if self.span is None:
            self.span = Span.__new__(Span)
            self.span.start, self.span.end, self.span.first, self.span.last = span.start, span.end, span.first, span.last
            self.span.first_frame, self.span.last_frame = span.first_frame, span.last_frame
            self.span.frames, self.span.count = list(span.frames), span.count
        else:
            self.span.join(span)

    def add(self, flow: Flow, here: int) -> None:
        """Take in a flow of which this end is at place `here`."""
        out, back = flow.sides[here], flow.sides[1 - here]
        self.see(flow.span)
        self.local[flow.endpoints[here]] = None
        self.packets_in += back.packets
        self.packets_out += out.packets
        self.asked_in += back.requests
        self.asked_out += out.requests
        self.answered_in += back.answers
        self.answered_out += out.answers
        self.media_in += back.media
        self.media_out += out.media
        self.relayed_in += back.relayed
        self.relayed_out += out.relayed
        self.allocates |= back.allocated
        self.tells |= back.tells


class Verdict(msgspec.Struct, frozen=True):
    """What a candidate is taken for, and the reasons in words."""

    tier: Tier
    reasons: tuple[str, ...]


class Picture:
    """
    All that a capture shows, sorted.

    Args:
        flows: What was gathered.
        sides: Who is at this end.

    Attributes:
        own: Mentions of the person's own addresses, by address.
        surely_own: Those of them that a server named. Only they are ruled out as the other side's: the other side may answer falsely.
        candidates: Every endpoint of the other side.
        open_flows: Flows with STUN of which nobody can say which end is which.
    """

    def __init__(self, flows: Flows, sides: Sides) -> None:
        self.sides = sides
        self.own: dict[bytes, list[Mention]] = {}
        self.candidates: dict[tuple[int, Endpoint], Candidate] = {}
        self.relayed: dict[Endpoint, list[Mention]] = {}
        self.open_flows = 0
        for flow in flows.flows.values():
            here = sides.of(flow)
            if here is not None:
                self._candidate(flow.transport, flow.endpoints[1 - here]).add(flow, here)
            elif flow.has_stun and not sides.is_inner(flow):
                self.open_flows += 1
        ports = Counter(host for _, (host, _) in self.candidates)
        self._many = {host for host, count in ports.items() if count >= MANY_PORTS}
        self.servers = {one.endpoint[0] for one in self.candidates.values() if one.allocates}
        for mention in flows.mentions.values():
            self._place(mention)
        self.surely_own = {host for host, mentions in self.own.items() if any(map(self._is_trusted, mentions))}

    def peers(self) -> Iterator[tuple[Candidate, Verdict]]:
        """Yield the candidates with their tier, those of the better tiers first, then in the order of the file."""
        found = [(one, verdict) for one in self.candidates.values() if (verdict := self._verdict(one)) is not None]
        if not any(verdict.tier in "AB" for _, verdict in found):
            found += [(one, verdict) for one in self.candidates.values() if (verdict := self._without_stun(one)) is not None]
        yield from sorted(found, key=lambda item: (item[1].tier, item[0].span.first_frame if item[0].span else 0))

    def relays(self) -> Iterator[tuple[Candidate, str]]:
        """Yield the servers that relayed media or could have, with why they are taken for servers."""
        for one in self.candidates.values():
            if one.allocates:
                yield one, N_("it answers requests for a relay address (TURN Allocate)")
            elif self.is_relay(one) and (one.has_media or one.named_by):
                yield one, N_("other messages show this address to be a relay's")
            elif one.tells:
                yield one, N_("it tells this end its own address, as voice servers of some services do")
            elif one.has_media and one.has_stun and self._is_server(one):
                yield one, N_("media went both ways, but it asks no STUN questions of its own, as servers do")

    def is_relay(self, one: Candidate) -> bool:
        """Say whether a host hands out relay addresses, or is the host of one."""
        return one.endpoint[0] in self.servers or any(host == one.endpoint[0] for host, _ in self.relayed)

    def _candidate(self, transport: int, endpoint: Endpoint) -> Candidate:
        key = (transport, endpoint)
        if key not in self.candidates:
            self.candidates[key] = Candidate(transport, endpoint)
        return self.candidates[key]

    def _place(self, mention: Mention) -> None:
        """Sort an address that a message names: it concerns whoever asked."""
        asked, told, address = mention.asked, mention.told, mention.address
        here, there = asked[0] in self.sides.local, told[0] in self.sides.local
        if address.named == "mapped":
            # One that calls its own address this end's proves nothing: who answers can say what he likes.
            if here and not there and address.host != told[0]:
                self.own.setdefault(address.host, []).append(mention)
            return  # what this end tells another of its address, the packets themselves show
        if not here or there:
            return
        if address.named == "relayed":
            teller = self.candidates.get((mention.transport, told))
            if teller is not None and teller.allocates:  # as above: only from whom it was asked
                self.relayed.setdefault((address.host, address.port), []).append(mention)
        elif mention.is_sent or self._is_trusted(mention):  # the other side could name anybody so
            one = self._candidate(UDP, (address.host, address.port))  # TURN relays to peers over UDP
            one.named_by[told] = None
            one.see(mention)

    def _is_trusted(self, mention: Mention) -> bool:
        """Say whether an answer comes from a server, and not from an endpoint that may be the other side."""
        teller = self.candidates.get((mention.transport, mention.told))
        return teller is not None and (teller.allocates or not teller.asked_in)

    def _is_server(self, one: Candidate) -> bool:
        return not one.asked_in and (one.answered_in > 0 or _has_server_port(one))

    def _verdict(self, one: Candidate) -> Verdict | None:
        host = one.endpoint[0]
        if host in self.surely_own or host in self.sides.local or self.is_relay(one):
            return None
        if not one.named_by and (not one.has_stun or self._is_server(one)):
            return None
        reasons = []
        both_ask = one.asked_in > 0 and one.asked_out > 0 and one.answered_in + one.answered_out > 0
        if both_ask:
            reasons.append(N_("STUN connectivity checks went both ways"))
        elif one.asked_out and not one.answered_in:
            reasons.append(N_("this end asked it with STUN, and no answer came"))
        elif one.asked_in:
            reasons.append(N_("it asked this end with STUN; this end asked nothing"))
        elif one.answered_out:
            reasons.append(N_("this end answered STUN questions that are not in the capture"))
        if one.has_media:
            reasons.append(N_("packets that look like media (DTLS, SRTP) went both ways between the same endpoints"))
        if one.named_by:
            reasons.append(N_("TURN messages between this end and a relay name it as the peer"))
        if host in self._many:
            reasons.append(N_("many ports of the same address were seen, as with a relay of the service"))
        if scope_of(host) != "public":
            return Verdict("C", (*reasons, _SHARED if is_shared(host) else _PRIVATE))
        if _has_server_port(one):
            reasons.append(N_("its port is one that servers use"))
        elif both_ask and one.has_media:
            return Verdict("A", tuple(reasons))
        return Verdict("B" if both_ask or one.named_by else "C", tuple(reasons))

    def _without_stun(self, one: Candidate) -> Verdict | None:
        """Return a weak verdict on UDP traffic of a program that does not use STUN."""
        host, port = one.endpoint
        if (
            one.transport != UDP
            or one.has_stun
            or one.tells
            or one.named_by
            or host in self.own
            or host in self.sides.local
            or self.is_relay(one)
        ):
            return None
        ports = (port, *(local for _, local in one.local))
        if any(each < _RESERVED or each in SERVER_PORTS or each in _OTHER_SERVICES for each in ports) or len(one.local) > 1:
            return None
        both = one.packets_in >= STEADY and one.packets_out >= STEADY
        weak = N_("there is no STUN: it may as well be a server of the service, or another program")
        if scope_of(host) == "public":
            return Verdict("C", (N_("packets went both ways, straight between two high ports"), weak)) if both else None
        if any(is_near(host, local) for local, _ in one.local) or not (both or one.packets_out >= STEADY):
            return None
        seen = N_("packets went both ways") if both else N_("this end sent packets, and none came back")
        return Verdict("C", (seen, weak, _PRIVATE))


def _has_server_port(one: Candidate) -> bool:
    return one.endpoint[1] < _RESERVED or one.endpoint[1] in SERVER_PORTS
