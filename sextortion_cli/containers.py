"""Step 5 of the flow: members of archives, and text parts of files that stay by reference, as exhibits of their own."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from sextortion_cli.acquire import GROUP_BYTES, GROUP_FILES, Arrival, Sealer, commit_group
from sextortion_cli.model.gate import Decision
from sextortion_cli.readers.frames import BinaryFrame, MalformedFrame, ReaderEnd, RecordsFrame, decode_plain
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.sources import is_sevenzip
from sextortion_cli.store import layout, objects, sealing
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.case import Writer
from sextortion_cli.store.digests import Digests


class Members:
    """
    The members of one container, sealed group by group as they come out of the child.

    Attributes:
        defects: What the archive reader could not do, by code.
        left: Index, name and size of every member that was not chosen.
    """

    def __init__(self, writer: Writer, sealer: Sealer, frames: Iterator[Any], exhibit: Exhibit, context: dict[str, Any], rule: str) -> None:
        self._writer = writer
        self._sealer = sealer
        self._frames = frames
        self._exhibit = exhibit
        self._context = context
        self._rule = rule
        self._copy: objects.ObjectWriter | None = None
        self._known = {
            item.data["member"]["index"]: item
            for item in writer.book.exhibits.values()
            if item.parent == exhibit.id and item.data.get("member")
        }
        self._known_others = {
            record["data"]["member"]["index"]
            for record in (*writer.book.duplicates, *writer.book.skipped)
            if record["data"].get("parent") == exhibit.id and record["data"].get("member")
        }
        self.defects: dict[str, int] = {}
        self.left: list[tuple[int, str, str]] = []

    def _notes(self, payload: bytes) -> list[dict[str, Any]]:
        """Return the notes of a frame; of a child that was taken over nothing is believed."""
        try:
            return decode_plain(payload)
        except MalformedFrame:
            self._defect("archive-reader-stopped")
            return []

    def __iter__(self) -> Iterator[list[Arrival]]:
        group: list[Arrival] = []
        try:
            for frame in self._frames:
                if isinstance(frame, BinaryFrame):
                    if self._copy is not None:
                        self._copy.write(frame.data)
                elif isinstance(frame, RecordsFrame):
                    for record in self._notes(frame.payload):
                        self._take(record, group)
                elif isinstance(frame, ReaderEnd) and frame.status != "complete":
                    self._defect("archive-reader-stopped")
                if len(group) >= GROUP_FILES or sum(item.size for item in group) > GROUP_BYTES:
                    yield self._commit(group)
                    group = []
        finally:
            if self._copy is not None:
                self._copy.abandon()
                self._copy = None
        if group:
            yield self._commit(group)

    def _commit(self, group: list[Arrival]) -> list[Arrival]:
        commit_group(self._writer, self._sealer, [item for item in group if item.exhibit is None], self._context)
        return group

    def _defect(self, code: str) -> None:
        self.defects[code] = self.defects.get(code, 0) + 1

    def _take(self, record: dict[str, Any], group: list[Arrival]) -> None:
        """Take one note of the child: a member begins, ends (with its digests), is left out, or something is wrong with it."""
        what = record["what"]
        if what == "begin" and record["index"] not in self._known and record["index"] not in self._known_others:
            self._copy = objects.ObjectWriter(self._writer.temporary(layout.OBJECTS))
        elif what == "end":
            self._end(record["member"], group)
        elif what == "reference":
            self._reference(record, group)
        elif what == "not-chosen":
            self.left.append((int(record["index"]), str(record["name"]), str(record["size"])))
        elif what == "left-out":
            self._skip(record, group)
        elif what == "defect":
            self._defect(record["code"])

    def _arrival(self, member: dict[str, Any], *, copy: bool) -> Arrival:
        name = base64.b64decode(member["name_b64"])
        kept = {key: value for key, value in member.items() if key not in ("name", "name_b64")}
        return Arrival(name, None, Decision(copy, self._rule), int(member["size"]), parent=self._exhibit.id, member=kept)

    def _end(self, member: dict[str, Any], group: list[Arrival]) -> None:
        if self._copy is None:
            known = self._known.get(member["index"])
            if known is not None and not known.reads:
                group.append(Arrival(known.name.encode(), None, Decision(copy=True, rule=""), known.size, exhibit=known))
            return
        arrival = self._arrival(member, copy=True)
        copy, self._copy = self._copy, None
        arrival.sealed = self._sealer.finish(copy)
        group.append(arrival)

    def _reference(self, record: dict[str, Any], group: list[Arrival]) -> None:
        if record["member"]["index"] in self._known or record["member"]["index"] in self._known_others:
            return
        arrival = self._arrival(record["member"], copy=False)
        done: Future[sealing.Sealed] = Future()
        digests = Digests(record["sha256"], "", "", int(record["member"]["size"]))
        done.set_result(sealing.Sealed(digests, None, 0, 0, 0))
        arrival.sealed = done
        group.append(arrival)

    def _skip(self, record: dict[str, Any], group: list[Arrival]) -> None:
        if record["member"]["index"] in self._known_others:
            return
        arrival = self._arrival({**record["member"], "size": "0"}, copy=True)
        arrival.skip = record["reason"]
        group.append(arrival)


def members(
    writer: Writer,
    sealer: Sealer,
    server: ReaderServer,
    exhibit: Exhibit,
    path: Path | bytes,
    context: dict[str, Any],
    *,
    copy: bool,
    container: str,
    options: dict[str, Any],
    only: set[int] | None = None,
) -> Members:
    """
    Return the members of a container.

    Args:
        copy: False copies only those that are nothing but text.
        container: ``archive``, ``mail`` or ``outlook``, as the examination said.
        options: What was stated for the reading: of a mailbox only the mails that were chosen are taken apart.
        only: Indexes of those a person chose; None is all.
    """
    asked = {"name": exhibit.name, "text_only": not copy, "container": container, "stretches": not exhibit.copied, "options": options}
    asked |= {"only": None if only is None else sorted(only), "sevenzip": is_sevenzip(os.fsencode(path))}
    frames = server.run("expand", path, asked)
    rule = "member" if copy else f"{exhibit.data['gate']['rule']}:selected-member"
    return Members(writer, sealer, frames, exhibit, context, rule)


def parts(writer: Writer, sealer: Sealer, server: ReaderServer, exhibit: Exhibit, path: bytes, context: dict[str, Any]) -> Members:
    """Return the text parts of a by-reference file, each with its offset, length and digest."""
    frames = server.run("parts", path, {"name": exhibit.name})
    return Members(writer, sealer, frames, exhibit, context, f"{exhibit.data['gate']['rule']}:text-part")


def outcome(defects: dict[str, int]) -> tuple[str, str | None]:
    """Return status and reason of a container that was taken apart."""
    if not defects:
        return "stored", "members-are-exhibits"
    return "partial", "archive:" + ",".join(sorted(defects))
