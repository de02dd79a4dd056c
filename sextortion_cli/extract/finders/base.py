"""The contract every finder keeps, how finders are found, and what they share: linear patterns and words nearby."""

from __future__ import annotations

import abc
import functools
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sextortion_cli.extract.linear import Pattern
from sextortion_cli.model.identifier import Hit, Scope

LONGEST = 2048
"""Longest identifier a finder gives, in characters; what is longer is cut there, with the check ``cut``."""
WINDOW = 8192
"""Longest text `Finder.find` is given, in characters. A longer passage is given in windows that overlap by `LONGEST`."""
CONTEXT = 80
"""How far words that speak for a number may stand from it, in characters."""


class Finder(abc.ABC):
    """
    Finds one family of identifiers in text.

    A finder is pure: it gets a piece of text somebody hostile may have written, opens and looks up nothing, keeps no state, and takes time
    linear in the text (RE2 or plain scanning; a library that uses `re` inside sees at most 1,000 characters around a candidate).
    It must not raise. What looks like an identifier and fails its check is no hit, or one below 0.5 with the reason.

    Attributes:
        id: Stable name; equals the file name with ``-`` for ``_``.
        kinds: The kinds it can give.
        version: Changed whenever the hits for the same text change.
        trigger: RE2 pattern (no captures; matched without regard to case, on UTF-8) of which a match stands in every text that holds a
            hit. `find` is called only where it matches, so it should be cheap and rare: most messages hold no identifier.
        hint: Plain RE2 pattern without which nothing is found (a digit, a long run of signs), or "": texts without it are passed over at
            once, by all the finders that have the same.
        vectors: Known answers, text to the (kind, value) pairs with confidence >= 0.5 in it, published ones with their source in a comment;
            `selftest` runs them.
    """

    id: ClassVar[str]
    kinds: ClassVar[tuple[str, ...]]
    version: ClassVar[str]
    trigger: ClassVar[str]
    vectors: ClassVar[Mapping[str, tuple[tuple[str, str], ...]]]

    hint: ClassVar[str] = ""

    def prepare(self) -> None:  # noqa: B027  (most finders need nothing)
        """Load what finding needs and Python would only load then (tables, lazily imported parts of a library)."""

    @abc.abstractmethod
    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield what `text` (at most `WINDOW` characters of one message) holds, in any order."""


def compiled(pattern: str, *, case: bool = False) -> Pattern:
    """Return a pattern over text whose time is linear in the input (decision 0009); without regard to case unless `case`."""
    return Pattern(pattern, case=case)


def near(text: str, start: int, end: int, words: Any, scope: Scope | None = None, *, before: int = CONTEXT, after: int = 40) -> bool:
    """
    Tell whether `words` (a pattern of `compiled`) match close to ``text[start:end]``, within the passage or in what was written before it.

    Args:
        scope: Give it to look at `Scope.before` too, where the stretch begins within `before` characters of the passage.
    """
    if words.search(text[max(0, start - before) : end + after]):
        return True
    return scope is not None and start <= before and bool(scope.before) and words.search(scope.before) is not None


def is_apart(text: str, start: int, end: int, joined: str = "") -> bool:
    """Tell whether no letter, digit or character of `joined` touches ``text[start:end]``."""
    left, right = text[start - 1 : start], text[end : end + 1]
    return not (left.isalnum() or right.isalnum() or (left and left in joined) or (right and right in joined))


@functools.cache
def finder_ids() -> tuple[str, ...]:
    """Return the id of every finder, sorted, without loading any: a module of this folder is one."""
    package = importlib.import_module(__name__.rpartition(".")[0])
    names = (info.name for info in pkgutil.iter_modules(package.__path__) if not info.ispkg and info.name != "base")
    return tuple(sorted(name.replace("_", "-") for name in names))


@functools.cache
def finder_of(identity: str) -> Finder:
    """
    Return the finder with this id.

    Raises:
        KeyError: There is none.
    """
    module = importlib.import_module(f"{__name__.rpartition('.')[0]}.{identity.replace('-', '_')}")
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Finder) and value.__module__ == module.__name__ and not value.__abstractmethods__:
            return value()
    raise KeyError(identity)


@functools.cache
def finders() -> Mapping[str, Finder]:
    """Return every finder by id, sorted."""
    return {identity: finder_of(identity) for identity in finder_ids()}
