"""
The receiving desk: check a package that comes from anybody, without opening a single file of it by its name.

Three layers, each trusted only as far as the one before: the container, the bag (every file against every manifest), the custody log
(every record, the head over them, and every original against its record). The same codes as the `verify.py.txt` in the package.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sextortion_cli.errors import UsageProblem
from sextortion_cli.model import checkpoint as c2sp
from sextortion_cli.opening import Item, opened
from sextortion_cli.package import bag, chain
from sextortion_cli.package.bag import Digests
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

Progress = Callable[[int, int], None]
Severity = Literal["difference", "notice"]
HEAD, LOG, PART, PACKAGE = "data/custody/head", "data/custody/log.jsonl", "data/custody/log-part.jsonl", "data/package.json"
_SMALL = 64 << 20
_TEXT = 256 << 20
_LARGE = 8 << 20
_FINGERPRINT = 16

#: What each code means, in one sentence.
WORDS: Mapping[str, str] = {
    "altered": N_("It has other bytes than the package says."),
    "missing": N_("The package says it is there, and it is not."),
    "unlisted": N_("Nothing in the package accounts for it."),
    "truncated": N_("It ends too early."),
    "malformed": N_("It is not in the form packages have."),
    "unsafe": N_("A link, a device, a second file of the same name, or something that cannot be read safely."),
    "payload-count": N_("The package holds another number of files or bytes than it says."),
    "container-altered": N_("Bytes of the zip itself were changed."),
    "log-altered": N_("The custody log is not the one its head pins."),
    "log-differs": N_("It is not what the custody log says, although the package's own lists agree with it."),
    "unreadable": N_("It cannot be read."),
    "resealed": N_("The lists of the package were made again after something was changed, or it is another package than the one you were told of."),
    "system-file": N_("Put there by a computer's own file browser."),
    "other-container": N_("The zip was packed again by another program. What is in it was checked all the same."),
    "never-timed": N_("No outside clock has witnessed it: the times are those of one computer."),
    "unsigned": N_("Nobody has signed it."),
    "unknown-signer": N_("It is signed with a key that was not given to you another way. Such a signature shows nothing."),
    "fingerprint-not-compared": N_("No fingerprint was given to compare with. Ask for the one that was read out: --fingerprint"),
    "withheld": N_("Records or originals were left out. What was withheld can be shown later, and checked then."),
    "part": N_("It is one part of several. Ask for the others."),
}  # fmt: skip


class Finding(NamedTuple):
    """One thing found: a stable code, how grave it is, what it is about."""

    code: str
    severity: Severity
    subject: str


@dataclass
class Checked:
    """
    What a check found.

    Attributes:
        findings: In the order they were met, each once.
        fingerprint: Of the log in the package, whether or not it is whole.
        package: What `package.json` says, as far as it could be read.
        files, bytes: What was checked.
        sha256: Of the zip, or of the list that stands for every file of a folder.
    """

    path: Path
    findings: dict[Finding, None] = field(default_factory=dict)
    fingerprint: str | None = None
    case_id: str | None = None
    package: dict[str, Any] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0

    def differs(self, code: str, subject: str) -> None:
        """Add a difference."""
        self.findings[Finding(code, "difference", subject)] = None

    def notice(self, code: str, subject: str) -> None:
        """Add something worth knowing."""
        self.findings[Finding(code, "notice", subject)] = None

    @property
    def ok(self) -> bool:
        """Tell whether nothing differs."""
        return not any(item.severity == "difference" for item in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return the result of one package, as `cli.md` promises it."""
        return {
            "path": str(self.path),
            "ok": self.ok,
            "level": "L0" if self.ok else "none",
            "grade": _word(self.package.get("grade")),
            "case_id": self.case_id,
            "fingerprint": self.fingerprint,
            "files": self.files,
            "bytes": self.bytes,
            "findings": [
                {"code": item.code, "severity": item.severity, "subject": item.subject, "detail": WORDS[item.code]}
                for item in self.findings
            ],
        }


