"""
What of a case goes into a package, by grade: the conversations with the other side and what the person added; the rest is listed.

An original is never cut. A file that holds several conversations goes whole where one of them is about the case, an archive only where
everything in it does (decision 0022).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sextortion_cli import lookup
from sextortion_cli.store.book import Book, Exhibit
from sextortion_cli.store.case import Case
from sextortion_cli.store.reindex import index_of

GRADES = ("police-full", "helper")
#: Grades that are described and not made yet.
LATER = ("lawyer", "platform-report", "statistics")
_PICTURED = ("image/", "video/")


@dataclass(frozen=True)
class Share:
    """
    What goes and what stays.

    Attributes:
        given: Exhibits whose originals go, in the order of import.
        withheld: Exhibits that are in the case and do not go, each with why (`package.texts.WITHHELD`).
        unmatched: No account of the other side was found in any conversation, so none was left out.
    """

    given: tuple[str, ...]
    withheld: dict[str, str]
    unmatched: bool


def share(case: Case, grade: str) -> Share:
    """Return what a package of this grade holds."""
    book = case.book
    withheld: dict[str, str] = {}
    for item in book.exhibits.values():
        if item.record["type"] == "acquired" and not item.copied:
            withheld[item.id] = "purged" if item.state == "purged" else "kept-apart"
        elif book.is_withdrawn(item.id):
            withheld[item.id] = "withdrawn"
    talks, ours = _conversations(case)
    others = set() if not ours else talks - ours
    withheld |= {name: "other-conversation" for name in sorted(others) if name not in withheld}
    held = {item.id: item for item in book.exhibits.values() if item.copied and item.id not in withheld}
    attached = _attached(case, ours) if others else set()
    for item in held.values():
        if item.parent is not None and item.id not in talks | attached and _origin(book, item) & _origins(book, others):
            withheld[item.id] = "other-conversation"
        elif grade == "helper" and _may_be_intimate(book, item):
            withheld[item.id] = "may-be-intimate"
    _whole_archives_only(book, withheld)
    given = tuple(item.id for item in book.exhibits.values() if item.copied and item.id not in withheld)
    return Share(given, {name: withheld[name] for name in book.exhibits if name in withheld}, bool(talks) and not ours)


def _conversations(case: Case) -> tuple[set[str], set[str]]:
    """Return the exhibits that hold messages, and those of them in which an account of the other side writes or that an event names."""
    services = {item.id: (item.reads[-1]["data"].get("service") if item.reads else None) for item in case.book.exhibits.values()}
    named = {str(record["data"].get("exhibit")) for record in case.book.current("event")}
    sides = lookup.Shaper(case.book)
    talks, ours = set(), set()
    with index_of(case) as index:
        for exhibit, name, _raw, stable, *_rest in index.senders():
            talks.add(exhibit)
            if exhibit in named or sides.side(services.get(exhibit), name, stable) == "extorter":
                ours.add(exhibit)
    return talks, ours


def _attached(case: Case, exhibits: set[str]) -> set[str]:
    """Return the exhibits that messages of these exhibits name as attachments."""
    return {
        str(item["exhibit"])
        for exhibit in sorted(exhibits)
        for message in lookup.messages(case, lookup.MessageFilter(exhibit=exhibit))
        for item in message["attachments"]
        if item["exhibit"] is not None
    }


def _parents(book: Book, item: Exhibit) -> Iterator[str]:
    """Yield what an exhibit came out of, and what that came out of."""
    seen: set[str] = set()
    while item.parent is not None and item.parent not in seen and item.parent in book.exhibits:
        seen.add(item.parent)
        yield item.parent
        item = book.exhibits[item.parent]


def _origin(book: Book, item: Exhibit) -> set[str]:
    return set(_parents(book, item))


def _origins(book: Book, exhibits: set[str]) -> set[str]:
    return {parent for name in exhibits for parent in _parents(book, book.exhibits[name])}


def _may_be_intimate(book: Book, item: Exhibit) -> bool:
    """
    Tell whether an original may show something intimate: as it was labelled, else as it was stated; where nothing was stated, a picture, a
    film, and what nobody could tell the kind of, may.
    """
    if item.label:
        return item.label != "clear"
    media, stated = _media(item), statement(book, item).get("shows")
    if stated in ("nothing-intimate", "adults-only"):
        return stated == "adults-only" and _is_pictured(media)
    return _is_pictured(media) and item.data.get("kind") not in ("profile", "payment")


def _is_pictured(media: str) -> bool:
    return not media or media == "application/octet-stream" or media.startswith(_PICTURED)


def statement(book: Book, item: Exhibit) -> dict[str, Any]:
    """Return what was stated when an exhibit was imported."""
    started = book.resumed.get(item.data.get("resumed", -1)) or book.imports.get(item.data.get("import", -1))
    found: dict[str, Any] = {} if started is None else started["data"].get("stated") or {}
    return found


def media_type(item: Exhibit) -> str | None:
    """Return what the bytes of an exhibit are, as its latest reading found."""
    found = (item.reads[-1]["data"].get("media") or {}).get("media_type") if item.reads else None
    return None if found is None else str(found)


def _media(item: Exhibit) -> str:
    return media_type(item) or ""


def _whole_archives_only(book: Book, withheld: dict[str, str]) -> None:
    """An archive holds what was taken out of it: where anything of that stays behind, it stays behind as well."""
    stays = [item for item in book.exhibits.values() if item.id in withheld or not item.copied]
    for item in stays:
        for parent in _parents(book, item):
            if book.exhibits[parent].copied:
                withheld.setdefault(parent, "archive")
