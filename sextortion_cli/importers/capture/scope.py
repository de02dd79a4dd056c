"""What an address is good for: public, private, or nobody's. From the address alone; nothing is looked up."""

from __future__ import annotations

import functools
import ipaddress
from typing import Final, Literal

Scope = Literal["public", "private", "none"]
_MAPPED: Final = bytes(10) + b"\xff\xff"
_PRIVATE: Final = tuple(
    ipaddress.ip_network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8")
) + tuple(ipaddress.ip_network(net) for net in ("fc00::/7", "fe80::/10", "::1/128"))
_SHARED: Final = ipaddress.ip_network("100.64.0.0/10")
_NONE: Final = tuple(ipaddress.ip_network(net) for net in ("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4")) + tuple(
    ipaddress.ip_network(net) for net in ("::/128", "ff00::/8")
)


def plain(host: bytes) -> bytes:
    """Return `host` as the 4 bytes it is when it is an IPv4 address in IPv6 form."""
    return host[12:] if len(host) == 16 and host.startswith(_MAPPED) else host


@functools.lru_cache(maxsize=65536)
def scope_of(host: bytes) -> Scope:
    """Return ``private`` for addresses of home, mobile and carrier networks, ``none`` for groups and placeholders."""
    address = ipaddress.ip_address(host)
    if any(address in net for net in _NONE):
        return "none"
    return "private" if any(address in net for net in _PRIVATE) else "public"


def is_shared(host: bytes) -> bool:
    """Say whether an address is of the range that carriers share among customers (RFC 6598)."""
    return ipaddress.ip_address(host) in _SHARED


def is_near(host: bytes, other: bytes) -> bool:
    """Say whether two addresses are likely of one local network: the first 24 or 64 bits agree."""
    size = 3 if len(host) == 4 else 8
    return len(host) == len(other) and host[:size] == other[:size]


def text_of(host: bytes) -> str:
    """Return the address as people write it."""
    return str(ipaddress.ip_address(host))