def check(path: Path, fingerprint: str | None = None, progress: Progress | None = None) -> Checked:
    """
    Check a package whole.

    Args:
        fingerprint: The one that came another way; without it a package made anew by somebody else cannot be told.

    Raises:
        SourceMissing, UsageProblem: There is nothing, it is no package, or that is no fingerprint.
    """
    if fingerprint is not None and len(_letters(fingerprint)) != _FINGERPRINT:
        raise UsageProblem(message=_("A fingerprint is four groups of four letters and digits, like ABCD-EFGH-IJ23-KL45."))
    found = Checked(path)
    files = opened(path, found.differs, found.notice)
    if found.ok and not {bag.BAGIT, PACKAGE, bag.manifest("sha256")} & files.keys():
        raise UsageProblem(message=_("That is no package of this program."))
    digests = _hashed(files, found, progress)
    _bag(files, digests, found)
    sealed = found.ok
    _custody(files, digests, found)
    if sealed and not found.ok:
        found.differs("resealed", str(path.name))
    _outside(found, fingerprint)
    part = found.package.get("part")
    if isinstance(part, dict) and isinstance(part.get("of"), int) and part["of"] > 1:
        found.notice("part", f"{_number(part.get('number'))} / {_number(part['of'])}")
    return found


# -- the bag -----------------------------------------------------------------------------------------------------------------


def _hashed(files: Mapping[str, Item], found: Checked, progress: Progress | None) -> dict[str, Digests]:
    """Return the digests of every file; what cannot be read to its end has none."""
    digests: dict[str, Digests] = {}
    total, done = sum(item.size for item in files.values()), 0
    order = sorted(files, key=lambda name: -files[name].size)
    workers = max(2, os.cpu_count() or 2)
    with ThreadPoolExecutor(workers, thread_name_prefix="desk") as pool, ThreadPoolExecutor(workers, thread_name_prefix="sha512") as beside:
        for name, result in zip(order, pool.map(lambda name: _digests(files[name], beside), order), strict=True):
            done += files[name].size
            if progress is not None:
                progress(done, total)
            if result is None:
                found.differs("unreadable", ascii(name))
            else:
                digests[name] = result
                if result.size > files[name].size:
                    found.differs("container-altered", ascii(name))  # the container says less than it holds
    found.files, found.bytes = len(files), total
    return digests


def _digests(item: Item, beside: ThreadPoolExecutor) -> Digests | None:
    first, second, size = hashlib.sha256(), hashlib.sha512(), 0
    try:
        for piece in item.pieces():
            later = beside.submit(second.update, piece) if item.size >= _LARGE else None
            first.update(piece)
            if later is None:
                second.update(piece)
            else:
                later.result()
            size += len(piece)
    except OSError:
        return None
    return Digests(first.hexdigest(), second.hexdigest(), size)


def _bag(files: Mapping[str, Item], digests: Mapping[str, Digests], found: Checked) -> None:
    if bag.BAGIT in files and _bytes(files[bag.BAGIT], _SMALL) != bag.DECLARATION:
        found.differs("malformed", bag.BAGIT)
    for algorithm in bag.ALGORITHMS:
        for listing, tag in ((bag.manifest(algorithm), False), (bag.tag_manifest(algorithm), True)):
            _manifest(listing, algorithm, files, digests, found, tag=tag)
    payload = [item.size for name, item in files.items() if name.startswith(bag.PAYLOAD)]
    if bag.INFO in files and bag.oxum_of(_bytes(files[bag.INFO], _SMALL)) != (sum(payload), len(payload)):
        found.differs("payload-count", bag.INFO)


def _manifest(
    listing: str, algorithm: str, files: Mapping[str, Item], digests: Mapping[str, Digests], found: Checked, *, tag: bool
) -> None:
    """Hold one manifest against the files: each listed one must be there as listed, each that it is about must be listed."""
    if listing not in files:
        found.differs("missing", listing)
        listed: dict[str, str] = {}
    else:
        try:
            listed = bag.lines_of(_bytes(files[listing], 1 << 30), algorithm)
        except ValueError:
            found.differs("malformed", listing)
            return
    for name, digest in listed.items():
        if name.startswith(bag.PAYLOAD) == tag or name.startswith("tagmanifest-"):
            found.differs("malformed", listing)
        elif name not in files:
            found.differs("missing", name)
        elif name in digests and getattr(digests[name], algorithm) != digest:
            found.differs("altered", name)
    for name in files:
        about = name.startswith(bag.PAYLOAD) != tag and not (tag and name.startswith("tagmanifest-"))
        if about and name not in listed:
            found.differs("unlisted", ascii(name))


# -- the custody log ---------------------------------------------------------------------------------------------------------


