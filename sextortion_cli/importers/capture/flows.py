"""
Who sends packets to whom, how many, when, and what the STUN messages among them name.

Kept for UDP, and for TCP that carries STUN. The tables are bounded: what does not fit is counted and said.
"""

from __future__ import annotations

from typing import Final

from sextortion_cli.importers.capture import stun
from sextortion_cli.importers.capture.frame import Frame
from sextortion_cli.importers.capture.layers import TCP, UDP, Segment
from sextortion_cli.importers.capture.scope import plain, scope_of
from sextortion_cli.importers.capture.streams import Streams

MOST_FLOWS: Final = 20_000
MOST_MENTIONS: Final = 20_000
MOST_HOSTS: Final = 8192
MOST_PARTNERS: Final = 32
MOST_FRAMES: Final = 12
_FEW: Final = 10
_WAITING: Final = 4096
#: With this a voice server of Discord tells a client its address, in place of STUN.
_DISCOVERY: Final = b"\x00\x01\x00\x46"
_DISCOVERY_ANSWER: Final = b"\x00\x02\x00\x46"
_DISCOVERY_BYTES: Final = 74
Endpoint = tuple[bytes, int]
FlowKey = tuple[int, Endpoint, Endpoint]


class Span:
    """When and where something was seen: frames, times, and the place of the first frame in the file."""

    __slots__ = ("count", "end", "first", "first_frame", "frames", "last", "last_frame", "start")

    def __init__(self, frame: Frame) -> None:
        self.start, self.end = frame.start, frame.end
        self.first = self.last = frame.time
        self.first_frame = self.last_frame = frame.number
        self.frames: list[int] = []
        self.count = 0

    def see(self, frame: Frame, note: bool) -> None:
        """Count one packet; `note` keeps its number."""
        self.count += 1
        self.last_frame = frame.number
        if note and len(self.frames) < MOST_FRAMES and (not self.frames or self.frames[-1] != frame.number):
            self.frames.append(frame.number)
        time = frame.time
        if time is not None:
            self.first = time if self.first is None else min(self.first, time)
            self.last = time if self.last is None else max(self.last, time)

    def join(self, other: Span) -> None:
        """Take in what `other` saw."""
        if other.first_frame < self.first_frame:
            self.start, self.end, self.first_frame = other.start, other.end, other.first_frame
        self.last_frame = max(self.last_frame, other.last_frame)
        self.count += other.count
        self.frames = sorted({*self.frames, *other.frames})[:MOST_FRAMES]
        times = [time for time in (self.first, other.first) if time is not None]
        self.first = min(times, default=None)
        self.last = max((time for time in (self.last, other.last) if time is not None), default=None)


class Side:
    """What one side of a flow sent."""

    __slots__ = ("allocated", "answers", "asks_relay", "asks_self", "media", "packets", "relayed", "requests", "tells")

    def __init__(self) -> None:
        self.packets = self.requests = self.answers = self.media = self.relayed = 0
        self.allocated = self.tells = self.asks_relay = self.asks_self = False


class Flow:
    """Packets between two endpoints: `sides` by who sent them, the first is the sender of the first packet."""

    __slots__ = ("endpoints", "sides", "span", "transport")

    def __init__(self, transport: int, endpoints: tuple[Endpoint, Endpoint], frame: Frame) -> None:
        self.transport = transport
        self.endpoints = endpoints
        self.sides = (Side(), Side())
        self.span = Span(frame)

    @property
    def has_stun(self) -> bool:
        """Say whether any STUN message was seen."""
        return any(side.requests or side.answers for side in self.sides)


class Mention(Span):
    """An address that a message named: `asked` had asked (or is told), `told` answered (or is asked); `is_sent`: `asked` named it too."""

    __slots__ = ("address", "asked", "is_sent", "told", "transport")

    def __init__(self, frame: Frame, transport: int, asked: Endpoint, told: Endpoint, address: stun.Address) -> None:
        super().__init__(frame)
        self.transport, self.asked, self.told, self.address = transport, asked, told, address
        self.is_sent = False


