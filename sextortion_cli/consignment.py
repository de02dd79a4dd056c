"""What lies in a package, file by file, and in which order: payload first, then what describes it, then the manifests."""

from __future__ import annotations

import itertools
import json
import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sextortion_cli import __version__, apportion, reporting
from sextortion_cli.errors import CaseDamaged
from sextortion_cli.model import checkpoint as c2sp
from sextortion_cli.model.logline import peek
from sextortion_cli.model.merkle import leaf_hash
from sextortion_cli.model.session import Session
from sextortion_cli.package import bag, chain, names, texts
from sextortion_cli.package.bag import Digests
from sextortion_cli.parcel import Parcel
from sextortion_cli.parting import Part
from sextortion_cli.store import layout
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.case import Case
from sextortion_cli.store.log import lines
from sextortion_cli.store.regular import open_own, read_own
from sextortion_cli.viewables import ViewingCopy

SCHEMA_VERSION = "1.0"
CUSTODY, ORIGINALS, VIEWING, REPORTS = "data/custody/", "data/originals/", "data/viewing/", "data/reports/"
_BUFFER = 4 << 20
#: Records that are given where the log is not given whole: what opened the case, and what is about an original in the package.
_ABOUT = frozenset({"acquired", "read"})
#: Endings a desk's computer opens by itself.
_READABLE = {"md": "txt"}
_RECEIVING = frozenset({"threat", "publication", "told-someone"})


