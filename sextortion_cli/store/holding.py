"""What else of a case holds an exhibit's bytes: the containers it came in, however deep, and what came out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sextortion_cli.store.book import Book, Exhibit

#: Rules of the gate by which only text was let in: it stays where a picture beside it is taken away.
ONLY_TEXT = (":text-only", ":selected-member", ":text-part")


def takes(book: Book, exhibit: Exhibit, *, text_too: bool) -> list[dict[str, str]]:
    """
    Return what has to go with an exhibit: (``exhibit``, ``as``) with ``itself``, ``member``, ``same-bytes`` or ``container``.

    Args:
        text_too: Also members that are nothing but text by the gate's own rule.
    """
    shown = {exhibit.id: "itself"}
    digest = exhibit.sha256 or (exhibit.digest_record and exhibit.digest_record["data"]["sha256"])
    for same in (book.by_digest.get(str(digest)), book.by_reference.get(str(digest))):
        if same is not None:
            shown.setdefault(same, "same-bytes")
    waiting = list(shown)
    while waiting:
        parent = waiting.pop()
        for child in _members(book, parent):
            if child.id not in shown and (text_too or not str(child.data["gate"]["rule"]).endswith(ONLY_TEXT)):
                shown[child.id] = "member"
                waiting.append(child.id)
    kept = {
        identity: role for identity, role in shown.items() if role == "itself" or book.exhibits[identity].copied or _left(book, identity)
    }
    found = {**kept, **{item.id: "container" for item in holders(book, kept) if item.id not in kept}}
    return [{"exhibit": identity, "as": role} for identity, role in found.items()]


def _left(book: Book, identity: str) -> bool:
    """Tell whether something was left by reference, or lies apart: it is to be said of it too."""
    return not book.exhibits[identity].copied and book.exhibits[identity].state != "purged"


def _members(book: Book, parent: str) -> Iterator[Exhibit]:
    """Yield the members of a container, also those that were in the case before it came."""
    yield from (item for item in book.exhibits.values() if item.parent == parent)
    for record in book.duplicates:
        if record["data"].get("parent") == parent:
            yield book.exhibits[record["subject"]["exhibit"]]


def holders(book: Book, identities: Iterable[str]) -> list[Exhibit]:
    """Return every container whose bytes are in the case and hold one of these exhibits."""
    parents: dict[str, set[str]] = {}
    for item in book.exhibits.values():
        if item.parent is not None:
            parents.setdefault(item.id, set()).add(item.parent)
    for record in book.duplicates:
        if record["data"].get("parent") is not None:
            parents.setdefault(record["subject"]["exhibit"], set()).add(record["data"]["parent"])
    found: dict[str, Exhibit] = {}
    waiting = list(identities)
    while waiting:
        for parent in sorted(parents.get(waiting.pop(), ())):
            if parent not in found:
                found[parent] = book.exhibits[parent]
                waiting.append(parent)
    return [item for item in found.values() if item.copied or item.state == "apart"]
