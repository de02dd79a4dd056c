"""The case file as Markdown: what a duty officer reads from top to bottom. Written as a stream, quotes only inside code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sextortion_cli.gates.markdown import code, fence
from sextortion_cli.report.wording import BASIS, CLOCK, EVENT, KIND, ROUTE_CHANGES, SIDE, STATUS
from sextortion_cli.words import N_, translator

_NOT_STATED = N_("not stated")
_CASE_FILE = N_("Case file")
_MASKED = N_("masked")
_MESSAGES = N_("messages")
_ID = N_("id")
_NOTE = N_("note")
_BYTES = N_("bytes")
Streams = Mapping[str, Callable[[], Iterator[dict[str, Any]]]]


def render(head: Mapping[str, Any], streams: Streams, language: str) -> Iterator[str]:
    """Yield the text of the report in `language` (``nb`` or ``en``); quotes stay in the original."""
    writer = _Writer(head, streams, translator(language))
    for section in (
        writer.page_one, writer.people, writer.devices, writer.timeline, writer.money, writer.messages, writer.exhibits,
        writer.not_collected, writer.gaps, writer.defects, writer.custody, writer.limits,
    ):  # fmt: skip
        yield from section()


class _Writer:
    """One report in one language."""

    def __init__(self, head: Mapping[str, Any], streams: Streams, words: Callable[[str], str]) -> None:
        self._head = head
        self._streams = streams
        self._ = words

    # -- small pieces --------------------------------------------------------------------------------------------------------

    def _title(self, text: str, level: int = 2) -> str:
        return f"\n{'#' * level} {self._(text)}\n\n"

    def _line(self, label: str, value: str | None) -> str:
        return f"- {self._(label)}: {value or self._(_NOT_STATED)}\n"

    def _quoted(self, label: str, value: object) -> str:
        return self._line(label, None if value in (None, "") else code(str(value)))

    def _yes_no(self, value: bool | None) -> str:
        return self._(N_("yes") if value else N_("no") if value is False else N_("not stated"))

    def _time(self, time: Mapping[str, Any] | None) -> str:
        if time is None:
            return self._(N_("time not stated"))
        basis = self._(BASIS[time["basis"]])
        if time.get("utc"):
            return f"{time['utc']} ({code(time['as_written'])}, {basis})"
        return f"{code(time['as_written'])} ({basis})"

    def _money(self, money: Mapping[str, Any]) -> str:
        amount = " ".join(code(money[key]) for key in ("amount", "currency") if money.get(key)) or self._(N_("no amount stated"))
        rest = [f"{self._(label)} {code(money[key])}" for key, label in _MONEY if money.get(key)]
        return "; ".join([amount, *rest, self._time(money.get("when"))])

    # -- sections ------------------------------------------------------------------------------------------------------------

    def page_one(self) -> Iterator[str]:
        case, summary = self._head["case"], self._head["summary"]
        yield f"# {self._(_CASE_FILE)}\n\n"
        if case["title"]:
            yield self._quoted(N_("Title"), case["title"])
        yield self._line(N_("Case number"), code(case["case_id"]))
        yield self._line(N_("Fingerprint"), code(case["fingerprint"]))
        yield self._line(N_("Opened"), case["opened"])
        yield self._line(N_("Made with"), f"{self._head['generator']['name']} {self._head['generator']['version']}")
        yield self._line(N_("Filled in by"), self._(ROLE.get(case["role"] or "", N_("not stated"))))
        yield self._title(N_("Most important first"))
        yield self._line(N_("Is anyone shown under 18"), self._({"yes": N_("yes"), "no": N_("no")}.get(summary["minor"], N_("not known"))))
        yield self._line(N_("Latest stated"), self._(EVENT[summary["going_on"]]) if summary["going_on"] else None)
        yield self._line(N_("Deadline"), self._time(summary["deadline"]) if summary["deadline"] else None)
        yield self._line(N_("Published anywhere"), self._yes_no(summary["published"]))
        yield self._line(N_("Money sent"), self._yes_no(summary["paid"] or None))
        for label, key in ((N_("Demanded"), "demands"), (N_("Paid"), "payments")):
            for money in summary[key]:
                yield self._line(label, self._money(money))
        for label, key in _STEPS:
            yield self._line(label, self._time(summary[key]) if summary[key] else None)
        yield self._line(N_("Things stated as deleted"), str(summary["deleted"]))
        counts = N_("{exhibits} exhibits ({by_reference} by reference), {messages} messages, {defects} files not fully read")
        yield f"- {self._(counts).format(**summary)}\n"
        if summary["first_message"]:
            clock = self._(CLOCK[summary["message_clock"]])
            yield self._line(N_("Messages from and to"), f"{summary['first_message']} – {summary['last_message']} ({clock})")
        for contact in self._head["contacts"]:
            if contact["side"] == "extorter":
                yield self._line(N_("Account used by the extorter"), self._account(contact))

    def _account(self, contact: Mapping[str, Any]) -> str:
        known = [f"{self._(label)} {code(contact[key])}" for key, label in _ACCOUNT if contact.get(key)]
        return f"{contact['contact_id']}: " + (", ".join(known) or self._(N_("nothing stated")))

    def people(self) -> Iterator[str]:
        yield self._title(N_("People and accounts"))
        yield (
            self._(N_("These are accounts and what was stated about them. An account may point to somebody who is not involved.")) + "\n\n"
        )
        for contact in self._head["contacts"]:
            masked = f" ({self._(_MASKED)})" if contact["masked"] else ""
            yield f"### {contact['contact_id']}: {self._(SIDE[contact['side']])}{masked}\n\n"
            for key, label in _ACCOUNT:
                if contact.get(key):
                    yield self._quoted(label, contact[key])
            if contact.get("first_seen"):
                yield self._line(N_("First seen"), self._time(contact["first_seen"]))
            if contact.get("note"):
                yield self._quoted(N_("Note"), contact["note"])
            if len(contact["history"]) > 1:
                yield self._line(N_("Entries in its history"), str(len(contact["history"])))
            yield "\n"
        for conversation in self._head["conversations"]:
            yield f"- {conversation['exhibit']} ({code(conversation['service'] or '')}): {conversation['messages']} {self._(_MESSAGES)}\n"
            for sender in conversation["senders"]:
                side = f", {self._(SIDE[sender['side']])}" if sender["side"] else ""
                identity = f", {self._(_ID)} {code(sender['id'])}" if sender["id"] else ""
                yield f"  - {code(sender['name'])}{identity}{side}: {sender['messages']}\n"

    def devices(self) -> Iterator[str]:
        if self._head["devices"]:
            yield self._title(N_("Devices"))
        for device in self._head["devices"]:
            known = [
                f"{key.replace('_', ' ')} {code(_text(value))}"
                for key, value in device.items()
                if key in _DEVICE and value not in (None, [], "unknown")
            ]
            yield f"- {device['device_id']}: {', '.join(known)}\n"

    def timeline(self) -> Iterator[str]:
        yield self._title(N_("What happened, as stated"))
        for event in sorted(self._head["events"], key=lambda item: (_sort_key(item.get("when")), item["event_id"])):
            parts = [self._(EVENT[event["kind"]])]
            parts += [code(event[key]) for key in ("service", "contact", "exhibit") if event.get(key)]
            if event["kind"] in ("demand", "payment"):
                parts.append(self._money({**event, "when": None}).rpartition("; ")[0])
            if event.get("text"):
                parts.append(code(event["text"]))
            yield f"- {self._time(event.get('when'))}: {', '.join(part for part in parts if part)} [{event['event_id']}]\n"
        for note in self._head["notes"]:
            yield f"- {note['recorded']}: {self._(_NOTE)} {code(note['text'])} [{note['note_id']}]\n"

    def money(self) -> Iterator[str]:
        summary = self._head["summary"]
        yield self._title(N_("Demands and payments"))
        if not summary["demands"] and not summary["payments"]:
            yield self._(N_("None stated.")) + "\n"
        for label, key in ((N_("Demand"), "demands"), (N_("Payment"), "payments")):
            for money in summary[key]:
                yield f"- {self._(label)} {money['event_id']}: {self._money(money)}\n"
        yield "\n" + self._(N_("Amounts are as stated. Different currencies are not added up.")) + "\n"

    def messages(self) -> Iterator[str]:
        yield self._title(N_("Messages"))
        yield self._(N_("Quoted from what was imported, in the order of each file. A text export does not prove who wrote a line.")) + "\n"
        place: tuple[Any, ...] | None = None
        for number, message in enumerate(self._streams["messages"](), 1):
            conversation = message["conversation"] or {}
            if place != (message["exhibit"], conversation.get("id"), conversation.get("name")):
                place = (message["exhibit"], conversation.get("id"), conversation.get("name"))
                name = f" {code(conversation['name'])}" if conversation.get("name") else ""
                yield f"\n### {message['exhibit']}{name}\n\n"
            yield self._message(number, message)

    def _message(self, number: int, message: Mapping[str, Any]) -> str:
        sender = message["sender"]
        who = self._(N_("the service")) if sender is None else code(sender["name"] or sender["id"] or "?")
        side = f" ({self._(SIDE[sender['side']])})" if sender is not None and sender["side"] else ""
        marks = [self._(KIND[message["kind"]])] if message["kind"] != "text" else []
        marks += [self._(text) for key, text in _MARKS if message[key]]
        for item in message["attachments"]:
            marks.append(code(item["name"] or item["note"] or "?") + (f" = {item['exhibit']}" if item["exhibit"] else ""))
        head = f"{number}. {self._time(message['time'])} {who}{side}" + (f" [{', '.join(marks)}]" if marks else "")
        body = fence(message["text"], indent="   ") if message["text"] else ""
        return f"{head}\n{body}\n"

    def exhibits(self) -> Iterator[str]:
        yield self._title(N_("Exhibits"))
        for item in self._streams["exhibits"]():
            yield f"### {item['exhibit']}: {code(item['name'])}\n\n"
            yield self._line(N_("Status"), self._(STATUS[item["evidential_status"]]))
            if item["parent"]:
                yield self._line(N_("Came out of"), item["parent"])
            yield self._line("SHA-256", item["sha256"] or self._(N_("in a separate record (by reference)")))
            if item["sha1"]:
                yield self._line("SHA-1", item["sha1"])
                yield self._line("MD5", item["md5"])
            yield self._line(N_("Size"), f"{item['size']} {self._(_BYTES)}")
            yield self._line(N_("Type by content"), code(item["media_type"]) if item["media_type"] else None)
            yield self._line(N_("Read as"), code(item["importer"]) if item["importer"] else self._(N_("not read as messages")))
            yield self._line(N_("State"), f"{item['status']}" + (f" ({code(item['reason'])})" if item["reason"] else ""))
            yield from self._route(item)
            yield "\n"

    def _route(self, item: Mapping[str, Any]) -> Iterator[str]:
        stated, times = item["acquisition"]["stated"], item["file_times"]
        for key, label in _ACQUIRED:
            if stated.get(key):
                yield self._quoted(label, stated[key])
        changes = ROUTE_CHANGES.get(stated.get("via") or "unknown")
        if item["parent"] is None and changes:
            yield self._line(N_("What that route can change"), self._(changes))
        yield self._line(N_("Imported"), times["imported"])
        if times["source_modified"] and item["parent"] is None:
            yield self._line(N_("Modification time of the source file (not the time of capture)"), times["source_modified"])

    def not_collected(self) -> Iterator[str]:
        yield self._title(N_("What was not collected, and why"))
        for entry in self._head["not_collected"]:
            yield f"- {code(entry['what'])}: {code(entry['why'])}\n"
        if not self._head["not_collected"]:
            yield self._(N_("Nothing was stated.")) + "\n"

    def gaps(self) -> Iterator[str]:
        yield self._title(N_("Gaps"))
        for gap in self._streams["gaps"]():
            yield f"- {gap['exhibit'] or '-'}: {code(gap['code'])} ({gap['count']}): {code(gap['what'])}\n"

    def defects(self) -> Iterator[str]:
        yield self._title(N_("What could not be read"))
        none = True
        for defect in self._streams["defects"]():
            none = False
            place = (defect["locator"] or {}).get("bytes")
            where = f" {self._(_BYTES)} {place[0]}-{place[1]}" if place else ""
            yield f"- {defect['exhibit'] or '-'}{where}: {code(defect['code'])}: {defect['what']}\n"
        if none:
            yield self._(N_("Nothing.")) + "\n"

    def custody(self) -> Iterator[str]:
        yield self._title(N_("Custody"))
        yield self._(N_("Every record of the log, with the name that was stated and the record's own SHA-256.")) + "\n\n"
        for record in self._streams["custody"]():
            actor = code(record["actor"]) if record["actor"] else self._(N_("nobody named"))
            subject = f" {code(_text(record['subject'].get('exhibit')))}" if record["subject"] and record["subject"].get("exhibit") else ""
            yield f"- {record['record']} {record['time']} {record['type']}{subject}, {actor}, {record['digest']}\n"

    def limits(self) -> Iterator[str]:
        yield self._title(N_("What this shows, and what it does not"))
        for key, label in (("proves", N_("Shows")), ("does_not_prove", N_("Does not show"))):
            for text in self._head[key]:
                yield f"- {self._(label)}: {self._(text)}\n"


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _sort_key(when: Mapping[str, Any] | None) -> str:
    return "~" if when is None else when.get("utc") or when.get("local") or "~"


ROLE = {
    "victim": N_("the person concerned"),
    "guardian": N_("a guardian"),
    "volunteer": N_("a volunteer"),
    "police": N_("the police"),
}
_MONEY = (
    ("method", N_("by")), ("destination", N_("to")), ("reference", N_("reference")), ("text", N_("stated:")),
)  # fmt: skip
_ACCOUNT = (
    ("service", N_("Service")), ("stable_id", N_("Stable id")), ("handle", N_("Handle")), ("display_name", N_("Display name")),
    ("profile_url", N_("Profile address")), ("phone", N_("Phone")), ("email", N_("E-mail")),
)  # fmt: skip
_STEPS = (
    (N_("Contact broken"), "contact_broken"), (N_("Blocked"), "blocked"), (N_("Contacted again"), "recontact"), (N_("Reported"), "reported"),
)  # fmt: skip
_DEVICE = frozenset(
    {
        "make",
        "model",
        "system",
        "system_version",
        "apps",
        "accounts",
        "disappearing_messages",
        "clock_right",
        "changed",
        "where",
        "examine",
        "note",
    }
)
_MARKS = (("edited", N_("edited")), ("lossy", N_("not all characters can be shown")), ("masked", N_("masked")))
_ACQUIRED = (
    ("device", N_("Device")), ("app", N_("App")), ("via", N_("How it travelled")), ("captured_by", N_("Captured by")),
    ("captured_at", N_("Captured at, as stated")),
)  # fmt: skip