class Flows:
    """Gathers what a capture shows, one segment after the other."""

    def __init__(self) -> None:
        self.flows: dict[FlowKey, Flow] = {}
        self.mentions: dict[tuple[Endpoint, Endpoint, stun.Address], Mention] = {}
        self.partners: dict[bytes, set[bytes]] = {}
        self.reaching_out: set[bytes] = set()
        self.said_local: set[bytes] = set()
        self.left_out = self.mentions_left_out = 0
        self._streams = Streams()
        self._waiting: dict[tuple[bytes, Endpoint], None] = {}

    @property
    def streams_left_out(self) -> int:
        """Return how many TCP connections with STUN were not followed."""
        return self._streams.refused

    def take(self, frame: Frame, segment: Segment) -> bool:
        """Take one packet; say whether it holds STUN of 2003, which only what was asked before tells from other data."""
        source, target = plain(segment.source), plain(segment.target)
        self._meet(source, target, frame.direction or segment.direction)
        ends = ((source, segment.source_port), (target, segment.target_port))
        if segment.protocol == TCP:
            for data in self._streams.take(segment):
                self._see(frame, TCP, ends, data)
            flow = self.flows.get(_key(TCP, ends))
            if flow is not None:
                self._count(flow, ends, frame)
            return False
        if scope_of(target) == "none" or scope_of(source) == "none":
            return False
        return self._see(frame, UDP, ends, segment.payload)

    def _meet(self, source: bytes, target: bytes, direction: str) -> None:
        """Remember who talks to whom, to tell later which machines are at this end."""
        scopes = scope_of(source), scope_of(target)
        if "none" in scopes:
            return
        if direction:
            self.said_local.add(target if direction == "in" else source)
        if scopes[0] != scopes[1]:
            if len(self.reaching_out) < MOST_HOSTS:
                self.reaching_out.add(source if scopes[0] == "private" else target)
            return
        for one, other in ((source, target), (target, source)):
            known = self.partners.get(one)
            if known is None:
                if len(self.partners) >= MOST_HOSTS:
                    continue
                known = self.partners[one] = set()
            if len(known) < MOST_PARTNERS:
                known.add(other)

    def _see(self, frame: Frame, transport: int, ends: tuple[Endpoint, Endpoint], data: bytes) -> bool:
        """Count what one UDP packet, or one message of a TCP stream, holds."""
        message = stun.read(data) or (self._classic(ends, data) if transport == UDP else None)
        flow = self._flow(frame, transport, ends, message is not None)
        if flow is None:
            return message is not None and message.is_classic
        if transport == UDP:
            self._count(flow, ends, frame, message is not None)
        elif message is not None:
            _note(flow.span, frame.number)
        place = int(ends[0] != flow.endpoints[0])
        side, other = flow.sides[place], flow.sides[1 - place]
        if message is not None:
            self._read(frame, transport, ends, message, side, other)
            return message.is_classic
        first = data[0] if data else 0
        if len(data) == _DISCOVERY_BYTES:
            side.asks_self |= data.startswith(_DISCOVERY)
            side.tells |= other.asks_self and data.startswith(_DISCOVERY_ANSWER)
        if 20 <= first <= 63 or 128 <= first <= 191:  # RFC 7983: DTLS, and RTP or RTCP
            side.media += 1
        elif 64 <= first <= 79:
            side.relayed += 1
        return False

    def _classic(self, ends: tuple[Endpoint, Endpoint], data: bytes) -> stun.Message | None:
        """Return a message of 2003; an answer only to a question that was seen."""
        message = stun.read_classic(data)
        if message is None:
            return None
        if message.kind == "request":
            if len(self._waiting) >= _WAITING:
                del self._waiting[next(iter(self._waiting))]
            self._waiting[message.transaction, ends[0]] = None
            return message
        return message if (message.transaction, ends[1]) in self._waiting else None

    def _read(self, frame: Frame, transport: int, ends: tuple[Endpoint, Endpoint], message: stun.Message, side: Side, other: Side) -> None:
        kind, method = message.kind, message.method
        if kind == "request":
            side.requests += 1
            side.asks_relay |= method == stun.ALLOCATE
        elif kind in ("success", "error"):
            side.answers += 1
            # Only a server that relays is asked for an address there, and answers, be it with a refusal. An answer that nobody
            # asked for makes no server: the other side could hide behind it.
            side.allocated |= method == stun.ALLOCATE and other.asks_relay
        elif method in (stun.SEND, stun.DATA):
            side.relayed += 1
        for address in message.addresses:
            # Who is told of an address is who asked for it; in a request or to a relay it is the sender who names it.
            told = kind == "success" or method == stun.DATA
            asked, teller = (ends[1], ends[0]) if told else ends
            right = {
                "mapped": kind == "success",
                "relayed": kind == "success" and method == stun.ALLOCATE,
                "peer": method in (stun.SEND, stun.DATA, stun.PERMISSION, stun.CHANNEL),
            }
            if not right[address.named] or scope_of(plain(address.host)) == "none":
                continue
            address = stun.Address(address.named, plain(address.host), address.port)
            key = (asked, teller, address)
            mention = self.mentions.get(key)
            if mention is None:
                if len(self.mentions) >= MOST_MENTIONS:
                    self.mentions_left_out += 1
                    continue
                mention = self.mentions[key] = Mention(frame, transport, asked, teller, address)
            mention.see(frame, True)
            mention.is_sent |= not told

    def _flow(self, frame: Frame, transport: int, ends: tuple[Endpoint, Endpoint], has_stun: bool) -> Flow | None:
        key = _key(transport, ends)
        flow = self.flows.get(key)
        if flow is None:
            if len(self.flows) >= MOST_FLOWS:
                self._make_room()
            if (len(self.flows) >= MOST_FLOWS and not has_stun) or len(self.flows) >= 2 * MOST_FLOWS:
                self.left_out += 1
                return None
            flow = self.flows[key] = Flow(transport, ends, frame)
        return flow

    def _make_room(self) -> None:
        """Let go of flows of a few packets without STUN: a long capture is full of questions for names."""
        if self.left_out:  # it was tried
            return
        small = [key for key, flow in self.flows.items() if not flow.has_stun and flow.span.count < _FEW]
        for key in small:
            del self.flows[key]
        self.left_out += len(small)

    def _count(self, flow: Flow, ends: tuple[Endpoint, Endpoint], frame: Frame, note: bool = False) -> None:
        flow.sides[ends[0] != flow.endpoints[0]].packets += 1
        flow.span.see(frame, note)


def _note(span: Span, number: int) -> None:
    if len(span.frames) < MOST_FRAMES and number not in span.frames:
        span.frames.append(number)


def _key(transport: int, ends: tuple[Endpoint, Endpoint]) -> FlowKey:
    return (transport, *sorted(ends))  # type: ignore[return-value]
