"""
The independent account of one reading.

Do its records cover every byte once, and are those bytes what the records say? It knows nothing of any format but what the caller
declares, shares no code with the readers, and looks at the bytes itself. What it finds wrong it reports as defects of its own, so
nothing disappears even when a reader drops, merges or calls everything noise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import lt

from sextortion_cli.model.reading import Defect, Fact, Form, Message, Noise, Record, Units
from sextortion_cli.readers.compoundcheck import CompoundCheck
from sextortion_cli.readers.framecheck import FrameCheck
from sextortion_cli.readers.linecheck import LineCheck
from sextortion_cli.readers.mailcheck import MailCheck
from sextortion_cli.readers.markupcheck import MarkupCheck
from sextortion_cli.readers.noise import BLANK, MARKUP, NOTHING, STRUCTURE, NoiseRule, NoiseRules
from sextortion_cli.readers.valuecheck import ValueCheck
from sextortion_cli.readers.window import SEPARATOR, Problem, Window
from sextortion_cli.words import N_

WINDOW_BYTES = 256 << 10  # larger ones cost a page fault for every page of every block
UNCHECKED_BYTES = 32 << 20
_LEAST = {"text": BLANK, "json": STRUCTURE, "markup": MARKUP, "frames": NOTHING}

WHAT = {
    "unaccounted-bytes": N_("No record of the reader covers these bytes."),
    "overlapping-ranges": N_("A record covers bytes that another record before it covers."),
    "impossible-range": N_("A record covers no bytes, or bytes the file does not have."),
    "undeclared-noise": N_("Bytes left out as meaningless hold something that the reader's list of noise does not allow."),
    "not-a-line-start": N_("A message begins in the middle of a line."),
    "merged-messages": N_("A message holds a line or a tag that opens another message."),
    "not-an-opening-tag": N_("A message does not begin at a tag that opens one."),
    "not-one-object": N_("A message is not exactly one JSON object."),
    "hidden-in-mail": N_("Bytes of a mail are in none of the headers and parts that the reader names."),
    "no-separator": N_("A mail does not begin with the line that separates the mails of a mailbox."),
    "not-whole-frames": N_("Bytes left out as packets are not whole packets."),
    "unchecked-range": N_("A record is too large for the independent account; only its place was checked."),
}


class Tally:
    """
    Balances one reading; feed it every record in order.

    Args:
        source_size: Bytes of the object.
        read_at: Returns up to `count` bytes at an offset.
        form: ``text`` (messages begin at line starts), ``json`` (each message is one object, and what stands between two records is
            one comma and white space: only there may a reader leave bytes without a record), ``markup`` (messages begin at tags),
            ``mail`` or ``mailbox`` (`MailCheck`), ``compound`` (`CompoundCheck`), or ``frames`` (network packets: what is left out
            consists of whole ones).
        noise_rules: Per noise code what its bytes must satisfy (`noise.NoiseRule`). A code without one may hold only blank text
            (``text``), brackets, commas and keys (``json``) or tags, comments and blank text (``markup``), so an importer that calls
            everything noise is found out.
        opening: Matches what opens a message: a line at its start (``text``), or a tag at its ``<`` (``markup``; nothing in it may
            run past the next ``<``). One inside a message is reported, and in markup one that begins no message.
        selecting: False when the person chose nothing to leave out: then ``not-selected`` is no excuse.
    """

    def __init__(
        self,
        source_size: int,
        read_at: Callable[[int, int], bytes],
        form: Form,
        noise_rules: Mapping[str, NoiseRule] | None = None,
        *,
        opening: re.Pattern[bytes] | None = None,
        selecting: bool = True,
    ) -> None:
        self._size = source_size
        self._read_at = read_at
        rules = NoiseRules(noise_rules or {}, _LEAST.get(form, BLANK), selecting)
        self._mails: MailCheck | CompoundCheck | None = None
        if form == "compound":
            self._mails = CompoundCheck(read_at, source_size, rules)
        elif form in ("mail", "mailbox"):
            self._mails = MailCheck(read_at, rules, is_mailbox=form == "mailbox")
        self._check: LineCheck | ValueCheck | MarkupCheck | MailCheck | CompoundCheck | FrameCheck
        if self._mails is not None:
            self._check = self._mails
        elif form == "text":
            self._check = LineCheck(read_at(0, 4), rules, opening)
        elif form == "frames":
            self._check = FrameCheck(read_at(0, 4), rules)
        else:
            self._check = ValueCheck(rules) if form == "json" else MarkupCheck(rules, opening)
        self._separated = form == "json"
        self._base = 0
        self._position = 0
        self._ends: list[int] = []
        self._codes: list[str | None] = []
        self._uncovered = 0
        self._messages = self._noise = self._facts = self._defects = 0
        self.findings = 0

    @property
    def is_balanced(self) -> bool:
        """Say whether every byte is covered once, by a record that it bears out, so far as records were fed."""
        return self.findings == 0 and self._position == self._size

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield `records` with the tally's own defects among them, and what is missing at the end."""
        for record in records:
            yield from self.feed(record)
        yield from self.finish()

    def take(self, records: list[Record]) -> list[Record]:
        """Take the next records, in order; return what to pass on instead: them, and any defects found among them."""
        if not self._follow(records):
            return [passed for record in records for passed in self.feed(record)]
        return [*records, *self._settle()] if self._position - self._base >= WINDOW_BYTES else records

    def _follow(self, records: list[Record]) -> bool:
        """Take messages that all follow each other, a million of them quickly; False, and nothing taken, when it takes more care."""
        starts = [record.start for record in records if type(record) is Message]
        if not starts or len(starts) != len(records):
            return False
        ends: list[int] = [record.end for record in records]  # type: ignore[union-attr]
        before = [self._position, *ends[:-1]]
        if ends[-1] > self._size or not all(map(lt, starts, ends)):
            return False
        if starts == before:
            self._ends += ends
            self._codes += [None] * len(ends)
        elif self._separated and all(map(lt, before, starts)):
            places = [0] * (2 * len(ends))
            places[::2], places[1::2] = starts, ends
            self._ends += places
            self._codes += [SEPARATOR, None] * len(ends)
        else:
            return False
        self._position = ends[-1]
        return True

    def feed(self, record: Record) -> Iterable[Record]:
        """Take the next record; return what to pass on instead: it, and any defects found before it."""
        kind = type(record)
        if kind is Message:
            code = None
        elif kind is Noise:
            code = record.code  # type: ignore[union-attr]
        elif kind is Fact:
            self._facts += 1
            if record.overlay:  # type: ignore[union-attr]
                if self._mails is not None:
                    self._mails.note(record)  # type: ignore[arg-type]
                return (record,)
            code = ""
        elif kind is Defect:
            self._defects += 1
            if record.overlay:  # type: ignore[union-attr]
                return (record,)
            code = ""
        else:
            return (record,)
        start, end = record.start, record.end  # type: ignore[union-attr]
        if not start < end <= self._size or start < self._position or (start > self._position and not self._separated):
            return self._astray(start, end, code, record)
        if start > self._position:
            self._ends.append(start)
            self._codes.append(SEPARATOR)
        self._position = end
        self._ends.append(end)
        self._codes.append(code)
        if end - self._base >= WINDOW_BYTES:
            return (record, *self._settle())
        return (record,)

    def finish(self) -> Iterable[Record]:
        """Return the last defects: the account is closed."""
        found = self._settle()
        if self._position < self._size:
            found.append(self._missing(self._position, self._size))
            self._position = self._size
        return found

    def units(self) -> Units:
        """Return the account. `covered` is less than `total` by every byte that no record, or a false one, covers."""
        covered = self._position - self._uncovered
        return Units(
            "bytes",
            self._size,
            covered,
            messages=self._messages,
            continuations=self._check.continuations,
            noise=self._noise,
            defects=self._defects,
            facts=self._facts,
        )

    def _astray(self, start: int, end: int, code: str | None, record: Record) -> Iterable[Record]:
        """Take a record that does not begin where the last one ended, or ends where none can."""
        found: list[Record] = list(self._settle())
        if start < self._position or not start < end <= self._size:
            self._messages += code is None
            self._noise += bool(code)
        if not 0 <= start < end <= self._size:
            at = min(max(start, 0), self._size)
            return (*found, record, self._overlay(at, max(at, min(end, self._size)), "impossible-range"))
        if start < self._position:
            found += [record, self._overlay(start, end, "overlapping-ranges")]
            self._position = self._base = max(self._position, end)
            return found
        found.append(self._missing(self._position, start))
        self._base, self._position = start, end
        self._ends.append(end)
        self._codes.append(code)
        return (*found, record)

    def _missing(self, start: int, end: int) -> Defect:
        self._uncovered += end - start
        self._count_finding()
        return Defect(start, end, "unaccounted-bytes", WHAT["unaccounted-bytes"])

    def _overlay(self, start: int, end: int, code: str) -> Defect:
        self._count_finding()
        return Defect(start, end, code, WHAT[code], overlay=True)

    def _count_finding(self) -> None:
        self.findings += 1
        self._defects += 1

    def _settle(self) -> list[Record]:
        """Look at the bytes of the ranges gathered so far; return a defect for each stretch that is not what its records say."""
        ends, codes, base = self._ends, self._codes, self._base
        self._ends, self._codes, self._base = [], [], self._position
        found: list[Problem] = []
        messages, unchecked = codes.count(None), codes.count("")
        self._messages += messages
        self._noise += len(codes) - messages - unchecked - codes.count(SEPARATOR)
        if ends and ends[-1] - (ends[-2] if len(ends) > 1 else base) > UNCHECKED_BYTES:
            start, end = ends[-2] if len(ends) > 1 else base, ends.pop()
            code = codes.pop()
            if self._mails is not None and not code:
                found += self._mails.range(start, end) if code is None else []
            elif code != "":
                found.append(Problem(start, end, "unchecked-range"))
        if ends:
            origin = max(0, base - self._check.unit)
            window = Window(self._read_at(origin, ends[-1] - origin), origin, base, ends, codes)
            found = self._check.check(window) + found
        self._uncovered += sum(problem.end - problem.start for problem in found)
        return [self._overlay(problem.start, problem.end, problem.code) for problem in _joined(found)]


def _joined(problems: list[Problem]) -> list[Problem]:
    """Join neighbours with the same problem, so that a reader that is wrong a million times does not say so a million times."""
    joined: list[Problem] = []
    for problem in problems:
        if joined and joined[-1].code == problem.code and joined[-1].end == problem.start:
            joined[-1].end = problem.end
        else:
            joined.append(problem)
    return joined
