"""
One ``Received`` field: who wrote that it got the mail from whom, when (RFC 5321, section 4.4), in the forms servers really write.

Everything here is what the line says. Whether to believe it is a question of who wrote it: see `standing.py`.
"""

from __future__ import annotations

import re

import msgspec

from sextortion_cli.importers.mail import dates, networks
from sextortion_cli.importers.mail.headers import Field
from sextortion_cli.model.reading import Time

LONGEST = 4096
_PIECES = re.compile(r"[()]|[^\s()]+")
_WORDS = frozenset(("from", "by", "via", "with", "id", "for"))
_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}\.){1,10}[A-Za-z0-9-]{1,63}\.?")
_HELO = re.compile(r"(?:HELO|EHLO|helo)[ =]{1,3}([^\s)]{1,255})", re.IGNORECASE)
_BRACKETED = re.compile(r"\[([^\[\]]{2,60})\]")
_PORT = re.compile(r"\]:(\d{1,5})(?!\d)|\bport[ =:]{1,3}(\d{1,5})(?!\d)", re.IGNORECASE)


class Hop(msgspec.Struct, frozen=True):
    """
    A step of the way.

    Attributes:
        field: Where the line stands.
        raw: The whole value, unfolded.
        said_name: What the sending side called itself (HELO): a claim.
        seen_name: The name the receiving server found for the address itself, when it wrote one.
        seen_ip: The address the receiving server saw, when it wrote one.
        more_ips: Further addresses in the ``from`` part.
        port: The sending side's port, when it stands there.
        by: The host that wrote the line, or what stands in its place.
        by_ips: Its own addresses, where it wrote them.
        protocol, identity, recipient: ``with``, ``id`` and ``for``.
        time: When it says it got the mail; None without a date.
        parsed: ``whole``, ``part`` or ``nothing``.
    """

    field: Field
    raw: str
    said_name: str = ""
    seen_name: str = ""
    seen_ip: networks.Address | None = None
    more_ips: tuple[networks.Address, ...] = ()
    port: str = ""
    by: str = ""
    by_ips: tuple[networks.Address, ...] = ()
    protocol: str = ""
    identity: str = ""
    recipient: str = ""
    time: Time | None = None

    @property
    def parsed(self) -> str:
        """Say how much of the line was understood."""
        known = [bool(self.said_name or self.seen_ip), bool(self.by), self.time is not None and self.time.local is not None]
        return "whole" if all(known) else "part" if any(known) else "nothing"


def hop_of(field: Field) -> Hop:
    """Return a ``Received`` field read."""
    raw = field.line[:LONGEST].decode("utf-8", "replace")
    way, semicolon, date = raw.rpartition(";")
    time = dates.time_of(date.encode()) if semicolon else None
    if time is not None and time.local is None and way.count("(") != way.count(")"):
        way, time = raw, None
    clauses = _clauses(way if semicolon else raw)
    words, remark = clauses.get("from", ("", ""))
    seen_name, seen_ip, more = _seen(words, remark)
    said = _HELO.search(remark)
    port = _PORT.search(f"{words} {remark}")
    return Hop(
        field,
        raw,
        said[1] if said is not None else words.split(" ")[0],
        seen_name,
        seen_ip,
        more,
        "" if port is None else port[1] or port[2],
        clauses.get("by", ("", ""))[0].split(" ")[0],
        tuple(networks.addresses(clauses.get("by", ("", ""))[1])[:5]),
        clauses.get("with", ("", ""))[0],
        clauses.get("id", ("", ""))[0].split(" ")[0],
        clauses.get("for", ("", ""))[0].strip("<> "),
        time,
    )


def _clauses(way: str) -> dict[str, tuple[str, str]]:
    """Return per clause word its (words, remarks in brackets); the first of each counts."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    current: tuple[list[str], list[str]] | None = None
    depth = 0
    for match in _PIECES.finditer(way):
        piece = match[0]
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif depth == 0 and piece.lower() in _WORDS:
            current = found.setdefault(piece.lower(), ([], [])) if piece.lower() not in found else ([], [])
        elif current is not None:
            current[1 if depth else 0].append(piece)
    return {word: (" ".join(words), " ".join(remarks)) for word, (words, remarks) in found.items()}


def _seen(words: str, remark: str) -> tuple[str, networks.Address | None, tuple[networks.Address, ...]]:
    """Return what the receiving server saw: name, address, further addresses. What stands outside brackets is what the sender said."""
    seen = _HELO.sub(" ", remark)
    first = words.split(" ", maxsplit=1)[0]
    bracketed = [found for text in _BRACKETED.findall(seen) if (found := networks.address(text)) is not None]
    ips = [*bracketed, *networks.addresses(seen)]
    in_words = networks.addresses(words)
    if not ips and first.startswith("["):  # Exim: "from [192.0.2.1] (helo=x)"
        ips, in_words = in_words, []
    name = next((text for text in seen.split(" ") if _is_name(text)), "")
    if not name and seen != remark and _is_name(first):
        name = first  # qmail and Exim: the name found stands first, the name said in brackets
    further = tuple(dict.fromkeys(found for found in (*ips, *in_words) if found != ips[0])) if ips else tuple(in_words)
    return name.rstrip("."), ips[0] if ips else None, further


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and networks.address(text) is None
