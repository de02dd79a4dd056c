"""What words do in a demand or threat, and how the table of one language becomes a look-up: plain dictionaries, no pattern over text."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sextortion_cli.extract.demands.folding import fold


class Role:
    """
    What a word can do, as bits of a plain number (the library's flags take ten times as long). A word can do several things; the words
    around it decide.
    """

    ME: Final = 1 << 0  # the writer as subject
    YOU: Final = 1 << 1  # the reader as subject
    THEY: Final = 1 << 2  # somebody else as subject
    YOUR: Final = 1 << 3
    MY: Final = 1 << 4
    ALL: Final = 1 << 5
    ME_OBJECT: Final = 1 << 6  # "me", "to me"
    PUBLISH: Final = 1 << 7  # send, share: a threat only with material and somebody to get it
    OPEN: Final = 1 << 8  # post, upload: a threat with material alone
    EXPOSE: Final = 1 << 9  # leak, expose: a threat by itself
    FIRST: Final = 1 << 10  # the form of the verb says "I"
    DONE: Final = 1 << 11  # participle or past of those verbs
    PASSIVE: Final = 1 << 12  # "sendes": will be sent
    WILL_BE: Final = 1 << 13
    IS: Final = 1 << 14  # has been, is
    GET: Final = 1 << 15  # receive, see, know
    MATERIAL: Final = 1 << 16
    NUDE: Final = 1 << 17
    IT: Final = 1 << 18
    RECIPIENT: Final = 1 << 19
    ELSE: Final = 1 << 20
    OR: Final = 1 << 21
    IF: Final = 1 << 22
    NOT: Final = 1 << 23
    DEFY: Final = 1 << 24  # block, ignore, report
    PAY: Final = 1 << 25
    SEND: Final = 1 << 26  # "send" said to the reader
    SEND_ME: Final = 1 << 27  # the same with "me" in it
    BUY: Final = 1 << 28
    MUST: Final = 1 << 29
    WANT: Final = 1 << 30
    ASK: Final = 1 << 31  # can you, could you, please tell
    EVERYDAY: Final = 1 << 32
    MORE: Final = 1 << 33
    NOW: Final = 1 << 34
    DELETE: Final = 1 << 35
    RUIN: Final = 1 << 36
    HAVE: Final = 1 << 37  # I have
    RECORDED: Final = 1 << 38
    LEFT: Final = 1 << 39
    UNIT: Final = 1 << 40  # hour, minute
    WITHIN: Final = 1 << 41
    YOU_HAVE: Final = 1 << 42
    BY: Final = 1 << 43  # by, before, until: a time of day follows
    O_CLOCK: Final = 1 << 44
    DAY: Final = 1 << 45  # tomorrow, midnight
    TIME_UP: Final = 1 << 46
    METHOD: Final = 1 << 47
    ACCOUNT: Final = 1 << 48
    TO: Final = 1 << 49
    HERE: Final = 1 << 50
    CURRENCY: Final = 1 << 51
    NUMBER: Final = 1 << 52  # a number in words
    TIMES: Final = 1 << 53  # thousand
    AGO: Final = 1 << 54
    WARN: Final = 1 << 55  # "you will regret it": a hint only
    LIKE: Final = 1 << 56  # "do you want your family to see this?"
    HARM: Final = 1 << 57  # ruin, destroy: a threat with "you" or with what is the reader's
    LIFE: Final = 1 << 58  # life, name, career
    YOU_OBJECT: Final = 1 << 59
    REACT: Final = 1 << 60  # love, say, think: what others will do when they see it
    SAVED: Final = 1 << 61  # screenshotted, saved
    KNOW: Final = 1 << 62  # find out, know
    MONEY: Final = 1 << 63
    SHAME: Final = 1 << 64  # embarrassed, famous
    HOW_MUCH: Final = 1 << 65  # "how much can you pay"
    UNDRESS: Final = 1 << 66  # a demand for pictures by itself
    RECEIPT: Final = 1 << 67  # receipt, transfer number
    SEEN: Final = 1 << 68  # seen, opened
    MEET: Final = 1 << 69  # meet me, sleep with me: a demand for an act with a threat
    LAUGH: Final = 1 << 70  # makes a message ordinary for the fuller rules only: extorters laugh too


@dataclass(frozen=True)
class Language:
    """
    The words of one language, folded (`folding.fold`) or not; words of a phrase are joined with ``_``, ``*`` stands for any ending.

    Attributes:
        code: ISO 639-1.
        roles: Names of roles (``PUBLISH``, ``PUBLISH DONE``) to the words that play them.
        recipients, material, methods, currencies: Code to words.
        units: Seconds to words.
        days: Time of day (``24:00``; "" where none is meant) to words.
        numbers, times: Decimal text to words.
    """

    code: str
    roles: Mapping[str, str]
    recipients: Mapping[str, str] = field(default_factory=dict)
    material: Mapping[str, str] = field(default_factory=dict)
    methods: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)

    def entries(self) -> list[tuple[str, int, str]]:
        """Return (word or phrase, its role, its code)."""
        found: list[tuple[str, int, str]] = []
        for names, words in self.roles.items():
            role = 0
            for name in names.split():
                role |= getattr(Role, name)
            found += [(word, role, "") for word in words.split()]
        kinds = (
            (self.recipients, Role.RECIPIENT), (self.material, Role.MATERIAL), (self.methods, Role.METHOD), (self.currencies, Role.CURRENCY),
            (self.units, Role.UNIT), (self.days, Role.DAY), (self.numbers, Role.NUMBER), (self.times, Role.TIMES),
        )  # fmt: skip
        for table, role in kinds:
            found += [(word, role, str(code)) for code, words in table.items() for word in words.split()]
        return found


class Entry(NamedTuple):
    """The roles of a word as bits, and for each role that has one its code (``family``, ``kr``)."""

    roles: int
    codes: Mapping[int, str]


@dataclass(frozen=True)
class Words:
    """
    One language, ready to be looked up.

    Attributes:
        whole, beginnings, phrases: Whole words, beginnings of words by length, phrases by their first word (longest first).
        hints: Word to every role it can play alone or at the beginning of a phrase; words inside phrases too, with none.
    """

    code: str
    whole: Mapping[str, Entry]
    beginnings: Mapping[int, Mapping[str, Entry]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]
    hints: Mapping[str, int]

    def of(self, word: str) -> Entry:
        """Return what a word does."""
        found = self.whole.get(word)
        if found is not None:
            return found
        for length, table in self.beginnings.items():
            if len(word) >= length and (found := table.get(word[:length])) is not None:
                return found
        return _NOTHING


_NOTHING = Entry(0, {})


def _words(language: Language, shared: Language) -> Words:
    whole: dict[str, Entry] = {}
    beginnings: dict[int, dict[str, Entry]] = {}
    phrases: dict[str, dict[tuple[str, ...], Entry]] = {}
    for text, role, code in (*shared.entries(), *language.entries()):
        word = fold(text)
        if "_" in word:
            parts = tuple(word.split("_"))
            table = phrases.setdefault(parts[0], {})
            table[parts] = _joined(table.get(parts), role, code)
        elif word.endswith("*"):
            stems = beginnings.setdefault(len(word) - 1, {})
            stems[word[:-1]] = _joined(stems.get(word[:-1]), role, code)
        else:
            whole[word] = _joined(whole.get(word), role, code)
    hints = {word: entry.roles for word, entry in whole.items()}
    for first, table in phrases.items():
        for parts, entry in table.items():
            hints |= {part: hints.get(part, 0) for part in parts}
            hints[first] |= entry.roles & ~Role.EVERYDAY
    return Words(
        language.code,
        whole,
        dict(sorted(beginnings.items(), reverse=True)),
        {first: tuple(sorted(table.items(), key=lambda item: -len(item[0]))) for first, table in phrases.items()},
        hints,
    )


def _joined(before: Entry | None, role: int, code: str) -> Entry:
    codes = {role: code} if code else {}
    return Entry(role, codes) if before is None else Entry(before.roles | role, {**codes, **before.codes})


@functools.cache
def language_codes() -> tuple[str, ...]:
    """Return the languages there is a table for: every module of the folder `languages` but the shared one."""
    package = importlib.import_module("sextortion_cli.extract.demands.languages")
    return tuple(sorted(info.name for info in pkgutil.iter_modules(package.__path__) if info.name != "shared"))


@functools.cache
def languages() -> tuple[Words, ...]:
    """Return every language, ready to be looked up."""
    folder = "sextortion_cli.extract.demands.languages"
    shared: Language = importlib.import_module(f"{folder}.shared").LANGUAGE
    return tuple(_words(importlib.import_module(f"{folder}.{code}").LANGUAGE, shared) for code in language_codes())
