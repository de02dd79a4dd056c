"""
WACZ: a zip of web archives with a list of pages and a digest for every file. What the package says, and whether its digests hold.

The zip itself is taken apart like any other; here it is only read. A signature is mentioned and not checked. Reference: WACZ 1.1.1
(Webrecorder), ``datapackage.json`` as Frictionless Data Package, ``datapackage-digest.json`` as WACZ Signing and Verification 0.1.0.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sextortion_cli.extract.archive import members, stream
from sextortion_cli.extract.members import ArchiveDefect, Limits, Member, MemberEnd
from sextortion_cli.extract.metadata.address import shown
from sextortion_cli.extract.metadata.clock import time_note
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import FileRecord, ReadFault, fact
from sextortion_cli.words import N_

READER = "wacz-walk 1"
_PACKAGE, _SIGNED = "datapackage.json", "datapackage-digest.json"
_LIMITS = Limits(total_bytes=4_000_000_000)
_KEPT = 1 << 20
_PAGES, _NAMES = 50, 20
_LISTED = 5000
_FIELDS = (
    "title",
    "description",
    "created",
    "modified",
    "software",
    "profile",
    "wacz_version",
    "mainPageUrl",
    "mainPageURL",
    "mainPageDate",
)
_ALGORITHMS = ("sha256", "md5", "sha1", "sha512")
_FAULTS = (ValueError, RecursionError, TypeError, KeyError)


def is_wacz(view: View) -> bool:
    """Say whether a zip is a package of web archives: its directory, or its beginning, names the two things every such package has."""
    directory = view.at(max(0, view.size - 65536), 65536)
    return all(name in view.head or name in directory for name in (b"datapackage.json", b"archive/"))


def load() -> None:
    """Have hashlib load what it loads on first use."""
    for name in _ALGORITHMS:
        hashlib.new(name, b"", usedforsecurity=False)


def wacz_facts(view: View) -> Iterator[FileRecord]:
    """Yield what the package says, its pages, and which digests hold."""
    listed = [item for item in members(view.fd, view.size, _LIMITS) if isinstance(item, Member)][: _LISTED + 1]
    if len(listed) > _LISTED:
        yield ReadFault(READER, "too-many-members")
        return
    names = {item.index: item.name for item in listed}
    kept, digests, faults = _read(view, names)
    yield from (ReadFault(READER, code) for code in sorted(faults))
    package = _object(kept.get(_PACKAGE))
    if package is None:
        yield ReadFault(READER, "no-package")
        return
    for key in _FIELDS:
        if isinstance(package.get(key), str) and package[key]:
            name = "mainPageUrl" if key == "mainPageURL" else key
            yield fact(f"wacz:{name}", shown(package[key]), READER, time_note(package[key]))
    yield from _resources(package, digests, set(names.values()))
    yield from _signature(_object(kept.get(_SIGNED)), digests)
    for name in sorted(kept):
        if name.startswith("pages/"):
            yield from _pages(name, kept[name])


def _read(view: View, names: dict[int, str]) -> tuple[dict[str, bytes], dict[str, dict[str, str]], set[str]]:
    """Return the beginnings of the files that are read here, the digests of all files, and the codes of what went wrong; by name, the first counts."""
    kept: dict[str, bytes] = {}
    digests: dict[str, dict[str, str]] = {}
    faults: set[str] = set()
    name, engines, held = "", {}, b""
    for event in stream(view.fd, view.size, None, _LIMITS):
        if isinstance(event, Member):
            name, held = names.get(event.index, event.name), b""
            engines = {algorithm: hashlib.new(algorithm, usedforsecurity=False) for algorithm in _ALGORITHMS[:2]}
        elif isinstance(event, ArchiveDefect):
            faults.add(event.code)
        elif isinstance(event, MemberEnd):
            if event.complete and name not in digests:
                digests[name] = {algorithm: engine.hexdigest() for algorithm, engine in engines.items()}
                if name in (_PACKAGE, _SIGNED) or (name.startswith("pages/") and name.endswith(".jsonl") and len(kept) < 10):
                    kept[name] = held
        else:
            for engine in engines.values():
                engine.update(event)
            if len(held) < _KEPT and (name in (_PACKAGE, _SIGNED) or name.startswith("pages/")):
                held += event[: _KEPT - len(held)]
    return kept, digests, faults


def _object(data: bytes | None) -> dict[str, Any] | None:
    try:
        found = json.loads(data) if data else None
    except _FAULTS:
        return None
    return found if isinstance(found, dict) else None


def _resources(package: dict[str, Any], digests: dict[str, dict[str, str]], names: set[str]) -> Iterator[FileRecord]:
    right, wrong, missing, unknown = 0, [], [], 0
    listed: set[str] = {_PACKAGE, _SIGNED}
    resources = package.get("resources")
    for item in resources[:_LISTED] if isinstance(resources, list) else []:
        path = item.get("path") if isinstance(item, dict) else None
        if not isinstance(path, str):
            unknown += 1
            continue
        # Some writers leave the folder out of the path and name it in `name`.
        place = next((name for name in (path, f"archive/{path}", f"pages/{path}", f"indexes/{path}") if name in names), path)
        listed.add(place)
        algorithm, _, value = str(item.get("hash", "")).partition(":")
        if place not in names:
            missing.append(path)
        elif algorithm not in digests.get(place, {}):
            unknown += 1
        elif digests[place][algorithm] == value.lower():
            right += 1
        else:
            wrong.append(path)
    told = f"right {right}, wrong {len(wrong)}, missing {len(missing)}, not checkable {unknown}"
    yield fact("wacz:digests", told, READER, N_("files of the package whose digest is the one the package states"))
    for what, found in (("differs", wrong), ("missing", missing), ("not-listed", sorted(names - listed))):
        for path in found[:_NAMES]:
            if not path.endswith("/"):
                yield fact(f"wacz:{what}", path[:500], READER)


def _signature(signed: dict[str, Any] | None, digests: dict[str, dict[str, str]]) -> Iterator[FileRecord]:
    if signed is None:
        return
    algorithm, _, value = str(signed.get("hash", "")).partition(":")
    holds = digests.get(_PACKAGE, {}).get(algorithm) == value.lower()
    yield fact("wacz:package-digest", "right" if holds else "wrong", READER)
    data = signed.get("signedData")
    if isinstance(data, dict):
        note = N_("as the package says; the signature is not checked here")
        yield fact("wacz:signature", "present", READER, note)
        for key in ("created", "software", "domain", "version"):
            if isinstance(data.get(key), str):
                yield fact(f"wacz:signed-{key}", data[key][:500], READER, time_note(data[key]) or note)


def _pages(name: str, data: bytes) -> Iterator[FileRecord]:
    """Yield the pages of one list; its first line is its header."""
    count, bad = 0, 0
    for line in data.split(b"\n"):
        page = _object(line[:65536]) if line.strip() else None
        if page is None or not isinstance(page.get("url"), str):
            bad += bool(line.strip()) and not (page is not None and "format" in page)
            continue
        count += 1
        if count > _PAGES:
            continue
        moment = page.get("ts") or page.get("date")
        yield fact(
            "wacz:page",
            shown(page["url"]),
            READER,
            "; ".join(filter(None, (str(moment or "")[:40], time_note(str(moment or "")), name[:80]))),
        )
        if isinstance(page.get("title"), str) and page["title"]:
            yield fact("wacz:title-of-page", page["title"][:2000], READER, shown(page["url"])[:500])
    yield fact("wacz:pages", f"{name[:80]}: {count}", READER)
    if bad:
        yield ReadFault(READER, "bad-page-line")
