"""What was found and how it came in: identifiers, what exports say, exhibits, custody, gaps, defects, limits, pictures."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.model.factwords import FACT
from sextortion_cli.model.identifierwords import KIND, OWNER_WHY, ROLE, SENTENCE, WHY
from sextortion_cli.model.route import ROUTE
from sextortion_cli.report.blocks import Block, Facts, Items, Para, Pictures, Sub, Table
from sextortion_cli.report.facts import telling
from sextortion_cli.report.sheets.base import NONE, Sheet, cut
from sextortion_cli.report.span import Span, Spans, joined, stamp, word
from sextortion_cli.report.wording import ANSWERED_CLOCK, FILE_KIND, GATE, RECORD, ROUTE_CHANGES, SHOWS, STATE, UNIT
from sextortion_cli.words import N_, note_in

_MOST, _PLACES, _FACTS, _KINDS = 200, 3, 10, 120
_OWNERS = {
    "extorter": N_("Of accounts used by the side that extorts"),
    "unknown": N_("Not known whose"),
    "third-person": N_("Of others"),
    "infrastructure": N_("Of services"),
    "victim": N_("The person's own"),
}
_OF = {"account-owner": N_("the account's own owner"), "contact": N_("another account"), "unknown": N_("not said whose")}
_DETAILS = ("service", "rail", "network", "brand", "region", "port", "category", "created")


class Found(Sheet):
    """What the files of one case hold."""

    def identifiers(self) -> Iterator[Block]:
        """Yield what may identify an account, by whose it seems to be: the other side's first."""
        parts: dict[str, list[dict[str, Any]]] = {name: [] for name in _OWNERS}
        counts = dict.fromkeys(_OWNERS, 0)
        for entry in self.streams["identifiers"]():
            counts[entry["owner"]] += 1
            if len(parts[entry["owner"]]) < _MOST:
                parts[entry["owner"]].append(entry)
        yield Para(self.said(SENTENCE))
        yield Para(self.said(_EXACT))
        if not any(counts.values()):
            yield Para(self.said(NONE))
        for owner, entries in parts.items():
            if not entries:
                continue
            yield Sub(self.said(_OWNERS[owner]))
            heads = self.heads(
                N_("Kind"), N_("Value"), N_("First and last, UTC"), N_("Why, and how sure it is what it seems"), N_("Places")
            )
            yield Table(heads, map(self._identifier, entries), ("", "m", "u", "", "w"), "identifiers")
            if counts[owner] > len(entries):
                yield Para((Span(self.say(_REST).format(count=counts[owner] - len(entries), total=counts[owner], key="identifiers")),))

    def _identifier(self, entry: Mapping[str, Any]) -> list[Spans]:
        say = self.say
        kind = say(KIND[entry["kind"]]) + (f"\n{say(ROLE[entry['role']])}" if entry["role"] else "")
        known = [(Span(f"{key} "), cut(entry["detail"][key])) for key in _DETAILS if entry["detail"].get(key)]
        masked = (Span(f" ({say(_MASKED)})"),) if entry["masked"] else ()
        value = (cut(entry["value"], 300), *masked, *((Span("\n"), *joined(known)) if known else ()))
        seen = joined([(stamp(say, entry[key]),) for key in ("first_seen", "last_seen") if entry[key]], "\n")
        why = f"{say(OWNER_WHY[entry['owner_why']])} {say(WHY.get(entry['why'], entry['why']))} ({say(_CONFIDENCE)} {entry['confidence']:.2f}, "
        shown = entry["occurrences"][:_PLACES]
        places = [self._occurrence(item) for item in shown]
        left = entry["occurrence_count"] - sum(item["count"] for item in shown)
        more = [(Span(say(_MORE).format(count=left)),)] if left > 0 else []
        return [(Span(kind),), value, seen, (Span(why), self.status(entry["status"]), Span(")")), joined([*places, *more], "\n")]

    def _occurrence(self, item: Mapping[str, Any]) -> Spans:
        place = (Span(item["exhibit"] or f"{self.say(_RECORD)} {item['record']}"),)
        sender = (cut(item["sender"]["name"] or item["sender"]["id"] or "?", 100),) if item["sender"] else ()
        return joined((place, self.where(item["locator"]), sender))

    def facts(self) -> Iterator[Block]:
        """Yield what exports say besides messages: of each kind the first few, their number, and where the rest stands."""
        groups: dict[tuple[str, str, str], list[Any]] = {}
        beyond = 0
        for fact in self.streams["facts"]():
            key = (fact["of"], fact["exhibit"], fact["kind"])
            if key not in groups and len(groups) >= _KINDS:
                beyond += 1
                continue
            group = groups.setdefault(key, [0, []])
            group[0] += 1
            if len(group[1]) < _FACTS:
                group[1].append(fact)
        if not groups:
            yield Para(self.said(NONE))
            return
        yield Para(self.said(N_("From the same files as the messages, as the service or program wrote it. Nothing of it was checked.")))
        yield Para(self.said(N_("Whose account an export is of, the file does not prove. An address is not a person.")))
        heads = self.heads(N_("Exhibit"), N_("Whose"), N_("What"), N_("Values"), N_("Place, kind of evidence"))
        order = {name: number for number, name in enumerate(_OF)}
        rows = (
            self._fact(fact, group[0] if number == 0 else 0)
            for _, group in sorted(groups.items(), key=lambda item: (order[item[0][0]], item[0][1:]))
            for number, fact in enumerate(group[1])
        )
        yield Table(heads, rows, (), "facts")
        left = beyond + sum(group[0] - len(group[1]) for group in groups.values())
        if left:
            total = beyond + sum(group[0] for group in groups.values())
            yield Para((Span(self.say(_REST).format(count=left, total=total, key="facts")),))

    def _fact(self, fact: Mapping[str, Any], count: int) -> list[Spans]:
        kind = (word(self.say, FACT, fact["kind"]), *((Span(f" ({count})"),) if count > 1 else ()))
        values = joined([(cut(key, 100), Span(": "), cut(value, 200)) for key, value in list(fact["values"].items())[:30]], "; ")
        masked = (Span(f", {self.say(_MASKED)}"),) if fact["masked"] else ()
        place = (*self.where(fact["locator"]), Span(", "), self.status(fact["status"]), *masked)
        return [(Span(fact["exhibit"]),), self.said(_OF[fact["of"]]), kind, values, place]

    def exhibits(self) -> Iterator[Block]:
        """Yield every exhibit with its full digests, how it came in, what it says of itself, and what its kind shows and does not."""
        facts = _by_exhibit(self.streams["metadata"]())
        if not self.head["summary"]["exhibits"]:
            yield Para(self.said(NONE))
        for item in self.streams["exhibits"]():
            yield Sub((Span(f"{item['exhibit']}: "), cut(item["name"])), anchor=item["exhibit"])
            yield Facts([*self._what(item), *self._came(item), *self._worth(item)])
            lines, others = facts.get(item["exhibit"], ([], 0))
            if lines:
                heads = self.heads(N_("What the file says of itself"), N_("Value"), N_("Reader, kind of evidence"))
                yield Table(heads, [self._value(*line) for line in lines], ("m",), "metadata")
            if others:
                yield Para((Span(f"{self.say(_FURTHER)}: {others}"),))

    def _what(self, item: Mapping[str, Any]) -> Iterator[tuple[str, Spans]]:
        say, reading = self.say, item["reading"]
        yield say(N_("Kind of evidence")), (self.status(item["evidential_status"]),)
        if item["parent"]:
            yield say(N_("Came out of")), (Span(item["parent"]),)
        yield "SHA-256", (Span(item["sha256"]),) if item["sha256"] else self.said(N_("in a separate record (by reference)"))
        if item["sha1"]:
            yield "SHA-1", (Span(item["sha1"]),)
            yield "MD5", (Span(item["md5"]),)
        yield say(N_("Size")), (Span(f"{item['size']} {say(_BYTES)}"),)
        if item["kind"]:
            yield say(N_("Stated to be")), (word(say, FILE_KIND, item["kind"]),)
        yield say(N_("Type by content")), (cut(item["media_type"]),) if item["media_type"] else self.said(N_("not looked at"))
        if item["importer"]:
            stated = [(cut(key), Span(" "), cut(value)) for key, value in reading["options"].items()]
            with_ = (Span(f"; {say(_WITH)} "), *joined(stated)) if stated else ()
            yield say(N_("Read as")), (cut(item["importer"]), Span(" "), cut(reading["version"]), *with_)
        else:
            yield say(N_("Read as")), self.said(N_("not read as messages"))
        rule = (item["reason"] or "").partition(":")[0]
        reason = (Span(" ("), word(say, GATE, rule if rule in GATE else item["reason"]), Span(")")) if item["reason"] else ()
        yield say(N_("State")), (word(say, STATE, item["status"]), *reason)
        if item["units"]:
            unit = say(UNIT[item["units"]["unit"]])
            yield say(N_("Account")), (Span(say(_ACCOUNT).format(**{**item["units"], "unit": unit})),)
        if item["status"] == "by-reference" and item["path"]:
            yield say(N_("Where it lay")), (cut(item["path"]),)

    def _came(self, item: Mapping[str, Any]) -> Iterator[tuple[str, Spans]]:
        say, how, times = self.say, item["acquisition"], item["file_times"]
        for key, label, words in _ACQUIRED:
            if how["stated"].get(key):
                yield say(label), (word(say, words, how["stated"][key]),)
        if item["parent"] is None:
            yield (
                say(N_("What that route can change")),
                self.said(ROUTE_CHANGES.get(how["stated"].get("via") or "unknown", ROUTE_CHANGES["unknown"])),
            )
        by = (cut(how["by"]),) if how["by"] else self.said(N_("nobody named"))
        yield say(N_("Imported")), (stamp(say, times["imported"]), Span(", "), *by, Span(f" [{say(_RECORD)} {item['record']}]"))
        yield say(N_("Phone and computer showed the same time")), (word(say, ANSWERED_CLOCK, how["clock"] or "not-asked"),)
        if times["source_modified"] and item["parent"] is None:
            yield say(N_("Modification time of the source file (not the time of capture)")), (stamp(say, times["source_modified"]),)

    def _worth(self, item: Mapping[str, Any]) -> Iterator[tuple[str, Spans]]:
        for label, key in ((_SHOWS, "shows"), (_SHOWS_NOT, "does_not_show")):
            yield self.say(label), joined([self.said(text) for text in item[key]], "\n")

    def _value(self, name: str, value: str, readers: tuple[str, ...], note: str | None) -> list[Spans]:
        said = [
            *((cut(reader, 100),) for reader in readers),
            *(((cut(note_in(self.say, note)),),) if note else ()),
            (self.status("derived"),),
        ]
        return [(cut(name),), (cut(value),), joined(said)]

    def pictures(self, drawn: Iterator[Any]) -> Iterator[Block]:
        """Yield the pictures, drawn anew from their pixels."""
        yield Para(self.said(_DRAWN))
        yield Pictures((picture, self._caption(picture)) for picture in drawn)

    def _caption(self, picture: Any) -> Spans:
        say = self.say
        blurred = (Span(f"\n{say(_BLURRED)}"),) if picture.blurred else ()
        lost = (Span(f"\n{say(_UNSEEN)}"),) if not picture.data else ()
        return (Span(f"{picture.exhibit} "), cut(picture.name, 200), Span("\n"), self.status(picture.status), *blurred, *lost)

    def custody(self) -> Iterator[Block]:
        """Yield every record: what was done, when, by whom, with what."""
        text = N_(
            "Every record of the log: when by this computer's clock, what, by whom as stated, with which program, and its own SHA-256."
        )
        yield Para(self.said(text))
        for tool in self.head["tools"]:
            libraries = ", ".join(f"{name} {version}" for name, version in tool["dependencies"].items())
            yield Para(
                (
                    Span(f"{self.say(_LIBRARIES)}: "),
                    cut(libraries, 5000),
                    Span(f" [{self.say(_RECORD)} {', '.join(map(str, tool['records']))}]"),
                )
            )
        heads = self.heads(N_("No."), N_("UTC"), N_("What"), N_("By whom"), N_("Program"), "SHA-256")
        yield Table(heads, map(self._record, self.streams["custody"]()), ("n", "u", "", "", "", "m"), "custody")

    def _record(self, record: Mapping[str, Any]) -> list[Spans]:
        actor = (cut(record["actor"], 200),) if record["actor"] else self.said(N_("nobody named"))
        subject = [(cut(value, 100),) for key, value in (record["subject"] or {}).items() if key in _SUBJECTS]
        why = (Span(f", {self.say(_BECAUSE)} "), cut(record["why"])) if record["why"] else ()
        what = (*joined([(word(self.say, RECORD, record["type"]),), *subject], " "), *why)
        return [
            (Span(str(record["record"])),),
            (stamp(self.say, record["time"]),),
            what,
            actor,
            (cut(record["tool"], 100),),
            (Span(record["digest"]),),
        ]

    def gaps(self) -> Iterator[Block]:
        """Yield what the exports themselves leave out."""
        yield from self._listed("gaps", lambda gap: (cut(gap["code"]), Span(f" ({gap['count']}): "), cut(self.say(gap["what"]))))

    def defects(self) -> Iterator[Block]:
        """Yield what could not be read, with its place."""

        def line(defect: Mapping[str, Any]) -> Spans:
            where = (*self.where(defect["locator"]), Span(": ")) if defect["locator"] else ()
            return (*where, cut(defect["code"]), Span(": "), cut(self.say(defect["what"])))

        yield from self._listed("defects", line)

    def _listed(self, key: str, words: Any) -> Iterator[Block]:
        entries = self.streams[key]()
        first = next(entries, None)
        if first is None:
            yield Para(self.said(N_("Nothing.")))
            return
        rows = (
            [(Span(entry["exhibit"]),) if entry["exhibit"] else (cut(entry["name"]),), words(entry)]
            for entry in itertools.chain((first,), entries)
        )
        yield Table(self.heads(N_("Exhibit"), N_("What")), rows, (), key)

    def limits(self) -> Iterator[Block]:
        """Yield what all this shows, and what it does not."""
        for key, label in (("proves", _SHOWS), ("does_not_prove", _SHOWS_NOT)):
            yield Sub(self.said(label))
            yield Items([self.said(text) for text in self.head[key]])


