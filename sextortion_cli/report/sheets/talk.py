"""Conversations as numbered lines, and what a program marked in them: demands, pressure, signs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.model.sendless import sendless
from sextortion_cli.model.spanwords import length
from sextortion_cli.model.suggestionwords import CASE_KIND, MATERIAL, RECIPIENT, SIGN, SUGGESTION, WANTS
from sextortion_cli.report.blocks import Block, Facts, Items, Para, Sub, Table
from sextortion_cli.report.sheets.base import NONE, Sheet, cut
from sextortion_cli.report.sheets.stated import apart
from sextortion_cli.report.span import Span, Spans, basis_of, joined, quote, stamp, time_spans, word
from sextortion_cli.report.wording import BASIS, CLOCK, KIND, SIDE
from sextortion_cli.words import N_

_MOST = 300
_TEXT = 20_000


class Talk(Sheet):
    """What was written, in one case."""

    def conversations(self) -> Iterator[Block]:
        """Yield every message, numbered through the whole case, in the order of each file."""
        text = N_(
            "Quoted from what was imported, in the order of each file. A text export does not prove who wrote a line. Web addresses are written hxxp and [.], so that nothing opens them; the JSON case file has them as they are."
        )
        yield Para(self.said(text))
        self._number = 0
        zones = {item["exhibit"]: (item["reading"] or {}).get("options") or {} for item in self.streams["exhibits"]() if item["importer"]}
        for (exhibit, name, _identity), group in itertools.groupby(self.streams["messages"](), _place):
            first = next(group)
            messages = itertools.chain((first,), group)  # noqa: B031  (what is left of the group, once)
            title = (Span(exhibit), *((Span(": "), cut(name)) if name else ()))
            yield Sub(title, anchor=None)
            basis = basis_of(self.say, first["time"]) if first["time"] else self.say(N_("time not stated"))
            zone = zones.get(exhibit, {}).get("timezone")
            about = [
                (self.status(first["status"]),),
                (
                    Span(f"{self.say(_ZONE)}: "),
                    *((cut(zone), Span(", ")) if zone and basis != self.say(BASIS["explicit"]) else ()),
                    Span(basis),
                ),
            ]
            yield Para((*joined(about, "; "), Span(". " + self.say(_UNLESS))))
            yield Table(self.heads(*_HEADS), self._lines(messages, basis), ("n", "u", "", "", "t", ""), "talk")
        if not self._number:
            yield Para(self.said(NONE))

    def _lines(self, messages: Iterator[dict[str, Any]], basis: str) -> Iterator[list[Spans]]:
        for message in messages:
            self._number += 1
            yield self._line(message, basis)

    def _line(self, message: Mapping[str, Any], basis: str) -> list[Spans]:
        say, time = self.say, message["time"]
        utc: Spans = ()
        if time is None:
            written = self.said(N_("time not stated"))
        else:
            own = basis_of(say, time)
            utc = (stamp(say, time["utc"]),) if time["utc"] else utc
            written = (quote(time["as_written"]),) if own == basis and not time["candidates"] else apart(say, time)[1]
        sender = message["sender"]
        who: Spans = (Span(say(sendless(message["kind"]))),) if sender is None else (cut(sender["name"] or sender["id"] or "?"),)
        if sender is not None and sender["side"]:
            who += (Span(f"\n{say(SIDE[sender['side']])}"),)
        return [(Span(str(self._number)),), utc, written, who, self._said(message), self._standing(message)]

    def _said(self, message: Mapping[str, Any]) -> Spans:
        marks: list[Spans] = [(word(self.say, KIND, message["kind"]),)] if message["kind"] != "text" else []
        marks += [(Span(self.say(text)),) for key, text in _MARKS if message[key]]
        for item in message["attachments"]:
            marks.append((cut(item["name"] or item["note"] or "?"), Span(f" = {item['exhibit']}" if item["exhibit"] else "")))
        for item in message["reactions"]:
            count = f" x {item['count']}" if item.get("count", 1) != 1 else ""
            marks.append((cut(item["value"]), Span(f"{count} "), *((cut(item["actor"]),) if item.get("actor") else ())))
        marks += [(cut(key), Span(": "), cut(value, 300)) for key, value in message["detail"].items() if key != "id"]
        text = (cut(message["text"], _TEXT),) if message["text"] else ()
        return (*text, Span("\n" if text else ""), *joined(marks)) if marks else text

    def _standing(self, message: Mapping[str, Any]) -> Spans:
        return (*self.where(message["locator"]), Span(", "), self.status(message["status"]))

    def marked(self) -> Iterator[Block]:
        """Yield what messages seem to demand and threaten, what was counted, and the signs of a kind of case."""
        found: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        counts = {True: 0, False: 0}
        for entry in self.streams["suggestions"]():
            confirmed = bool(entry["confirmed"])
            counts[confirmed] += 1
            if len(found[confirmed]) < _MOST:
                found[confirmed].append(entry)
        if not any(counts.values()):
            yield Para(self.said(NONE))
        for confirmed, heading in ((True, N_("Confirmed by a person")), (False, N_("Suggestions, not confirmed"))):
            if not counts[confirmed]:
                continue
            yield Sub(self.said(heading))
            if not confirmed:
                yield Para(self.said(_SUGGESTED))
            yield Table(self.heads(*_SUGGESTION_HEADS), map(self._suggestion, found[confirmed]), ("u", "", "w", "", "t", ""), "marked")
            if counts[confirmed] > len(found[confirmed]):
                yield Para(
                    (
                        Span(
                            self.say(_REST).format(
                                count=counts[confirmed] - len(found[confirmed]), total=counts[confirmed], key="suggestions"
                            )
                        ),
                    )
                )
        yield from self._pressure()
        yield from self._signs()

    def _suggestion(self, entry: Mapping[str, Any]) -> list[Spans]:
        say, sender = self.say, entry["sender"]
        known: list[Spans] = [(Span(say(SUGGESTION[entry["kind"]])),)]
        amount = joined(((cut(entry[key]),) for key in ("amount", "currency") if entry[key]), " ")
        if amount or entry["amount_as_written"]:
            known.append(amount or (cut(entry["amount_as_written"]),))
        if entry["wants"] in ("material", "act"):
            known.append((Span(say(WANTS[entry["wants"]])),))
        if entry["method"]:
            known.append((Span(say(N_("by")) + " "), cut(entry["method"])))
        if entry["deadline"]:
            known.append((Span(say(N_("deadline")) + " "), cut(entry["deadline"]["as_written"], 200)))
        for key, words in (("recipients", RECIPIENT), ("material", MATERIAL)):
            known += [(word(say, words, item),) for item in entry[key]]
        who = (cut(sender["name"] or sender["id"] or "?"),) if sender else ()
        seen = (Span(f", {say(_CONFIRMED)} {entry['confirmed']}"),) if entry["confirmed"] else ()
        place = (Span(f"{entry['exhibit']}, "), *self.where(entry["locator"]), Span(", "), self.status(entry["status"]), *seen)
        return [(Span(entry["suggestion"]),), time_spans(say, entry["time"]), who, joined(known), (cut(entry["quoted"], 300),), place]

    def _pressure(self) -> Iterator[Block]:
        found, say = self.head["pressure"], self.say
        if not found["messages"]:
            return
        yield Sub(self.said(N_("Pressure, counted")))
        yield Para(self.said(N_("Counted from the messages of accounts stated to be used by the extorter. Nothing here is a judgement.")))
        rows: list[tuple[str, Spans]] = [(say(N_("Messages")), (Span(str(found["messages"])),))]
        for span in found["spans"]:
            clock, peak, silence = say(CLOCK[span["clock"]]), span["peak_hour"], span["longest_silence"]
            rows.append((say(N_("Most in one hour")), (Span(f"{peak['count']}, {peak['from']} ({clock})"),)))
            rows.append(
                (say(N_("Longest silence")), (Span(f"{length(silence['seconds'], say)}, {silence['from']} – {silence['to']} ({clock})"),))
            )
        rows.append((say(N_("Calls")), (Span(str(found["calls"]["count"])),)))
        rows.append((say(N_("Deadlines in messages")), (Span(str(found["deadlines"]["count"])),)))
        rows.append((say(N_("New contact after a block or break")), (Span(str(found["recontacts"]["count"])),)))
        yield Facts([*rows, (say(N_("Kind of evidence")), (self.status("derived"),))])

    def _signs(self) -> Iterator[Block]:
        if not self.head["signs"]:
            return
        yield Sub(self.said(N_("Signs of what kind of case it is")))
        yield Para(self.said(N_("A sign is no proof. The police decide what it is.")))
        lines: list[Spans] = [self.said(sentence) for sentence in self.head["bluff"]["sentences"]]
        for entry in self.head["signs"]:
            places = ", ".join(dict.fromkeys(" ".join(filter(None, (place["exhibit"], place["event"]))) for place in entry["places"]))
            kind, sign = word(self.say, CASE_KIND, entry["kind"]), word(self.say, SIGN, entry["sign"])
            lines.append((kind, Span(": "), sign, Span(f" ({entry['count']}) [{places}, "), self.status(entry["status"]), Span("]")))
        if self.head["bluff"]["signs"] and not self.head["bluff"]["holds"]:
            lines.append((Span(self.say(_NO_BLUFF) + " "), *joined(self.said(text) for text in self.head["bluff"]["against"])))
        yield Items(lines)


def _place(message: Mapping[str, Any]) -> tuple[Any, ...]:
    conversation = message["conversation"] or {}
    return message["exhibit"], conversation.get("name"), conversation.get("id")


_ZONE, _UNLESS = N_("Time zone"), N_("A line says so where it is another.")
_CONFIRMED = N_("confirmed as")
_HEADS = (N_("No."), N_("UTC"), N_("As written"), N_("Who"), N_("Text"), N_("Place, kind of evidence"))
_SUGGESTION_HEADS = (N_("No."), N_("Time"), N_("Who"), N_("What"), N_("Quoted"), N_("Place, kind of evidence"))
_MARKS = (("edited", N_("edited")), ("lossy", N_("not all characters can be shown")), ("masked", N_("masked")))
_REST = N_("not shown here: {count} of {total}. All of them are in the JSON case file, key {key}.")
_SUGGESTED = N_(
    "A program marked these sentences because of their words. Nobody has confirmed them, and they may mean something else. The message itself stands in the list of messages."
)
_NO_BLUFF = N_("This may be a bluff, but that cannot be said here:")
