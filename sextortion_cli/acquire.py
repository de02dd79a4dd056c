"""
Step 1 of the flow: seal what was given, in groups, before anything looks at it.

A group is at most 64 files, 64 MiB or one second; a larger file is a group by itself. Threads read, hash, write and sync; this
thread alone gives names, writes the log, and promises. Copies are synced together when their group is complete: that is waiting, which
many threads can do at once, while hashing needs a processor each.
"""

from __future__ import annotations

import base64
import errno
import os
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sextortion_cli.errors import CaseDamaged
from sextortion_cli.model.gate import Decision
from sextortion_cli.sources import SourceFile, display
from sextortion_cli.store import layout, objects, sealing
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.case import Writer
from sextortion_cli.store.digests import Digests
from sextortion_cli.store.fileops import fileops, sync_file
from sextortion_cli.store.holding import holders
from sextortion_cli.store.platform import durability
from sextortion_cli.store.regular import NotRegularError

GROUP_FILES = 64
GROUP_BYTES = 64 << 20
GROUP_SECONDS = 1.0
_AHEAD = 512
_WAITING = 8
_COMPARED = 4


@dataclass(slots=True)
class Arrival:
    """
    One object on its way into the case.

    Attributes:
        name: File name or member name as bytes.
        path: Where the source lies, or None for a member or standard input.
        decision: What the gate said.
        sealed: The pass over its bytes, running or done; None when it is known to be skipped.
        parent: The exhibit it came out of.
        member: What the archive says of it (index, times as written, method).
        skip: Why it was not taken.
        exhibit: Set when it has its number.
        duplicate_of: Set instead, when the same bytes are in the case already.
        media: What the survey of a by-reference file found.
    """

    name: bytes
    path: bytes | None
    decision: Decision
    size: int
    sealed: Future[sealing.Sealed] | None = None
    parent: str | None = None
    member: dict[str, Any] | None = None
    skip: str | None = None
    exhibit: Exhibit | None = None
    duplicate_of: str | None = None
    changed: bool = False
    survey: dict[str, Any] = field(default_factory=dict)


class Sealer:
    """The threads that read, hash, write and sync; results come back in the order given."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._pool = ThreadPoolExecutor(max(2, os.cpu_count() or 2), thread_name_prefix="seal")
        self._syncing = ThreadPoolExecutor(_WAITING, thread_name_prefix="sync")
        self._folders: set[str] = set()
        self._by_size: defaultdict[int, list[str]] = defaultdict(list)
        for digest, identity in writer.book.by_digest.items():
            self.has(writer.book.exhibits[identity].size, digest)
        self._away = {writer.book.exhibits[identity].size for identity in writer.book.away.values()}

    def __enter__(self) -> Sealer:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._syncing.shutdown(wait=True, cancel_futures=True)

    def has(self, size: int, digest: str) -> None:
        """Remember an original that lies in the case."""
        self._by_size[size].append(digest)

    def start(self, path: bytes, *, copy: bool, size: int) -> Future[sealing.Sealed]:
        """Start sealing one source; with `copy` False it is only hashed."""
        if not copy:
            return self._pool.submit(sealing.seal, path, None)
        large = size > sealing.SMALL
        return self._pool.submit(self._seal, path, size, tuple(self._by_size.get(size, ())[:_COMPARED]) if large else ())

    def _seal(self, path: bytes, size: int, same_size: tuple[str, ...]) -> sealing.Sealed:
        """Seal a source; a large one that begins and ends as an original of its size does is hashed first: it may be that one again."""
        case = self._writer.case.path
        if size in self._away:  # it may be what may not be copied any more: hashed before anything is written
            hashed = sealing.seal(path, None)
            if hashed.digests.sha256 in self._writer.book.away:
                return hashed
        if any(sealing.is_alike(path, layout.object_path(case, digest)) for digest in same_size):
            hashed = sealing.seal(path, None)
            if hashed.digests.sha256 in self._writer.book.by_digest:
                return hashed
        return sealing.seal(path, self._temporary)

    def _temporary(self, sha256: str | None) -> Path | None:
        """Name a copy: in the folder it will lie in, where that is known, and not at all when the case has it."""
        if sha256 is None:
            return self._writer.temporary(layout.OBJECTS)
        if sha256 in self._writer.book.by_digest or sha256 in self._writer.book.away:
            return None
        if sha256[:2] not in self._folders:
            objects.folder_of(self._writer.case.path, sha256)
            self._folders.add(sha256[:2])
        return self._writer.temporary(f"{layout.OBJECTS}/sha256/{sha256[:2]}")

    def finish(self, copy: objects.ObjectWriter) -> Future[sealing.Sealed]:
        """Close a member's copy."""
        done: Future[sealing.Sealed] = Future()
        done.set_result(sealing.Sealed(copy.finish(), copy.temporary, 0, 0, 0))
        return done

    def drop(self, temporary: Path) -> None:
        """Remove a temporary copy that must not be kept; nothing of it was promised."""
        fileops().unlink(temporary)

    def sync_copies(self, group: list[Arrival]) -> None:
        """Bring the copies of a group to the medium, before any of them gets its name."""
        sealed = [item.sealed.result() for item in group if item.sealed is not None and item.sealed.exception() is None]
        self._sync([item.temporary for item in sealed if item.temporary is not None], sync_file)

    def sync_folders(self, folders: set[Path]) -> None:
        """Bring the names in some folders to the medium."""
        self._sync(sorted(folders), fileops().fsync_dir)

    def _sync(self, paths: list[Path], sync: Callable[[Path], None]) -> None:
        def some(start: int) -> None:
            for path in paths[start::_WAITING]:
                sync(path)

        for future in [self._syncing.submit(some, start) for start in range(min(_WAITING, len(paths)))]:
            future.result()


