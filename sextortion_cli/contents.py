"""What an archive or a folder holds, before anything of it is copied: its conversations, and which members belong to one (least data)."""

from __future__ import annotations

import os
import posixpath
from collections import defaultdict
from collections.abc import Collection, Generator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sextortion_cli.errors import NeedsExtra, SourceMissing
from sextortion_cli.extract.extras import has_sevenzip, install_line
from sextortion_cli.readers.frames import MalformedFrame, ReaderEnd, RecordsFrame, decode_plain
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.sources import SourceFile, display, is_archive, is_picture, is_sevenzip, walk

OPERATIONS = "sextortion_cli.examination:OPERATIONS"


class Conversation(msgspec.Struct):
    """
    One conversation of an archive or folder.

    Attributes:
        name, id: As its file says; the folder's name where it says neither.
        service: Of the importer that reads it.
        folder: Where its files lie in the archive, or "" at the top.
        messages: How many, or None where a part of it was too large to be counted.
        first, last: Days of the first and last message as written (``2026-03-12``).
        size: Bytes of its members.
        members: Their indexes in the archive: its own files, the files of its folder, and those its messages name.
    """

    name: str
    id: str | None
    service: str
    folder: str
    messages: int | None = 0
    first: str | None = None
    last: str | None = None
    size: int = 0
    members: set[int] = set()

    def word(self) -> str:
        """Return the word that names this one alone in its archive, as far as there is one."""
        return self.folder or self.id or self.name

    def answers_to(self, words: Collection[str]) -> bool:
        """Tell whether one of the words is its name, its id or its folder, whatever the case of the letters."""
        own = {item.casefold() for item in (self.name, self.id, self.folder, posixpath.basename(self.folder)) if item}
        return any(word.strip().casefold() in own for word in words)


class Contents(msgspec.Struct):
    """
    One archive, or one folder.

    Attributes:
        conversations: In the order of the archive.
        members: Index to (name, size) of every file in it.
        histories: Index of every browser's history to the number of visits in it that were asked for.
        complete: It could be listed to its end.
    """

    conversations: list[Conversation]
    members: dict[int, tuple[str, int]]
    histories: dict[int, int]
    complete: bool

    def chosen(self, words: Collection[str]) -> list[Conversation]:
        """Return the conversations that answer to one of the words."""
        return [item for item in self.conversations if item.answers_to(words)]

    def members_of(self, chosen: Collection[Conversation]) -> set[int]:
        """Return the members of these conversations, and every history with visits that were asked for."""
        return {index for item in chosen for index in item.members} | {index for index, visits in self.histories.items() if visits}


def list_contents(path: Path, case: Path | None = None) -> Generator[dict[str, Any], None, int]:
    """
    Yield the conversations of an archive or folder that is in no case yet, as `casefile contents` shows them; return how many browser
    histories it holds.

    Args:
        case: A case folder, which is left out where it lies in what is listed.

    Raises:
        SourceMissing: There is nothing of that name. NeedsExtra: It is a 7z, and what opens one is not installed.
    """
    is_folder = path.is_dir()
    if not is_folder and not path.is_file():
        raise SourceMissing()
    if is_sevenzip(os.fsencode(path)) and not has_sevenzip():
        raise NeedsExtra(line=install_line())
    with ReaderServer(OPERATIONS) as server:
        if is_folder:
            files = list(walk([os.fsencode(path)], recursive=True, case=os.fsencode(case or path / "case.json")))
            found = look_around(server, os.fsencode(path), files, {})
        else:
            found = look(server, path, path.name, {})
    for item in found.conversations:
        yield {**msgspec.structs.asdict(item), "members": len(item.members), "thread": item.word()}
    return len(found.histories)


def look(server: ReaderServer, path: Path | bytes, name: str, stated: Mapping[str, Any]) -> Contents:
    """
    List an archive in the limited child. Of a child that was taken over nothing is believed but what is well formed.

    Args:
        stated: ``thread``, ``since``, ``until``: which visits of a browser's history are counted.
    """
    gathered = _Gathered()
    for frame in server.run("contents", path, {"name": name, "sevenzip": is_sevenzip(os.fsencode(path)), **stated}):
        if isinstance(frame, RecordsFrame):
            gathered.take(frame.payload)
        elif isinstance(frame, ReaderEnd):
            gathered.complete = frame.status == "complete"
    return gathered.contents()


