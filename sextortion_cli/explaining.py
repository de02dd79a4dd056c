"""One page on one exhibit: where it comes from, what that way changes, what read it, what it shows and does not, and how to check it without us."""

from __future__ import annotations

import base64
import re
import shlex
from collections.abc import Iterator
from typing import Any

from sextortion_cli import lookup
from sextortion_cli.assemble import exhibit_entry
from sextortion_cli.concealing import mask_of
from sextortion_cli.items import exhibit_item
from sextortion_cli.model.session import Session
from sextortion_cli.report.wording import ROUTE_CHANGES
from sextortion_cli.store import layout
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.case import Case
from sextortion_cli.words import N_

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ ./()-]{0,200}")
_UNZIP = (
    "import hashlib,sys,zipfile as z; a=z.ZipFile(sys.argv[1]); print(hashlib.sha256(a.read(a.infolist()[int(sys.argv[2])])).hexdigest())"
)
_TARS = ("application/x-tar", "application/gzip", "application/x-gtar", "application/x-bzip2", "application/x-xz")
_ORIGINAL = N_("The bytes in the case: run it in the case folder. It must print the SHA-256 above.")
_MEMBER = N_("The same bytes, taken from the archive they came in. It must print the SHA-256 above.")
_SOURCE = N_("The file where it lay. Its checksum stands in a record of its own.")
_READING = N_("What the reader made of it. The record of the reading has the checksum.")
_RECORD = N_("The record of the log that says how it came in.")
_CHECKED = N_("Its checksum as recorded. It is withheld when only a part of the case is handed over.")


def explain(case: Case, exhibit: Exhibit, session: Session | None) -> dict[str, Any]:
    """
    Return the page in the shape of `explain --json`.

    Keys beside those of an exhibit in the case file: ``route`` with what it can change, ``times`` with where each comes from, ``derived`` (what came out of
    it), ``repeat``: commands with what each must show.
    """
    mask = mask_of(case, session, unmask=False)
    entry = mask.entry(exhibit_entry(case, exhibit_item(exhibit), mask), "name", "path")
    stated = entry["acquisition"]["stated"]
    way = stated.get("via") or "unknown"
    facts = list(lookup.metadata(case, exhibit.id))
    return {
        **entry,
        "route": {"via": way, "changes": ROUTE_CHANGES.get(way, ROUTE_CHANGES["unknown"])},
        "times": list(_times(entry)),
        "derived": {
            "exhibits": [
                item.id for item in case.book.exhibits.values() if item.parent == exhibit.id and not case.book.is_withdrawn(item.id)
            ],
            "messages": (entry["units"] or {}).get("messages", 0),
            "facts": (entry["units"] or {}).get("facts", 0),
            "metadata": len(facts),
            "readers": sorted({str(fact["reader"]) for fact in facts if fact["reader"]}),
        },
        "repeat": [{"command": command, "what": what} for command, what in _commands(case, exhibit)],
    }


def _times(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    times, how = entry["file_times"], entry["acquisition"]
    yield {"what": "imported", "time": times["imported"], "basis": f"clock of this computer; checked: {how['clock'] or 'not-asked'}"}
    if times["source_modified"]:
        yield {"what": "source-modified", "time": times["source_modified"], "basis": "file system of the source; copying can set it anew"}
    if how["stated"].get("captured_at"):
        yield {"what": "captured", "time": how["stated"]["captured_at"], "basis": "stated"}


def _commands(case: Case, exhibit: Exhibit) -> Iterator[tuple[str, str]]:
    """Yield at most three commands that need nothing of ours, names quoted so that a shell takes them as they are."""
    if exhibit.copied and exhibit.sha256:
        yield f"sha256sum {layout.object_name(exhibit.sha256)}", _ORIGINAL
    elif exhibit.data.get("path"):
        yield f"sha256sum -- {quoted(base64.b64decode(exhibit.data['path']['b64']))}", _SOURCE
    second = _from_container(case, exhibit)
    if second is None and exhibit.reads and exhibit.reads[-1]["data"].get("reading"):
        second = f"gzip -dc readings/{exhibit.reads[-1]['data']['reading']['key']}.jsonl.gz | head -n 5", _READING
    if second is None and exhibit.digest_record is not None:
        second = f"sed -n '{exhibit.digest_record['seq'] + 1}p' {layout.LOG}", _CHECKED
    if second is not None:
        yield second
    yield f"sed -n '{exhibit.record['seq'] + 1}p' {layout.LOG}", _RECORD


def _from_container(case: Case, exhibit: Exhibit) -> tuple[str, str] | None:
    """Return what takes the bytes out of the archive they came in; None where no common tool does."""
    parent = case.book.exhibits.get(exhibit.parent or "")
    member = exhibit.data.get("member")
    if parent is None or not parent.copied or not parent.sha256 or not isinstance(member, dict) or not exhibit.copied:
        return None
    archive, media = layout.object_name(parent.sha256), exhibit_item(parent)["media_type"]
    raw = base64.b64decode(exhibit.data["name_b64"])
    name = raw.decode("utf-8", "replace")
    if media == "application/zip":
        if _PLAIN.fullmatch(name) and not member.get("duplicate"):
            return f"unzip -p {archive} {quoted(raw)} | sha256sum", _MEMBER
        return f"python3 -I -c {shlex.quote(_UNZIP)} {archive} {member['index']}", _MEMBER
    if media in _TARS and _PLAIN.fullmatch(name) and not member.get("duplicate"):
        return f"tar -xOf {archive} -- {quoted(raw)} | sha256sum", _MEMBER
    return None


def quoted(name: bytes) -> str:
    r"""Return a file name for a shell: plain ones in ``'...'``, others in ``$'...'`` (bash, zsh) with every other byte as ``\xNN``."""
    if all(0x20 <= byte < 0x7F for byte in name):
        return shlex.quote(name.decode("ascii"))
    letters = (chr(byte) if 0x20 <= byte < 0x7F and byte not in b"\\'" else f"\\x{byte:02x}" for byte in name)
    return "$'" + "".join(letters) + "'"
