"""IP addresses of both versions, with port, zone and prefix, also defanged; not version numbers, section numbers, times and MAC addresses."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from sextortion_cli.extract.finders.base import Finder, compiled, is_apart, near
from sextortion_cli.extract.finders.contacts.plain import FANGED, INVISIBLE, View, view
from sextortion_cli.model.identifier import LIKELY, SURE, WEAK, Hit, Scope

_FOUR = compiled(r"[0-9]{1,3}(?:\.[0-9]+)+")
_SIX = compiled(r"[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(?:%[0-9A-Za-z._~-]{1,15})?")
_IP_WORDS = compiled(
    r"\bip(?:v[46])?\b|\bip[ -]?(?:adress?\w*|addr\w*|number|nummer)|\b(?:address|adress?en?|direcci[oó]n|host|server|serveur|servidor|log(?:ged)?[ -]?(?:in|on)|innlogg\w*|inlogg\w*|"
    r"ping|proxy|vpn|dns|gateway|router|subnet|localhost|traceroute|nmap|ssh|connect\w*|whois)\b"
)
_VERSION = compiled(
    r"(?:\b(?:v|ver|version(?:en)?|versjon(?:en)?|versi[oó]n|build|release|rev|firmware|update|upgrade[ds]?|patch|driver|sdk|api|oid|uuid|android|ios|ipados|macos|windows|win|chrome|chromium|firefox|"
    r"safari|edge|opera|webkit|applewebkit|gecko|whatsapp|telegram|signal|instagram|facebook|messenger|snapchat|tiktok|kernel|linux|python|node|java|openssl|nginx|apache|app|"
    r"section|sec|chapter|kapittel|kap|kapitel|avsnitt|punkt|pkt|abschnitt|ziffer|article|artikel|art|clause|figure|fig|table|tabell|step|§)|§|[A-Za-z]/)[.:]?[ ]{0,2}(?:(?:to|from|til|fra|is|er|nr|no|number|nummer)[.:]?[ ])?\z"
)
_TAIL = compiled(r"(?:/(\d{1,3})\b)?(?::(\d{1,5})\b)?")


class Ip(Finder):
    """
    Finds IP addresses. The value is the address alone, IPv6 in the form of RFC 5952; ``port``, ``zone`` and ``prefix`` are details.

    Addresses no one on the internet can have (private, loopback, for documentation) are found as well and say so in ``scope``: they stand in
    router logs and on screenshots.
    """

    id = "ip"
    kinds = ("ipv4", "ipv6")
    version = "1"
    trigger = rf"\pN[{INVISIBLE}]*[.．。｡][{INVISIBLE}]*\pN+[.．。｡{INVISIBLE}]|[0-9a-f:][:：][0-9a-f:]*[:：]|[:：]{{2}}|{FANGED}"
    vectors = {
        # RFC 5737, RFC 3849, RFC 5952 section 4, RFC 4291 section 2.2
        "192.0.2.1 and 198.51.100.7:8080, [203.0.113.9]": (("ipv4", "192.0.2.1"), ("ipv4", "198.51.100.7"), ("ipv4", "203.0.113.9")),
        "2001:0db8:0:0:1:0:0:1 [2001:DB8::1]:443": (("ipv6", "2001:db8::1:0:0:1"), ("ipv6", "2001:db8::1")),
        "::ffff:192.0.2.128 fe80::1%eth0": (("ipv6", "::ffff:192.0.2.128"), ("ipv6", "fe80::1")),
        "version 10.0.19.1, 00:1A:2B:3C:4D:5E, 12:30:45, std::vector, 1.2.3, 256.1.1.1": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the IP addresses in `text`."""
        meant = view(text)
        plain = meant.text
        taken: list[tuple[int, int]] = []
        if plain.count(":") > 1:
            for match in _SIX.finditer(plain):
                hit = _six(meant, match.start(), match.end(), scope)
                if hit is not None:
                    taken.append(match.span())
                    yield hit
        if plain.count(".") > 2:
            for match in _FOUR.finditer(plain):
                if not any(start <= match.start() < end for start, end in taken):
                    hit = _four(meant, match.start(), match.end(), scope)
                    if hit is not None:
                        yield hit


def _four(meant: View, start: int, end: int, scope: Scope) -> Hit | None:
    text = meant.text
    written = text[start:end]
    if written.count(".") != 3:
        return None
    parts = written.split(".")
    if any(len(part) > 3 or int(part) > 255 or (len(part) > 1 and part[0] == "0") for part in parts):
        return None
    before, after = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or (before and before in "._,$€£") or after[:1].isalnum() or after[:1] == "_":
        return None
    if before == "-" and not text[start - 2 : start - 1].isdigit():
        return None
    if after[:1] == "." and after[1:].isalnum() and not after[1:].isupper():
        return None
    if after[:1] == "-" and after[1:].isalnum() and not _FOUR.match(text[end + 1 : end + 17]):
        return None
    speaks = near(text, start, end, _IP_WORDS, scope, before=60)
    confidence, why = (SURE, "form-and-words") if speaks else (LIKELY, "form")
    if _VERSION.search(text[max(0, start - 40) : start]):
        confidence, why = WEAK, "ambiguous"
    elif (
        not speaks
        and (_is_numbering(parts) or (parts[0] != "10" and all(len(part) == 2 for part in parts)))
        and after[:1] != ":"
        and not meant.is_fanged(start, end)
    ):
        confidence, why = 0.4, "ambiguous"
    return _made(meant, "ipv4", ipaddress.IPv4Address(written), written, start, end, confidence, why, "")


