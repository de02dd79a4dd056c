"""Web addresses, profile addresses and bare domains: with and without a scheme, internationalised, defanged, in Markdown and HTML."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import NamedTuple

from sextortion_cli.extract.finders.base import LONGEST, Finder, compiled
from sextortion_cli.extract.finders.contacts import hosts, pages
from sextortion_cli.extract.finders.contacts.plain import FANGED, INVISIBLE, SPOKEN, View, view
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, SURE, WEAK, Hit, Scope

_CANDIDATE = compiled(
    r'(?:https?|ftps?|sftp|wss?|rtmps?)://[^\s\pZ\p{Cc}<>"`\\|^«»“”„]+'
    r'|[\pL\pN][\pL\pN\pM-]*(?:\.[\pL\pN][\pL\pN\pM-]*)+(?::\d{1,5})?(?:[/?#][^\s\pZ\p{Cc}<>"`\\|^«»“”„]*)?'
)
_NEXT = compiled(r"[,;|](?:https?|ftp)://|&(?:quot|gt|lt|#39|#34);")
_CLOSING = {")": "(", "]": "[", "}": "{"}


class _Parts(NamedTuple):
    """An address taken apart; `scheme` and `user` may be empty, `rest` is path, query and fragment as written."""

    scheme: str
    user: str
    host: str
    port: str
    rest: str


class Url(Finder):
    """
    Finds web addresses (``url``), addresses of profiles of known services (``profile``) and bare domains (``domain``).

    The scheme and the host are given in lower case, everything else as written. An address without a scheme gets none (detail ``scheme`` is
    ``none``). What was written defanged is given as the address it stands for, with what was written in ``defanged``. A profile has one
    normal form, ``https://host/path`` without what only counts visitors: the same account is the same value, however its address was copied.
    A bare name is a domain only if something says that it is no file, no code and no two sentences without a space (`hosts.belief`).
    """

    id = "url"
    kinds = ("url", "profile", "domain")
    version = "1"
    trigger = rf"://|[\pL\pN][{INVISIBLE}]*[.．。｡][{INVISIBLE}]*\pL|[\pL\pN]\.\d+\.\pL|[.．。]xn--|{SPOKEN}|{FANGED}"
    vectors = {
        # RFC 3986, section 1.1.2 and appendix C
        "ftp://ftp.is.co.za/rfc/rfc1808.txt": (("url", "ftp://ftp.is.co.za/rfc/rfc1808.txt"),),
        "<http://www.ics.uci.edu/pub/ietf/uri/#Related>.": (("url", "http://www.ics.uci.edu/pub/ietf/uri/#Related"),),
        "http://[2001:db8::7]/c=GB?objectClass?one": (("url", "http://[2001:db8::7]/c=GB?objectClass?one"),),
        "hxxps://login[.]example[.]com/a": (("url", "https://login.example.com/a"),),
        "see www.example.com/a_(b).": (("url", "www.example.com/a_(b)"),),
        "https://www.instagram.com/example_name/?igshid=abc": (("profile", "https://instagram.com/example_name"),),
        "go to secure-login.example.net now": (("domain", "secure-login.example.net"),),
        "file.zip bilde.jpg report.py home.The hei.nå v1.2.3": (),
    }

    def prepare(self) -> None:
        """Load the list of public suffixes."""
        hosts.prepare()

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the addresses in `text`."""
        meant = view(text)
        plain = meant.text
        for match in _CANDIDATE.finditer(plain):
            start, end = match.span()
            scheme = plain.find("://", start, min(end, start + 9))
            if scheme > 0:
                yield from _with_scheme(meant, start, scheme + 3, end)
            elif plain[end : end + 1] != "@" and not _is_inside(plain, start):
                host_end = min(place for sign in ":/?#" if (place := plain.find(sign, start, end)) >= 0 or (place := end))
                hit = _bare(meant, start, host_end, end, plain[start:host_end])
                if hit is not None:
                    yield hit


