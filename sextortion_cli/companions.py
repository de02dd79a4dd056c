"""Files that belong to a database and are exhibits of their own: found by lying beside it under its name."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from sextortion_cli.sources import SourceFile
from sextortion_cli.store.book import Book, Exhibit

#: The write-ahead log is read with its database; the index over it (-shm) holds nothing that is not in the other two.
READ = ("-wal",)
ENDINGS = (*READ, "-shm")


def of(book: Book, exhibit: Exhibit) -> dict[str, str]:
    """
    Return the companions that are read with an exhibit: the end of their name, and their SHA-256.

    They came with it, in the same import; of another import one counts only when the case has no second file of that place.
    """
    found = {}
    for ending in READ:
        beside = [item for item in _at(book, exhibit, ending) if item[1] is not None]
        same = [digest for run, digest in beside if run == exhibit.data.get("import")]
        digests = {digest for _, digest in beside}
        if same:
            found[ending] = str(same[-1])
        elif len(digests) == 1:
            found[ending] = str(digests.pop())
    return found


def _at(book: Book, exhibit: Exhibit, ending: str) -> list[tuple[int | None, str | None]]:
    """Return (import, SHA-256) of everything that came from the place beside an exhibit."""
    place = _place(exhibit.data, ending)
    if place is None:
        return []
    found = [(item.data.get("import"), item.sha256) for item in book.exhibits.values() if item.copied and _place(item.data) == place]
    for record in book.duplicates:
        if _place(record["data"]) == place:
            known = book.exhibits.get(str(record["subject"].get("exhibit")))
            found.append((record["data"].get("import"), None if known is None or not known.copied else known.sha256))
    return found


def _place(data: dict[str, object], ending: str = "") -> tuple[str, bytes] | None:
    """Return where something came from: its archive and name, or its path."""
    parent, path = data.get("parent"), data.get("path")
    if parent is not None:
        return str(parent), (str(data["name"]) + ending).encode()
    if not isinstance(path, dict):
        return None
    return "", base64.b64decode(path["b64"]) + ending.encode()


def is_companion(book: Book, exhibit: Exhibit, sources: Iterable[bytes]) -> bool:
    """Say whether an exhibit belongs to a database that is in the case or among `sources` (paths of what is imported with it)."""
    place = _place(exhibit.data)
    ending = next((item for item in ENDINGS if exhibit.name.endswith(item)), None)
    if place is None or ending is None:
        return False
    main = (place[0], place[1].removesuffix(ending.encode()))
    return any(_place(item.data) == main for item in book.exhibits.values()) or (main[0] == "" and main[1] in set(sources))


def first(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Return the files with companions right before their databases: they must be sealed when the database is read."""
    by_path = {item.path: item for item in files}
    moved = {path + ending.encode() for path in by_path for ending in ENDINGS} & set(by_path)
    ordered: list[SourceFile] = []
    for item in files:
        if item.path not in moved:
            ordered += [by_path[path] for ending in ENDINGS if (path := item.path + ending.encode()) in moved]
            ordered.append(item)
    return ordered if len(ordered) == len(files) else list(files)
