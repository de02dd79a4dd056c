"""
Does every byte of a case still match what its log promises? Reads everything, writes nothing anywhere.

A *difference* is something no crash can cause; a *remnant* is what a crash leaves and the next writer puts in order; a *notice* is
worth knowing and proves nothing wrong.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sextortion_cli.errors import CaseLocked
from sextortion_cli.model import checkpoint as c2sp
from sextortion_cli.store import folderlist, layout
from sextortion_cli.store.book import Book
from sextortion_cli.store.logcheck import LogCheck, Severity, check_log
from sextortion_cli.store.regular import digest_of
from sextortion_cli.store.rehash import Rehash
from sextortion_cli.store.sealing import seal
from sextortion_cli.words import N_

Progress = Callable[[int, int], None]


class Finding(NamedTuple):
    """One thing found: a stable code, how grave it is, what it is about, and one English sentence."""

    code: str
    severity: Severity
    subject: str
    detail: str


@dataclass
class Result:
    """
    What a verification found.

    Attributes:
        ok: No difference.
        level: The assurance level that holds (``L0`` intact, ``none`` when something differs).
        findings: In the order they were met.
        fingerprint: Of the log up to its last record that is not an access record, when the log could be read.
        records, objects, bytes: What was checked.
        newer: The case was made by a newer version; what could be checked was.
    """

    ok: bool = True
    level: str = "L0"
    findings: list[Finding] = field(default_factory=list)
    fingerprint: str | None = None
    case_id: str | None = None
    records: int = 0
    objects: int = 0
    bytes: int = 0
    newer: bool = False

    def add(self, findings: Iterator[Finding]) -> None:
        """Take in findings."""
        self.findings.extend(findings)
        self.ok = not any(item.severity == "difference" for item in self.findings)
        self.level = "L0" if self.ok else "none"


def verify(case: Path, progress: Progress | None = None, *, unlocking: bool = False, contents: bool = True) -> Result:
    """
    Check a case folder whole.

    Args:
        unlocking: The case was just written out beside its locked file.
        contents: Read every byte; otherwise, for a quick look, originals are only compared in their size, and those that lie elsewhere
            in size and time. Such a look proves nothing of what it did not read.

    Raises:
        NoCaseHere: There is neither `case.json` nor a log.
        CaseLocked
    """
    case = case.absolute()
    if not unlocking and (case / layout.LOCKED).exists():
        raise CaseLocked()
    rehash = Rehash(case) if contents else None
    try:
        return _verified(case, rehash, progress)
    finally:
        if rehash is not None:
            rehash.close()


def _verified(case: Path, rehash: Rehash | None, progress: Progress | None) -> Result:
    result = Result()
    log = check_log(case)
    result.add(iter([Finding(*item) for item in log.findings]))
    result.case_id, result.records, result.newer = log.case_id, log.records, log.newer
    if log.statements is not None and result.ok:
        result.fingerprint = c2sp.fingerprint(log.statements)
    result.add(_genesis(case, log))
    result.add(_sizes(case, log.book) if rehash is None else _objects(case, log.book, rehash, result, progress))
    result.add(_readings(case, log.book))
    result.add(_away(case, log.book))
    result.add(_quarantine(case, log))
    result.add(_unlisted(case, log))
    result.add(_references(log.book, contents=rehash is not None))
    return result


def _genesis(case: Path, log: LogCheck) -> Iterator[Finding]:
    """The first record binds the files that describe the case."""
    if log.book.genesis is None:
        return
    data = log.book.genesis["data"]
    for name, key in ((layout.CASE_FILE, "case_json_sha256"), (layout.README, "readme_sha256")):
        try:
            found = digest_of(case / name)
        except OSError:
            yield Finding("file-missing", "difference", name, N_("This file of the case cannot be read."))
            continue
        if found != data.get(key):
            yield Finding("file-altered", "difference", name, N_("This file is not the one the first record names."))


def _objects(case: Path, book: Book, rehash: Rehash, result: Result, progress: Progress | None) -> Iterator[Finding]:
    """Name every original that is not what the log says; those that were not found sound beside the log are looked at now."""
    wanted = [(digest, book.exhibits[identity]) for digest, identity in book.by_digest.items()]
    result.objects, result.bytes = len(wanted), sum(item.size for _, item in wanted)
    done = 0
    for size in rehash.results():
        done += size
        if progress is not None:
            progress(min(done, result.bytes), result.bytes)
    left = [(digest, exhibit) for digest, exhibit in wanted if rehash.sound.get(digest) != exhibit.size]
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2), thread_name_prefix="verify") as pool:
        found = pool.map(lambda pair: _object(case, *pair), left)
        done = result.bytes - sum(exhibit.size for _, exhibit in left)
        for (digest, exhibit), finding in zip(left, found, strict=True):
            done += exhibit.size
            if progress is not None:
                progress(done, result.bytes)
            if finding is not None:
                yield Finding(finding[0], "difference", f"{exhibit.id} {digest}", finding[1])


def _sizes(case: Path, book: Book) -> Iterator[Finding]:
    """Name every original that is not there, or has another size than the log says."""
    for digest, identity in book.by_digest.items():
        try:
            same = layout.object_path(case, digest).lstat().st_size == book.exhibits[identity].size
        except OSError:
            yield Finding("object-missing", "difference", f"{identity} {digest}", N_("The original is not in the case."))
            continue
        if not same:
            detail = N_("The original in the case has another size than when it was sealed.")
            yield Finding("object-altered", "difference", f"{identity} {digest}", detail)


def _object(case: Path, digest: str, exhibit: Any) -> tuple[str, str] | None:
    path = layout.object_path(case, digest)
    try:
        if path.lstat().st_size != exhibit.size:
            return "object-altered", N_("The original in the case has another size than when it was sealed.")
        if digest_of(path) != digest:
            return "object-altered", N_("The original in the case has other bytes than when it was sealed.")
    except FileNotFoundError:
        return "object-missing", N_("The original is not in the case.")
    except OSError:
        return "object-unreadable", N_("The original in the case cannot be read.")
    return None


def _readings(case: Path, book: Book) -> Iterator[Finding]:
    for exhibit in book.exhibits.values():
        for record in () if exhibit.hidden else exhibit.reads:
            stored = record["data"].get("reading")
            if not stored or book.readings.get(stored["key"]) != stored["sha256"]:
                continue
            path = layout.reading_path(case, stored["key"])
            name = f"{exhibit.id} {layout.READINGS}/{path.name}"
            try:
                if digest_of(path) != stored["sha256"]:
                    yield Finding("reading-altered", "difference", name, N_("This reading is not the one the log names."))
            except FileNotFoundError:
                yield Finding("reading-missing", "notice", name, f"It can be made again: casefile reread {exhibit.id}")
            except OSError:
                yield Finding("reading-unreadable", "difference", name, N_("This reading cannot be read."))


def _away(case: Path, book: Book) -> Iterator[Finding]:
    """What was put apart or purged is in the state its records say; where a crash came between, the next writer goes on."""
    for record in book.work.values():
        yield Finding(
            "removal-unfinished", "remnant", str(record["subject"]["exhibit"]), N_("It is not shown. Removing it is finished next.")
        )
    for exhibit in book.exhibits.values():
        if exhibit.state == "purged":
            yield Finding("purged", "notice", exhibit.id, N_("Our copy was destroyed, on the word that its record names."))
        elif exhibit.hidden and not exhibit.state:
            yield Finding("labelled-minor", "notice", exhibit.id, N_("Nothing of it was copied. It is not shown."))
    going = {entry["exhibit"] for record in book.work.values() if record["type"] == "purged" for entry in record["data"]["takes"]}
    for name, record in book.apart.items():
        if record["subject"]["exhibit"] not in going:
            yield from _apart(case, name, record)


def _apart(case: Path, name: str, record: dict[str, Any]) -> Iterator[Finding]:
    """An encrypted copy has the digest its record names, and its key lies beside it; a key that was taken away is no difference."""
    exhibit = str(record["subject"]["exhibit"])
    place, key = layout.apart_paths(case, name)
    subject = f"{exhibit} {layout.APART}/{name}"
    try:
        if digest_of(place) != record["data"]["sha256"]:
            yield Finding("apart-altered", "difference", subject, N_("The encrypted copy is not the one the log names."))
            return
    except OSError:
        yield Finding("apart-missing", "difference", subject, N_("The encrypted copy is not in the case."))
        return
    try:
        if digest_of(key) != record["data"]["key_sha256"]:
            yield Finding("apart-key-altered", "difference", subject, N_("The key of the encrypted copy is not the one the log names."))
            return
    except OSError:
        yield Finding(
            "apart-key-away", "notice", subject, N_("Kept apart, encrypted. Its key is not in the case: without it, nobody can open it.")
        )
        return
    yield Finding(
        "sealed-apart", "notice", subject, N_("Our copy is kept apart, encrypted, as it was when that was done. The key lies beside it.")
    )


def _quarantine(case: Path, log: LogCheck) -> Iterator[Finding]:
    """What recovery set aside is listed with its digest; a file it had not come to record yet is a remnant."""
    gone: Severity = "remnant" if log.book.work else "difference"
    for name, digest in log.quarantined.items():
        if not name.startswith(layout.QUARANTINE + "/"):
            continue
        try:
            if digest is not None and digest_of(case / name) != digest:
                yield Finding("quarantine-altered", "difference", name, N_("What was set aside after a crash was changed."))
        except OSError:
            yield Finding("quarantine-missing", gone, name, N_("What was set aside after a crash is gone."))


def _unlisted(case: Path, log: LogCheck) -> Iterator[Finding]:
    """Name every file in the folder that nothing in the log accounts for."""
    expected = {layout.CASE_FILE, layout.README, layout.LOG, layout.HEAD}
    expected |= {layout.object_name(digest) for digest in log.book.by_digest}
    expected |= {str(layout.reading_path(case, key).relative_to(case)) for key in log.book.readings}
    expected |= {f"{layout.APART}/{name}.{ending}" for name in log.book.apart for ending in ("age", "key")}
    surplus: Severity = "notice" if log.newer else "difference"  # a later version may keep more than we know of
    for name, kind in _walk(case):
        top = name.partition("/")[0]
        if name in expected or layout.is_unverified(top):
            continue
        if name in layout.OUTSIDE:
            yield from _of_the_lock(case, name, log.book)
            continue
        if kind == "unreadable":
            yield Finding("folder-unreadable", "difference", name or ".", N_("This folder cannot be looked into."))
        elif kind == "folder":
            if not layout.is_folder(name):
                yield Finding("unlisted-folder", surplus, name, N_("Nothing in the log accounts for this folder."))
        elif kind == "other":
            yield Finding("unlisted-file", "difference", name, N_("A link, pipe or device: no case holds such a thing."))
        elif layout.is_temporary(name):
            yield Finding("temporary-file", "remnant", name, N_("A file a crash left, or that a running command is writing."))
        elif name in log.quarantined and log.quarantined[name] is not None:
            if name.startswith(layout.OBJECTS):
                yield from _orphan(case, name, "notice")
        elif log.book.work and name.startswith(layout.APART + "/"):
            yield Finding("removal-unfinished", "remnant", name, N_("An encrypted copy that is not recorded yet."))
        elif name.rpartition("/")[2] in log.book.away and name == layout.object_name(name.rpartition("/")[2]):
            if not log.book.work:
                yield Finding("removed-present", "difference", name, N_("Bytes lie here that the log says were removed."))
        elif layout.is_set_aside(name):
            yield Finding("unrecorded-quarantine", "remnant", name, N_("Set aside after a crash, and not recorded yet."))
        elif name.startswith(layout.OBJECTS + "/sha256/"):
            yield from _orphan(case, name, "remnant")
        elif layout.is_reading(name):
            yield Finding("unrecorded-reading", "remnant", name, N_("A reading a crash left before it was recorded."))
        elif os.path.basename(name) in layout.LITTER:
            yield Finding("system-file", "notice", name, N_("Put there by the computer's own file browser."))
        else:
            yield Finding("unlisted-file", surplus, name, N_("Nothing in the log accounts for this file."))


def _of_the_lock(case: Path, name: str, book: Book) -> Iterator[Finding]:
    """Files of the lock hold nothing of the case; the keys are looked at all the same: others would lock it for somebody else."""
    if name != layout.KEYS:
        yield Finding("half-locked", "remnant", name, N_("Locking or unlocking was interrupted; the next command puts it in order."))
        return
    recorded = book.lock_set_up
    try:
        if recorded is not None and digest_of(case / name) == recorded["data"]["key_file_sha256"]:
            return
    except OSError:
        pass
    yield Finding("lock-keys", "notice", name, N_("These are not the keys the log names. Make new ones: casefile lock --setup"))


def _orphan(case: Path, name: str, severity: Severity) -> Iterator[Finding]:
    digest = name.rpartition("/")[2]
    right_place = name == layout.object_name(digest)
    try:
        matches = right_place and digest_of(case / name) == digest
    except OSError:
        matches = False
    if matches:
        yield Finding("orphan-object", severity, name, N_("Sealed whole, but a crash came before its record."))
    else:
        yield Finding("unlisted-file", "difference", name, N_("Nothing in the log accounts for this file."))


def _walk(case: Path) -> Iterator[tuple[str, Literal["file", "folder", "other", "unreadable"]]]:
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(case / folder) as found:
                entries = sorted(found, key=lambda item: item.name)
        except OSError:
            yield folder, "unreadable"
            continue
        for entry in entries:
            name = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                yield name, "folder"
                if not layout.is_unverified(name):
                    pending.append(name)
            else:
                yield name, "file" if entry.is_file(follow_symlinks=False) else "other"


def _references(book: Book, *, contents: bool) -> Iterator[Finding]:
    """Say of every by-reference exhibit whether its source is where it was; gone is no difference of the case."""
    for exhibit in book.exhibits.values():
        if exhibit.copied or exhibit.digest_record is None or not exhibit.data.get("path"):
            continue
        path = base64.b64decode(exhibit.data["path"]["b64"])
        if exhibit.data.get("folder") and not contents:
            continue
        if exhibit.data.get("folder"):
            found = folderlist.state(path, folderlist.recorded(book.others, exhibit.id))
            yield Finding(f"reference-{found}", "notice", exhibit.id, _FOLDER[found])
            continue
        state = _reference(path, exhibit) if contents else _glanced(path, exhibit)
        yield Finding(f"reference-{state}", "notice", exhibit.id, _REFERENCE[state])


_REFERENCE = {
    "present": N_("It lies where it was, with the same bytes."),
    "moved": N_("It lies in the same folder under another name, with the same bytes."),
    "changed": N_("A file of that name has other bytes now."),
    "gone": N_("It is no longer where it was."),
}

_FOLDER = {
    "present": N_("Every file of the folder lies where it was, with the same bytes."),
    "changed": N_("A file of the folder is gone, or has other bytes now."),
    "gone": N_("The folder is no longer where it was."),
}


def _reference(path: bytes, exhibit: Any) -> str:
    digest = exhibit.digest_record["data"]["sha256"]
    try:
        return "present" if seal(path, None).digests.sha256 == digest else "changed"
    except OSError:
        pass
    source = exhibit.data.get("source") or {}
    try:
        with os.scandir(os.path.dirname(path)) as entries:
            for entry in entries:
                same = entry.is_file(follow_symlinks=False) and str(entry.inode()) == source.get("inode")
                if same and seal(entry.path, None).digests.sha256 == digest:
                    return "moved"
    except OSError:
        pass
    return "gone"


def _glanced(path: bytes, exhibit: Any) -> str:
    """Return the same from size and time alone."""
    source = exhibit.data.get("source") or {}
    try:
        found = os.lstat(path)
    except OSError:
        return "gone"
    same = found.st_size == exhibit.size and str(found.st_mtime_ns) == str(source.get("mtime_ns"))
    return "present" if same else "changed"


def as_json(result: Result) -> dict[str, Any]:
    """Return the result as `cli.md` promises it."""
    return {
        "ok": result.ok,
        "level": result.level,
        "proves": _proves(result),
        "does_not_prove": DOES_NOT_PROVE,
        "case_id": result.case_id,
        "fingerprint": result.fingerprint,
        "records": result.records,
        "objects": result.objects,
        "bytes": result.bytes,
        "findings": [item._asdict() for item in result.findings],
    }


def _proves(result: Result) -> str:
    if not result.ok:
        return _NOTHING
    return PROVES_LESS if any(item.code in _LESSENED for item in result.findings) else PROVES


#: Findings that are no difference, and still take something from what a whole case shows.
_LESSENED = frozenset({"reading-missing", "records-after-head", "torn-line"})
PROVES = N_("Every original, reading and record is exactly what the log says; the log is whole, in order, and ends where its head says.")
PROVES_LESS = N_(
    "Every original and every record that the head covers is exactly what the log says. What is missing or unfinished stands above."
)
_NOTHING = N_("Something in this folder differs from what the log says.")
DOES_NOT_PROVE = [
    N_("Who wrote a message, or that what an export says is true."),
    N_("That nothing was changed before it was imported."),
    N_("That the whole folder was not put back to an earlier state: only a fingerprint noted elsewhere, earlier, can show that."),
    N_("When the records were made: the times are those of this computer's clock."),
]
