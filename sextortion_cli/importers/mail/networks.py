"""What kind of address an IP address is, before anybody takes it for a person's (RFC 6890 and the registries it points to)."""

from __future__ import annotations

import ipaddress
import re

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("this-network", ("0.0.0.0/8", "::/128")),
    ("loopback", ("127.0.0.0/8", "::1/128")),
    ("private", ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")),
    ("carrier-shared", ("100.64.0.0/10",)),
    ("link-local", ("169.254.0.0/16", "fe80::/10")),
    ("documentation", ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20")),
    ("benchmarking", ("198.18.0.0/15", "2001:2::/48")),
    ("unique-local", ("fc00::/7",)),
    ("multicast", ("224.0.0.0/4", "ff00::/8")),
    ("reserved", ("240.0.0.0/4", "192.0.0.0/24")),
)
_NETWORKS = [(kind, ipaddress.ip_network(text)) for kind, texts in _KINDS for text in texts]
#: Kinds whose addresses mean nothing outside one house, office or carrier.
INNER = frozenset(("this-network", "loopback", "private", "carrier-shared", "link-local", "unique-local"))
_CANDIDATE = re.compile(
    r"(?<![\w.:])(?:IPv6:)?([0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\d{1,3}(?:\.\d{1,3}){3})?|\d{1,3}(?:\.\d{1,3}){3})(?![\w])",
    re.IGNORECASE,
)


def address(text: str) -> Address | None:
    """Return an IP address, with an IPv4 address mapped into IPv6 as itself, or None."""
    try:
        found = ipaddress.ip_address(text.strip().removeprefix("IPv6:"))
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def addresses(text: str) -> list[Address]:
    """Return the IP addresses that stand in a short text, in order."""
    return [found for match in _CANDIDATE.finditer(text) if (found := address(match[1])) is not None]


def kind_of(found: Address) -> str:
    """Return ``public``, or which reserved kind an address is of."""
    return next((kind for kind, network in _NETWORKS if found.version == network.version and found in network), "public")


def are_neighbours(one: Address, other: Address) -> bool:
    """Say whether two public addresses lie in one block as providers hold them (an IPv4 /16, an IPv6 /32)."""
    if one.version != other.version or kind_of(one) in INNER or kind_of(other) in INNER:
        return False
    bits = one.max_prefixlen - (16 if one.version == 4 else 32)
    return int(one) >> bits == int(other) >> bits