def _by_exhibit(facts: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """Return what is worth a line, by exhibit: a few lines each."""
    return {exhibit: telling(group) for exhibit, group in itertools.groupby(facts, key=lambda fact: fact["exhibit"])}


_MASKED, _CONFIDENCE, _RECORD, _BYTES, _WITH, _BECAUSE = (
    N_("masked"),
    N_("confidence"),
    N_("record"),
    N_("bytes"),
    N_("with"),
    N_("because"),
)
_SHOWS, _SHOWS_NOT, _LIBRARIES = N_("Shows"), N_("Does not show"), N_("Libraries used")
_FURTHER, _MORE = N_("Further values in the JSON case file"), N_("and {count} more")
_REST = N_("not shown here: {count} of {total}. All of them are in the JSON case file, key {key}.")
_EXACT = N_("Web addresses are written hxxp and [.] here. For a request, copy the exact form from the JSON or CSV files of the case.")
_DRAWN = N_(
    "Drawn anew from the pixels of each picture, smaller than the original, with nothing else of the file. Pictures by reference are never shown."
)
_BLURRED = N_("Blurred: nobody stated that it shows nothing intimate. The original is sealed in the case.")
_UNSEEN = N_("This picture could not be drawn. The original is sealed in the case.")
_ACCOUNT = N_("{covered} of {total} {unit} accounted for: {messages} messages, {noise} known not to be messages, {defects} not read")
_SUBJECTS = ("exhibit", "contact_id", "device_id", "event_id", "note_id", "not_collected_id", "record", "suggestion")
_ACQUIRED: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("shows", N_("What it shows, as stated"), SHOWS), ("device", N_("Device"), {}), ("app", N_("App"), {}),
    ("via", N_("How it travelled"), ROUTE), ("captured_by", N_("Captured by"), {}), ("captured_at", N_("Captured at, as stated"), {}),
)  # fmt: skip