def look_around(server: ReaderServer, folder: bytes, files: Sequence[SourceFile], stated: Mapping[str, Any]) -> Contents:
    """List the files of a folder likewise; an index is a place in `files`. Pictures and archives are not looked into."""
    gathered = _Gathered()
    asked: list[tuple[bytes, dict[str, Any]]] = []
    for index, file in enumerate(files):
        if file.skip is None:
            name = display(file.path[len(folder) :].lstrip(b"/"))
            gathered.members[index] = (name, file.size)
            if file.size and not is_picture(file.path) and not is_archive(file.path):
                asked.append((file.path, {"name": name, "index": index, **stated}))
    for position, frame in server.run_batch("conversations", asked, lanes=[0]) if asked else ():
        if isinstance(frame, RecordsFrame):
            gathered.take(frame.payload)
        elif isinstance(frame, ReaderEnd) and frame.status != "complete":
            gathered.uncounted.add(int(asked[position][1]["index"]))
    return gathered.contents()


class _Gathered:
    """What the child says, as it comes."""

    def __init__(self) -> None:
        self.members: dict[int, tuple[str, int]] = {}
        self.uncounted: set[int] = set()
        self.complete = True
        self._conversations: list[dict[str, Any]] = []
        self._histories: dict[int, int] = {}

    def take(self, payload: bytes) -> None:
        for note in _notes(payload):
            if note["what"] == "member":
                self.members[int(note["index"])] = (str(note["name"]), int(note["size"]))
            elif note["what"] == "conversation":
                self._conversations.append(note)
            elif note["what"] == "history":
                self._histories[int(note["index"])] = int(note["visits"])
            else:
                self.uncounted.add(int(note["index"]))

    def contents(self) -> Contents:
        conversations = _gathered(self._conversations, self.members, self.uncounted)
        return Contents(conversations, self.members, self._histories, self.complete)


def _notes(payload: bytes) -> list[dict[str, Any]]:
    try:
        return decode_plain(payload)
    except MalformedFrame:
        return []


def _gathered(notes: list[dict[str, Any]], members: dict[int, tuple[str, int]], uncounted: set[int]) -> list[Conversation]:
    """Return one entry per conversation: its files are those of the same folder with the same name and id, and what they name."""
    found: dict[tuple[str, str, str | None], Conversation] = {}
    named: defaultdict[int, set[str]] = defaultdict(set)
    for note in notes:
        member = members.get(note["index"])
        if member is None:
            continue
        folder = posixpath.dirname(member[0])
        name = note["name"] or note["id"] or posixpath.basename(folder) or member[0]
        item = found.setdefault((folder, name, note["id"]), Conversation(name, note["id"], note["service"], folder))
        item.messages = None if item.messages is None else item.messages + int(note["messages"])
        item.first = min(filter(None, (item.first, note["first"])), default=None)
        item.last = max(filter(None, (item.last, note["last"])), default=None)
        item.members.add(note["index"])
        named[id(item)].update(note["named"])
    conversations = list(found.values())
    _add_folders(conversations, members, uncounted)
    _add_named(conversations, members, named)
    for item in conversations:
        item.size = sum(members[index][1] for index in item.members)
    return conversations


def _add_folders(conversations: list[Conversation], members: dict[int, tuple[str, int]], uncounted: set[int]) -> None:
    """Add what lies in the folder of a conversation that has it to itself."""
    inside: defaultdict[str, list[Conversation]] = defaultdict(list)
    for item in conversations:
        inside[item.folder].append(item)
    alone = {folder: items[0] for folder, items in inside.items() if len(items) == 1 and (folder or len(conversations) == 1)}
    for index, (name, _) in members.items():
        folder = posixpath.dirname(name)
        while folder and folder not in inside:
            folder = posixpath.dirname(folder)
        owner = alone.get(folder)
        if owner is not None:
            owner.members.add(index)
            if index in uncounted:
                owner.messages = None


def _add_named(conversations: list[Conversation], members: dict[int, tuple[str, int]], named: dict[int, set[str]]) -> None:
    """Add the files that messages name: by their whole path, or by a name that only one member has."""
    by_path = {name: index for index, (name, _) in members.items()}
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for index, (name, _) in members.items():
        by_name[posixpath.basename(name)].append(index)
    for item in conversations:
        for text in named.get(id(item), ()):
            same = by_name.get(posixpath.basename(text), [])
            place = by_path.get(text, same[0] if len(same) == 1 else None)
            if place is not None:
                item.members.add(place)
