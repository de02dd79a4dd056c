"""What the finders of bank accounts and cards share: an account of some country, and which of two meanings the words beside a number give it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sextortion_cli.extract.finders.base import CONTEXT
from sextortion_cli.model.identifier import Scope


class Account(NamedTuple):
    """An account number in a folded text: where it stands, its digits, its country (or ""), how it is written, and what speaks for it."""

    start: int
    end: int
    value: str
    region: str
    scheme: str
    confidence: float
    why: str
    checks: tuple[str, ...] = ()


def verdict(text: str, start: int, end: int, words: Any, scope: Scope, *, before: int = CONTEXT, after: int = 40) -> str:
    """
    Tell what the nearest word says of ``text[start:end]``: the name of the group of `words` that matched, or "".

    Args:
        words: A pattern with one named group for each meaning. The last match before the number decides, then the first one behind it
            (on the same line), then the last one of what the same sender wrote before.
    """
    said = ""
    for match in words.finditer(text[max(0, start - before) : start]):
        said = match.lastgroup
    if said:
        return said
    behind = words.search(text[end : end + after].partition("\n")[0])
    if behind is not None:
        return str(behind.lastgroup)
    if start <= before and scope.before:
        for match in words.finditer(scope.before):
            said = match.lastgroup
    return said


def pairs(text: str, banks: Any, accounts: Any, *, apart: int = 60) -> Iterator[tuple[int, int, str, str]]:
    """
    Yield each bank code with the account nearest to it: where the two begin and end, and the digits of both.

    Args:
        banks, accounts: Patterns whose first group is the number; the word before it belongs to the match.
        apart: How far the two may stand from each other, in characters, in either order.
    """
    held = [(match.start(), match.span(1), match.group(1)) for match in accounts.finditer(text)]
    position = 0
    for bank in banks.finditer(text):
        start, end = bank.span(1)
        while position < len(held) and held[position][1][1] < start - apart:
            position += 1
        best: tuple[int, tuple[int, int], str] | None = None
        for word, (first, last), written in held[position : position + 4]:
            gap = first - end if first >= end else start - last
            if gap >= 0 and word - end <= apart and gap <= apart + 25 and (best is None or gap < best[0]):
                best = (gap, (first, last), written)
        if best is not None:
            _, (first, last), written = best
            digits = ["".join(filter(str.isdigit, number)) for number in (bank.group(1), written)]
            yield min(start, first), max(end, last), digits[0], digits[1]
