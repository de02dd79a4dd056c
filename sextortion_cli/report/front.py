"""
Page one in words, for every format: blocks of short lines, so few and so short that they fit one A4 page whatever the case holds.

What does not fit is counted, and the line says where all of it stands. What nobody stated is said to be not stated.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sextortion_cli.model.eventwords import EVENT
from sextortion_cli.report.span import MONEY, NO_AMOUNT, Say, Span, Spans, joined, quote, stamp, time_spans, word
from sextortion_cli.report.wording import ANSWER, CLOCK, ROLE
from sextortion_cli.words import N_

#: Columns of one line of the person's own words, and of one quoted value; wide letters count twice.
LINE, VALUE = 94, 44
_STORY, _ACCOUNTS, _MONEY, _DEVICES, _RISKS, _REPORTS, _DELETED = 10, 6, 6, 3, 4, 4, 2


@dataclass(frozen=True)
class Row:
    """One line: its label, or none, and what it says. `more` marks the line that says where the rest stands."""

    label: str | None
    spans: Spans
    more: bool = False


@dataclass(frozen=True)
class Block:
    """A few lines under a heading, or under none."""

    title: str | None
    rows: Sequence[Row]


@dataclass(frozen=True)
class Layout:
    """
    How page one is laid on paper so that it is one page.

    Attributes:
        density: ``roomy`` or ``dense``: which height lines have.
        blocks: For each block its title, and each row with the lines it may take: one, or two where there is room.
    """

    density: str
    blocks: list[tuple[str | None, list[tuple[Row, int]]]]


#: Lines of an A4 sheet at either density, title of the page and closing note taken off; and columns of a line.
_SHEETS = (("roomy", 54), ("dense", 73))
_COLUMNS = 96


def laid_out(blocks: Sequence[Block]) -> Layout:
    """Return the layout: long rows have two lines if all of it still fits, one otherwise."""
    titles = sum(block.title is not None for block in blocks)
    for most in (2, 1):
        found = [(block.title, [(row, min(most, _lines(row))) for row in block.rows]) for block in blocks]
        needed = titles + sum(lines for _, rows in found for _, lines in rows)
        for density, room in _SHEETS:
            if needed <= room:
                return Layout(density, found)
    return Layout("dense", found)


def _lines(row: Row) -> int:
    return 1 if sum(_width(text) for text, _ in row.spans) <= _COLUMNS else 2


class Front:
    """
    Page one in one language.

    Args:
        page: `page_one` of the case file.
        place: Gives the words for where a section stands: a key of the sections of the format.
    """

    def __init__(self, page: Mapping[str, Any], say: Say, place: Callable[[str], str]) -> None:
        self._page = page
        self.say = say
        self._place = place

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in the order of urgency."""
        yield Block(None, list(self._head()))
        yield Block(self.say(N_("Most important first")), list(self._asked()))
        yield Block(self.say(N_("What happened, in the person's own words")), list(self._story()))
        yield Block(self.say(N_("Accounts used by the extorter")), self._some("accounts", _ACCOUNTS, self._account, "people"))
        yield Block(self.say(N_("Demanded and paid")), self._some("money", _MONEY, self._money, "money"))
        yield Block(self.say(N_("Devices that can be examined")), self._some("devices", _DEVICES, self._device, "devices"))
        yield Block(self.say(N_("What disappears first")), self._some("disappears", _RISKS, self._risk, "missing"))
        yield Block(self.say(N_("Reports made elsewhere")), self._some("reports", _REPORTS, self._report, "timeline"))
        yield Block(self.say(N_("What is deleted or missing")), list(self._absent()))

    def _head(self) -> Iterator[Row]:
        page, made, say = self._page, self._page["made"], self.say
        if page["title"]:
            yield Row(say(N_("Title")), (_short(page["title"]),))
        yield Row(say(N_("Case number")), (quote(page["case_id"]),))
        yield Row(say(N_("Fingerprint")), (quote(page["fingerprint"]),))
        by = (_short(made["by"]),) if made["by"] else (Span(say(N_("nobody named"))),)
        role = (word(say, ROLE, made["role"]),) if made["role"] else ()
        yield Row(say(N_("State of")), joined(((stamp(say, made["at"]),), by, role, (Span(made["program"]),))))

    def _asked(self) -> Iterator[Row]:
        page, say = self._page, self.say
        if page["going_on"]:
            latest = (
                Span(say(N_("stated last:")) + " "),
                word(say, EVENT, page["going_on"]),
                Span(", "),
                *self._time(page["going_on_when"]),
            )
            yield Row(say(N_("Is it going on now")), latest)
        else:
            yield self._unstated(N_("Is it going on now"))
        if page["last_from_extorter"]:
            clock = say(CLOCK[page["message_clock"]]) if page["message_clock"] else say(N_("not known"))
            yield Row(say(N_("Last message from an account used by the extorter")), (Span(page["last_from_extorter"]), Span(f" ({clock})")))
        yield Row(say(N_("Deadline")), self._time(page["deadline"])) if page["deadline"] else self._unstated(N_("Deadline"))
        if page["published"]:
            when = (Span(", "), *self._time(page["publication"])) if page["publication"] else ()
            yield Row(say(N_("Published anywhere")), (Span(say(N_("yes"))), *when))
        else:
            yield self._unstated(N_("Published anywhere"))
        yield Row(say(N_("Is anyone shown under 18")), (Span(say(ANSWER.get(page["minor"], N_("not known")))),))
        yield from self._sent()

    def _sent(self) -> Iterator[Row]:
        page, say = self._page, self.say
        if not page["paid"]:
            yield self._unstated(N_("Money sent"))
            return
        yield Row(say(N_("Money sent")), (Span(say(N_("yes"))),))
        yield Row(
            say(N_("Can it still be stopped")),
            (Span(say(N_("Not known. Only the bank or the service can say; it is a matter of hours."))),),
        )
        told = page["bank_told"]
        yield Row(say(N_("Bank or service told")), self._report(told)) if told else self._unstated(N_("Bank or service told"))

    def _story(self) -> Iterator[Row]:
        """Yield at most ten lines of what the person stated, word for word; a longer statement goes on in the next line."""
        lines = [(entry, part) for entry in self._page["story"] for part in _wrapped(entry["text"], LINE)]
        if not lines:
            yield Row(None, (Span(self.say(N_("Nothing was stated."))),))
        shown = lines if len(lines) <= _STORY else lines[: _STORY - 1]
        before = None
        for entry, part in shown:
            yield Row(entry["source"] if entry is not before else "", (quote(part),))
            before = entry
        if len(lines) > len(shown):
            yield self._more(len({id(entry) for entry, _ in lines[len(shown) :]}), "timeline")

    def _some(self, key: str, most: int, words: Callable[[Mapping[str, Any]], Spans], section: str) -> list[Row]:
        """Return the first of a list, and where the others stand; none is said to be none."""
        entries = self._page[key]
        if not entries:
            return [Row(None, (Span(self.say(N_("None stated."))),))]
        shown = entries if len(entries) <= most else entries[: most - 1]
        rows = [Row(_name(entry), words(entry)) for entry in shown]
        return [*rows, self._more(len(entries) - len(shown), section)] if len(entries) > len(shown) else rows

    def _account(self, account: Mapping[str, Any]) -> Spans:
        known = [(Span(f"{self.say(label)} "), _short(account[key])) for key, label in _KNOWN if account[key]]
        return joined(known) or (Span(self.say(N_("nothing stated"))),)

    def _money(self, money: Mapping[str, Any]) -> Spans:
        kind = Span(self.say(_PAID if money["kind"] == "payment" else _DEMANDED) + ": ")
        amount = joined(((_short(money[key]),) for key in ("amount", "currency") if money[key]), " ") or (Span(self.say(NO_AMOUNT)),)
        needed = ("destination", "reference") if money["kind"] == "payment" else ()
        traces: list[Spans] = []
        for key, label in MONEY:
            if money[key]:
                traces.append((Span(f"{self.say(label)} "), _short(money[key])))
            elif key in needed:
                traces.append((Span(f"{self.say(_NEEDED[key])}: {self.say(_UNSTATED)}"),))
        return (kind, *joined([amount, *traces, self._time(money["when"])], "; "))

    def _device(self, device: Mapping[str, Any]) -> Spans:
        known = [(_short(device[key]),) for key in ("make", "model") if device[key]]
        where = (Span(self.say(N_("where it is")) + " "), _short(device["where"])) if device["where"] else ()
        examine = Span(f"{self.say(_EXAMINED)}: {self.say(ANSWER[device['examine'] or 'unknown'])}")
        return joined([joined(known, " "), where, (examine,)])

    def _risk(self, risk: Mapping[str, Any]) -> Spans:
        days = risk["days"]
        when = (
            self.say(N_("at any time"))
            if days == 0
            else self.say(N_("time not known"))
            if days is None
            else self.say(_DAYS).format(days=days)
        )
        return (Span(f"{when}: {_cut(risk['what'], LINE)}"),)

    def _report(self, report: Mapping[str, Any]) -> Spans:
        say = self.say
        to = _short(report["to"]) if report["to"] else Span(say(N_("to whom: not stated")))
        number = (Span(say(N_("reference")) + " "), _short(report["reference"])) if report["reference"] else (Span(say(_NO_NUMBER)),)
        return joined([(Span(say(EVENT[report["kind"]])),), (to,), number, self._time(report["when"])])

    def _absent(self) -> Iterator[Row]:
        gaps, say = self._page["gaps"], self.say
        for entry in gaps["deleted"][:_DELETED]:
            yield Row(entry["source"], (Span(say(N_("stated as deleted")) + ": "), _short(entry["text"] or "?", LINE)))
        if gaps["deleted_count"] > _DELETED:
            yield self._more(gaps["deleted_count"] - _DELETED, "timeline")
        if not gaps["deleted_count"]:
            yield Row(None, (Span(say(N_("Nothing is stated as deleted."))),))
        if gaps["disappearing"]:
            named = ", ".join(gaps["disappearing"][:_DEVICES])
            yield Row(None, (Span(f"{say(_VANISHING)}: {named}"),))
        counts = [f"{say(label)}: {gaps[key]}" for key, label in _COUNTED]
        yield Row(None, (Span("; ".join(counts)), Span(f" ({self._place('gaps')})")))

    def _unstated(self, label: str) -> Row:
        return Row(self.say(label), (Span(self.say(N_("not stated"))),))

    def _time(self, time: Mapping[str, Any] | None) -> Spans:
        """Return a time whose written form, a person's own words at times, is short."""
        return time_spans(self.say, None if time is None else {**time, "as_written": _cut(time["as_written"], VALUE)})

    def _more(self, count: int, section: str) -> Row:
        return Row(None, (Span(self.say(N_("{count} more in {place}")).format(count=count, place=self._place(section))),), more=True)


