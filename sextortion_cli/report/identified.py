"""
The section of the report that holds what may identify someone, by whose it seems to be: the other side's first.

Bounded however much a case holds: of each part the first, how many there are, and where the rest stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.gates.markdown import code
from sextortion_cli.model.identifierwords import KIND, OWNER_WHY, ROLE, SENTENCE, WHY
from sextortion_cli.report.pen import Pen, Streams
from sextortion_cli.words import N_

_CONFIDENCE = N_("confidence")
_MOST = 200
_PLACES = 3
_LONGEST = 300
_MORE = N_("and {count} more")
_PARTS = {
    "extorter": N_("Of accounts used by the side that extorts"),
    "unknown": N_("Not known whose"),
    "third-person": N_("Of others"),
    "infrastructure": N_("Of services"),
    "victim": N_("The person's own"),
}
_DETAILS = ("service", "rail", "network", "brand", "region", "port", "category", "created")


class Identified:
    """What may identify someone in one case."""

    def __init__(self, streams: Streams, pen: Pen) -> None:
        self._streams = streams
        self._pen = pen
        self.say = pen.say

    def section(self) -> Iterator[str]:
        """Yield the section; nothing where nothing was found."""
        parts: dict[str, list[dict[str, Any]]] = {name: [] for name in _PARTS}
        counts = dict.fromkeys(_PARTS, 0)
        for entry in self._streams["identifiers"]():
            name = entry["owner"]
            counts[name] += 1
            if len(parts[name]) < _MOST:
                parts[name].append(entry)
        if not any(counts.values()):
            return
        yield self._pen.title(N_("What may identify an account"))
        yield self.say(SENTENCE) + "\n"
        for name, entries in parts.items():
            if entries:
                yield self._pen.title(_PARTS[name], 3)
                yield from (self._entry(entry) for entry in entries)
                if counts[name] > len(entries):
                    left = self.say(N_("not shown here: {count} of {total}. All of them are in the JSON case file, key `identifiers`."))
                    yield f"- {left.format(count=counts[name] - len(entries), total=counts[name])}\n"

    def _entry(self, entry: Mapping[str, Any]) -> str:
        role = f", {self.say(ROLE[entry['role']])}" if entry["role"] else ""
        mark = f", {self.say(N_('masked'))}" if entry["masked"] else ""
        why = f"{self.say(OWNER_WHY[entry['owner_why']])} {self.say(WHY.get(entry['why'], entry['why']))}"
        known = "".join(f"; {key} {code(entry['detail'][key])}" for key in _DETAILS if entry["detail"].get(key))
        head = f"- {self.say(KIND[entry['kind']])}{role}{mark}: {code(_cut(entry['value']))}{known} ({self.say(_CONFIDENCE)} {entry['confidence']:.2f}, {self._pen.status(entry['status'])}). {why}\n"
        places = "".join(f"  - {self._place(item)}\n" for item in entry["occurrences"][:_PLACES])
        left = entry["occurrence_count"] - sum(item["count"] for item in entry["occurrences"][:_PLACES])
        more = f"  - {self.say(_MORE).format(count=left)}\n" if left > 0 else ""
        return head + places + more

    def _place(self, item: Mapping[str, Any]) -> str:
        parts = [item["exhibit"] or f"{self.say(N_('record'))} {item['record']}"]
        locator = item["locator"]
        if locator is not None:
            parts.append(
                f"{self.say(N_('line'))} {locator['line']}" if locator["line"] else code(_cut(locator["pointer"] or _range(locator)))
            )
        if item["time"] is not None:
            parts.append(self._pen.time(item["time"]))
        if item["sender"] is not None:
            parts.append(code(_cut(item["sender"]["name"] or item["sender"]["id"] or "?")))
        if item["raw"]:
            parts.append(code(_cut(item["raw"])))
        return ", ".join(parts)


def _range(locator: Mapping[str, Any]) -> str:
    unit = "bytes" if locator["bytes"] is not None else "rows"
    return f"{unit} {locator[unit][0]}-{locator[unit][1]}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
