"""What people stated: accounts, devices, money, what was left out, what the police may still ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.model.eventwords import EVENT
from sextortion_cli.model.identifierwords import SENTENCE
from sextortion_cli.model.readiness import READINESS
from sextortion_cli.report.blocks import Block, Facts, Items, Para, Sub, Table
from sextortion_cli.report.sheets.base import NONE, NOTHING_STATED, Sheet, cut
from sextortion_cli.report.span import MONEY, Span, Spans, joined, quote, stamp, time_spans, word
from sextortion_cli.report.wording import ANSWER, CLOCK, SIDE, STATUS
from sextortion_cli.words import N_


class Stated(Sheet):
    """The statements of one case."""

    def people(self) -> Iterator[Block]:
        """Yield the accounts of every side, what was stated of each before, and who wrote how much."""
        yield Para(
            self.said(N_("These are accounts and what was stated about them. An account may point to somebody who is not involved."))
        )
        for contact in self.head["contacts"]:
            masked = (Span(f" ({self.say(_MASKED)})"),) if contact["masked"] else ()
            yield Sub((Span(f"{contact['contact_id']}: {self.say(SIDE[contact['side']])}"), *masked))
            rows: list[tuple[str, Spans]] = [(self.say(label), (cut(contact[key]),)) for key, label in _ACCOUNT if contact.get(key)]
            if contact.get("first_seen"):
                rows.append((self.say(N_("First seen")), time_spans(self.say, contact["first_seen"])))
            yield Facts([*rows, *self._history(contact["history"])])
        writers = [(conversation, sender) for conversation in self.head["conversations"] for sender in conversation["senders"]]
        if writers:
            yield Sub(self.said(N_("Who wrote how much")))
            heads = self.heads(N_("Exhibit"), N_("Name"), N_("Id"), N_("Side"), N_("Messages"), N_("First"), N_("Last"), N_("Clock"))
            yield Table(heads, (self._writer(*pair) for pair in writers), ("u", "w", "m", "", "n", "u", "u"))

    def _history(self, history: list[dict[str, Any]]) -> Iterator[tuple[str, Spans]]:
        for step, after in zip(history, [*history[1:], None], strict=True):
            by = (cut(step["stated_by"]),) if step["stated_by"] else self.said(N_("nobody named"))
            entry = joined(((stamp(self.say, step["recorded"]),), by, (self.status("statement"),)))
            if after is None:
                yield self.say(N_("Stated")), entry
                return
            changed = [
                (Span(f"{self.say(label)} "), cut(step[key])) for key, label in _ACCOUNT if step.get(key) and step[key] != after.get(key)
            ]
            yield self.say(N_("Stated before")), joined([entry, *changed], "; ")

    def _writer(self, conversation: Mapping[str, Any], sender: Mapping[str, Any]) -> list[Spans]:
        side = self.said(SIDE[sender["side"]]) if sender["side"] else self.said(N_("not stated"))
        return [
            (Span(conversation["exhibit"]),), (cut(sender["name"]),), (cut(sender["id"]),) if sender["id"] else (), side,
            (Span(str(sender["messages"])),), (Span(sender["first"] or ""),), (Span(sender["last"] or ""),),
            self.said(CLOCK[conversation["clock"]]) if sender["first"] else (),
        ]  # fmt: skip

    def devices(self) -> Iterator[Block]:
        """Yield the phones and computers."""
        if not self.head["devices"]:
            yield Para(self.said(NOTHING_STATED))
        for device in self.head["devices"]:
            yield Sub((Span(device["device_id"]),))
            rows = [
                (self.say(label), self._answer(device[key])) for key, label in _DEVICE if device.get(key) not in (None, "", [], "unknown")
            ]
            yield Facts([*rows, (self.say(N_("Kind of evidence")), (self.status(device["status"]),))])

    def _answer(self, value: object) -> Spans:
        if isinstance(value, (list, tuple)):
            return joined((cut(item),) for item in value)
        return (word(self.say, ANSWER, str(value)),)

    def events(self, numbers: Mapping[str, int]) -> Iterator[Block]:
        """Yield what happened in the order of time, numbered as in the picture, then the notes."""
        heads = self.heads(N_("No."), N_("UTC"), N_("As stated, and where its zone comes from"), N_("What"), N_("Details"), N_("Record"))
        if self.head["events"]:
            yield Table(heads, (self._event(event, numbers) for event in in_time(self.head["events"])), ("n", "u"), "events")
        else:
            yield Para(self.said(NOTHING_STATED))
        if self.head["notes"]:
            yield Sub(self.said(N_("Notes")))
            rows = (
                [(Span(note["note_id"]),), (stamp(self.say, note["recorded"]),), (cut(note["text"], 5000),), self._record(note)]
                for note in self.head["notes"]
            )
            yield Table(self.heads(N_("No."), N_("Written"), N_("Text"), N_("Record")), rows, ("u", "u", "t"))

    def _event(self, event: Mapping[str, Any], numbers: Mapping[str, int]) -> list[Spans]:
        number = numbers.get(event["event_id"])
        utc, written = apart(self.say, event.get("when"))
        parts: list[Spans] = [(Span(f"{self.say(label)} "), cut(event[key])) for key, label in _EVENT if event.get(key)]
        if event.get("deadline"):
            parts.append((Span(self.say(N_("deadline")) + " "), *time_spans(self.say, event["deadline"])))
        text = ((Span("\n"), cut(event["text"], 5000)) if parts else (cut(event["text"], 5000),)) if event.get("text") else ()
        return [
            (Span(str(number)),) if number else (),
            utc,
            written,
            (word(self.say, EVENT, event["kind"]),),
            (*joined(parts), *text),
            self._record(event),
        ]

    def _record(self, entry: Mapping[str, Any]) -> Spans:
        name = next(str(entry[key]) for key in ("event_id", "note_id", "not_collected_id") if key in entry)
        return (Span(f"{name}, {self.say(_RECORD)} {entry['record']}, {self.say(STATUS[entry['status']])}"),)

    def money(self) -> Iterator[Block]:
        """Yield the ledger: what was demanded and paid, each exactly as stated."""
        summary = self.head["summary"]
        entries = [("payment", item) for item in summary["payments"]] + [("demand", item) for item in summary["demands"]]
        if not entries:
            yield Para(self.said(N_("None stated.")))
            return
        heads = self.heads(
            N_("No."), N_("What"), N_("UTC"), N_("As stated, and where its zone comes from"), N_("To, reference, way"), N_("Deadline"),
            N_("Kind of evidence"),
        )  # fmt: skip
        yield Table(heads, (self._sum(kind, item) for kind, item in in_money_order(entries)), ("u", "", "u", "", "w", ""), "money")
        yield Para(self.said(N_("Amounts are as stated. Different currencies are not added up.")))

    def _sum(self, kind: str, money: Mapping[str, Any]) -> list[Spans]:
        utc, written = apart(self.say, money["when"])
        amount = joined(((cut(money[key]),) for key in ("amount", "currency") if money[key]), " ") or self.said(N_("no amount stated"))
        way = [(Span(f"{self.say(label)} "), cut(money[key])) for key, label in MONEY if money.get(key)]
        deadline = time_spans(self.say, money["deadline"]) if money["deadline"] else self.said(N_("not stated"))
        note = ((Span("\n"), cut(money["text"], 2000)),) if money.get("text") else ()
        return [
            (Span(money["event_id"]),), (word(self.say, EVENT, kind), Span("\n"), *amount), utc, written,
            (*(joined(way, "\n") or self.said(N_("not stated"))), *sum(note, ())), deadline, (self.status("statement"),),
        ]  # fmt: skip

    def missing(self) -> Iterator[Block]:
        """Yield the ten things of Kripos, then what is open, what disappears first in front. Its texts are in the report's language already."""
        yield Para(self.said(SENTENCE))
        ten = sorted((item for item in self.head["missing"] if item["group"] == "kripos"), key=lambda item: int(item["id"][1:]))
        rest = [item for item in self.head["missing"] if item["group"] != "kripos" and item["status"] in _OPEN]
        heads = self.heads(N_("No."), N_("What"), N_("State"), N_("Why"), N_("What may be gone"))
        yield Table(heads, (self._requirement(item) for item in [*ten, *rest[:_SHOWN]]), ("u",), "missing")
        if len(rest) > _SHOWN:
            yield Para((Span(f"{self.say(_MORE)} {len(rest) - _SHOWN}"),))

    def _requirement(self, item: Mapping[str, Any]) -> list[Spans]:
        goes = item["disappears"]
        days = "" if goes is None or goes["days"] is None else f"{goes['days']} {self.say(_DAYS)}: "
        state = self.say(READINESS[item["status"]])
        account = item["account"]
        known = [(cut(account[key]),) for key in ("service", "stable_id", "handle", "display_name") if account[key]] if account else []
        whose = (Span(" "), *joined(known, " ")) if account is not None and not account["contact_id"] and known else ()
        return [
            (Span(item["id"]),),
            (Span(item["title"]), *whose),
            (Span(state),),
            (Span(item["why"]),),
            (Span(days + goes["what"]),) if goes else (),
        ]

    def left_out(self) -> Iterator[Block]:
        """Yield what was not collected, and why."""
        lines = [
            (cut(entry["what"]), Span(": "), cut(entry["why"]), Span(" ["), *self._record(entry), Span("]"))
            for entry in self.head["not_collected"]
        ]
        yield Items(lines) if lines else Para(self.said(NONE))


