"""One question of guided mode: when it is asked, and what asks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sextortion_cli.cli.asking.sitting import Sitting
from sextortion_cli.store.book import Book


def always(book: Book) -> bool:
    """Ask, whatever the case says."""
    del book
    return True


def without_event(*kinds: str) -> Callable[[Book], bool]:
    """Ask only while the case has no event of these kinds."""
    return lambda book: not any(record["data"]["kind"] in kinds for record in book.current("event"))


def without_contact(side: str) -> Callable[[Book], bool]:
    """Ask only while the case has no account of this side."""
    return lambda book: not any(record["data"]["side"] == side for record in book.current("contact"))


def without(kind: str) -> Callable[[Book], bool]:
    """Ask only while the case has no statement of this kind."""
    return lambda book: not book.current(kind)


def for_helpers(book: Book) -> bool:
    """Ask only who helps somebody under 18."""
    return is_about_young(book) and book.settings.get("role") != "victim"


def is_about_young(book: Book) -> bool:
    """Tell whether the case was opened about somebody under 18."""
    return book.settings.get("minor") == "yes"


@dataclass(frozen=True)
class Question:
    """
    One question.

    Attributes:
        id: Its name, which stands beside every record it makes.
        about: What it is about, in a few words (English, to be translated).
        ask: Asks it, saves what is answered, and returns whether anything was.
        open: Tells from the case whether it is still to be asked.
        young: Also asked where it is about somebody under 18: accounts and times only.
        again: Asked in every sitting (files, a break): nothing remembers it as skipped.
    """

    id: str
    about: str
    ask: Callable[[Sitting], bool]
    open: Callable[[Book], bool] = always
    young: bool = False
    again: bool = False
