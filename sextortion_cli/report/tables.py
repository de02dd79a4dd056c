"""
The long lists of a case as tables: CSV for spreadsheets, TSV for tools, NDJSON for scripts. Written as streams.

Heads are the keys of the JSON case file, a dot between a key and the key inside it. Cells pass the table gate, so nothing is a formula; the same
record without loss is the line of the NDJSON twin. CSV begins with a byte order mark, or Excel would not read it as UTF-8.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.gates.csvcell import cell

FORMS = ("csv", "tsv", "ndjson")
_TIME = ("time.utc", "time.as_written", "time.local", "time.basis", "time.precision")
_PLACE = ("locator.sha256", "locator.member", "locator.bytes", "locator.rows", "locator.line", "locator.pointer", "locator.row")
TABLES: Mapping[str, tuple[str, ...]] = {
    "messages": (
        "exhibit", "service", "conversation.name", "conversation.id", "conversation.type", "sender.name", "sender.raw", "sender.id", "sender.side",
        *_TIME, "time.candidates", "kind", "edited", "text", "raw", "raw_b64", "lossy", "attachments", "reactions", "detail", *_PLACE, "status", "masked",
    ),
    "timeline": (
        "what", *_TIME, "kind", "event_id", "exhibit", "service", "contact", "sender.name", "sender.id", "sender.side", "amount", "currency", "method",
        "destination", "reference", "deadline.utc", "deadline.as_written", "text", "record", *_PLACE, "status", "masked",
    ),
    "identifiers": (
        "kind", "value", "raw", "owner", "owner_basis", "owner_why", "role", "confidence", "why", "checks", "detail", "first_seen", "last_seen",
        "occurrence_count", "occurrences", "defanged", "status", "masked",
    ),
    "exhibits": (
        "exhibit", "parent", "name", "path", "size", "sha256", "sha1", "md5", "media_type", "claimed_type", "kind", "importer", "status", "reason",
        "evidential_status", "units.unit", "units.total", "units.messages", "units.noise", "units.defects", "completeness", "defects", "acquired",
        "record", "shows", "does_not_show", "masked",
    ),
}  # fmt: skip


def render(entries: Iterator[dict[str, Any]], table: str, form: str) -> Iterator[str]:
    """Yield the text of one table in one of `FORMS`."""
    if form == "ndjson":
        for entry in entries:
            yield json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n"
        return
    columns = [name.split(".") for name in TABLES[table]]
    if form == "csv":
        yield "\ufeff"
    line = _csv if form == "csv" else _tsv
    yield line(TABLES[table])
    for entry in entries:
        yield line([_text(_value(entry, path)) for path in columns])


def _value(entry: Any, path: list[str]) -> Any:
    for key in path:
        if not isinstance(entry, Mapping):
            return None
        entry = entry.get(key)
    return entry


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return cell(json.dumps(value, ensure_ascii=False)) if value else ""


def _csv(cells: Any) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _tsv(cells: Any) -> str:
    return "\t".join(text.replace("\n", "\\n") for text in cells) + "\n"
