"""
The header of a message in a WhatsApp text export: found in any of its shapes, and then learned exactly for one file.

WhatsApp writes every header of one export alike, in the form of the phone's region. So a general pattern finds candidates, the
commonest shape is the file's own, and only lines of exactly that shape open a message: a pasted line of another shape does not.
Where no shape prevails, exports were joined in one file; then every shape that occurs is its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from sextortion_cli.importers.whatsapp.periods import PERIODS, part_of

MARKS = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c]"
SPACE = "[ \u00a0\u202f\u2009]"
#: First digits of the scripts in which phones write numbers: European, Arabic, Persian, Devanagari, Bengali, Thai, Burmese.
_ZEROS = "0\u0660\u06f0\u0966\u09e6\u0e50\u1040"


def _digit(first: int, last: int) -> str:
    return "[" + "".join(f"{chr(ord(zero) + first)}-{chr(ord(zero) + last)}" for zero in _ZEROS) + "]"


_FIELD = rf"{_digit(0, 3)}?\d"
_SIXTY = rf"{_digit(0, 5)}\d"
_HOUR = rf"{_digit(0, 2)}?\d"
_YEAR = r"(?:\d{4}|\d{2}|[RHSMT]\d{1,2})"
#: Words that may stand for a part of the day; which of them do is looked up afterwards.
_WORDS = r"[^\W\d_][^\d:\[\]\-–—]{0,20}?"
# The general pattern: applied to single short lines only, every repeat bounded.
_M = f"{MARKS}{{0,3}}"
_DATE = (
    rf"(?P<f1>{_YEAR}|{_FIELD}){_M}(?P<s1>{SPACE}?[/.\-年년]{SPACE}?){_M}(?P<f2>{_FIELD}){_M}(?P<s2>{SPACE}?[/.\-月월]{SPACE}?){_M}(?P<f3>{_YEAR}|{_FIELD})"
    rf"(?P<after>(?:{SPACE}?(?:BE|AH|AP|CE|AD|г\.|р\.|日|일|\.))?)"
)
_BETWEEN = rf"{_M}[,،、]?{SPACE}{{0,2}}(?:(?:klo|kl\.|às|à|at|um|в|о|a{SPACE}las){SPACE})?{_M}"
_TIME = (
    rf"(?P<before>(?:{_WORDS})??){SPACE}?{_M}(?P<hh>{_HOUR})(?P<ts>[:.٫]|{SPACE}?h{SPACE}?){_M}(?P<mm>{_SIXTY})"
    rf"(?:(?P<ss_sep>[:.٫]|{SPACE}min{SPACE}){_M}(?P<ss>{_SIXTY})(?:{SPACE}s)?)?"
    rf"(?P<behind>(?:{SPACE}?{_M}{_WORDS})??)(?P<unit>(?:{SPACE}?(?:ч\.|Uhr)|\.)?){_M}"
)
_GENERAL = tuple(
    re.compile(
        rf"(?P<lead>{MARKS}{{0,6}})(?P<open>\[?){_M}{body}"
        rf"(?:(?P<close>\]){_M}(?:{SPACE}|\Z)|(?P<term>{_M}{SPACE}?[\-–—:]{SPACE}))",
        re.IGNORECASE,
    )
    for body in (f"{_DATE}(?P<between>{_BETWEEN}){_TIME}", f"{_TIME}(?P<between>{_BETWEEN}){_DATE}")
)
LONGEST = 96
"""No header is longer than this many characters."""
_PREVAILS = 0.6
_ENOUGH = 10
_DAYS_OF_TWO_DIGITS = 10


class Stamp(NamedTuple):
    """The parts of one header: date fields in the order of the file, what follows the date, hour, minute, second, day period."""

    fields: tuple[str, str, str]
    after: str
    hour: str
    minute: str
    second: str | None
    period: str


class Shape(NamedTuple):
    """What all headers of one export have in common (spaces of any kind are written as a plain space)."""

    bracket: bool
    time_first: bool
    separators: tuple[str, str]
    year_first: bool
    year_width: int
    after: str
    between: str
    clock: str
    seconds: bool
    period: str
    unit: str
    end: str


def _plain(text: str) -> str:
    return re.sub(SPACE, " ", re.sub(MARKS, "", text))


def _is_period(part: dict[str, str]) -> bool:
    return all(not part[name] or part_of(_plain(part[name]).strip()) is not None for name in ("before", "behind"))


def look(line: str) -> tuple[Shape, re.Match[str]] | None:
    """Return the shape of the header that `line` begins with, if it begins with one."""
    for time_first, pattern in enumerate(_GENERAL):
        found = pattern.match(line[:LONGEST])
        if found is None:
            continue
        part = found.groupdict("")
        if part["behind"] and part["unit"] == ".":  # the dot ends "p.m."
            part["behind"], part["unit"] = f"{part['behind']}.", ""
        bracket = bool(part["open"])
        end = _plain(part["term"]) or " "
        if bracket != bool(part["close"]) or (end.strip() == ":" and not part["ss"]) or not _is_period(part):
            continue
        year_first = len(part["f1"]) == 4
        year = part["f1"] if year_first else part["f3"]
        width = 1 if year[0] in "RHSMTrhsmt" else len(year)
        if width == 1 and year.isdecimal():  # one digit is a day: the year is the first field, with two digits
            year_first, width = True, len(part["f1"])
        if (year_first and len(part["f3"]) > 2) or width not in (1, 2, 4) or (year_first and width == 1):
            continue
        position = "before" if part["before"] else "behind" if part["behind"] else ""
        separators = (_plain(part["s1"]), _plain(part["s2"]))
        shape = Shape(
            bracket,
            bool(time_first),
            separators,
            year_first,
            width,
            _plain(part["after"]),
            _plain(part["between"]),
            _plain(part["ts"]),
            bool(part["ss"]),
            position,
            _plain(part["unit"]),
            end,
        )
        return shape, found
    return None


class Learned(NamedTuple):
    """
    One file's header.

    Attributes:
        shape: Its shape.
        headers: Lines of the sample that have it.
        others: Header-like lines of other shapes in the sample that open no message.
        marked: Direction marks stand inside headers of this file.
        padded: Whether the first and second date field are always written with two digits, always without a zero, or either way (None).
        periods: Words for parts of the day that the sample has, the commonest first.
        more: Further shapes of a file in which none prevails.
    """

    shape: Shape
    headers: int
    others: int
    marked: bool
    padded: tuple[bool | None, bool | None]
    periods: tuple[str, ...]
    more: tuple[Learned, ...] = ()


def learn(lines: Iterable[str]) -> Learned | None:
    """Return the commonest header shape of `lines`, or None when no line begins with a header."""
    shapes: Counter[Shape] = Counter()
    periods: Counter[str] = Counter()
    marked: set[Shape] = set()
    zeros: Counter[tuple[Shape, int, bool]] = Counter()
    for line in lines:
        seen = look(line)
        if seen is None:
            continue
        shape, found = seen
        shapes[shape] += 1
        if shape.period:
            word = _plain(found[shape.period]).strip()
            periods[word if part_of(word) else f"{word}."] += 1
        if re.search(MARKS, found.group()[len(found.group("lead")) :]):
            marked.add(shape)
        for place, name in enumerate(("f1", "f2")):
            field = found.group(name)
            if len(field) == 1 or (len(field) == 2 and field[0] in _ZEROS):
                zeros[shape, place, len(field) == 2] += 1
    if not shapes:
        return None
    _put_together(shapes)

    def one(shape: Shape) -> Learned:
        first, second = (_habit(zeros[shape, place, True], zeros[shape, place, False]) for place in (0, 1))
        return Learned(shape, shapes[shape], 0, shape in marked, (first, second), tuple(word for word, _ in periods.most_common()))

    total = shapes.total()
    (shape, count), *rest = shapes.most_common()
    if total >= _ENOUGH and count < total * _PREVAILS:
        return one(shape)._replace(more=tuple(one(other) for other, _ in rest[:_ENOUGH]))
    return one(shape)._replace(others=total - count)


def _put_together(shapes: Counter[Shape]) -> None:
    """Where lines say that a year of two digits stands first, count those to them that leave it open, because their day has two digits."""
    for shape in [shape for shape in shapes if shape.year_first and shape.year_width == 2]:
        open_ = shape._replace(year_first=False)
        if shapes[shape] * _DAYS_OF_TWO_DIGITS >= shapes[open_]:
            shapes[shape] += shapes.pop(open_, 0)


def _habit(with_zero: int, without: int) -> bool | None:
    """Return whether fields below ten are written with a zero, when nearly all of enough of them agree."""
    if with_zero > 4 * without:
        return True
    return False if without > 4 * with_zero else None


def _field(padded: bool | None) -> str:
    return rf"{_digit(0, 3)}\d" if padded else rf"(?:{_digit(1, 3)}\d|\d)" if padded is False else _FIELD


def _loose(text: str, marks: str) -> str:
    return marks + re.escape(text).replace(r"\ ", SPACE) + marks


class Finder(NamedTuple):
    r"""
    How the messages of one file are found.

    Attributes:
        split: Finds a header after a line feed and has two groups (the whole header; date and time), for `re.split`. In a file of
            several shapes both are the whole header.
        parts: Per shape, the pattern that finds it alone, and one that takes date and time apart, with the group names of `Stamp`.
    """

    split: re.Pattern[str]
    parts: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


def finder_of(learned: Learned) -> Finder:
    """Return how the headers of a file are found."""
    written = [_written(one) for one in (learned, *learned.more)]
    flags = re.IGNORECASE if any(one.shape.period for one in (learned, *learned.more)) else 0
    parts = tuple(
        (re.compile(rf"\n({before}({stamp}){after})", flags), re.compile(fields, re.IGNORECASE)) for before, stamp, after, fields in written
    )
    if not learned.more:
        return Finder(parts[0][0], parts)
    either = "|".join(f"{before}{stamp}{after}" for before, stamp, after, _ in written)
    return Finder(re.compile(rf"\n(({either}))", flags), parts)


def _written(learned: Learned) -> tuple[str, str, str, str]:
    """Return the pattern of a learned header in three parts: before date and time, these, and behind; and the one that takes them apart."""
    shape = learned.shape
    marks = f"{MARKS}*+" if learned.marked else ""
    year = {1: r"[RHSMT]\d{1,2}", 2: r"\d{2}", 4: r"\d{4}"}[shape.year_width]
    first, second = _field(learned.padded[0]), _field(learned.padded[1])
    fields = (year, second, _FIELD) if shape.year_first else (first, second, year)
    one, two = (_loose(text, marks) for text in shape.separators)
    date = rf"{{f1}}{fields[0]}{{x}}{one}{{f2}}{fields[1]}{{x}}{two}{{f3}}{fields[2]}{{x}}{{after}}{_loose(shape.after, '')}{{x}}"
    words = "|".join(re.escape(word).replace(r"\ ", SPACE) for word in (*learned.periods, *sorted(PERIODS, key=len, reverse=True)))
    period = rf"{SPACE}?{marks}{{period}}(?:{words}){{x}}"
    clock = _loose(shape.clock, marks)
    seconds = rf"(?:[:.٫]|{SPACE}min{SPACE}){marks}{{ss}}{_SIXTY}{{x}}(?:{SPACE}s)?" if shape.seconds else ""
    time = rf"{{hh}}{_HOUR}{{x}}{clock}{{mm}}{_SIXTY}{{x}}{seconds}"
    if shape.period == "before":
        time = rf"{period}{SPACE}?{marks}{time}"
    elif shape.period == "behind":
        time += period
    time += _loose(shape.unit, marks) if shape.unit else ""
    between = _loose(shape.between, marks)
    stamp = f"{time}{between}{date}" if shape.time_first else f"{date}{between}{time}"
    names = ("f1", "f2", "f3", "after", "hh", "mm", "ss", "period")
    bare = _fill(stamp, dict.fromkeys(names, "(?:"))
    named = _fill(stamp, {name: f"(?P<{name}>" for name in names})
    opening, closing = (r"\[", r"\]") if shape.bracket else ("", "")
    end = _loose(shape.end, "") if not shape.bracket else f"(?:{SPACE}|(?=\r?\n|\\Z))"
    if not shape.bracket:
        end = re.escape(shape.end.rstrip()).replace(r"\ ", SPACE) + rf"(?:{SPACE}|(?=\r?\n|\Z))"
    return f"{MARKS}*+{opening}{marks}", bare, f"{marks}{closing}{marks}{end}", named


def _fill(pattern: str, groups: dict[str, str]) -> str:
    for name, opening in groups.items():
        pattern = pattern.replace(f"{{{name}}}", opening)
    return pattern.replace("{x}", ")")