def _with_scheme(meant: View, start: int, after: int, end: int) -> Iterator[Hit]:
    """Yield the address that begins at `start`, and those that follow it without a space."""
    text = meant.text
    while True:
        stop = _NEXT.search(text[after:end])
        last = after + stop.start() if stop else end
        final = _trimmed(text, after, last, start)
        parts = _parted(text[start : after - 3].lower(), text[after:final])
        if parts is not None:
            parts, final = _without_sentence(parts, final)
            confidence = _belief(parts)
            if confidence:
                yield _made(meant, parts, start, final, confidence)
        if stop is None or text[last] == "&":
            return
        start = last + 1
        after = text.index("://", start) + 3


def _without_sentence(parts: _Parts, end: int) -> tuple[_Parts, int]:
    """Return an address whose host runs into the next sentence (``https://example.com.Then``) without that."""
    if parts.rest or parts.port or "." not in parts.host:
        return parts, end
    settled = hosts.settled(parts.host)
    cut = len(parts.host) - len(settled)
    last = parts.host.rpartition(".")[2]
    if not settled or not cut or not last.istitle():
        return parts, end
    return parts._replace(host=settled), end - cut


def _belief(parts: _Parts) -> float:
    """Return how surely an address with a scheme is one; 0 if its host cannot be."""
    host = parts.host
    if host.startswith("["):
        try:
            ipaddress.IPv6Address(host[1:-1].partition("%")[0])
        except ValueError:
            return 0
        return SURE
    if host.replace(".", "").isdigit():
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            return WEAK
        return SURE
    if not hosts.is_host(host.replace("_", "-")):
        return 0
    if hosts.is_registrable(host.lower()):
        return SURE
    return POSSIBLE if "." in host or host == "localhost" or parts.port or len(parts.rest) > 1 else WEAK


def _bare(meant: View, start: int, host_end: int, end: int, written: str) -> Hit | None:
    text = meant.text
    settled = hosts.settled(written)
    if not settled or not hosts.is_host(settled) or (len(settled) < len(written) and written.startswith(("com.", "org."))):
        return None
    lowered = settled.lower()
    port_and_rest = text[host_end:end]
    if len(settled) < len(written):
        port_and_rest, host_end = "", start + len(settled)
    final = _trimmed(text, host_end, host_end + len(port_and_rest), start)
    tail = text[host_end:final]
    parts = _parted("", settled + tail)
    if parts is None:
        return None
    has_www = lowered.startswith("www.") and lowered.count(".") > 1
    if not parts.rest and not has_www:
        if parts.port and not 0 < int(parts.port) < 65536:
            final = host_end
        confidence = hosts.belief(text, start, host_end, settled)
        if parts.port and confidence >= 0.4:
            confidence = LIKELY
        return _made_domain(meant, lowered, start, final if parts.port else host_end, confidence, parts.port)
    believed = hosts.belief(text, start, host_end, settled)
    is_known = _known(parts)
    if parts.rest.startswith("#") and not has_www and not hosts.is_plain_suffix(lowered.rpartition(".")[2]):
        confidence = min(0.4, believed)  # name.live#1234 may be a name of Discord
    elif has_www or is_known:
        confidence = 0.9
    elif len(parts.rest) < 2:
        confidence = min(LIKELY, believed)
    else:
        confidence = 0.9 if believed >= LIKELY else POSSIBLE if believed >= 0.4 and "." not in parts.rest[-4:] else believed
    if lowered.startswith("www.") and not is_known and text[final : final + 1] == "(":
        confidence = WEAK
    return _made(meant, parts, start, final, confidence)


def _known(parts: _Parts) -> bool:
    path, query, fragment = _split(parts.rest)
    host = parts.host.lower()
    return pages.profile_of(host, path, query, fragment) is not None or (bool(path) and pages.category_of(host, path) is not None)


def _is_inside(text: str, start: int) -> bool:
    """Tell whether the name at `start` is the rest of something longer: of a mail address, a path, a user name, a room of Matrix."""
    before = text[start - 1 : start]
    if before in ("@", "_", ".", "\\", "$", "#", "%", "+", "&", "-") and start > 0:
        return True
    if before == "/" and text[start - 2 : start - 1] != "/":
        return text[start - 2 : start - 1].isalnum() or text[start - 2 : start - 1] in (".", "~", "_", "-")
    if before == ":":
        head = text[max(0, start - 66) : start - 1]
        cut = max(head.rfind(" "), head.rfind("\n"), head.rfind("("), head.rfind('"')) + 1
        return head[cut : cut + 1] in ("@", "#", "!") or head.endswith((":", "::"))
    return False


