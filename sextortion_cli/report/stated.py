"""The sections of the report that hold what people stated: page one, accounts, devices, what happened, money, what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.gates.markdown import code
from sextortion_cli.model.eventwords import EVENT
from sextortion_cli.report.front import Front
from sextortion_cli.report.pen import Pen
from sextortion_cli.report.wording import ANSWER, CLOCK, ONLY_STATED, SECTION, SIDE
from sextortion_cli.words import N_

_ANSWER = N_("answer in guided mode")
_BY_REFERENCE = N_("by reference")
_CASE_FILE = N_("Case file")
_FORM = N_("from handwritten form, line {line}")
_ID = N_("id")
_MASKED = N_("masked")
_MESSAGES = N_("messages")
_NOTE = N_("note")
_NOTHING_STATED = N_("nothing stated")
_RECORD = N_("record")
_STATED = N_("stated:")


class Stated:
    """The statements of one case."""

    def __init__(self, head: Mapping[str, Any], pen: Pen) -> None:
        self._head = head
        self._pen = pen
        self.say = pen.say

    def page_one(self) -> Iterator[str]:
        """Yield page one, then what was counted."""
        pen, summary = self._pen, self._head["summary"]
        yield f"# {self.say(_CASE_FILE)}\n\n"
        for number, block in enumerate(Front(self._head["page_one"], self.say, self._place).blocks()):
            if block.title is not None:
                yield f"\n{'##' if number == 1 else '###'} {block.title}\n\n"
            for row in block.rows:
                label = f"{row.label}: " if row.label else ""
                yield f"- {label}{pen.spans(row.spans)}\n"
        yield "\n" + self.say(ONLY_STATED) + "\n"
        yield pen.title(N_("Steps and numbers"))
        yield pen.line(N_("Opened"), pen.stamp(self._head["case"]["opened"]))
        yield pen.quoted(N_("Time zone of the person's phone"), self._head["case"]["timezone"])
        for label, key in _STEPS:
            if summary[key] or key in _ALWAYS:
                yield pen.line(label, pen.time(summary[key]) if summary[key] else None)
        yield pen.line(N_("Things stated as deleted"), str(summary["deleted"]))
        yield pen.line(N_("Exhibits"), f"{summary['exhibits']} ({summary['by_reference']} {self.say(_BY_REFERENCE)})")
        yield pen.line(N_("Files not fully read"), str(summary["defects"]))
        yield pen.line(N_("Messages"), str(summary["messages"]))
        if summary["first_message"]:
            clock = self.say(CLOCK[summary["message_clock"]]) if summary["message_clock"] else ""
            yield pen.line(N_("Messages from and to"), f"{summary['first_message']} – {summary['last_message']} ({clock})")

    def _place(self, section: str) -> str:
        return f"«{self.say(SECTION[section])}»"

    def people(self) -> Iterator[str]:
        """Yield the accounts of every side with their history, and who wrote how much."""
        pen = self._pen
        yield pen.title(N_("People and accounts"))
        yield (
            self.say(N_("These are accounts and what was stated about them. An account may point to somebody who is not involved."))
            + "\n\n"
        )
        for contact in self._head["contacts"]:
            masked = f" ({self.say(_MASKED)})" if contact["masked"] else ""
            yield f"### {contact['contact_id']}: {self.say(SIDE[contact['side']])}{masked}\n\n"
            for key, label in _ACCOUNT:
                if contact.get(key):
                    yield pen.quoted(label, contact[key])
            if contact.get("first_seen"):
                yield pen.line(N_("First seen"), pen.time(contact["first_seen"]))
            if contact.get("note"):
                yield pen.quoted(N_("Note"), contact["note"])
            yield from self._history(contact["history"])
            yield "\n"
        yield from self._writers()

    def _history(self, history: list[dict[str, Any]]) -> Iterator[str]:
        """Yield who stated it, and what was stated before where that was something else."""
        for step, after in zip(history, [*history[1:], None], strict=True):
            by = code(step["stated_by"]) if step["stated_by"] else self.say(N_("nobody named"))
            entry = f"{self._pen.stamp(step['recorded'])}, {by}{self._from(step)}"
            if after is None:
                yield self._pen.line(N_("Stated"), entry)
                return
            changed = [f"{self.say(label)} {code(step[key])}" for key, label in _ACCOUNT if step.get(key) and step[key] != after.get(key)]
            yield self._pen.line(N_("Stated before"), "; ".join([entry, *changed]))

    def _writers(self) -> Iterator[str]:
        for conversation in self._head["conversations"]:
            service = f" ({code(conversation['service'])})" if conversation["service"] else ""
            yield f"- {conversation['exhibit']}{service}: {conversation['messages']} {self.say(_MESSAGES)}\n"
            for sender in conversation["senders"]:
                side = f", {self.say(SIDE[sender['side']])}" if sender["side"] else ""
                identity = f", {self.say(_ID)} {code(sender['id'])}" if sender["id"] else ""
                yield f"  - {code(sender['name'])}{identity}{side}: {sender['messages']}\n"

    def devices(self) -> Iterator[str]:
        """Yield the phones and computers, where they are, and whether they may be examined."""
        if self._head["devices"]:
            yield self._pen.title(N_("Devices"))
        for device in self._head["devices"]:
            known = [
                f"{self.say(label)} {self._answer(device[key])}"
                for key, label in _DEVICE
                if device.get(key) not in (None, "", [], "unknown")
            ]
            yield f"- {device['device_id']}: {', '.join(known) or self.say(_NOTHING_STATED)}{self._from(device)}\n"

    def _answer(self, value: object) -> str:
        if isinstance(value, (list, tuple)):
            return ", ".join(code(str(item)) for item in value)
        return self._pen.word(ANSWER, str(value))

    def timeline(self) -> Iterator[str]:
        """Yield what happened, in the order of time, each with the record that holds it."""
        pen = self._pen
        yield pen.title(N_("What happened, as stated"))
        yield self.say(N_("Every line is a person's statement; its record in the custody log says who entered it and when.")) + "\n\n"
        for event in sorted(self._head["events"], key=lambda item: (_sort_key(item.get("when")), item["event_id"])):
            parts = [pen.word(EVENT, event["kind"])]
            if event["kind"] in ("demand", "payment") or event.get("amount"):
                parts.append(pen.money(event, when=False))
            else:
                keys = ("service", "contact", "method", "destination", "reference", "exhibit")
                parts += [code(event[key]) for key in keys if event.get(key)]
            if event.get("text"):
                parts.append(code(event["text"]))
            yield f"- {pen.time(event.get('when'))}: {', '.join(parts)} [{event['event_id']}, {self.say(_RECORD)} {event['record']}, {pen.status(event['status'])}{self._from(event)}]\n"
        for note in self._head["notes"]:
            where = f"{note['note_id']}, {self.say(_RECORD)} {note['record']}, {pen.status(note['status'])}{self._from(note)}"
            yield f"- {pen.stamp(note['recorded'])}: {self.say(_NOTE)} {code(note['text'])} [{where}]\n"
        if not self._head["events"] and not self._head["notes"]:
            yield self.say(N_("Nothing was stated.")) + "\n"

    def _from(self, statement: Mapping[str, Any]) -> str:
        """Return how a statement came in, where it was typed in from a sheet or answers a question; else nothing."""
        source = statement.get("source")
        if not source:
            return ""
        if source["by"] == "question":
            return ", " + self.say(_ANSWER)
        sheet = f" ({source['exhibit']})" if source.get("exhibit") else ""
        return ", " + self.say(_FORM).format(line=source.get("line")) + sheet

    def money(self) -> Iterator[str]:
        """Yield demands and payments."""
        summary, pen = self._head["summary"], self._pen
        yield pen.title(N_("Demands and payments"))
        if not summary["demands"] and not summary["payments"]:
            yield self.say(N_("None stated.")) + "\n"
        for label, key in ((N_("Demand"), "demands"), (N_("Payment"), "payments")):
            for money in summary[key]:
                text = f"; {self.say(_STATED)} {code(money['text'])}" if money.get("text") else ""
                yield f"- {self.say(label)} {money['event_id']}: {pen.money(money)}{text}\n"
        yield "\n" + self.say(N_("Amounts are as stated. Different currencies are not added up.")) + "\n"

    def not_collected(self) -> Iterator[str]:
        """Yield what was left out, and why."""
        yield self._pen.title(N_("What was not collected, and why"))
        for entry in self._head["not_collected"]:
            yield f"- {code(entry['what'])}: {code(entry['why'])}\n"
        if not self._head["not_collected"]:
            yield self.say(N_("Nothing was stated.")) + "\n"


def _sort_key(when: Mapping[str, Any] | None) -> str:
    return "~" if when is None else when.get("utc") or (when["candidates"] or [None])[0] or when.get("local") or "~"


_ACCOUNT = (
    ("service", N_("Service")), ("stable_id", N_("Stable id")), ("handle", N_("Handle")), ("display_name", N_("Display name")),
    ("profile_url", N_("Profile address")), ("phone", N_("Phone")), ("email", N_("E-mail")),
)  # fmt: skip
_STEPS = (
    (N_("Published"), "publication"), (N_("Taken down"), "taken_down"), (N_("Contact broken"), "contact_broken"), (N_("Blocked"), "blocked"),
    (N_("Contacted again"), "recontact"), (N_("Reported"), "reported"),
)  # fmt: skip
_ALWAYS = frozenset({"contact_broken", "blocked", "recontact", "reported"})
_DEVICE = (
    ("make", N_("make")), ("model", N_("model")), ("system", N_("system")), ("system_version", N_("version")), ("apps", N_("apps")),
    ("accounts", N_("accounts signed in")), ("disappearing_messages", N_("disappearing messages")), ("clock_right", N_("clock right")),
    ("changed", N_("changed or deleted since")), ("where", N_("where it is")), ("examine", N_("may be examined")), ("note", N_("note")),
)  # fmt: skip
