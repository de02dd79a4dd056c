"""
What each step of a mail's way is worth.

Only the lines that the person's own provider wrote can be relied on, and they are the topmost. The first of them that took the mail
from outside holds the hand-over address: the server that delivered, as the provider saw it; it is usually another provider's, and not
a person. Every line below was there when the mail came, and whoever sent it could write what they liked.

A name the sending side gives (HELO) never makes a step the provider's own. Where a step is the provider's own and comes from one of its
public servers, the sender may have an account there too and may have written what stands below; then the mark says so.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from sextortion_cli.importers.mail import networks
from sextortion_cli.importers.mail.hops import Hop

Standing = Literal["provider-internal", "handover", "claimed"]
Basis = Literal["stated", "assumed", "unknown"]
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"))


class Step(msgspec.Struct, frozen=True):
    """
    A hop with its standing.

    Attributes:
        standing: ``provider-internal``: between the provider's own servers. ``handover``: the provider took it from outside.
            ``claimed``: written before the provider had the mail.
        certainty: Of a hand-over: ``server-side``, ``calls-itself-the-provider`` (the sending side gave a name of the provider, and
            nothing else bears that out) or ``sender-may-be-at-the-same-provider``.
        link: Whether the step below names as ``by`` the host this one has it from: ``fits``, ``differs``, ``unknown``, ``first``.
        order: Whether it is later than the step below: ``fits``, ``earlier`` (by `seconds`), ``unknown``, ``first``.
        seconds: By how much it is earlier.
    """

    hop: Hop
    standing: Standing
    certainty: str = ""
    link: str = "first"
    order: str = "first"
    seconds: int = 0


class Way(msgspec.Struct, frozen=True):
    """
    The steps of a mail, newest first.

    Attributes:
        provider: The domain whose lines are relied on, or "".
        basis: ``stated`` by the person, ``assumed`` from the topmost line, or ``unknown``.
        steps: Newest first.
    """

    provider: str
    basis: Basis
    steps: tuple[Step, ...]

    @property
    def handover(self) -> Step | None:
        """Return the step in which the provider took the mail from outside."""
        return next((step for step in self.steps if step.standing == "handover"), None)


def way_of(hops: list[Hop], stated: str | None) -> Way:
    """Return the way of a mail; `stated` is the domain of the person's own provider, where it was stated."""
    provider = (stated or "").strip().strip(".").lower() or _assumed(hops)
    basis: Basis = "stated" if stated else "assumed" if provider else "unknown"
    standings = _standings(hops, provider)
    steps = []
    for place, (hop, (standing, certainty)) in enumerate(zip(hops, standings, strict=True)):
        below = hops[place + 1] if place + 1 < len(hops) else None
        link, (order, seconds) = ("first", ("first", 0)) if below is None else (_link(hop, below), _order(hop, below))
        steps.append(Step(hop, standing, certainty, link, order, seconds))
    return Way(provider, basis, tuple(steps))


def belongs(host: str, domain: str) -> bool:
    """Say whether a host is of a domain."""
    host = host.strip("[]. ").lower()
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _assumed(hops: list[Hop]) -> str:
    """Return the domain of the topmost line that names a host, over lines that name only an address or nothing."""
    for hop in hops:
        host = hop.by.strip("[].").lower()
        if "." in host and networks.address(host) is None and not host.startswith("localhost"):
            labels = host.split(".")
            keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
            return ".".join(labels[-keep:])
    return ""


def _standings(hops: list[Hop], provider: str) -> list[tuple[Standing, str]]:
    found: list[tuple[Standing, str]] = []
    certainty = "server-side"
    is_inside = bool(provider)
    for hop in hops:
        inner = _inner(hop, provider) if is_inside else ""
        is_own = belongs(hop.by, provider)
        if is_inside and is_own and not inner:
            found.append(("handover", "calls-itself-the-provider" if belongs(hop.said_name, provider) else certainty))
            is_inside = False
        elif is_inside and inner and (is_own or _names_no_host(hop)):
            found.append(("provider-internal", ""))
            certainty = "sender-may-be-at-the-same-provider" if inner == "public" else certainty
        else:
            found.append(("claimed", ""))
            is_inside = False
    return found


def _names_no_host(hop: Hop) -> bool:
    """Say whether nobody is named as writer of a line: a local delivery, or an address only (as Gmail's topmost lines have)."""
    host = hop.by.strip("[].").lower()
    return not host or networks.address(host) is not None or host.startswith("localhost")


def _inner(hop: Hop, provider: str) -> Literal["", "yes", "public"]:
    """Say whether a line tells of a step between two servers of one provider, as the receiving one saw it."""
    if hop.seen_ip is None:
        return "" if hop.said_name else "yes"
    if networks.kind_of(hop.seen_ip) in networks.INNER:
        return "yes"
    is_neighbour = belongs(hop.said_name, provider) and any(networks.are_neighbours(hop.seen_ip, own) for own in hop.by_ips)
    return "public" if belongs(hop.seen_name, provider) or is_neighbour else ""


def _link(hop: Hop, below: Hop) -> str:
    names = {name.strip("[].").lower() for name in (hop.said_name, hop.seen_name) if name}
    by = below.by.strip("[].").lower()
    if not names or "." not in by:
        return "unknown"
    return "fits" if any(name == by or _site(name) == _site(by) for name in names) else "differs"


def _site(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def _order(hop: Hop, below: Hop) -> tuple[str, int]:
    if hop.time is None or below.time is None or hop.time.utc is None or below.time.utc is None:
        return "unknown", 0
    later, earlier = (datetime.fromisoformat(time.utc) for time in (hop.time, below.time) if time.utc is not None)
    seconds = int((earlier - later).total_seconds())
    return ("earlier", seconds) if seconds > 0 else ("fits", 0)