class Consignment:
    """
    One package of a case.

    Args:
        part: Which part of the package it is, what goes into it and what stays.
        withheld: What stays out of the package as a whole: the reports do without it.
        copies: Viewing copies, by exhibit.
    """

    def __init__(
        self,
        case: Case,
        session: Session,
        part: Part,
        *,
        withheld: Iterable[str],
        grade: str,
        language: str,
        copies: Mapping[str, ViewingCopy],
    ) -> None:
        self._case, self._session, self._part, self._share = case, session, part, part.share
        self._withheld = frozenset(withheld)
        self._grade, self._language = grade, language
        self._copies = {name: copy for name, copy in copies.items() if name in part.share.given}
        self._whole = grade == "police-full"
        self._head: c2sp.Checkpoint = case.log.statements()
        self._last = ""
        self._leaves: dict[str, tuple[int, str]] = {}
        self._records = 0
        self._payload: dict[str, Digests] = {}
        self._entries: list[dict[str, Any]] = []

    def counts(self) -> dict[str, int]:
        """Return how much is in it, for the record."""
        return {"originals": len(self._share.given), "withheld": len(self._share.withheld), "files": len(self._payload)}

    def write(self, parcel: Parcel) -> str:
        """
        Write every file; return the SHA-256 of `tagmanifest-sha256.txt`, which stands for all of them.

        Raises:
            CaseDamaged: An original or a reading is not what the log says.
        """
        self._payload |= dict(_sent(parcel, self._originals()))
        for name, pieces, size in itertools.chain(self._viewing(), self._custody(), self._readings()):
            self._payload[name] = parcel.add(name, pieces, size)
        self._checked()
        for name, data in (*(self._reports() if self._part.number == 1 else ()), *self._lists()):
            self._payload[name] = parcel.add(name, data)
        tags = {name: parcel.add(name, [data]) for name, data in self._tags()}
        tags |= {name: parcel.add(name, [data]) for name, data in self._manifests()}
        last = {
            name: parcel.add(name, [data])
            for name, data in ((bag.tag_manifest(kind), bag.manifest_text(tags, kind)) for kind in bag.ALGORITHMS)
        }
        return last[bag.tag_manifest("sha256")].sha256

    # -- evidence ------------------------------------------------------------------------------------------------------------

    def _originals(self) -> Iterator[tuple[str, Iterable[bytes | memoryview], int]]:
        for identity in self._share.given:
            item = self._case.book.exhibits[identity]
            name = ORIGINALS + names.original_name(item.id, _what(item), apportion.media_type(item), item.name)
            self._entries.append(self._entry(item, name))
            yield name, _file(layout.object_path(self._case.path, str(item.sha256))), item.size

    def _checked(self) -> None:
        """Refuse to go on where an original or a reading was not what the log says."""
        for entry in self._entries:
            if self._payload[entry["file"]].sha256 != entry["sha256"]:
                raise CaseDamaged(part=entry["exhibit"])
        for key, digest in self._case.book.readings.items():
            found = self._payload.get(f"{CUSTODY}readings/{key}.jsonl.gz")
            if found is not None and found.sha256 != digest:
                raise CaseDamaged(part=f"{layout.READINGS}/{key}")

    def _entry(self, item: Exhibit, name: str) -> dict[str, Any]:
        copy = self._copies.get(item.id)
        return {
            "exhibit": item.id,
            "parent": item.parent,
            "file": name,
            "sha256": item.sha256,
            "size": item.size,
            "media_type": apportion.media_type(item),
            "kind": item.data.get("kind"),
            "name": item.name if self._whole else None,
            "viewing_copy": None if copy is None else VIEWING + names.viewing_name(item.id, copy.ending),
            "blurred": copy is not None and copy.blurred,
            "record": item.record["seq"],
        }

    def _viewing(self) -> Iterator[tuple[str, Iterable[bytes | memoryview], int]]:
        for identity, copy in self._copies.items():
            yield VIEWING + names.viewing_name(identity, copy.ending), _file(copy.path), 0

    def _custody(self) -> Iterator[tuple[str, Iterable[bytes | memoryview], int]]:
        yield CUSTODY + ("log.jsonl" if self._whole else "log-part.jsonl"), self._log(), self._case.log.bytes_valid
        yield f"{CUSTODY}head", [self._head.text()], 0
        for name in (layout.CASE_FILE, layout.README):
            yield CUSTODY + name, [read_own(self._case.path / name)], 0

    def _log(self) -> Iterator[bytes]:
        """Yield the log up to the last record that is not an access record; what this grade does not give, as its leaf."""
        for number, line in enumerate(itertools.islice(lines(self._case.path / layout.LOG), self._head.size)):
            record = peek(line[:-1])
            self._last = record["time"]["utc"]
            self._records += 1
            exhibit = (record["subject"] or {}).get("exhibit")
            if record["type"] in ("acquired", "by-reference") and exhibit:
                self._leaves[exhibit] = number, leaf_hash(line[:-1]).hex()
            shown = self._whole or record["type"] == "case-opened" or (record["type"] in _ABOUT and exhibit in self._share.given)
            yield line if shown else chain.withheld_line(line[:-1], number) + b"\n"

    def _readings(self) -> Iterator[tuple[str, Iterable[bytes | memoryview], int]]:
        """Yield the latest reading of every original that goes; one that is missing can be made again from the original."""
        for identity in self._share.given:
            stored = [record["data"]["reading"] for record in self._case.book.exhibits[identity].reads if record["data"].get("reading")]
            path = layout.reading_path(self._case.path, stored[-1]["key"]) if stored else None
            name = "" if path is None else f"{CUSTODY}readings/{path.name}"
            if path is not None and path.is_file() and name not in self._payload:
                yield name, _file(path), path.stat().st_size

    # -- what is said about it -----------------------------------------------------------------------------------------------

    def _reports(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        for form, ending in reporting.FORMATS.items():
            made = reports(self._case, self._session, form, self._language, self._withheld)
            yield f"{REPORTS}case-file.{_READABLE.get(ending, ending)}", made

    def _lists(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        withheld = [{"exhibit": name, "why": why} for name, why in self._share.withheld.items()]
        package = {
            "schema_version": SCHEMA_VERSION,
            "format": "sextortion_cli package",
            "generator": {"name": "sextortion_cli", "version": __version__},
            "grade": self._grade,
            "case_id": self._case.case_id,
            "fingerprint": c2sp.fingerprint(self._head),
            "records": self._head.size,
            "part": {"number": self._part.number, "of": self._part.of},
            "exhibits": self._entries,
            "withheld": withheld,
        }
        yield "data/package.json", [_json(package)]
        stays = [self._stays(self._case.book.exhibits[entry["exhibit"]]) | entry for entry in withheld]
        yield "data/withheld.json", [_json({"schema_version": SCHEMA_VERSION, "withheld": stays})]
        left = [self._stays(item) for item in self._left()]
        yield "data/by-reference.json", [_json({"schema_version": SCHEMA_VERSION, "by_reference": left})]

    def _left(self) -> list[Exhibit]:
        return [
            item
            for item in self._case.book.exhibits.values()
            if item.record["type"] == "by-reference" and item.id not in self._share.withheld
        ]

    def _stays(self, item: Exhibit) -> dict[str, Any]:
        """Return what is said of an original that is not in the package; its record in the log is named, so that it can be shown later."""
        number, leaf = self._leaves.get(item.id, (item.record["seq"], None))
        digest = item.sha256 or (item.digest_record["data"]["sha256"] if item.digest_record else None)
        return {
            "exhibit": item.id, "parent": item.parent, "size": item.size, "name": item.name if self._whole else None,
            "sha256": digest if self._whole else None, "record": number, "leaf": leaf,
        }  # fmt: skip

    def _tags(self) -> Iterator[tuple[str, bytes]]:
        sizes = [found.size for found in self._payload.values()]
        yield bag.BAGIT, bag.DECLARATION
        info = [
            ("Source-Organization", "sextortion_cli"),
            ("External-Identifier", self._case.case_id),
            ("Bagging-Date", self._last[:10]),
            ("Bag-Software-Agent", f"sextortion_cli {__version__}"),
            ("Payload-Oxum", f"{sum(sizes)}.{len(sizes)}"),
        ]
        if self._part.of > 1:
            info.append(("Bag-Group-Identifier", f"{self._case.case_id} {self._head.size}"))
            info.append(("Bag-Count", f"{self._part.number} of {self._part.of}"))
        yield bag.INFO, bag.info_text(info)
        yield "READ-FIRST.txt", self._read_first().encode()
        sample = min(self._payload)
        yield "HOW-TO-CHECK.txt", texts.how_to_check(self._language, (sample, self._payload[sample].sha256)).encode()
        yield "verify.py.txt", (Path(texts.__file__).parent / "verify.py.txt").read_bytes()

    def _read_first(self) -> str:
        reports = [name.rpartition("/")[2] for name in self._payload if name.startswith(REPORTS)]
        best = next((name for name in reports if not name.endswith(".json")), "")
        facts = {
            "fingerprint": c2sp.fingerprint(self._head),
            "grade": self._grade,
            "part": "" if self._part.of == 1 else f"{self._part.number} / {self._part.of}",
            "reports": best,
        }
        counts = {
            "originals": len(self._share.given), "viewing": len(self._copies), "records": self._head.size, "by_reference": len(self._left()),
        }  # fmt: skip
        why = sorted(Counter(self._share.withheld.values()).items())
        helper = self._case.book.settings.get("role") == "volunteer" and not any(
            item["type"] == "consent" for item in self._case.book.others
        )
        return texts.read_first(self._language, facts, counts, why, helper=helper)

    def _manifests(self) -> Iterator[tuple[str, bytes]]:
        for algorithm in bag.ALGORITHMS:
            yield bag.manifest(algorithm), bag.manifest_text(self._payload, algorithm)


def _sent(parcel: Parcel, files: Iterable[tuple[str, Iterable[bytes | memoryview], int]]) -> Iterator[tuple[str, Digests]]:
    """Write files, as many at once as the parcel takes, and yield their digests in the order given."""
    pending: deque[tuple[str, Future[Digests]]] = deque()
    with ThreadPoolExecutor(parcel.workers, thread_name_prefix="pack") as pool:
        for name, pieces, size in files:
            pending.append((name, pool.submit(parcel.add, name, pieces, size)))
            if len(pending) > 2 * parcel.workers:
                first, done = pending.popleft()
                yield first, done.result()
        for last, done in pending:
            yield last, done.result()


def reports(case: Case, session: Session, form: str, language: str, withheld: frozenset[str]) -> Iterator[bytes]:
    """Yield the case file as it goes into a package."""
    return reporting.for_package(case, form, language, session, _third_persons(case), withheld)


def sizes(case: Case, given: Iterable[str], copies: Mapping[str, ViewingCopy]) -> dict[str, int]:
    """Return what each original takes in a package, its reading and its viewing copy included."""
    found = {}
    for name in given:
        item = case.book.exhibits[name]
        kept = [layout.reading_path(case.path, record["data"]["reading"]["key"]) for record in item.reads if record["data"].get("reading")]
        paths = [*kept[-1:], *([copies[name].path] if name in copies else [])]
        found[name] = item.size + sum(path.stat().st_size for path in paths if path.is_file())
    return found


def _what(item: Exhibit) -> str | None:
    """Return what an exhibit is, in a word for its name: the reader that read it, or the kind that was stated."""
    reader = item.reads[-1]["data"].get("reader") if item.reads else None
    kind = item.data.get("kind")
    return str(reader) if reader not in (None, "file-facts") else None if kind is None else str(kind)


def _third_persons(case: Case) -> frozenset[str]:
    """Return the contacts that are third persons and no recipients: nobody said that something was, or would be, sent to them."""
    recipients = {str(item["data"].get("contact")) for item in case.book.current("event") if item["data"]["kind"] in _RECEIVING}
    sides = {str(item["subject"]["contact_id"]): item["data"]["side"] for item in case.book.current("contact")}
    return frozenset(name for name, side in sides.items() if side == "third-person" and name not in recipients)


def _file(path: Path) -> Iterator[memoryview]:
    """
    Yield the bytes of a file of the case; each piece is good until the next is asked for.

    Raises:
        CaseDamaged: It is not there.
    """
    if not path.is_file():
        raise CaseDamaged(part=path.name)
    with open_own(path) as stream:
        buffer = bytearray(min(_BUFFER, os.fstat(stream.fileno()).st_size + 1))
        view = memoryview(buffer)
        while count := stream.readinto(buffer):
            yield view[:count]


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")
