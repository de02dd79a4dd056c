"""
The section of the report that holds what exports say besides messages, by whose it is: the account owner's own apart from all else.

Bounded however much an export holds: of each kind the first few, their number, and where the rest stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sextortion_cli.gates.markdown import code
from sextortion_cli.model.factwords import ADDRESSES, CANDIDATE, FACT, STRUCTURE, is_ours
from sextortion_cli.report.pen import Pen, Streams
from sextortion_cli.words import N_

_LONGEST = 200
_MOST_VALUES = 30
_MOST_GROUPS = 60
_FURTHER = N_("further values in the JSON case file")
_OWN, _PEERS, _MORE, _OTHERS, _OPEN, _BUILT = "own", "peers", "more", "others", "open", "built"
#: Heading, what must be known before reading on, and how many of one kind and exhibit are shown, for each part in its order.
_PARTS: dict[str, tuple[str, str | None, int]] = {
    _OWN: (
        N_("Addresses and devices of the account's own owner"),
        N_(
            "These are the addresses and devices of whoever owns the exported account, not of the people written with. Whose account it is, the file does not prove."
        ),
        20,
    ),
    _PEERS: (
        N_("Candidates for the other end of a call, from network captures"),
        N_(
            "An address may belong to somebody who is not involved, to a VPN or to a relay. It is not a person. The tier (A strongest, C"
            " weakest) says how much the packets show."
        ),
        30,
    ),
    _MORE: (N_("More about the account's own owner"), N_("This too is about whoever owns the exported account."), 5),
    _OTHERS: (
        N_("Other accounts the exports name"),
        N_("Most of them are friends and acquaintances who have nothing to do with the case."),
        10,
    ),
    _OPEN: (N_("Not said whose"), N_("These values say of no account whom they belong to."), 10),
    _BUILT: (N_("How the files are built"), None, 0),
}
_TIER = N_("tier")
_PLACE = {"line": N_("line"), "bytes": N_("bytes"), "rows": N_("rows")}


@dataclass
class _Group:
    """The facts of one kind of one exhibit: how many, and the first."""

    count: int = 0
    first: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _Part:
    """The groups of one part of the section, and how many facts stand in groups that were too many."""

    groups: dict[tuple[str, str], _Group] = field(default_factory=dict)
    beyond: int = 0

    def take(self, key: tuple[str, str], fact: dict[str, Any], most: int) -> None:
        group = self.groups.get(key)
        if group is None:
            if len(self.groups) >= _MOST_GROUPS:
                self.beyond += 1
                return
            group = self.groups[key] = _Group()
        group.count += 1
        if len(group.first) < most:
            group.first.append(fact)


class Exported:
    """What the exports of one case say besides messages."""

    def __init__(self, streams: Streams, pen: Pen) -> None:
        self._streams = streams
        self._pen = pen
        self.say = pen.say

    def facts(self) -> Iterator[str]:
        """Yield the section; nothing where no export says anything."""
        parts = {name: _Part() for name in _PARTS}
        for fact in self._streams["facts"]():
            name = _part_of(fact)
            parts[name].take(("" if name == _BUILT else fact["exhibit"], fact["kind"]), fact, _PARTS[name][2])
        if not any(part.groups for part in parts.values()):
            return
        yield self._pen.title(N_("What exports say besides messages"))
        yield (self.say(N_("From the same files as the messages, as the service or program wrote it. Nothing of it was checked.")) + "\n")
        for name, part in parts.items():
            if part.groups:
                heading, sentence, _ = _PARTS[name]
                yield self._pen.title(heading, 3)
                if sentence:
                    yield self.say(sentence) + "\n\n"
                yield from self._part(part)

    def _part(self, part: _Part) -> Iterator[str]:
        for (exhibit, kind), group in part.groups.items():
            word = f"{self.say(FACT[kind])} ({code(kind)})" if kind in FACT else code(kind)
            yield f"- {exhibit + ': ' if exhibit else ''}{word}: {group.count}\n"
            for fact in group.first:
                yield f"  - {self._fact(fact)}\n"
            left = group.count - len(group.first)
            if left and exhibit:
                yield f"  - {self._rest(left, group.count)} {code(f'casefile facts {exhibit} --kind {kind}')}\n"
        if part.beyond:
            yield f"- {self._rest(part.beyond, part.beyond + sum(group.count for group in part.groups.values()))} `casefile facts`\n"

    def _rest(self, left: int, total: int) -> str:
        text = N_("not shown here: {count} of {total}. All of them are in the JSON case file, key `facts`, and in")
        return self.say(text).format(count=left, total=total)

    def _fact(self, fact: Mapping[str, Any]) -> str:
        values, shown = dict(fact["values"]), []
        if fact["kind"] == CANDIDATE:
            shown.append(f"{self.say(_TIER)} {code(values.pop('tier', '?'))}")
        for key, value in list(values.items())[:_MOST_VALUES]:
            said = self.say(value) if value and is_ours(fact["importer"], key) else value
            shown.append(f"{code(_cut(key))}: {code(_cut(said))}")
        if len(values) > _MOST_VALUES:
            shown.append(f"{self.say(_FURTHER)}: {len(values) - _MOST_VALUES}")
        mark = f", {self.say(N_('masked'))}" if fact["masked"] else ""
        return f"[{self._where(fact['locator'])}, {self._pen.status(fact['status'])}{mark}] {'; '.join(shown)}".rstrip()

    def _where(self, locator: Mapping[str, Any]) -> str:
        if locator["pointer"] is not None:
            return code(_cut(locator["pointer"]))
        if locator["line"] is not None:
            return f"{self.say(_PLACE['line'])} {locator['line']}"
        unit = "bytes" if locator["bytes"] is not None else "rows"
        return f"{self.say(_PLACE[unit])} {locator[unit][0]}-{locator[unit][1]}"


def _part_of(fact: Mapping[str, Any]) -> str:
    """Return which part of the section a fact belongs to: whose it is decides, before what it is."""
    kind = fact["kind"]
    if fact["of"] == "account-owner":
        return _OWN if kind in ADDRESSES else _BUILT if kind in STRUCTURE else _MORE
    if fact["of"] == "contact":
        return _OTHERS
    return _PEERS if kind == CANDIDATE and fact["importer"] == "pcap" else _BUILT if kind in STRUCTURE else _OPEN


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