def groups(files: Iterator[tuple[SourceFile, Decision]], sealer: Sealer) -> Iterator[list[Arrival]]:
    """Yield sources in groups, sealing ahead of the group that is being committed."""
    waiting: deque[Arrival] = deque()
    group: list[Arrival] = []
    size, since = 0, time.monotonic()
    more = True
    while more or waiting:
        while more and len(waiting) < _AHEAD:
            try:
                source, decision = next(files)
            except StopIteration:
                more = False
            else:
                waiting.append(_start(source, decision, sealer))
        if not waiting:
            break
        arrival = waiting.popleft()
        if group and size + arrival.size > GROUP_BYTES:
            yield group
            group, size, since = [], 0, time.monotonic()
        if arrival.sealed is not None:
            arrival.sealed.exception()  # waits
        group.append(arrival)
        size += arrival.size
        if len(group) >= GROUP_FILES or size >= GROUP_BYTES or time.monotonic() - since > GROUP_SECONDS:
            yield group
            group, size, since = [], 0, time.monotonic()
    if group:
        yield group


def _start(source: SourceFile, decision: Decision, sealer: Sealer) -> Arrival:
    arrival = Arrival(os.path.basename(source.path), source.path, decision, source.size, skip=source.skip)
    if source.skip is None:
        arrival.sealed = sealer.start(source.path, copy=decision.copy, size=source.size)
    return arrival


def number(writer: Writer) -> str:
    """Return the number the next exhibit gets; numbers are given once and never used again."""
    prefix = writer.book.settings.get("prefix") or "A"
    return f"{prefix}-{writer.book.next_exhibit:03d}"


def commit_group(writer: Writer, sealer: Sealer, group: list[Arrival], context: dict[str, Any]) -> None:
    """
    Give every arrival of a group its place and its record, and promise them together.

    Raises:
        OSError: The medium is full or fails (`cases.writing` names it); what was promised before stands.
        CaseDamaged: An object in the case is not what its name says.
    """
    touched: set[Path] = set()
    try:
        sealer.sync_copies(group)
        for arrival in group:
            _record(writer, arrival, context, touched)
        sealer.sync_folders(touched)
        writer.commit()
        for arrival in group:
            if arrival.exhibit is not None and arrival.exhibit.copied and arrival.exhibit.sha256 is not None:
                sealer.has(arrival.exhibit.size, arrival.exhibit.sha256)
    except ValueError as error:
        raise CaseDamaged(part="objects") from error


