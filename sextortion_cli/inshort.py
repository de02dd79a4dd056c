"""A package in thirty lines, to paste into any system: what the case file in it says on page one. Nothing is concluded here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sextortion_cli import desk
from sextortion_cli.errors import UsageProblem
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_CASE_FILE = "data/reports/case-file.json"
_LONGEST = 64 << 20
_FIELD = 200
_ACCOUNTS, _SUMS = 6, 3
LINES = 30
#: The first of the long lists: what stands before it is page one.
_STREAM = b'"exhibits": ['

_LABELS: Mapping[str, str] = {
    "package": N_("Package"), "checked": N_("Checked"), "fingerprint": N_("Fingerprint"), "case": N_("Case"), "grade": N_("Made for"),
    "minor": N_("Anyone under 18 shown"), "going-on": N_("Latest of what happened"), "deadline": N_("Deadline"), "published": N_("Published"),
    "demand": N_("Demand"), "payment": N_("Payment"), "account": N_("Account of the other side"), "device": N_("Device"),
    "messages": N_("Messages"), "last": N_("The other side wrote last"), "exhibits": N_("Exhibits"), "by-reference": N_("Kept by the person"),
    "deleted": N_("Deleted"), "reported": N_("Reported"), "missing": N_("Still missing"),
}  # fmt: skip


class Line(NamedTuple):
    """One line: a key that no language changes, what people read, and the value."""

    key: str
    label: str
    value: str


def in_short(path: Path, checked: desk.Checked) -> Iterator[Line]:
    """
    Yield at most thirty lines.

    Raises:
        UsageProblem: There is no case file in the package that can be read.
    """
    found = _head(path)
    yield from list(_lines(path, checked, found))[:LINES]


def _lines(path: Path, checked: desk.Checked, found: Mapping[str, Any]) -> Iterator[Line]:
    case, summary = _map(found.get("case")), _map(found.get("summary"))
    differences = sorted({item.code for item in checked.findings if item.severity == "difference"})
    yield _line("package", path.name)
    yield _line("checked", _("nothing differs") if checked.ok else _("SOMETHING DIFFERS:") + " " + ", ".join(differences))
    yield _line("fingerprint", checked.fingerprint)
    yield _line("case", case.get("case_id"), case.get("title"), case.get("country"), case.get("role"))
    yield _line("grade", checked.package.get("grade"))
    yield _line("minor", summary.get("minor"))
    yield _line("going-on", summary.get("going_on"), _time(summary.get("going_on_when")))
    yield _line("deadline", _time(summary.get("deadline")))
    yield _line("published", _("stated") if summary.get("published") else _("nobody stated it"), _time(summary.get("publication")))
    for item in _maps(summary.get("demands"))[-_SUMS:]:
        yield _line("demand", *_money(item))
    for item in _maps(summary.get("payments"))[-_SUMS:]:
        yield _line("payment", *_money(item))
    for item in [entry for entry in _maps(found.get("contacts")) if entry.get("side") == "extorter"][:_ACCOUNTS]:
        yield _line(
            "account", *(item.get(key) for key in ("service", "stable_id", "handle", "display_name", "profile_url", "phone", "email"))
        )
    for item in _maps(found.get("devices"))[:2]:
        yield _line("device", *(item.get(key) for key in ("make", "model", "system", "where")))
    yield _line(
        "messages", summary.get("messages"), summary.get("first_message"), summary.get("last_message"), summary.get("message_clock")
    )
    yield _line("last", summary.get("last_from_extorter"))
    yield _line("exhibits", summary.get("exhibits"))
    yield _line("by-reference", summary.get("by_reference"))
    yield _line("deleted", summary.get("deleted"))
    yield _line("reported", _time(summary.get("reported")))
    lacking = [item.get("id") for item in _maps(found.get("missing")) if item.get("status") == "missing"]
    yield _line("missing", *lacking[:10])


def _line(key: str, *values: object) -> Line:
    shown = [" ".join(str(value).split())[:_FIELD] for value in values if value is not None and not isinstance(value, (dict, list))]
    return Line(key, _(_LABELS[key]), "; ".join(part for part in shown if part) or "-")


def _time(when: object) -> str | None:
    """Return a stated time in UTC where that is known, else as it was written."""
    found = _map(when)
    value = found.get("utc") or found.get("as_written")
    return value if isinstance(value, str) else None


def _money(item: Mapping[str, Any]) -> Iterator[object]:
    yield " ".join(str(item[key]) for key in ("amount", "currency") if item.get(key)) or None
    yield _time(item.get("when"))
    yield from (item.get(key) for key in ("method", "destination", "reference", "service"))


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _maps(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _head(path: Path) -> Mapping[str, Any]:
    """Return what stands in the case file before its long lists."""
    text = _until(desk.pieces_of(path, _CASE_FILE))
    try:
        return _map(json.loads(text))
    except (ValueError, RecursionError):
        raise UsageProblem(message=_("The case file in this package cannot be read.")) from None


def _until(pieces: Iterable[bytes]) -> bytes:
    held = bytearray()
    for piece in pieces:
        held += piece
        at = held.find(b"\n" + _STREAM)
        if at >= 0:
            return bytes(held[:at]).rstrip().rstrip(b",") + b"}"
        if len(held) > _LONGEST:
            break
    return bytes(held)
