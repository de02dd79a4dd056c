"""
The flow: from a path to a sealed, read, recorded exhibit.

    1  walk what was given, keep what was chosen   sources.py, folders.py
    2  ask the gate, for every file                model/gate.py
    3  seal: copy or by reference, hash, record    acquire.py       -> promised
    4  examine in the limited child                examination.py, interpret.py
    5  take containers apart (3 for every member)  containers.py
    6  read with the one importer that claims it   importers/, normalise/
    7  record the reading, index it                interpret.py     -> promised
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sextortion_cli import companions, containers, contents, folders, interpret, survey
from sextortion_cli.acquire import Arrival, Sealer, commit_group, groups
from sextortion_cli.errors import CannotReadAs, NoSpace, SourceMissing, UsageProblem
from sextortion_cli.extract import extras
from sextortion_cli.importers.base import importer_ids
from sextortion_cli.items import item_of, notices, skipped_item
from sextortion_cli.mailmembers import is_stretch
from sextortion_cli.model.gate import CHOSEN, TEXTUAL_KINDS, Decision, decide
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.model.session import Session
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.sources import SourceFile, is_archive, is_as_it_was, is_picture, walk
from sextortion_cli.store import case as cases
from sextortion_cli.store import layout, removal
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.holding import ONLY_TEXT
from sextortion_cli.store.index import IndexWriter
from sextortion_cli.store.objects import ObjectWriter
from sextortion_cli.store.reindex import current_marks, current_readings, open_current, rebuild
from sextortion_cli.store.space import index_space_needed
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

OPERATIONS = "sextortion_cli.examination:OPERATIONS"
Progress = Callable[[str, int, int], None]
Items = Generator[dict[str, Any], None, dict[str, Any]]
Findings = dict[str, interpret.Finding]
"""What the examination found, by exhibit."""
_DEPTH = 3
_LISTED = 1000
_STDIN = "-"
HELP = "distress-help"


def import_paths(
    path: Path,
    session: Session,
    request: ImportRequest,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    help_card: Callable[[], None] | None = None,
) -> Items:
    """
    Import what was given; yield an item (as in `cli.md`) per exhibit once its records are on the medium. Returns the totals.

    `stdin` is read when ``-`` is among the paths. `help_card` is called, once in a case, as soon as a text calls for it; without it
    nothing is looked for.

    Raises:
        UsageProblem: An unknown importer or zone; standard input that may not be copied. SourceMissing: Nothing that was given is there.
        CannotReadAs: The importer that was named can read nothing of it. NoSpace, AnotherWriter, ReadOnlyCase, CaseDamaged
    """
    _check(request)
    files = _files(path, request)
    if request.dry_run:
        return (yield from _dry_run(path, request, files))
    # A second server examines a group while the one before is read; of one file there is nothing else to read meanwhile.
    with (
        ReaderServer(OPERATIONS, lanes=min(2, len(files) + (_STDIN in request.paths))) as server,
        cases.writing(path, session) as writer,
        index_space_needed(),
    ):
        return (yield from _Import(writer, server, request, progress or _silent, stdin, help_card).run(files))


_NO_SUCH = {
    "code": "no-such-conversation",
    "count": 1,
    "what": N_("There is no conversation of that name in it, and no visit to such an address; nothing of it was copied."),
    "how": N_("See what it holds: casefile contents PATH"),
}
_NEEDS_EXTRA = {
    "code": "needs-extra",
    "what": N_("These 7z archives were not opened, because the part that does it is not installed."),
    "how": N_("Install it as said below, then give the same import again."),
}
_NOT_TRIED = {
    "code": "duplicate-not-read-again",
    "count": 1,
    "what": N_("What was given is in the case already, and was not read again."),
    "how": N_("To read it with another importer: casefile reread EXHIBIT --as IMPORTER"),
}


def _with_names(threads: tuple[str, ...], chosen: list[contents.Conversation]) -> tuple[str, ...]:
    """Add the names and ids that the files of chosen conversations give them: a person may have chosen by a folder."""
    return tuple(dict.fromkeys((*threads, *(name for item in chosen for name in (item.name, item.id) if name))))


def _silent(what: str, done: int, total: int) -> None:
    """Say nothing."""


def _check(request: ImportRequest) -> None:
    if request.importer is not None and request.importer not in importer_ids():
        raise UsageProblem(message=_("There is no importer of that name. See: casefile formats"))
    if request.timezone is not None:
        from sextortion_cli.casework import check_zone

        check_zone(request.timezone)


def _files(path: Path, request: ImportRequest) -> list[SourceFile]:
    given = [os.fsencode(item) for item in request.paths if item != _STDIN]
    files = list(walk(given, recursive=request.recursive, case=os.fsencode(path)))
    if not given:
        return []
    if not files or all(item.skip in ("missing", "unreadable") for item in files):
        raise SourceMissing()
    return companions.first(files)


def _decision(source: SourceFile, request: ImportRequest, settings: dict[str, Any]) -> Decision:
    loose_image = source.loose and source.skip is None and request.kind in TEXTUAL_KINDS and is_picture(source.path)
    return decide(
        shows=request.shows,  # type: ignore[arg-type]
        kind=request.kind,
        minor=settings.get("minor") or "unknown",
        loose_image=loose_image,
        asked_by_reference=request.by_reference,
    )


def _dry_run(path: Path, request: ImportRequest, files: list[SourceFile]) -> Items:
    settings = cases.open_case(path).book.settings
    for source in files:
        decision = _decision(source, request, settings)
        yield skipped_item(
            source, "skipped" if source.skip else "would-copy" if decision.copy else "would-stay-by-reference", decision.rule
        )
    return {"files": len(files), "dry_run": True, "notices": []}


@dataclass
class _Import:
    """One run of `import` over one case."""

    writer: cases.Writer
    server: ReaderServer
    request: ImportRequest
    progress: Progress
    stdin: BinaryIO | None = None
    help_card: Callable[[], None] | None = None
    _carded: bool = False
    _resumed: int | None = None

    def run(self, files: list[SourceFile]) -> Items:
        piped = self._may_read_stdin()
        self._started = self._start()
        self._done = self._already()
        self._files = files
        self._around: dict[bytes, set[str]] = {}
        self._messages = self._bytes = self._seen = 0
        self._expected = sum(item.path not in self._done for item in files) + (piped is not None)
        self._statuses: list[str] = []
        self._threads = self._named = self.request.thread
        self._could_read = self._untried = self._nowhere = False
        self._lacking = 0
        self._index = self._open_index()
        self._reader = interpret.Interpreter(self.writer, self.server, self._index, self._count, self._watching())
        try:
            with Sealer(self.writer) as sealer, ThreadPoolExecutor(1, thread_name_prefix="examine") as beside:
                self._sealer = sealer
                yield from self._narrow()
                self._space()
                if piped is not None:
                    yield from self._groups(iter([[self._piped(piped)]]), beside)
                yield from self._groups(groups(self._sources(), sealer), beside)
                yield from self._finish_resumed()
        except BaseException:
            if self._index is not None:
                self._index.abandon()
            raise
        return self._finish()

    def _watching(self) -> Callable[[], None] | None:
        """Return what shows the help card; None when nobody wants it, or it was shown in this case. Only that it was is kept, as a cache."""
        shown = self.writer.case.path / layout.CACHE / layout.CARD
        return None if self.help_card is None or shown.exists() else self._show_card

    def _show_card(self) -> None:
        assert self.help_card is not None
        folder = self.writer.case.path / layout.CACHE
        if not folder.is_dir():
            fileops().mkdir(folder)
        fileops().close(fileops().create(folder / layout.CARD))
        self._carded = True
        self.help_card()

    # -- beginning and end ---------------------------------------------------------------------------------------------------

    def _start(self) -> int:
        request = self.request
        paths = [base64.b64encode(b"-" if item == _STDIN else os.path.abspath(os.fsencode(item))).decode() for item in request.paths]
        stated = {
            key: value
            for key, value in asdict(request).items()
            if value not in (None, (), False) and key not in ("paths", "dry_run", "name")
        }
        now = {
            "stated": {key: list(value) if isinstance(value, tuple) else value for key, value in stated.items()},
            "dependencies": interpret.dependencies(),
            "clock": self.writer.session.clock_answer,
        }
        for seq, record in self.writer.book.imports.items():
            if seq not in self.writer.book.finished and record["data"]["paths_b64"] == paths:
                self._resumed = int(self.writer.record("import-resumed", None, {"import": seq, **now})["seq"])
                return seq
        data = {"paths": [item.decode("utf-8", "replace") for item in map(base64.b64decode, paths)], "paths_b64": paths, **now}
        record = self.writer.record("import-started", None, data)
        self.writer.commit()
        return int(record["seq"])

    def _may_read_stdin(self) -> Decision | None:
        """Ask the gate for standard input before a byte of it is read: it has no place where it could stay by reference."""
        if _STDIN not in self.request.paths:
            return None
        settings = self.writer.book.settings
        decision = decide(
            shows=self.request.shows,  # type: ignore[arg-type]
            kind=self.request.kind,
            minor=settings.get("minor") or "unknown",
            loose_image=False,
            asked_by_reference=self.request.by_reference,
        )
        if not decision.copy or self.stdin is None:
            raise UsageProblem(
                message=_(
                    "What comes through standard input cannot stay where it is. Save it as a file, or state --shows nothing-intimate if that is true."
                )
            )
        return decision

    def _piped(self, decision: Decision) -> Arrival:
        """Seal standard input."""
        assert self.stdin is not None
        copy = ObjectWriter(self.writer.temporary(layout.OBJECTS))
        size = 0
        try:
            while piece := self.stdin.read(1 << 20):
                copy.write(piece)
                size += len(piece)
        except BaseException:
            copy.abandon()
            raise
        name = os.fsencode(self.request.name or "stdin")
        return Arrival(name, None, decision, size, sealed=self._sealer.finish(copy))

    def _already(self) -> dict[bytes, Exhibit | None]:
        """Return what an interrupted run of this import has committed, by source path; not what was missing or has changed since."""
        found: dict[bytes, Exhibit | None] = {}
        book = self.writer.book
        records = [(item.record, item) for item in book.exhibits.values()] + [(record, None) for record in book.duplicates]
        for record, item in sorted(records, key=lambda pair: int(pair[0]["seq"])):
            data = record["data"]
            if data.get("import") == self._started and data.get("path") and data.get("parent") is None:
                place = base64.b64decode(data["path"]["b64"])
                found.pop(place, None)
                if is_as_it_was(place, record["subject"]["size"], data["source"]):
                    found[place] = item
        for record in book.skipped:
            data = record["data"]
            if data.get("import") == self._started and data.get("path") and data["reason"] not in ("missing", "unreadable"):
                found.setdefault(base64.b64decode(data["path"]["b64"]), None)
        return found

    def _open_index(self) -> IndexWriter | None:
        """Return an index that grows with this import, when the one that is there is current (or there is nothing to hold)."""
        case = self.writer.case
        temporary = case.path / f"{layout.INDEX}-{self.writer.session.clock.random_hex(4)}"
        if not current_readings(case.book):
            return IndexWriter(temporary)
        current = open_current(case)
        if current is None:
            return None
        current.close()
        return IndexWriter(temporary, case.path / layout.INDEX)

    def _space(self) -> None:
        needed = sum(item.size for item in self._files if item.skip is None and self._decide(item).copy)
        found = os.statvfs(self.writer.case.path) if hasattr(os, "statvfs") else None
        if found is not None and needed + (16 << 20) > found.f_bavail * found.f_frsize:
            raise NoSpace()

    def _finish(self) -> dict[str, Any]:
        totals: dict[str, Any] = {
            "files": len(self._files) + (_STDIN in self.request.paths),
            "items": len(self._statuses),
            "messages": self._messages,
            "by_status": {status: self._statuses.count(status) for status in sorted(set(self._statuses))},
            "notices": notices(self.writer.book, self._started),
        }
        self.writer.record("import-finished", None, {"import": self._started, "by_status": totals["by_status"]})
        self.writer.commit()
        if self._carded:
            totals["notices"].insert(0, {"code": HELP})
        if self._nowhere:
            totals["notices"].append(_NO_SUCH)
        if self._lacking:
            totals["notices"].append({**_NEEDS_EXTRA, "count": self._lacking, "install": extras.install_line()})
        case = self.writer.case
        if self._index is not None and self.writer.book.work:
            self._index.abandon()  # what it was grown from is removed with the rest that is derived
            self._index = None
        removal.finish(self.writer)
        if self._index is not None:
            self._index.finish(case.path / layout.INDEX, current_marks(case.book))
        else:
            rebuild(case, case.path / f"{layout.INDEX}-{self.writer.session.clock.random_hex(4)}")
        if self.request.importer is not None and not self._could_read:
            if not self._untried:
                raise CannotReadAs(importer=self.request.importer)
            totals["notices"].append(_NOT_TRIED)
        return totals

    def _count(self, messages: int) -> None:
        self._messages += messages
        self.progress("messages", self._messages, 0)

    # -- one group -----------------------------------------------------------------------------------------------------------

    def _decide(self, source: SourceFile) -> Decision:
        """Ask the gate; an archive of which a person chose conversations stays where it is, and gives only those."""
        decision = _decision(source, self.request, self.writer.book.settings)
        if self.request.thread and decision.copy and source.skip is None and is_archive(source.path):
            return Decision(copy=False, rule=CHOSEN)
        return decision

    def _narrow(self) -> Iterator[dict[str, Any]]:
        """Of a folder that holds conversations import only those that were chosen; the folder itself stays where it is."""
        if not self.request.thread:
            return
        for choice in folders.choose(self.server, self.request.paths, self._files, self._stated()):
            yield self._item(folders.seal(self.writer, self._sealer, choice, self._context(), self.request.thread))
            left = {choice.files[index].path for index in choice.left()}
            self._files = [item for item in self._files if item.path not in left]
            self._threads = self._named = _with_names(self._named, choice.conversations)
            self._nowhere = self._nowhere or choice.is_empty

    def _sources(self) -> Iterator[tuple[SourceFile, Decision]]:
        for source in self._files:
            if source.path not in self._done:
                yield source, self._decide(source)

    def _context(self) -> dict[str, Any]:
        resumed = {} if self._resumed is None else {"resumed": self._resumed}
        return {"import": self._started, "kind": self.request.kind, **resumed}

    def _groups(self, groups: Iterator[list[Arrival]], beside: ThreadPoolExecutor) -> Iterator[dict[str, Any]]:
        """Seal, promise, examine, read, promise again, and only then say so; a group is examined while the next one is sealed."""
        before: tuple[list[Arrival], Future[Findings]] | None = None
        for group in groups:
            self._seal(group)
            once = self._seen == self._expected  # what the importers take in memory is then needed no more
            examined = beside.submit(self._examine, group, self.server.last_lane, once=once)
            if before is not None:
                yield from self._interpret(before[0], before[1].result(), depth=0)
            before = group, examined
        if before is not None:
            found = before[1].result()
            if not self.server.has_one_lane:
                self.server.release(self.server.last_lane)  # it has every importer in memory, and what is left to do needs one
            yield from self._interpret(before[0], found, depth=0)

    def _seal(self, group: list[Arrival]) -> None:
        survey.settle(self.server, self._sealer, group)
        commit_group(self.writer, self._sealer, group, self._context())
        for arrival in group:
            self._seen += 1
            self._bytes += arrival.size
        self.progress("files", self._seen, len(self._files))

    def _interpret(self, group: list[Arrival], found: Findings, depth: int) -> Iterator[dict[str, Any]]:
        later: list[tuple[Exhibit, interpret.Finding]] = []
        for arrival in group:
            exhibit = arrival.exhibit
            if exhibit is not None and exhibit.id in found:
                if found[exhibit.id].container and depth < _DEPTH and not is_stretch(exhibit.data.get("member")):
                    later.append((exhibit, found[exhibit.id]))
                    continue
                self._keep_or_read(exhibit, found[exhibit.id])
        self.writer.commit()
        for arrival in group:
            yield from self._say(arrival, depth, later)

    def _say(self, arrival: Arrival, depth: int, later: list[tuple[Exhibit, interpret.Finding]]) -> Iterator[dict[str, Any]]:
        exhibit = arrival.exhibit
        opened = next((found for item, found in later if exhibit is not None and item.id == exhibit.id), None)
        if exhibit is not None and opened is not None:
            yield from self._expand(exhibit, opened, depth)
        elif (
            exhibit is not None
            and not exhibit.copied
            and not exhibit.state
            and arrival.survey.get("container")
            and arrival.path is not None
        ):
            yield self._item(arrival)
            yield from self._selected(exhibit, arrival.path, str(arrival.survey["container"]), depth)
        elif self._chooses_more(arrival) and arrival.path is not None:
            yield self._item(arrival)
            known = self.writer.book.exhibits[str(arrival.duplicate_of)]
            yield from self._selected(known, arrival.path, str(arrival.survey["container"]), depth)
        else:
            yield self._item(arrival)
            yield from self._parts(arrival, depth)
            for known in self._opens_now(arrival):
                found = interpret.examine(self.server, [(layout.object_path(self.writer.case.path, str(known.sha256)), known.name)])[0]
                yield from self._expand(known, found, len(self._line(known)) - 1)

    def _chooses_more(self, arrival: Arrival) -> bool:
        """Tell whether this is an archive again of which nothing was taken before, or other conversations than are chosen now."""
        book = self.writer.book
        known = book.exhibits.get(arrival.duplicate_of or "")
        if known is None or known.copied or known.state or known.hidden or not arrival.survey.get("container"):
            return False
        return bool(self.request.thread) or all(item.parent != known.id for item in book.exhibits.values())

    def _opens_now(self, arrival: Arrival) -> list[Exhibit]:
        """Return what of an original that is given again was kept closed for want of an extra that is installed by now."""
        if arrival.duplicate_of is None or not extras.has_sevenzip():
            return []
        closed = [item for item in self.writer.book.exhibits.values() if item.copied and item.reads]
        closed = [item for item in closed if item.reads[-1]["data"].get("reason") == interpret.NEEDS_EXTRA]
        return [item for item in closed if self._line(item)[-1].id == arrival.duplicate_of]

    def _line(self, exhibit: Exhibit) -> list[Exhibit]:
        """Return an exhibit, what it came out of, and so on."""
        found = [exhibit]
        while found[-1].parent is not None:
            found.append(self.writer.book.exhibits[found[-1].parent])
        return found

    def _item(self, arrival: Arrival) -> dict[str, Any]:
        item = item_of(self.writer.book, arrival)
        if arrival.survey and interpret.lacks_extra(arrival.survey["media"], arrival.survey["container"]):
            item["reason"] = interpret.NEEDS_EXTRA  # it stays where it is, and not even its text could be taken
        self._lacking += item["reason"] == interpret.NEEDS_EXTRA
        self._statuses.append(item["status"])
        self._could_read = self._could_read or item["importer"] == self.request.importer
        if arrival.duplicate_of is not None:
            reads = self.writer.book.exhibits[arrival.duplicate_of].reads
            self._untried = self._untried or not reads or reads[-1]["data"].get("reason") != "importer-cannot-read"
        return item

    def _examine(self, group: list[Arrival], lane: int, *, once: bool = False) -> Findings:
        """Have what was newly copied examined, for the only time `once`; it may run in a thread, so it reads nothing that grows but the group."""
        case = self.writer.case.path
        fresh = [arrival.exhibit for arrival in group if arrival.exhibit is not None and arrival.exhibit.copied]
        entries = [(layout.object_path(case, str(item.sha256)), item.name) for item in fresh]
        return {fresh[position].id: found for position, found in interpret.examine(self.server, entries, lane, once=once).items()}

    def _keep_or_read(self, exhibit: Exhibit, found: interpret.Finding) -> None:
        importer, status, reason = interpret.choose(found, self.request.importer)
        if importer is None and companions.is_companion(self.writer.book, exhibit, (item.path for item in self._files)):
            status, reason = "stored", "companion-of-database"
        if importer is None:
            if reason == "no-importer" and is_stretch(exhibit.data.get("member")):
                reason = "stretch-of-a-mail"
            self._reader.keep(exhibit, found, status, reason)
        else:
            around = None if found.container in ("mail", "outlook") else self._siblings(exhibit)  # a mail holds its attachments itself
            self._reader.read(exhibit, found, importer, self._options(), around)

    def _options(self) -> dict[str, Any]:
        request = self.request
        zone = request.timezone or self.writer.book.settings.get("timezone")
        return interpret.options_of(
            timezone=zone,
            date_order=request.date_order,
            owner=request.owner,
            thread=list(self._threads),
            since=request.since,
            until=request.until,
            mail_provider=request.mail_provider,
            columns=list(request.columns),
        )

    def _siblings(self, exhibit: Exhibit) -> set[str] | None:
        """Return the names a message of this exhibit may refer to: the other members of its archive, or the files around it."""
        if exhibit.parent is not None:
            return {item.name.rpartition("/")[2] for item in self.writer.book.exhibits.values() if item.parent == exhibit.parent}
        source = exhibit.data.get("path")
        if source is None:
            return None
        folder = os.path.dirname(base64.b64decode(source["b64"])) + b"/"
        if folder not in self._around:
            around = (item.path for item in self._files if item.path.startswith(folder))
            self._around[folder] = {os.path.basename(path).decode("utf-8", "replace") for path in around}
        return self._around[folder]

    # -- containers and by-reference files -----------------------------------------------------------------------------------

    def _expand(self, exhibit: Exhibit, found: interpret.Finding, depth: int) -> Iterator[dict[str, Any]]:
        """Take a copied container apart: every member becomes an exhibit of its own."""
        path = layout.object_path(self.writer.case.path, str(exhibit.sha256))
        copy = not self._is_refused_now(exhibit) and not str(exhibit.data["gate"]["rule"]).endswith(ONLY_TEXT)
        members = self._taken_apart(exhibit, path, found.container, copy=copy)
        yield from self._members(exhibit, members, depth)
        status, reason = containers.outcome(members.defects)
        if found.container == "archive" or members.defects:
            self._reader.keep(exhibit, found, status, reason)
        if found.container != "archive":
            self._keep_or_read(exhibit, found)
        self.writer.commit()
        yield self._item(Arrival(exhibit.name.encode(), None, Decision(copy=True, rule=""), exhibit.size, exhibit=exhibit))

    def _is_refused_now(self, exhibit: Exhibit) -> bool:
        """Tell whether an interrupted run sealed an archive by a statement that the run which goes on with it takes back."""
        top = self._line(exhibit)[-1]
        stated = self.request.by_reference or self.request.shows is not None
        if self._resumed is None or not stated or not top.data.get("path"):
            return False
        return not self._decide(SourceFile(base64.b64decode(top.data["path"]["b64"]), loose=False)).copy

    def _taken_apart(
        self, exhibit: Exhibit, path: Path | bytes, container: str, *, copy: bool, only: set[int] | None = None
    ) -> containers.Members:
        stated = self._options()
        context = self._context()
        return containers.members(
            self.writer, self._sealer, self.server, exhibit, path, context, copy=copy, container=container, options=stated, only=only
        )

    def _selected(self, exhibit: Exhibit, path: bytes, container: str, depth: int) -> Iterator[dict[str, Any]]:
        """
        Copy the text members of a container that stays where it is; every other member stays there too, by reference.

        Where a person chose conversations, only their members are taken, and pictures too unless the gate keeps them.
        """
        copy = exhibit.data["gate"]["rule"] == CHOSEN
        only = self._choose(exhibit, path) if self.request.thread and container == "archive" else None
        members = self._taken_apart(exhibit, path, container, copy=copy, only=only)
        yield from self._members(exhibit, members, depth)
        self._threads = self._named
        for start in range(0, len(members.left), _LISTED):
            listed = [list(item) for item in members.left[start : start + _LISTED]]
            self.writer.record("not-chosen", {"exhibit": exhibit.id}, {"chosen": list(self.request.thread), "members": listed})
        self.writer.commit()

    def _choose(self, exhibit: Exhibit, path: bytes) -> set[int]:
        """Return the members of the chosen conversations; they are read by the names their files give them."""
        found = contents.look(self.server, path, exhibit.name, self._stated())
        chosen = found.chosen(self.request.thread)
        self._threads = _with_names(self._threads, chosen)
        members = found.members_of(chosen)
        self._nowhere = self._nowhere or not members
        return members

    def _stated(self) -> dict[str, Any]:
        return {"thread": list(self.request.thread), "since": self.request.since, "until": self.request.until}

    def _parts(self, arrival: Arrival, depth: int) -> Iterator[dict[str, Any]]:
        """Copy the text parts of a text file that stays where it is because pictures are written into it."""
        if arrival.exhibit is not None and arrival.survey.get("separable") == "mixed" and arrival.path is not None:
            parts = containers.parts(self.writer, self._sealer, self.server, arrival.exhibit, arrival.path, self._context())
            yield from self._members(arrival.exhibit, parts, depth)

    def _members(self, exhibit: Exhibit, members: containers.Members, depth: int) -> Iterator[dict[str, Any]]:
        whole: list[list[Arrival]] = list(members)  # every member is sealed before the first is read: messages name their neighbours
        for group in whole:
            yield from self._interpret(group, self._examine(group, lane=0, once=len(whole) == 1), depth + 1)

    # -- resuming ------------------------------------------------------------------------------------------------------------

    def _finish_resumed(self) -> Iterator[dict[str, Any]]:
        """Say again what an interrupted run had promised, and read what it had only sealed."""
        for path, exhibit in self._done.items():
            if exhibit is None or exhibit.state or exhibit.hidden:
                continue
            arrival = Arrival(os.path.basename(path), path, Decision(copy=exhibit.copied, rule=""), exhibit.size, exhibit=exhibit)
            if exhibit.copied and not exhibit.reads:
                yield from self._interpret([arrival], self._examine([arrival], lane=0), depth=0)
                continue
            if not exhibit.copied:
                arrival.survey = survey.look(self.server, [path])[0]
            known = [item for item in self.writer.book.exhibits.values() if item.parent == exhibit.id and (item.reads or not item.copied)]
            yield from self._say(arrival, 0, [])
            for child in known:
                yield self._item(Arrival(child.name.encode(), None, Decision(copy=child.copied, rule=""), child.size, exhibit=child))