def _record(writer: Writer, arrival: Arrival, context: dict[str, Any], touched: set[Path]) -> None:
    data = _data(arrival, context)
    sealed = None
    if arrival.sealed is not None and arrival.skip is None:
        try:
            sealed = arrival.sealed.result()
        except NotRegularError as error:
            arrival.skip = str(error.args[0])
        except sealing.SourceUnreadableError as error:
            arrival.skip = "missing" if error.errno == errno.ENOENT else "unreadable"
    if sealed is None:
        writer.record("skipped", None, {**data, "reason": arrival.skip})
        return
    digests = sealed.digests
    arrival.size = digests.size
    arrival.changed = sealed.changed
    data["source"] = None
    if arrival.path is not None:
        source = {"mtime_ns": str(sealed.mtime_ns), "device": str(sealed.device), "inode": str(sealed.inode)}
        data["source"] = {**source, "changed": sealed.changed}
    away = writer.book.away.get(digests.sha256)
    if away is not None:
        if sealed.temporary is not None:
            fileops().unlink(sealed.temporary)
        arrival.skip = refusal(writer.book.exhibits[away])
        writer.record("skipped", None, {**data, "reason": arrival.skip})
        _put_holder_away(writer, arrival.parent)
        return
    known = writer.book.by_digest.get(digests.sha256)
    left = writer.book.by_reference.get(digests.sha256)
    if known is not None:
        if sealed.temporary is not None:
            fileops().unlink(sealed.temporary)
        subject = {"exhibit": known, "sha256": digests.sha256, "size": str(digests.size)}
        writer.record("duplicate", subject, data)
        arrival.duplicate_of = known
    elif sealed.temporary is not None and not (left is not None and writer.book.may_show_minor(left)):
        objects.place(writer.case.path, sealed.temporary, digests, touched)
        subject = {"exhibit": number(writer), "sha256": digests.sha256, "size": str(digests.size)}
        data |= {"sha1": digests.sha1, "md5": digests.md5, "durability": durability()}
        record = writer.record("acquired", subject, data)
        arrival.exhibit = writer.book.exhibits[record["subject"]["exhibit"]]
    elif left is not None:  # the digest stands in that exhibit's own record, and in no other
        if sealed.temporary is not None:  # stated to show somebody who may be under 18: a later statement does not make it copied
            fileops().unlink(sealed.temporary)
        writer.record("duplicate", {"exhibit": left, "size": str(digests.size)}, data)
        arrival.duplicate_of = left
    else:
        _by_reference(writer, arrival, digests, data)


def _put_holder_away(writer: Writer, identity: str | None) -> None:
    """A container that was copied and turns out to hold what may not be copied goes apart with all that hold it, once it is taken apart."""
    if identity is None or not writer.book.exhibits[identity].copied:
        return
    line = [writer.book.exhibits[identity], *holders(writer.book, [identity])]
    taken = [{"exhibit": item.id, "as": "container"} for item in line if item.copied]
    writer.record("label", {"exhibit": identity}, {"label": "holds", "why": None, "takes": taken})


def refusal(exhibit: Exhibit) -> str:
    """Return why these bytes are not taken again."""
    return {"purged": "purged", "apart": "sealed-apart"}.get(exhibit.state, "labelled-minor")


def _by_reference(writer: Writer, arrival: Arrival, digests: Digests, data: dict[str, Any]) -> None:
    """Record what stays where it is; its digest stands in a record of its own, which disclosure withholds by default."""
    identity = number(writer)
    record = writer.record("by-reference", {"exhibit": identity, "size": str(digests.size)}, data)
    writer.record("by-reference-digest", {"exhibit": identity}, {"sha256": digests.sha256, "record": record["seq"]})
    arrival.exhibit = writer.book.exhibits[identity]


def _data(arrival: Arrival, context: dict[str, Any]) -> dict[str, Any]:
    path = None if arrival.path is None else {"text": display(arrival.path), "b64": base64.b64encode(arrival.path).decode()}
    return {
        **context,
        "name": display(arrival.name),
        "name_b64": base64.b64encode(arrival.name).decode(),
        "path": path,
        "parent": arrival.parent,
        "member": arrival.member,
        "gate": {"decision": "copied" if arrival.decision.copy else "by-reference", "rule": arrival.decision.rule},
    }
