"""
Steps 2 to 4 of the flow: have a sealed object examined and read in the limited child, and keep what comes back.

Nothing here looks into evidence: it decodes validated records, writes them down as they came, and balances accounts.
"""

from __future__ import annotations

import importlib.metadata
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeGuard

import msgspec

from sextortion_cli import companions
from sextortion_cli.extract.extras import SEVENZIP
from sextortion_cli.importers.base import Importer, importer_of
from sextortion_cli.model.canonical import canonical
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message, Noise, ReadOptions, Record, Units
from sextortion_cli.readers.frames import MalformedFrame, ReaderEnd, RecordsFrame, decode_records
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.store import layout, readings
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.case import Writer
from sextortion_cli.store.index import IndexWriter, ReadingIndexer
from sextortion_cli.words import N_

#: Content a person would expect to be read: when no importer reads it, the import says so with exit status 3.
EXPECTED = frozenset({"text", "json", "xml", "html", "database", "archive"})
FACTS_VERSION = "2"
_TEXTUAL_NAMES = (
    ".txt", ".json", ".csv", ".html", ".htm", ".xml", ".zip", ".tar", ".gz", ".tgz", ".md", ".log", ".vcf", ".eml", ".mbox",
    ".mht", ".mhtml", ".pdf", ".warc", ".wacz",
)  # fmt: skip
_INLINE_FACTS = 64 << 10
_SHORT_FACT = 1024
_LIGHT, _COMMON = ("html",), ("html", "picture")
#: Reason with which a 7z is kept as long as the extra that opens it is not installed.
NEEDS_EXTRA = "needs-extra-sevenzip"
STOPPED = N_("the readers of this kind of file were stopped; what is shown is what our own readers found")
_CUT = N_("cut: the whole value is in the file")
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class Finding:
    """
    What the examination of one object found.

    Attributes:
        media: media_type, engine, claimed, agrees, content_class.
        claims: Importers that say they can read it, and those that may, with their reasons.
        container: ``archive``, ``mail`` or ``outlook`` when it is to be taken apart, otherwise "".
        facts: What the file says of itself.
        speaks: Which readers it is for (`extract.metadata.kinds.Kind`), or None.
        reason: Why the examination did not finish, or "".
        isolation: What held.
    """

    media: dict[str, Any]
    claims: dict[str, dict[str, str]]
    container: str
    facts: list[dict[str, Any]]
    reason: str
    isolation: str
    speaks: str | None = None

    def certain(self) -> list[str]:
        """Return the importers that say yes."""
        return [name for name, sniff in self.claims.items() if sniff["verdict"] == "yes"]


def finding(end: ReaderEnd) -> Finding:
    """Return what an ``examine`` ended with; a child that died leaves an empty finding with the reason."""
    result = end.result
    return Finding(
        result.get("media")
        or {"media_type": "application/octet-stream", "content_class": "other", "claimed": None, "agrees": None, "engine": None},
        result.get("sniffs", {}),
        result.get("container") or "",
        result.get("facts", []),
        "" if end.status == "complete" else end.reason,
        end.isolation,
        result.get("speaks"),
    )


def examine(server: ReaderServer, entries: Sequence[tuple[Path | bytes, str]], lane: int = 0, *, once: bool = False) -> dict[int, Finding]:
    """
    Examine objects, (path, name), in small batches on one lane; return what was found by position.

    With `once` every importer is loaded in the child alone: for when nothing more will be examined.

    The libraries for pictures and documents are large. Those for pictures are loaded at once when a name does not look like text (most
    such files are pictures), all others when content calls for them: then the file is examined once more. When a library dies over
    a file, or does not come to an end, what is known already stays, the fault is said, and our own readers are asked alone.
    """
    first = [_LIGHT if _looks_textual(name) else _COMMON for _, name in entries]
    found = _examined(server, lane, entries, dict(enumerate(first)), once=once)
    again = {place: (item.speaks,) for place, item in found.items() if item.speaks is not None and item.speaks not in first[place]}
    second = _examined(server, lane, entries, again, once=once)
    dead = {place: again[place] for place, item in second.items() if item.reason}
    third = _examined(server, lane, entries, dead, libraries=False, once=once)
    for place in dead:
        second[place] = _without(found[place], second[place], third[place])
    return found | second


