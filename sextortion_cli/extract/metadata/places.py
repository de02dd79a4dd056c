"""
Where something was published: addresses of video sites, networks and file hosts, with the platform's own id where the address has one.

`places.json` holds the platforms (of networks where people have profiles only what is published there, an account is no place): their hosts, and per kind of thing one form of address. In a form ``*`` is any id, ``#`` one of digits
only, ``-`` a part that says nothing, ``?v`` a value of the query, ``#!`` what stands behind the number sign; the first form that fits counts.
An address is only what the page says: nobody has looked whether something is there.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sextortion_cli.extract.metadata.address import Address, shown, split
from sextortion_cli.model.filefact import FileFact, fact
from sextortion_cli.words import N_

_NOTE = N_("what the page says: nobody has looked whether something is there")
_LONGEST_TEXT = 65536
_MOST = 100
_END_OF_ADDRESS = frozenset(" \t\r\n\"'<>|\\^`{}\u00a0\u200b\u2026")
_ID_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.~%!$&,;=:@+/")
# First parts of a path that are a site's own.
_SITE_WORDS = frozenset(
    {
        "about",
        "help",
        "login",
        "logout",
        "privacy",
        "search",
        "settings",
        "signup",
        "terms",
        "upload",
        "home",
        "feed",
        "legal",
        "api",
        "watch",
    }
)


class Place(NamedTuple):
    """A platform, what kind of thing the address names there (``video``, ``name`` ...) and its id; both empty where the address has none."""

    platform: str
    kind: str
    identity: str

    def __str__(self) -> str:
        """Return ``YouTube: video AbC123``."""
        return f"{self.platform}: {self.kind} {self.identity}" if self.identity else self.platform


@functools.cache
def _table() -> tuple[str, dict[str, dict[str, Any]]]:
    """Return the date of the table, and its rows by host."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "places.json").read_text(encoding="utf-8"))
    return found["date"], {host: item for item in found["places"] for host in item["hosts"]}


def load() -> None:
    """Read the table, for a process that soon may open no file."""
    _table()


def place_of(url: str) -> Place | None:
    """Return what place an address names, or None when its host is none of those that are known."""
    address = split(url)
    if address is None:
        return None
    _, hosts = _table()
    host = address.host
    while host and host not in hosts:
        _, _, host = host.partition(".")
    if not host:
        return None
    row = hosts[host]
    for kind, form in row["ids"]:
        identity = _identity(form, address)
        if identity and identity.lower() not in _SITE_WORDS:
            return Place(row["platform"], kind, identity)
    return None if row.get("network") else Place(row["platform"], "", "")


def _identity(form: str, address: Address) -> str:
    """Return the id that `form` finds in an address, or nothing."""
    path, question, parameter = form.partition("?")
    if question:
        if path and address.segments != [path]:
            return ""
        return _clean(address.parameter(parameter) or "" if parameter else address.query.partition("&")[0])
    if "#" in form and form.partition("#")[2][:1] in ("!", "F", "*"):
        return _behind_number_sign(form, address.fragment, address.segments)
    wanted, given = form.split("/"), address.segments
    if len(given) < len(wanted):
        return ""
    found = ""
    for pattern, part in zip(wanted, given, strict=False):
        sign = pattern[-1:]
        if pattern == "-":
            continue
        if sign in ("*", "#"):
            front = pattern[:-1]
            rest = part[len(front) :]
            if not part.startswith(front) or (sign == "#" and not rest.isdecimal()) or not rest:
                return ""
            found = f"{found}/{rest}" if found else rest
        elif pattern != part:
            return ""
    return _clean(found)


def _behind_number_sign(form: str, fragment: str, segments: list[str]) -> str:
    path, _, rest = form.partition("#")
    if [part for part in path.split("/") if part] != segments:
        return ""
    front = rest.removesuffix("*")
    return _clean(fragment[len(front) :].partition("!")[0]) if fragment.startswith(front) else ""


def _clean(identity: str) -> str:
    """Return an id of at most 200 characters, or nothing when it holds what no id holds."""
    return identity if identity and len(identity) <= 200 and _ID_SIGNS.issuperset(identity) else ""


def addresses(text: str) -> Iterator[str]:
    """Yield the web addresses in a text, as they are written, without what closes a sentence."""
    text = text[:_LONGEST_TEXT]
    place = text.find("://")
    while place >= 0:
        start = place
        while start > 0 and place - start < 8 and text[start - 1].isascii() and text[start - 1].isalpha():
            start -= 1
        end = place + 3
        while end < len(text) and text[end] not in _END_OF_ADDRESS:
            end += 1
        found = text[start:end].rstrip(".,;:!?)]*_")
        if found.lower().startswith(("http://", "https://")):
            yield found
        place = text.find("://", end)


def shown_text(text: str) -> str:
    """Return a text with what opens a door withheld from the addresses in it."""
    for url in set(addresses(text)):
        hidden = shown(url)
        if hidden != url:
            text = text.replace(url, hidden)
    return text


def place_facts(facts: Iterable[FileFact]) -> Iterator[FileFact]:
    """Yield one fact for every place that the values of `facts` name, with the address and where it stands."""
    date, _ = _table()
    reader = f"publication-places {date}"
    seen: set[Place] = set()
    for item in facts:
        for url in addresses(item.value):
            place = place_of(url)
            if place is None or place in seen:
                continue
            seen.add(place)
            if len(seen) > _MOST:
                return
            yield fact("publication-place", str(place), reader, f"{shown(url)[:500]} ({item.name}); {_NOTE}")