def _custody(files: Mapping[str, Item], digests: Mapping[str, Digests], found: Checked) -> None:
    found.package = _package(files, found)
    if HEAD not in files:
        found.differs("missing", HEAD)
        return
    try:
        head, found.case_id = chain.case_of(_bytes(files[HEAD], _SMALL))
    except ValueError:
        found.differs("log-altered", HEAD)
        return
    found.fingerprint = c2sp.fingerprint(head)
    signed = _bytes(files[HEAD], _SMALL) != head.text()
    found.notice("unknown-signer" if signed else "unsigned", HEAD)
    name = PART if PART in files else LOG
    if name not in files:
        found.differs("missing", name)
        return
    about = _Originals(found.package, files, digests, found)
    walk = chain.Walk(head, found.case_id, partial=name == PART, visit=about.take)
    walk.over(chain.lines_of(bytes(piece) for piece in files[name].pieces()))
    for number, what in walk.faults:
        found.differs("log-altered", HEAD if what == "root" else name if what in ("torn", "behind-the-head") else f"record {number}")
    if walk.short:
        found.differs("truncated", name)
    if walk.withheld or about.kept:
        found.notice("withheld", f"{walk.withheld} records, {len(about.kept)} originals")


class _Originals:
    """Holds every original that the log names against the file that is given for it."""

    def __init__(self, package: Mapping[str, Any], files: Mapping[str, Item], digests: Mapping[str, Digests], found: Checked) -> None:
        self._files, self._digests, self._found = files, digests, found
        self._given: dict[str, str] | None = None
        self.kept: set[str] = set()
        try:
            given = {str(entry["exhibit"]): str(entry["file"]) for entry in package["exhibits"]}
            self.kept = {str(entry["exhibit"]) for entry in package["withheld"]}
            self._given = given
        except (KeyError, TypeError):
            if package:  # what could not be read at all is named already
                found.differs("unreadable", PACKAGE)

    def take(self, record: dict[str, Any]) -> None:
        """Take one record of the log; without a list of what is given, nothing can be held against it."""
        if self._given is None:
            return
        try:
            if record["type"] == "case-opened":
                self._opened(record["data"])
            elif record["type"] == "acquired":
                self._acquired(record["subject"]["exhibit"], record["subject"]["sha256"], int(record["subject"]["size"]))
        except (KeyError, TypeError, ValueError, AttributeError):
            self._found.differs("unreadable", f"record {record['seq']}")

    def _opened(self, data: Mapping[str, Any]) -> None:
        for name, key in (("case.json", "case_json_sha256"), ("README.txt", "readme_sha256")):
            path = f"data/custody/{name}"
            if path in self._digests and self._digests[path].sha256 != data.get(key):
                self._found.differs("log-differs", path)

    def _acquired(self, exhibit: str, sha256: str, size: int) -> None:
        name = (self._given or {}).get(exhibit)
        if name is None:
            if exhibit not in self.kept:
                self._found.differs("missing", ascii(exhibit))
        elif name not in self._files:
            self._found.differs("missing", ascii(name))
        elif name in self._digests and self._digests[name].size < size:
            self._found.differs("truncated", name)
        elif name in self._digests and self._digests[name].sha256 != sha256:
            self._found.differs("log-differs", name)


def _package(files: Mapping[str, Item], found: Checked) -> dict[str, Any]:
    if PACKAGE not in files:
        found.differs("missing", PACKAGE)
        return {}
    try:
        package = json.loads(_bytes(files[PACKAGE], _TEXT))
    except (ValueError, RecursionError):
        package = None
    if not isinstance(package, dict) or not package:
        found.differs("unreadable", PACKAGE)
        return {}
    return package


def _outside(found: Checked, fingerprint: str | None) -> None:
    """Say what only something from outside the package can show."""
    found.notice("never-timed", HEAD)
    if fingerprint is None:
        found.notice("fingerprint-not-compared", found.fingerprint or "")
    elif _letters(fingerprint) != _letters(found.fingerprint or ""):
        found.differs("resealed", found.fingerprint or "")


def _letters(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _bytes(item: Item, longest: int) -> bytes:
    """Return a file's bytes; of one that is too large only as many as can be no package's."""
    held = bytearray()
    for piece in item.pieces():
        held += piece
        if len(held) > longest:
            break
    return bytes(held)


def _word(value: object) -> str | None:
    return value[:40] if isinstance(value, str) else None


def _number(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 1_000_000 else 0


def pieces_of(path: Path, name: str) -> Iterator[bytes]:
    """
    Yield the bytes of one file of a package.

    Raises:
        SourceMissing, UsageProblem: There is no package, or no such file in it.
    """
    files = opened(path, _ignore, _ignore)
    if name not in files:
        raise UsageProblem(message=_("That is no package of this program."))
    return (bytes(piece) for piece in files[name].pieces())


def _ignore(code: str, subject: str) -> None:
    del code, subject
