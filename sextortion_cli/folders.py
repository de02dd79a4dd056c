"""Of a folder as a service gives it, what a person chose; the folder itself as an exhibit that stays where it is, with a list of all its files."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from sextortion_cli import companions, contents
from sextortion_cli.acquire import Arrival, Sealer, commit_group
from sextortion_cli.model.gate import CHOSEN, Decision
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.sources import SourceFile, display, is_archive
from sextortion_cli.store import sealing
from sextortion_cli.store.case import Writer
from sextortion_cli.store.digests import Digests
from sextortion_cli.store.folderlist import Listed, list_digest

_LISTED = 1000


@dataclass
class Choice:
    """
    What was chosen of one folder.

    Attributes:
        folder: Its absolute path.
        files: Every file in it, in order; their places are the indexes of the records.
        taken: Indexes of those that are imported: the members of the chosen conversations, and archives, of which the choice is made apart.
        conversations: Those that were chosen.
        is_empty: Nothing in it was.
    """

    folder: bytes
    files: list[SourceFile]
    taken: set[int]
    conversations: list[contents.Conversation]
    is_empty: bool

    def left(self) -> list[int]:
        """Return the indexes of what is not imported."""
        return [index for index in range(len(self.files)) if index not in self.taken]


def choose(server: ReaderServer, paths: Iterable[str], files: Sequence[SourceFile], stated: dict[str, Any]) -> Iterator[Choice]:
    """Yield, for every folder that was given and holds conversations or histories, what of it was chosen; `stated` as for `contents.look`."""
    for path in dict.fromkeys(os.path.abspath(os.fsencode(item)) for item in paths):
        inside = [item for item in files if item.path.startswith(path.rstrip(b"/") + b"/")]
        if not inside or not os.path.isdir(path):
            continue
        found = contents.look_around(server, path, inside, stated)
        if not found.conversations and not found.histories:
            continue  # pictures a person took, for example: there is nothing to choose from
        chosen = found.chosen(stated["thread"])
        wanted = found.members_of(chosen)
        names = {inside[index].path for index in wanted}
        beside = {name + ending.encode() for name in names for ending in companions.ENDINGS}
        kept = {index for index, item in enumerate(inside) if item.skip is not None or item.path in beside or is_archive(item.path)}
        yield Choice(path, inside, wanted | kept, chosen, not wanted)


def seal(writer: Writer, sealer: Sealer, choice: Choice, context: dict[str, Any], thread: Sequence[str]) -> Arrival:
    """Record the folder by reference: a digest over all its files, their list, their digests apart from it, and which were not chosen."""
    listed = list(_listed(sealer, choice))
    size = sum(item.size for item in listed)
    about = os.lstat(choice.folder)
    done: Future[sealing.Sealed] = Future()
    done.set_result(sealing.Sealed(Digests(list_digest(listed), "", "", size), None, about.st_mtime_ns, about.st_dev, about.st_ino))
    arrival = Arrival(os.path.basename(choice.folder), choice.folder, Decision(copy=False, rule=CHOSEN), size, sealed=done)
    known = writer.book.exhibits.get(writer.book.by_reference.get(done.result().digests.sha256, ""))
    if known is not None and known.data.get("import") == context["import"]:
        arrival.exhibit = known  # this import was interrupted, and goes on
    else:
        commit_group(writer, sealer, [arrival], {**context, "folder": {"files": str(len(listed))}})
    exhibit = arrival.duplicate_of or (arrival.exhibit.id if arrival.exhibit is not None else "")
    names = {item.number: item for item in listed}
    left = [names[index] for index in choice.left() if index in names]
    for kind, data in _lists(listed, left, thread):
        if not any(
            record["type"] == kind and record["subject"] == {"exhibit": exhibit} and record["data"] == data for record in writer.book.others
        ):
            writer.record(kind, {"exhibit": exhibit}, data)
    writer.commit()
    return arrival


def _lists(listed: Sequence[Listed], left: Sequence[Listed], thread: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is recorded beside the folder; the digests in records of their own, which disclosure withholds by default."""
    for some in _some(listed):
        yield "folder-list", {"files": [_entry(item) for item in some]}
        yield "folder-digests", {"sha256": [[item.number, item.sha256] for item in some]}
    for some in _some(left):
        yield "not-chosen", {"chosen": list(thread), "members": [[item.number, display(item.name), str(item.size)] for item in some]}


def _listed(sealer: Sealer, choice: Choice) -> Iterator[Listed]:
    """Yield every file that can be read, with its digest."""
    waiting = [
        (index, item, sealer.start(item.path, copy=False, size=item.size)) for index, item in enumerate(choice.files) if item.skip is None
    ]
    for index, item, sealed in waiting:
        error = sealed.exception()
        if error is None:
            digests = sealed.result().digests
            yield Listed(index, item.path[len(choice.folder) :].lstrip(b"/"), digests.size, digests.sha256)
        elif isinstance(error, OSError):
            choice.taken.add(index)  # it is given on, so that the import says why it was not taken
        else:
            raise error


def _entry(item: Listed) -> list[Any]:
    shown = display(item.name)
    exact = [] if shown.encode() == item.name else [base64.b64encode(item.name).decode()]
    return [item.number, shown, str(item.size), *exact]


def _some(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _LISTED):
        yield items[start : start + _LISTED]