def _is_numbering(parts: list[str]) -> bool:
    """Tell whether four numbers look like those of a section or a version rather than a host: all small, and not one number four times."""
    return all(int(part) < 20 for part in parts) and len(set(parts)) > 1 and parts[:3] not in (["10", "0", "0"], ["1", "0", "0"])


def _six(meant: View, start: int, end: int, scope: Scope) -> Hit | None:
    text = meant.text
    while end > start and (text[end - 1] == "." or (text[end - 1] == ":" and text[end - 2 : end] != "::")):
        end -= 1
    written, _, zone = text[start:end].partition("%")
    if text[start : start + 1] == ":" and not written.startswith("::"):
        start += 1
        written = written[1:]
    joined = "_:." if text[end : end + 1] in ("/", ".", "-") or text[start - 1 : start] == "/" else "_:.-/"
    if not 3 <= len(written) <= 45 or not (
        is_apart(text, start, end, joined) or (text[end : end + 1] == "." and is_apart(text, start, end, "_:"))
    ):
        return None
    try:
        address = ipaddress.IPv6Address(written)
    except ValueError:
        return None
    groups = [group for group in written.split(":") if group]
    speaks = near(text, start, end, _IP_WORDS, scope, before=60)
    is_bracketed = text[start - 1 : start] == "[" and text[end : end + 1] == "]"
    has_prefix = (
        (int(address) >> 112) & 0xE000 == 0x2000
        or (int(address) >> 112) in (0x64, 0xFE80, 0xFF02, 0xFF05)
        or (int(address) >> 120) in (0xFC, 0xFD)
    )
    mapped = address.ipv4_mapped
    full = written.count(":") == 7 and "::" not in written
    if full and all(len(group) == 2 for group in groups) and not speaks:
        return None  # eight bytes of hardware, as MAC addresses are written
    has_digit = any(char.isdigit() for char in written)
    if (
        mapped is not None
        or zone
        or (full and any(len(group) > 2 for group in groups))
        or (has_prefix and has_digit and (len(groups) > 1 or len(groups[0]) == 4))
    ):
        confidence, why = SURE, "form"
    elif address.is_loopback or (speaks and has_digit) or (is_bracketed and has_digit and len(groups) > 1):
        confidence, why = LIKELY, "form-and-words"
    elif has_digit and len(groups) > 2 and any(len(group) > 2 for group in groups):
        confidence, why = LIKELY, "form"
    else:
        confidence, why = WEAK, "ambiguous"
    if text[end : end + 1] == "(":
        confidence, why = WEAK, "ambiguous"
    return _made(meant, "ipv6", address, written, start, end, confidence, why, zone)


def _made(
    meant: View,
    kind: str,
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
    written: str,
    start: int,
    end: int,
    confidence: float,
    why: str,
    zone: str,
) -> Hit:
    text = meant.text
    detail: dict[str, str] = {}
    if text[start - 1 : start] == "[" and text[end : end + 1] == "]":
        tail = _TAIL.match(text[end + 1 : end + 12])
        if kind == "ipv6" and tail.group(2):
            start, end = start - 1, end + 1
    else:
        tail = _TAIL.match(text[end : end + 11])
    shift = tail.end()
    if tail.group(1) and int(tail.group(1)) <= address.max_prefixlen and not tail.group(2):
        detail["prefix"] = tail.group(1)
        end += shift
    elif (
        tail.group(2)
        and not tail.group(1)
        and 0 < int(tail.group(2)) < 65536
        and text[end + shift : end + shift + 1] != ":"
        and text[end : end + 1] == ":"
    ):
        detail["port"] = tail.group(2)
        end += shift
    if zone:
        detail["zone"] = zone
    scope = _scope(address)
    if scope:
        detail["scope"] = scope
    value = str(address)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        value = f"::ffff:{address.ipv4_mapped}"
        detail["ipv4"] = str(address.ipv4_mapped)
    first, last = meant.place(start, end)
    raw = meant.written[first:last]
    if meant.is_fanged(start, end):
        detail["defanged"] = raw
    return Hit(kind, value, raw, first, last, confidence, why, ("near-word",) if why == "form-and-words" else (), detail)


_DOCUMENTATION = tuple(
    ipaddress.ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20")
)
_SHARED = ipaddress.ip_network("100.64.0.0/10")


def _scope(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """Return why nobody on the internet has this address (``documentation``, ``private`` ...), ``""`` if somebody may."""
    if any(address in net for net in _DOCUMENTATION if net.version == address.version):
        return "documentation"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return _scope(address.ipv4_mapped)
    if address.is_loopback:
        return "loopback"
    if address.is_unspecified:
        return "unspecified"
    if address.is_link_local:
        return "link-local"
    if address.is_multicast:
        return "multicast"
    if address.version == 4 and address in _SHARED:
        return "shared"
    if address.is_private:
        return "private"
    return "reserved" if address.is_reserved else ""
