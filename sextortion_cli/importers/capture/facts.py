"""The picture of a capture as facts: each an address, whose it is so far as that can be told, and where it stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from sextortion_cli.importers.capture.flows import Endpoint, Mention, Span
from sextortion_cli.importers.capture.layers import TCP
from sextortion_cli.importers.capture.peers import Candidate, Picture, Verdict
from sextortion_cli.importers.capture.scope import scope_of, text_of
from sextortion_cli.importers.capture.sides import BASES
from sextortion_cli.model.reading import Fact
from sextortion_cli.words import N_

MOST_FACTS: Final = 500
_MOST_PORTS: Final = 16
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OWN: Final = N_("The person's own public address, as answers from outside name it. It says nothing of the other side.")
_ONLY_PEER: Final = N_("only an endpoint that may be the other side names this address; it can say what it likes")
_CANDIDATE: Final = N_(
    "A candidate endpoint, no person: it may be a VPN, a mobile network's address that thousands share, a relay, or another participant. "
    "Only the provider can tell, and needs the exact time and the port."
)
_INNER: Final = N_(
    "An address inside a network, perhaps that of another participant: it fits many, and nobody outside can tell whose it is."
)
_RELAY: Final = N_("Taken for a server of the service: its operator may know who was connected, the address itself says nothing.")
_LOCAL: Final = N_("An address of the person's own network; it is used inside countless homes.")


class Facts:
    """
    Turns a picture into facts.

    Attributes:
        candidates: Candidates by tier and scope, so far.
        left_out: Addresses that were too many to list.
    """

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.candidates: list[tuple[str, str]] = []
        self.left_out = 0

    def facts(self) -> Iterator[Fact]:
        """Yield own addresses, candidates by tier, relays, and own private addresses."""
        for host, mentions in self._picture.own.items():
            yield self._own(host, mentions)
        yield from self._limited(self._peer(one, verdict) for one, verdict in self._picture.peers())
        yield from self._limited(self._relay(one, why) for one, why in self._picture.relays())
        yield from self._limited(self._relayed())
        yield from self._limited(self._private())

    def _limited(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        for count, fact in enumerate(facts):
            if count < MOST_FACTS:
                yield fact
            else:
                self.left_out += 1

    def _own(self, host: bytes, mentions: list[Mention]) -> Fact:
        span = _joined(mentions)
        public = scope_of(host) == "public"
        values = {
            "address": text_of(host),
            "ports": _ports(mention.address.port for mention in mentions),
            "local_endpoints": _endpoints(mention.asked for mention in mentions),
            "named_by": _endpoints(mention.told for mention in mentions),
            "answers": str(span.count),
            **({} if host in self._picture.surely_own else {"reason_1": _ONLY_PEER}),
            "this_end": BASES[self._picture.sides.local[mentions[0].asked[0]]],
            "means": _OWN if public else _LOCAL,
        }
        return _fact("own-public-address" if public else "own-private-address", span, values, owner=True)

    def _peer(self, one: Candidate, verdict: Verdict) -> Fact:
        host = one.endpoint[0]
        self.candidates.append((verdict.tier, scope_of(host)))
        local = next(iter(one.local), None)
        basis = self._picture.sides.local[local[0]] if local else None
        values = {
            "tier": verdict.tier,
            **_traffic(one),
            "scope": scope_of(host),
            **{f"reason_{number}": reason for number, reason in enumerate(verdict.reasons, 1)},
            **({"this_end": BASES[basis]} if basis else {}),
            "means": _CANDIDATE if scope_of(host) == "public" else _INNER,
        }
        return _fact("peer-candidate", one.span, values)

    def _relay(self, one: Candidate, why: str) -> Fact:
        return _fact("relay", one.span, {**_traffic(one), "reason_1": why, "means": _RELAY})

    def _relayed(self) -> Iterator[Fact]:
        for (host, port), mentions in self._picture.relayed.items():
            values = {
                "address": text_of(host),
                "port": str(port),
                "scope": scope_of(host),
                "local_endpoints": _endpoints(mention.asked for mention in mentions),
                "named_by": _endpoints(mention.told for mention in mentions),
                "reason_1": N_("a relay gave this end the address to be reached at (TURN Allocate)"),
                "means": _RELAY,
            }
            yield _fact("relay", _joined(mentions), values)

    def _private(self) -> Iterator[Fact]:
        """Yield the private addresses of this end that took part in what the other facts tell."""
        spans: dict[bytes, Candidate] = {}
        for one in self._picture.candidates.values():
            for host, port in one.local:
                if one.has_stun and one.span is not None and scope_of(host) == "private" and host not in self._picture.own:
                    mine = spans.setdefault(host, Candidate(one.transport, (host, port)))
                    mine.local[host, port] = None
                    mine.see(one.span)
        for host, mine in spans.items():
            values = {"address": text_of(host), "ports": _ports(port for _, port in mine.local), "means": _LOCAL}
            yield _fact("own-private-address", mine.span, values, owner=True)


def _traffic(one: Candidate) -> dict[str, str]:
    """Return the endpoint and the numbers both ways."""
    host, port = one.endpoint
    numbers = {
        "stun_requests": (one.asked_in, one.asked_out),
        "stun_answers": (one.answered_in, one.answered_out),
        "media_packets": (one.media_in, one.media_out),
        "relayed_packets": (one.relayed_in, one.relayed_out),
    }
    return {
        "address": text_of(host),
        "port": str(port),
        "transport": "tcp" if one.transport == TCP else "udp",
        **({"local_endpoints": _endpoints(one.local)} if one.local else {}),
        **({"named_by": _endpoints(one.named_by)} if one.named_by else {}),
        "packets_received": str(one.packets_in),
        "packets_sent": str(one.packets_out),
        **{
            f"{name}_{way}": str(count)
            for name, pair in numbers.items()
            if any(pair)
            for way, count in zip(("received", "sent"), pair, strict=True)
        },
    }


def _fact(kind: str, span: Span | None, values: dict[str, str], owner: bool = False) -> Fact:
    assert span is not None
    seen = {
        **({"first_utc": utc(span.first), "last_utc": utc(span.last)} if span.first is not None and span.last is not None else {}),
        "first_frame": str(span.first_frame),
        "last_frame": str(span.last_frame),
        **({"frames": ", ".join(map(str, span.frames))} if span.frames else {}),
    }
    means = values.pop("means")
    return Fact(
        span.start, span.end, kind, "account-owner" if owner else "unknown", values={**values, **seen, "means": means}, overlay=True
    )


def _joined(mentions: list[Mention]) -> Span:
    holder = Candidate(mentions[0].transport, mentions[0].asked)
    for mention in mentions:
        holder.see(mention)
    assert holder.span is not None
    return holder.span


def _ports(ports: Iterable[int]) -> str:
    found = sorted(set(ports))
    return ", ".join(map(str, found[:_MOST_PORTS])) + (f" (and {len(found) - _MOST_PORTS} more)" if len(found) > _MOST_PORTS else "")


def _endpoints(endpoints: Iterable[Endpoint]) -> str:
    found = [f"[{text_of(host)}]:{port}" if len(host) == 16 else f"{text_of(host)}:{port}" for host, port in sorted(set(endpoints))]
    return ", ".join(found[:_MOST_PORTS]) + (f" (and {len(found) - _MOST_PORTS} more)" if len(found) > _MOST_PORTS else "")


def utc(nanoseconds: int) -> str:
    """Return a time of the capturing machine's clock as RFC 3339 UTC, to the microsecond; the number itself beyond year 9999."""
    try:
        moment = _EPOCH + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        return str(nanoseconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