def in_time(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return events in the order of time; what has no time comes last."""
    return sorted(events, key=lambda event: (moment(event.get("when")) or "~", event["event_id"]))


def in_money_order(entries: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """Return sums in the order of time."""
    return sorted(entries, key=lambda entry: (moment(entry[1]["when"]) or "~", entry[1]["event_id"]))


def moment(when: Mapping[str, Any] | None) -> str | None:
    """Return what a stated time is put in its place by."""
    return None if when is None else when.get("utc") or (when["candidates"] or [None])[0] or when.get("local")


def apart(say: Any, time: Mapping[str, Any] | None) -> tuple[Spans, Spans]:
    """Return a time in UTC, and as written with where its zone comes from."""
    if time is None:
        return (), time_spans(say, None)
    if not time.get("utc"):
        return (), time_spans(say, time)
    whole = time_spans(say, time)
    return (whole[0],), (quote(time["as_written"]), Span(whole[-1].text.removesuffix(")")))


_OPEN = ("missing", "partly", "not-known")
_SHOWN = 60
_MASKED = N_("masked")
_MORE, _DAYS, _RECORD = N_("and more, in the JSON case file:"), N_("days"), N_("record")
_ACCOUNT = (
    ("service", N_("Service")), ("stable_id", N_("Stable id")), ("handle", N_("Handle")), ("display_name", N_("Display name")),
    ("profile_url", N_("Profile address")), ("phone", N_("Phone")), ("email", N_("E-mail")), ("note", N_("Note")),
)  # fmt: skip
_DEVICE = (
    ("make", N_("make")), ("model", N_("model")), ("system", N_("system")), ("system_version", N_("version")), ("apps", N_("apps")),
    ("accounts", N_("accounts signed in")), ("disappearing_messages", N_("disappearing messages")), ("clock_right", N_("clock right")),
    ("changed", N_("changed or deleted since")), ("where", N_("where it is")), ("examine", N_("may be examined")), ("note", N_("note")),
)  # fmt: skip
_EVENT = (
    ("amount", N_("amount")), ("currency", N_("currency")), *MONEY,
)  # fmt: skip
