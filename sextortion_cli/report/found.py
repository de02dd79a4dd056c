"""The sections of the report that hold what was found: messages, exhibits, what files say, gaps, defects, custody, limits."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.gates.markdown import code, fence
from sextortion_cli.model.route import ROUTE
from sextortion_cli.model.sendless import sendless
from sextortion_cli.report.facts import telling
from sextortion_cli.report.pen import Pen, Streams
from sextortion_cli.report.wording import (
    ANSWERED_CLOCK,
    FILE_KIND,
    GATE,
    KIND,
    RECORD,
    ROUTE_CHANGES,
    SHOWS,
    SIDE,
    STATE,
    STATUS,
    UNIT,
)  # fmt: skip
from sextortion_cli.words import N_, note_in

_DETAIL_LIMIT = 300
_ACCOUNT = N_("{covered} of {total} {unit} accounted for: {messages} messages, {noise} known not to be messages, {defects} not read")

_BECAUSE = N_("because")
_BYTES = N_("bytes")
_LINE = N_("line")
_RECORD = N_("record")
_SHOWS, _SHOWS_NOT = N_("Shows"), N_("Does not show")


class Found:
    """What the files of one case hold, and how they came in."""

    def __init__(self, head: Mapping[str, Any], streams: Streams, pen: Pen) -> None:
        self._head = head
        self._streams = streams
        self._pen = pen
        self.say = pen.say

    def messages(self) -> Iterator[str]:
        """Yield every message, quoted."""
        yield self._pen.title(N_("Messages"))
        yield (
            self.say(N_("Quoted from what was imported, in the order of each file. A text export does not prove who wrote a line.")) + "\n"
        )
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
        who = self.say(sendless(message["kind"])) if sender is None else code(sender["name"] or sender["id"] or "?")
        side = f" ({self.say(SIDE[sender['side']])})" if sender is not None and sender["side"] else ""
        marks = [self._pen.word(KIND, message["kind"])] if message["kind"] != "text" else []
        marks += [self.say(text) for key, text in _MARKS if message[key]]
        for item in message["attachments"]:
            marks.append(code(item["name"] or item["note"] or "?") + (f" = {item['exhibit']}" if item["exhibit"] else ""))
        start = f"{number}. "
        lines = [
            f"{start}{self._pen.time(message['time'])} {who}{side} [{', '.join([self._where(message['locator']), self._pen.status(message['status']), *marks])}]\n"
        ]
        # What belongs to an entry of a list stands as far in as the entry's own text (CommonMark 5.2).
        indent = " " * len(start)
        if message["text"]:
            lines.append(fence(message["text"], indent=indent))
        more = [*_reactions(message["reactions"]), *_details(message["detail"])]
        if more:
            lines.append("\n" * bool(message["text"]) + f"{indent}{', '.join(more)}\n")
        return "".join(lines) + "\n"

    def _where(self, locator: Mapping[str, Any]) -> str:
        if locator["line"] is not None:
            return f"{self.say(_LINE)} {locator['line']}"
        if locator["pointer"] is not None:
            return code(locator["pointer"])
        return f"{self.say(_BYTES)} {locator['bytes'][0]}-{locator['bytes'][1]}"

    def exhibits(self) -> Iterator[str]:
        """Yield every exhibit with its full digests, and how it came in."""
        pen = self._pen
        yield pen.title(N_("Exhibits"))
        for item in self._streams["exhibits"]():
            yield f"### {item['exhibit']}: {code(item['name'])}\n\n" if item["name"] else f"### {item['exhibit']}\n\n"
            yield pen.line(N_("Status"), pen.word(STATUS, item["evidential_status"]))
            if item["parent"]:
                yield pen.line(N_("Came out of"), item["parent"])
            elsewhere = (
                N_("in a separate record (by reference)") if item["status"] == "by-reference" else N_("withheld: it stands in the log")
            )
            yield pen.line("SHA-256", item["sha256"] or self.say(elsewhere))
            if item["sha1"]:
                yield pen.line("SHA-1", item["sha1"])
                yield pen.line("MD5", item["md5"])
            yield pen.line(N_("Size"), f"{item['size']} {self.say(_BYTES)}")
            if item["kind"]:
                yield pen.line(N_("Stated to be"), pen.word(FILE_KIND, item["kind"]))
            yield pen.line(N_("Type by content"), code(item["media_type"]) if item["media_type"] else self.say(N_("not looked at")))
            yield from self._reading(item)
            yield from self._acquired(item)
            for label, key in ((_SHOWS, "shows"), (_SHOWS_NOT, "does_not_show")):
                yield from (pen.line(label, self.say(text)) for text in item[key])
            yield "\n"
        if not self._head["summary"]["exhibits"]:
            yield self.say(N_("None.")) + "\n"

    def _reading(self, item: Mapping[str, Any]) -> Iterator[str]:
        pen, reading = self._pen, item["reading"]
        if item["importer"]:
            yield pen.line(N_("Read as"), f"{code(item['importer'])} {code(str(reading['version']))}")
            stated = [f"{code(str(key))} {code(str(value))}" for key, value in reading["options"].items()]
            if stated:
                yield pen.line(N_("Read with"), ", ".join(stated))
        else:
            yield pen.line(N_("Read as"), self.say(N_("not read as messages")))
        # A rule may say after a colon what it was asked about (a member of an archive, text alone); the rule is the reason.
        rule = (item["reason"] or "").partition(":")[0]
        reason = f" ({pen.word(GATE, rule if rule in GATE else item['reason'])})" if item["reason"] else ""
        yield pen.line(N_("State"), pen.word(STATE, item["status"]) + reason)
        if item["units"]:
            yield pen.line(N_("Account"), self.say(_ACCOUNT).format(**{**item["units"], "unit": pen.word(UNIT, item["units"]["unit"])}))
        if item["status"] == "by-reference" and item["path"]:
            yield pen.quoted(N_("Where it lay"), item["path"])

    def _acquired(self, item: Mapping[str, Any]) -> Iterator[str]:
        pen, stated, times = self._pen, item["acquisition"]["stated"], item["file_times"]
        for key, label, words in _ACQUIRED:
            if stated.get(key):
                yield pen.line(label, pen.word(words, stated[key]))
        changes = ROUTE_CHANGES.get(stated.get("via") or "unknown")
        if item["parent"] is None and changes:
            yield pen.line(N_("What that route can change"), self.say(changes))
        by = code(item["acquisition"]["by"]) if item["acquisition"]["by"] else self.say(N_("nobody named"))
        yield pen.line(N_("Imported"), f"{pen.stamp(times['imported'])}, {by} [{self.say(_RECORD)} {item['record']}]")
        yield pen.line(N_("Phone and computer showed the same time"), pen.word(ANSWERED_CLOCK, item["acquisition"]["clock"] or "not-asked"))
        if times["source_modified"] and item["parent"] is None:
            yield pen.line(N_("Modification time of the source file (not the time of capture)"), times["source_modified"])

    def metadata(self) -> Iterator[str]:
        """Yield what files say of themselves, as far as it can tell where they come from."""
        written = False
        for exhibit, facts in itertools.groupby(self._streams["metadata"](), key=lambda fact: fact["exhibit"]):
            lines, others = telling(facts)
            if not lines:
                continue
            if not written:
                yield self._pen.title(N_("What files say of themselves"))
                yield self.say(N_("Anybody can change these values. Beside each stands the reader that found it.")) + "\n"
                written = True
            yield f"\n### {exhibit}\n\n"
            for name, value, readers, note in lines:
                said = "; ".join(
                    filter(None, (self._pen.status("derived"), ", ".join(map(code, readers)), note and code(note_in(self.say, note))))
                )
                yield f"- {code(name)}: {code(value)} ({said})\n"
            if others:
                yield self._pen.line(N_("Further values in the JSON case file"), str(others))

    def gaps(self) -> Iterator[str]:
        """Yield what the exports themselves leave out."""
        yield self._pen.title(N_("Gaps"))
        none = True
        for gap in self._streams["gaps"]():
            none = False
            what = gap["exhibit"] or code(gap["name"])
            yield f"- {what}: {code(gap['code'])} ({gap['count']}): {code(self.say(gap['what']))}\n"
        if none:
            yield self.say(N_("Nothing.")) + "\n"

    def defects(self) -> Iterator[str]:
        """Yield what could not be read, with its place."""
        yield self._pen.title(N_("What could not be read"))
        none = True
        for defect in self._streams["defects"]():
            none = False
            where = "" if defect["locator"] is None else f" {self._where_damaged(defect['locator'])}"
            what = defect["exhibit"] or code(defect["name"])
            yield f"- {what}{where}: {code(defect['code'])}: {code(self.say(defect['what']))}\n"
        if none:
            yield self.say(N_("Nothing.")) + "\n"

    def _where_damaged(self, locator: Mapping[str, Any]) -> str:
        if locator["bytes"] is None:
            return code(locator["pointer"] or "")
        return f"{self.say(_BYTES)} {locator['bytes'][0]}-{locator['bytes'][1]}"

    def custody(self) -> Iterator[str]:
        """Yield every record: what was done, when, by whom, with what."""
        yield self._pen.title(N_("Custody"))
        text = N_(
            "Every record of the log: when by this computer's clock, what, by whom as stated, with which program, and its own SHA-256."
        )
        yield self.say(text) + "\n\n"
        for tool in self._head["tools"]:
            libraries = ", ".join(f"{name} {version}" for name, version in tool["dependencies"].items())
            records = ", ".join(map(str, tool["records"]))
            yield self._pen.line(N_("Libraries used"), f"{code(libraries)} [{self.say(_RECORD)} {records}]")
        if self._head["tools"]:
            yield "\n"
        for record in self._streams["custody"]():
            actor = code(record["actor"]) if record["actor"] else self.say(N_("nobody named"))
            subject = "".join(f" {code(str(value))}" for key, value in (record["subject"] or {}).items() if key in _SUBJECTS)
            why = f", {self.say(_BECAUSE)} {code(record['why'])}" if record["why"] else ""
            what = f"{self._pen.word(RECORD, record['type'])}{subject}"
            yield f"- {record['record']} {self._pen.stamp(record['time'])} {what}, {actor}, {code(record['tool'])}{why}, {record['digest']}\n"

    def limits(self) -> Iterator[str]:
        """Yield what all this shows, and what it does not."""
        yield self._pen.title(N_("What this shows, and what it does not"))
        for key, label in (("proves", _SHOWS), ("does_not_prove", _SHOWS_NOT)):
            for text in self._head[key]:
                yield f"- {self.say(label)}: {self.say(text)}\n"


def _reactions(reactions: list[dict[str, Any]]) -> Iterator[str]:
    for item in reactions:
        by = f" {code(item['actor'])}" if item.get("actor") else ""
        yield code(item["value"]) + (f" x {item['count']}" if item.get("count", 1) != 1 else "") + by


def _details(detail: Mapping[str, str]) -> Iterator[str]:
    """Yield what else the export says of a message; its number in the file stands in the locator already."""
    for key, value in detail.items():
        if key != "id":
            yield f"{code(key)}: {code(value if len(value) <= _DETAIL_LIMIT else value[:_DETAIL_LIMIT] + '…')}"


_MARKS = (("edited", N_("edited")), ("lossy", N_("not all characters can be shown")), ("masked", N_("masked")))
_SUBJECTS = ("exhibit", "contact_id", "device_id", "event_id", "note_id", "not_collected_id", "record", "suggestion")
_ACQUIRED: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("shows", N_("What it shows, as stated"), SHOWS), ("device", N_("Device"), {}), ("app", N_("App"), {}),
    ("via", N_("How it travelled"), ROUTE), ("captured_by", N_("Captured by"), {}), ("captured_at", N_("Captured at, as stated"), {}),
)  # fmt: skip