def _trimmed(text: str, start: int, end: int, first: int) -> int:
    """Return where an address that may reach to `end` ends: before punctuation of the sentence and brackets that were opened before it."""
    end = min(end, first + LONGEST)
    open_ones: list[str] = []
    for place in range(start, end):
        char = text[place]
        if char in "([{":
            open_ones.append(char)
        elif char in ")]}":
            if not open_ones or open_ones[-1] != _CLOSING[char]:
                end = place
                break
            open_ones.pop()
    while end > start:
        char = text[end - 1]
        if char in ".,;:!?'*~…’‘´、，" or (char == "_" and text[first - 1 : first] == "_") or char in "([{":
            end -= 1
        else:
            break
    return end


def _parted(scheme: str, text: str) -> _Parts | None:
    """Take what follows the scheme apart; None without a host."""
    cut = min((place for place in (text.find(sign) for sign in "/?#") if place >= 0), default=len(text))
    authority, rest = text[:cut], text[cut:]
    user, at, authority = authority.rpartition("@")
    if authority.startswith("["):
        host, closing, port = authority.partition("]")
        host += closing
        port = port.removeprefix(":")
    else:
        host, _, port = authority.partition(":")
    host = host.rstrip(".")
    if not host or (port and not (port.isdigit() and port.isascii())):
        return None
    return _Parts(scheme, user + at, host, port, rest)


def _split(rest: str) -> tuple[str, str, str]:
    """Return path, query and fragment without their first signs."""
    rest, _, fragment = rest.partition("#")
    path, _, query = rest.partition("?")
    return path.removeprefix("/"), query, fragment


def _made(meant: View, parts: _Parts, start: int, end: int, confidence: float) -> Hit:
    host = parts.host.lower()
    path, query, fragment = _split(parts.rest)
    first, last = meant.place(start, end)
    raw = meant.written[first:last]
    detail: dict[str, str] = {}
    if meant.is_fanged(start, end):
        detail["defanged"] = raw
    if not parts.scheme:
        detail["scheme"] = "none"
    profile = pages.profile_of(host, path, query, fragment) if parts.scheme in ("", "http", "https") else None
    checks = ("public-suffix",) if confidence >= LIKELY and not host.startswith("[") and not host[-1:].isdigit() else ()
    if profile is not None:
        detail |= {"service": profile.service, profile.what: profile.name}
        return Hit("profile", f"https://{profile.address}", raw, first, last, max(confidence, 0.9), "form", ("service-address",), detail)
    value = f"{parts.scheme}{'://' if parts.scheme else ''}{parts.user}{host}{':' if parts.port else ''}{parts.port}{parts.rest}"
    category = pages.category_of(host, path)
    if category is not None:
        detail["category"] = category
    video = pages.video_of(host, path, query)
    if video is not None:
        detail |= {"category": "video", "id": video}
    target = pages.target_of(host, path, query)
    if target is not None:
        detail["target"] = target[:LONGEST]
    if parts.port:
        detail["port"] = parts.port
    other = hosts.other_form(host)
    if other is not None:
        detail[other[0]] = other[1]
    if pages.is_payment(host, path):
        return Hit("url", value, raw, first, last, min(confidence, POSSIBLE), "written-as", checks, detail | {"category": "payment"})
    why = "form" if confidence >= LIKELY else "written-as" if confidence >= POSSIBLE else "ambiguous"
    return Hit("url", value, raw, first, last, confidence, why, checks, detail)


def _made_domain(meant: View, host: str, start: int, end: int, confidence: float, port: str) -> Hit:
    first, last = meant.place(start, end)
    raw = meant.written[first:last]
    detail = {"port": port} if port else {}
    if meant.is_fanged(start, end):
        detail["defanged"] = raw
        confidence = max(confidence, LIKELY)
    other = hosts.other_form(host)
    if other is not None:
        detail[other[0]] = other[1]
    why = "form" if confidence >= LIKELY else "written-as" if confidence >= POSSIBLE else "ambiguous"
    return Hit("domain", host, raw, first, last, confidence, why, ("public-suffix",), detail)
