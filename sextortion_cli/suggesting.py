"""
Inside the limited child: which messages of one reading seem to demand, threaten or claim something.

The reading is gone through block by block. One RE2 alternation over the texts of a block leaves out nearly all of them; nothing is kept.
"""

from __future__ import annotations

import functools
import os
from bisect import bisect_right
from collections.abc import Generator, Iterator, Mapping
from itertools import accumulate
from typing import Any

import msgspec
import re2

from sextortion_cli.extract.demands.folding import fold
from sextortion_cli.extract.demands.lexicon import Role, languages
from sextortion_cli.extract.demands.suggest import suggest as suggestions_of
from sextortion_cli.model.identifier import Scope
from sextortion_cli.model.reading import Message
from sextortion_cli.readers.operation import Limits, OperationSpec
from sextortion_cli.store.readings import blocks_of

_TELLING = (
    Role.PUBLISH | Role.OPEN | Role.EXPOSE | Role.DONE | Role.PASSIVE | Role.PAY | Role.SEND_ME | Role.BUY | Role.RUIN | Role.WARN | Role.LIKE | Role.TIME_UP
    | Role.NUDE | Role.MATERIAL | Role.CURRENCY | Role.METHOD | Role.UNIT | Role.HARM | Role.SHAME | Role.HOW_MUCH | Role.UNDRESS | Role.DELETE
    | Role.DEFY | Role.SAVED | Role.RECORDED | Role.MONEY | Role.RECEIPT | Role.MEET
)  # fmt: skip
"""Roles of which one is played in whatever is found."""
_SIGNS = "$€£¥₦₹"
_COUNTDOWN = r"\d+(?:\D{1,4}\d+){3}"
_LEAST = 3


class _Plain(dict[int, str]):
    """Folds to ASCII, character for character: signs of money become one, what has no letter of that kind a space."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = "$" if letter in _SIGNS else fold(letter)
        found = folded if folded.isascii() else " "
        if code < 0x3000:
            self[code] = found
        return found


_PLAIN = _Plain()


@functools.cache
def trigger() -> Any:
    """Return the pattern of which a match stands in every text that gives a suggestion; over text folded to ASCII."""
    words: set[str] = set()
    for language in languages():
        words |= {word for word, entry in language.whole.items() if entry.roles & _TELLING}
        for table in language.phrases.values():
            words |= {" ".join(parts) for parts, entry in table if entry.roles & _TELLING}
    words |= {word for language in languages() for word, entry in language.whole.items() if entry.codes.get(Role.DAY) == "24:00"}
    wanted, yours, others = (_alternation(role) for role in (Role.WANT | Role.SEND | Role.SEND_ME, Role.YOUR, Role.RECIPIENT))
    whose = rf"{yours}[^a-z\n]+{others}|{others}[^a-z\n]+{yours}"
    letters = sorted(word for word in words if _is_plain(word))
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 48 << 20
    return re2.compile(
        rf"(?:^|[^a-z])(?:{'|'.join(map(_pattern, letters))}|{whose})(?:$|[^a-z])|(?:^|[^a-z]){wanted}[^a-z\n]+(?:[a-z]+[^a-z\n]+){{0,2}}\d[\dk.,]|\$|{_COUNTDOWN}",
        options,
    )


def _alternation(role: int) -> str:
    """Return a group of the words and phrases of all languages that play one of the roles."""
    words = {word for language in languages() for word, entry in language.whole.items() if entry.roles & role}
    words |= {
        " ".join(parts) for language in languages() for table in language.phrases.values() for parts, entry in table if entry.roles & role
    }
    return f"(?:{'|'.join(map(_pattern, sorted(filter(_is_plain, words))))})"


def _is_plain(word: str) -> bool:
    return word.isascii() and any(letter.isalpha() for letter in word)


def _pattern(word: str) -> str:
    return r"[^a-z\n]+".join(re2.escape(part) for part in word.split(" "))


def prepare(options: dict[str, Any]) -> None:
    """Load the tables of all languages."""
    del options
    trigger().search(b"warm")
    list(suggestions_of("pay 5 kr", Scope()))


def suggest(fd: int, options: dict[str, Any]) -> Generator[Any, None, dict[str, Any]]:
    """
    Look through one reading file.

    Options: ``service``. Yields ``{"n": number of the message among those of the reading, "s": Suggestion}``; returns how many there were.
    """
    scope = Scope(service=options.get("service"))
    number = looked = 0
    with os.fdopen(fd, "rb", closefd=False) as stream:
        for _, records in blocks_of(stream):
            texts = [record.text or "" for record in records if isinstance(record, Message)]
            for place in _triggered(texts):
                looked += 1
                for found in suggestions_of(texts[place], scope):
                    yield {"n": number + place, "s": msgspec.to_builtins(found)}
            number += len(texts)
    return {"messages": number, "looked": looked}


def _triggered(texts: list[str]) -> Iterator[int]:
    """Yield the places of the texts the trigger matches in."""
    joined = "\n".join(texts).translate(_PLAIN).encode("ascii")
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    position, pattern = 0, trigger()
    while position < len(joined):
        hit = pattern.search(joined, position)
        if hit is None:
            return
        place = bisect_right(starts, max(hit.start(), position)) - 1
        if joined[hit.start() : hit.start() + 1] == b"\n" and place + 1 < len(starts):
            place = bisect_right(starts, hit.start() + 1) - 1
        if place >= len(texts):
            return
        if len(texts[place]) >= _LEAST:
            yield place
        position = starts[place + 1] - 1  # the line break, before which the next text may begin with a word


#: A reading is compressed: a hostile one may hold a hundred times what its size says.
_PATIENT = Limits(cpu=60, wall=60.0, rate=128 << 10)
#: A table of its own: whoever only looks for suggestions need not load every importer.
OPERATIONS: Mapping[str, OperationSpec] = {"suggest": OperationSpec(suggest, "text", prepare=prepare, limits=_PATIENT)}