def _name(entry: Mapping[str, Any]) -> str | None:
    name = next((str(entry[key]).partition(":")[0] for key in ("contact_id", "event_id", "device_id", "id") if key in entry), None)
    return None if name is None or name.islower() else name  # a word of ours is no number anybody can look up


def _short(value: object, columns: int = VALUE) -> Span:
    return quote(_cut(str(value), columns))


def _cut(text: str, columns: int) -> str:
    """Return the beginning of a text on one line."""
    first = next(_wrapped(text, columns), "")
    return first if len(first) == len(" ".join(text.split())) else first.rstrip() + "…"


def _wrapped(text: str, columns: int) -> Iterator[str]:
    """Yield a text in lines of at most so many columns, broken between words where there are any."""
    line, width = "", 0
    for piece in text.split():
        while piece:
            room = columns - width - bool(line)
            wide = _width(piece)
            if wide <= room:
                line, width, piece = (f"{line} {piece}", width + 1 + wide, "") if line else (piece, wide, "")
            elif line:
                yield line
                line, width = "", 0
            else:
                count = _fitting(piece, columns)
                yield piece[:count]
                piece = piece[count:]
    if line:
        yield line


def _width(text: str) -> int:
    """Return how many columns a text takes: an escape that the gates make of a hidden letter takes ten."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_columns, text))


def _columns(letter: str) -> int:
    if unicodedata.east_asian_width(letter) in "WF":
        return 2
    return 10 if unicodedata.category(letter)[0] == "C" else 1


def _fitting(text: str, columns: int) -> int:
    used = 0
    for count, letter in enumerate(text):
        used += _columns(letter)
        if used > columns:
            return max(1, count)
    return len(text)


_VANISHING = N_("Messages disappear by themselves, as stated")
_EXAMINED, _UNSTATED = N_("may be examined"), N_("not stated")
_PAID, _DEMANDED = N_("Paid"), N_("Demanded")
_NO_NUMBER = N_("case number: not stated")
_DAYS = N_("within {days} days")
_NEEDED = {"destination": N_("to whom"), "reference": N_("reference")}
_KNOWN = (
    ("service", N_("Service")), ("stable_id", N_("Stable id")), ("handle", N_("Handle")), ("display_name", N_("Display name")),
    ("phone", N_("Phone")), ("email", N_("E-mail")), ("profile_url", N_("Profile address")),
)  # fmt: skip
_COUNTED = (
    ("not_collected", N_("Not collected, as stated")), ("gaps", N_("gaps in exports")), ("by_reference", N_("files not copied")),
    ("unread", N_("files not fully read")),
)  # fmt: skip
