"""The sections of the report on what messages seem to demand or threaten, on pressure, and on the kind of case: confirmed apart from suggested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.gates.markdown import code
from sextortion_cli.model.spanwords import length
from sextortion_cli.model.suggestionwords import CASE_KIND, MATERIAL, RECIPIENT, SIGN, SUGGESTION, WANTS
from sextortion_cli.report.pen import Pen, Streams
from sextortion_cli.report.wording import CLOCK
from sextortion_cli.words import N_

_MOST = 300
_LONGEST = 300
_UNTIL, _TO, _LEFT, _BY, _SEE, _LINE = N_("deadline"), N_("to"), N_("left when it was written"), N_("by"), N_("confirmed as"), N_("line")
_BYTES, _ROWS, _MESSAGES = N_("bytes"), N_("rows"), N_("messages")
_SUGGESTED = N_(
    "A program marked these sentences because of their words. Nobody has confirmed them, and they may mean something else. The message itself stands in the list of messages."
)
_COUNTED = N_("Counted from the messages of accounts stated to be used by the extorter. Nothing here is a judgement.")
_NO_PROOF = N_("A sign is no proof. The police decide what it is.")


class Ledgered:
    """What was suggested and counted in one case."""

    def __init__(self, head: Mapping[str, Any], streams: Streams, pen: Pen) -> None:
        self._head = head
        self._streams = streams
        self._pen = pen
        self.say = pen.say

    def suggestions(self) -> Iterator[str]:
        """Yield what a person confirmed, then what only the program suggests; bounded, since the JSON case file has all of them."""
        confirmed: list[dict[str, Any]] = []
        others: list[dict[str, Any]] = []
        counts = [0, 0]
        for entry in self._streams["suggestions"]():
            of = confirmed if entry["confirmed"] else others
            counts[of is others] += 1
            if len(of) < _MOST:
                of.append(entry)
        if not any(counts):
            return
        yield self._pen.title(N_("What messages seem to demand and threaten"))
        parts = (
            (confirmed, counts[0], N_("Confirmed by a person"), None),
            (others, counts[1], N_("Suggestions, not confirmed"), _SUGGESTED),
        )
        for entries, count, heading, sentence in parts:
            if not entries:
                continue
            yield self._pen.title(heading, 3)
            if sentence:
                yield self.say(sentence) + "\n\n"
            yield from map(self._suggestion, entries)
            if count > len(entries):
                text = N_("not shown here: {count} of {total}. All of them are in the JSON case file, key `suggestions`.")
                yield f"- {self.say(text).format(count=count - len(entries), total=count)}\n"
        yield "\n" + self.say(N_("Amounts are as stated. Different currencies are not added up.")) + "\n"

    def _suggestion(self, entry: Mapping[str, Any]) -> str:
        sender = entry["sender"]
        who = code(sender["name"] or sender["id"] or "?") if sender else "?"
        known = [self.say(SUGGESTION[entry["kind"]])]
        if entry["amount"] or entry["amount_as_written"]:
            known.append(" ".join(code(entry[key]) for key in ("amount", "currency") if entry[key]) or code(entry["amount_as_written"]))
        if (wants := entry["wants"]) in ("material", "act"):
            known.append(self.say(WANTS[wants]))
        if entry["method"]:
            known.append(f"{self.say(_BY)} {code(entry['method'])}")
        if entry["deadline"]:
            known.append(f"{self.say(_UNTIL)} {code(_cut(entry['deadline']['as_written']))}")
        if entry["recipients"]:
            known.append(f"{self.say(_TO)} {self._words(entry['recipients'], RECIPIENT)}")
        if entry["material"]:
            known.append(self._words(entry["material"], MATERIAL))
        seen = f"; {self.say(_SEE)} {entry['confirmed']}" if entry["confirmed"] else ""
        place = f"{entry['exhibit']}, {self._where(entry['locator'])}, {self._pen.status(entry['status'])}"
        return f"- {self._pen.time(entry['time'])} {who}: {', '.join(known)} [{entry['suggestion']}, {place}{seen}]\n  - {code(_cut(entry['quoted']))}\n"

    def _words(self, codes: list[str], known: Mapping[str, str]) -> str:
        return ", ".join(self.say(known[item]) if item in known else code(item) for item in codes)

    def _where(self, locator: Mapping[str, Any]) -> str:
        if locator["line"] is not None:
            return f"{self.say(_LINE)} {locator['line']}"
        if locator["pointer"] is not None:
            return code(locator["pointer"])
        unit, stretch = (_BYTES, locator["bytes"]) if locator["bytes"] else (_ROWS, locator["rows"])
        return f"{self.say(unit)} {stretch[0]}-{stretch[1]}"

    def pressure(self) -> Iterator[str]:
        """Yield what was counted; nothing where no account is stated to be the extorter's."""
        found, pen = self._head["pressure"], self._pen
        if not found["messages"]:
            return
        yield pen.title(N_("Pressure, counted"))
        yield self.say(_COUNTED) + "\n\n"
        yield pen.line(N_("Messages"), str(found["messages"]))
        for span in found["spans"]:
            clock = self.say(CLOCK[span["clock"]])
            peak, silence = span["peak_hour"], span["longest_silence"]
            yield pen.line(N_("Most in one hour"), f"{peak['count']}, {peak['from']} ({clock})")
            yield pen.line(N_("Longest silence"), f"{length(silence['seconds'], self.say)}, {silence['from']} – {silence['to']} ({clock})")
        yield pen.line(N_("Calls"), str(found["calls"]["count"]))
        yield pen.line(N_("Deadlines in messages"), str(found["deadlines"]["count"]))
        for item in found["deadlines"]["listed"]:
            left = f"; {self.say(_LEFT)}: {length(item['left_seconds'], self.say)}" if item["left_seconds"] is not None else ""
            yield f"  - {item['exhibit']} {pen.time(item['time'])}: {code(_cut(item['as_written']))}{left}\n"
        yield pen.line(N_("New contact after a block or break"), str(found["recontacts"]["count"]))
        for item in found["recontacts"]["listed"]:
            sender = code(item["sender"]["name"] or item["sender"]["id"] or "?")
            yield f"  - {item['exhibit']} {pen.time(item['time'])}: {sender}, {item['messages']} {self.say(_MESSAGES)} [{item['after_event']}]\n"

    def signs(self) -> Iterator[str]:
        """Yield the signs of a kind of case, with their places."""
        if not self._head["signs"]:
            return
        yield self._pen.title(N_("Signs of what kind of case it is"))
        yield self.say(_NO_PROOF) + "\n\n"
        for sentence in self._head["bluff"]["sentences"]:
            yield f"- {self.say(sentence)}\n"
        for entry in self._head["signs"]:
            places = ", ".join(dict.fromkeys(" ".join(filter(None, (place["exhibit"], place["event"]))) for place in entry["places"]))
            yield f"- {self._pen.word(CASE_KIND, entry['kind'])}: {self._pen.word(SIGN, entry['sign'])} ({entry['count']}) [{places}]\n"
        if self._head["bluff"]["signs"] and not self._head["bluff"]["holds"]:
            yield f"- {self.say(N_('This may be a bluff, but that cannot be said here:'))} {'; '.join(map(self.say, self._head['bluff']['against']))}\n"


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"
