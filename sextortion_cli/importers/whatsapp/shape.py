"""
The header of a message in a WhatsApp text export: found in any of its shapes, and then learned exactly for one file.

WhatsApp writes every header of one export alike, in the form of the phone's region. So a general pattern finds candidates, the
commonest shape is the file's own, and only lines of exactly that shape open a message: a pasted line of another shape does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from sextortion_cli.importers.whatsapp.periods import PERIODS

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
_PERIOD = "|".join(re.escape(word).replace(r"\ ", SPACE) for word in sorted(PERIODS, key=len, reverse=True))
# The general pattern: applied to single short lines only, every repeat bounded.
_M = f"{MARKS}{{0,3}}"
_DATE = (
    rf"(?P<f1>{_YEAR}|{_FIELD}){_M}(?P<s1>{SPACE}?[/.\-年년]{SPACE}?){_M}(?P<f2>{_FIELD}){_M}(?P<s2>{SPACE}?[/.\-月월]{SPACE}?){_M}(?P<f3>{_YEAR}|{_FIELD})"
    rf"(?P<after>(?:{SPACE}?(?:BE|AH|AP|CE|AD|г\.|р\.|日|일|\.))?)"
)
_BETWEEN = rf"{_M}[,،、]?{SPACE}{{0,2}}(?:(?:klo|kl\.|às|à|at|um|в|о|a{SPACE}las){SPACE})?{_M}"
_TIME = (
    rf"(?P<before>(?:{_PERIOD})?){SPACE}?{_M}(?P<hh>{_HOUR})(?P<ts>[:.٫]|{SPACE}?h{SPACE}?){_M}(?P<mm>{_SIXTY})"
    rf"(?:(?P<ss_sep>[:.٫]|{SPACE}min{SPACE}){_M}(?P<ss>{_SIXTY})(?:{SPACE}s)?)?"
    rf"(?P<behind>(?:{SPACE}?{_M}(?:{_PERIOD}))?)(?P<unit>(?:{SPACE}?(?:ч\.|Uhr))?){_M}"
)
_GENERAL = tuple(
    re.compile(
        rf"(?P<lead>{MARKS}{{0,6}})(?P<open>\[?){_M}{body}(?P<close>\]?)(?P<term>{_M}{SPACE}?[\-–—:]?{SPACE}|{_M}\Z|{_M}:{SPACE})",
        re.IGNORECASE,
    )
    for body in (f"{_DATE}(?P<between>{_BETWEEN}){_TIME}", f"{_TIME}(?P<between>{_BETWEEN}){_DATE}")
)
LONGEST = 96
"""No header is longer than this many characters."""


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


def look(line: str) -> tuple[Shape, re.Match[str]] | None:
    """Return the shape of the header that `line` begins with, if it begins with one."""
    for time_first, pattern in enumerate(_GENERAL):
        found = pattern.match(line[:LONGEST])
        if found is None:
            continue
        part = found.groupdict()
        bracket = bool(part["open"])
        end = _plain(part["term"])
        if bracket != bool(part["close"]) or (bracket and end.strip()) or (not bracket and not end.strip()):
            continue
        if end.strip() == ":" and part["ss"] is None:
            continue
        year_first = len(part["f1"]) == 4
        year = part["f1"] if year_first else part["f3"]
        width = 1 if year[0] in "RHSMTrhsmt" else len(year)
        if (year_first and len(part["f3"]) > 2) or width not in (1, 2, 4):
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
            part["ss"] is not None,
            position,
            _plain(part["unit"]),
            end if end.strip() else " ",
        )
        return shape, found
    return None


class Learned(NamedTuple):
    """
    One file's header.

    Attributes:
        shape: Its shape.
        headers: Lines of the sample that have it.
        others: Header-like lines of other shapes in the sample.
        marked: Direction marks stand inside headers of this file.
        padded: Whether the first and second date field are always written with two digits, always without a zero, or either way (None).
    """

    shape: Shape
    headers: int
    others: int
    marked: bool
    padded: tuple[bool | None, bool | None]


def learn(lines: Iterable[str]) -> Learned | None:
    """Return the commonest header shape of `lines`, or None when no line begins with a header."""
    shapes: Counter[Shape] = Counter()
    marked: set[Shape] = set()
    zeros: Counter[tuple[Shape, int, bool]] = Counter()
    for line in lines:
        seen = look(line)
        if seen is None:
            continue
        shape, found = seen
        shapes[shape] += 1
        if re.search(MARKS, found.group()[len(found.group("lead")) :]):
            marked.add(shape)
        for place, name in enumerate(("f1", "f2")):
            field = found.group(name)
            if len(field) == 1 or (len(field) == 2 and field[0] in _ZEROS):
                zeros[shape, place, len(field) == 2] += 1
    if not shapes:
        return None
    shape, count = shapes.most_common(1)[0]
    padded = tuple(_habit(zeros[shape, place, True], zeros[shape, place, False]) for place in (0, 1))
    return Learned(shape, count, shapes.total() - count, shape in marked, (padded[0], padded[1]))


def _habit(with_zero: int, without: int) -> bool | None:
    """Return whether fields below ten are written with a zero, when nearly all of enough of them agree."""
    if with_zero > 4 * without:
        return True
    return False if without > 4 * with_zero else None


def _field(padded: bool | None) -> str:
    return rf"{_digit(0, 3)}\d" if padded else rf"(?:{_digit(1, 3)}\d|\d)" if padded is False else _FIELD


def _loose(text: str, marks: str) -> str:
    return marks + re.escape(text).replace(r"\ ", SPACE) + marks


def patterns(learned: Learned) -> tuple[re.Pattern[str], re.Pattern[str]]:
    r"""
    Return two patterns for a learned header.

    The first finds it after a line feed and has two groups (the whole header; date and time), for `re.split`. The second takes
    date and time apart, with the group names of `Stamp`.
    """
    shape = learned.shape
    marks = f"{MARKS}*+" if learned.marked else ""
    year = {1: r"[RHSMT]\d{1,2}", 2: r"\d{2}", 4: r"\d{4}"}[shape.year_width]
    first, second = _field(learned.padded[0]), _field(learned.padded[1])
    fields = (year, second, _FIELD) if shape.year_first else (first, second, year)
    one, two = (_loose(text, marks) for text in shape.separators)
    date = rf"{{f1}}{fields[0]}{{x}}{one}{{f2}}{fields[1]}{{x}}{two}{{f3}}{fields[2]}{{x}}{{after}}{_loose(shape.after, '')}{{x}}"
    period = rf"{SPACE}?{marks}{{period}}(?:{_PERIOD}){{x}}"
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
    header = rf"\n({MARKS}*+{opening}{marks}({bare}){marks}{closing}{marks}{end})"
    return re.compile(header, re.IGNORECASE if shape.period else 0), re.compile(named, re.IGNORECASE)


def _fill(pattern: str, groups: dict[str, str]) -> str:
    for name, opening in groups.items():
        pattern = pattern.replace(f"{{{name}}}", opening)
    return pattern.replace("{x}", ")")