def _examined(
    server: ReaderServer,
    lane: int,
    entries: Sequence[tuple[Path | bytes, str]],
    wanted: Mapping[int, Collection[str]],
    *,
    libraries: bool = True,
    once: bool = False,
) -> dict[int, Finding]:
    """Examine the entries at the places in `wanted`, each with the readers of these kinds."""
    places = list(wanted)
    batch = [(entries[place][0], {"name": entries[place][1], "facts": sorted(wanted[place]), "libraries": libraries}) for place in places]
    if not batch:
        return {}
    ends = (
        (position, frame) for position, frame in server.run_batch("examine", batch, lanes=[lane], once=once) if isinstance(frame, ReaderEnd)
    )
    return {places[position]: finding(frame) for position, frame in ends}


def _without(first: Finding, second: Finding, third: Finding) -> Finding:
    """Return what is known of a file over which the readers of its kind died; `third` is what our own said, if they came to an end."""
    code = second.reason.replace(" ", "-").replace(":", "")
    fault = {"name": "read-fault", "value": code, "reader": f"{first.speaks} readers", "note": STOPPED}
    return replace(first, facts=[*third.facts, fault])


def _looks_textual(name: str) -> bool:
    return name.lower().endswith(_TEXTUAL_NAMES)


class Interpreter:
    """
    Reads the objects of one import into the case.

    Args:
        distress: Called once, as soon as a text calls for the help card; None does not look for it.
    """

    def __init__(
        self,
        writer: Writer,
        server: ReaderServer,
        index: IndexWriter | None,
        progress: Callable[[int], None],
        distress: Callable[[], None] | None = None,
    ) -> None:
        self._distress = distress
        self._writer = writer
        self._server = server
        self._index = index
        self._progress = progress

    def read(
        self, exhibit: Exhibit, found: Finding, importer: Importer, options: dict[str, Any], siblings: set[str] | None
    ) -> dict[str, Any]:
        """Read one object with one importer and record the reading; the record is queued, not committed."""
        assert exhibit.sha256 is not None
        if importer.form == "rows" and (beside := companions.of(self._writer.book, exhibit)):
            options = {**options, "companions": beside}
        stated = msgspec.convert(options, ReadOptions)
        key = readings.key_of(exhibit.sha256, importer.id, importer.version, options)
        reading = _Reading(self, exhibit, importer, key, options, siblings)
        try:
            end = reading.run(msgspec.to_builtins(stated))
            stored = reading.finish(end)
        except BaseException:
            reading.abandon()
            raise
        if self._distress is not None and end.result.get("distress") is True:
            self._distress()
            self._distress = None
        defects = dict(sorted(reading.defects.items()))
        status = "partial" if end.status != "complete" else "read"
        return self._record(
            exhibit,
            found,
            {
                "reader": importer.id,
                "version": importer.version,
                "dependencies": dependencies(),
                "options": options,
                "service": importer.service,
                "raw_form": importer.raw_form,
                "status": status,
                "reason": end.reason if status == "partial" else None,
                "units": msgspec.to_builtins(reading.units(end)),
                "completeness": reading.completeness(),
                "defects": defects,
                "reading": {"key": stored.key, "sha256": stored.sha256, "size": str(stored.size)},
                "isolation": end.isolation,
            },
        )

    def keep(self, exhibit: Exhibit, found: Finding, status: str, reason: str | None) -> dict[str, Any]:
        """Record an object that no importer reads: its type, and what it says of itself."""
        facts = found.facts
        if len(_encode(facts)) > _INLINE_FACTS:
            facts = [
                fact if len(fact["value"]) <= _SHORT_FACT else {**fact, "value": fact["value"][:_SHORT_FACT], "note": _CUT}
                for fact in facts
            ]
        return self._record(
            exhibit,
            found,
            {
                "reader": "file-facts",
                "version": FACTS_VERSION,
                "dependencies": dependencies(),
                "options": {},
                "status": status,
                "reason": reason,
                "units": None,
                "completeness": [],
                "defects": {} if not found.reason else {"examination-incomplete": 1},
                "reading": None,
                "isolation": found.isolation,
                "facts_cut": sum(fact["note"] is _CUT for fact in facts),
            },
            facts,
        )

    def _record(self, exhibit: Exhibit, found: Finding, data: dict[str, Any], facts: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        claims = [{"importer": name, **sniff} for name, sniff in sorted(found.claims.items()) if sniff["verdict"] != "no"]
        subject = {"exhibit": exhibit.id, "sha256": exhibit.sha256}
        data = {**data, "media": found.media, "claims": claims, "facts": found.facts if facts is None else facts}
        return self._writer.record("read", subject, data)


class _Reading:
    """One reading on its way: frames in, blocks and index rows out."""

    def __init__(
        self, owner: Interpreter, exhibit: Exhibit, importer: Importer, key: str, options: dict[str, Any], siblings: set[str] | None
    ) -> None:
        self._owner = owner
        self._exhibit = exhibit
        self._importer = importer
        self._key = key
        self._siblings = siblings
        self._gaps: list[Gap] = []
        self._missing = 0
        self._covered = 0
        self._counts: Counter[str] = Counter()
        self.defects: Counter[str] = Counter()
        writer = owner._writer
        header = {
            "format": "sextortion_cli/reading/v1",
            "object": exhibit.sha256,
            "exhibit": exhibit.id,
            "reader": importer.id,
            "version": importer.version,
            "options": options,
            "raw_form": importer.raw_form,
        }
        self._file = readings.ReadingWriter(writer.temporary(layout.READINGS), header)
        self._rows: ReadingIndexer | None = None
        if owner._index is not None:
            self._rows = owner._index.reading(exhibit.id, key, importer.service, importer.raw_form)

    def run(self, stated: dict[str, Any]) -> ReaderEnd:
        path = layout.object_path(self._owner._writer.case.path, str(self._exhibit.sha256))
        options = {"importer": self._importer.id, "name": self._exhibit.name, "options": stated, "watch": self._owner._distress is not None}
        others = {
            ending: layout.object_path(self._owner._writer.case.path, digest) for ending, digest in stated.get("companions", {}).items()
        }
        frames = self._owner._server.run("read", path, options, beside=others)
        for frame in frames:
            if isinstance(frame, RecordsFrame):
                try:
                    records = decode_records(frame.payload)
                except MalformedFrame:  # a child that was taken over can write what it likes: nothing of it is believed
                    frames.close()
                    self._cut("bad records")
                    return ReaderEnd("partial", reason="bad records", size=self._exhibit.size)
                self._take(records)
            elif isinstance(frame, ReaderEnd):
                if frame.status != "complete":
                    self._cut(frame.reason)
                return frame
        raise AssertionError("a reader always ends")

    def _take(self, records: list[Record]) -> None:
        place = self._file.block(_encode(records))
        if self._rows is not None:
            self._rows.block(place, records)
        counts = Counter(map(type, records))
        if self._siblings is not None:
            named = [record.attachments for record in records if type(record) is Message and record.attachments]
            self._missing += sum(
                item.name is not None and item.name.rpartition("/")[2] not in self._siblings for items in named for item in items
            )
        if len(counts) > 1 or Message not in counts:
            for record in records:
                if isinstance(record, Defect):
                    self.defects[record.code] += 1
                elif isinstance(record, Gap):
                    self._gaps.append(record)
        self._counts.update({kind.__name__: count for kind, count in counts.items()})
        self._covered = next((record.end for record in reversed(records) if _covers(record)), self._covered)
        self._owner._progress(counts[Message])

    def _cut(self, reason: str) -> None:
        """A reader that did not end: what came stays, the rest of the object is one defect."""
        what = N_("The reader did not finish; the rest of the file was not read.")
        if self._importer.form == "rows":  # how many rows there are only the reader knows
            self._take([Defect(self._covered, self._covered, "reader-stopped", what, overlay=True)])
            return
        size = self._exhibit.size
        self._take([Defect(min(self._covered, size), size, "reader-stopped", what)])

    def units(self, end: ReaderEnd) -> Units:
        found = end.result.get("units")
        if found is not None:
            return msgspec.convert(found, Units)
        rows = self._importer.form == "rows"
        size = self._covered if rows else self._exhibit.size
        counts = self._counts
        return Units("rows" if rows else "bytes", size, size, counts["Message"], 0, counts["Noise"], counts["Defect"], counts["Fact"])

    def completeness(self) -> list[dict[str, Any]]:
        found = [{"code": gap.code, "what": gap.what, "count": gap.count} for gap in self._gaps]
        if self._missing:
            what = N_("Files that messages name are not among what was imported with them.")
            found.append({"code": "attachments-missing", "what": what, "count": self._missing})
        return found

    def finish(self, end: ReaderEnd) -> readings.StoredReading:
        account = {"status": end.status, "reason": end.reason, "units": msgspec.to_builtins(self.units(end))}
        writer = self._owner._writer
        stored = self._file.finish(writer.case.path, self._key, account, writer.book.readings.get(self._key))
        if self._rows is not None:
            self._rows.finish(stored.sha256)
        return stored

    def abandon(self) -> None:
        self._file.abandon()


def _covers(record: Record) -> TypeGuard[Message | Fact | Noise | Defect]:
    return not isinstance(record, Conversation | Gap) and not getattr(record, "overlay", False)


_DEPENDENCIES = (
    "exifread",
    "pillow",
    "pillow-heif",
    "py7zr",
    "python-magic",
    "pylibmagic",
    "pure-magic-rs",
    "msgspec",
    "tzdata",
    "defusedxml",
    "google-re2",
    "apsw",
    "isal",
    "pypdf",
    "warcio",
)


def dependencies() -> dict[str, str]:
    """Return the versions of the libraries that take part in reading."""
    if not _versions:
        for name in _DEPENDENCIES:
            try:
                _versions[name] = importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                continue
    return dict(_versions)


_versions: dict[str, str] = {}


def choose(found: Finding, asked: str | None) -> tuple[Importer | None, str, str | None]:
    """
    Return the importer that reads an object, and otherwise the status and reason it is kept with.

    Exactly one importer may claim an object; two are a question for the person; `--as` settles it unless that importer itself says
    it cannot.
    """
    if asked is not None:
        verdict = found.claims.get(asked, {"verdict": "no"})["verdict"]
        return (importer_of(asked), "", None) if verdict != "no" else (None, "stored", "importer-cannot-read")
    certain = found.certain()
    if len(certain) == 1:
        return importer_of(certain[0]), "", None
    if len(certain) > 1:
        return None, "ambiguous", "several-importers:" + ",".join(certain)
    if lacks_extra(found.media, found.container):
        return None, "stored", NEEDS_EXTRA
    if found.reason:
        return None, "partial", found.reason
    if any(fact["name"] == "page:address" for fact in found.facts):
        return None, "stored", "saved-page"
    if found.media["content_class"] in EXPECTED and not found.container:
        return None, "stored", "no-importer"
    return None, "stored", None


def lacks_extra(media: Mapping[str, Any], container: str) -> bool:
    """Tell whether this is an archive that could be opened if an extra were installed."""
    return media.get("media_type") == SEVENZIP and not container


def options_of(**values: Any) -> dict[str, Any]:
    """Return reading options as they are recorded: only what was stated, and canonical."""
    found = {key: value for key, value in values.items() if value not in (None, (), [])}
    canonical(found)
    return found
