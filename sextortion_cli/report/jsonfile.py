"""The case file as JSON (schema: `model/casefile.py`), written as a stream."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_STREAMS = ("exhibits", "messages", "facts", "identifiers", "suggestions", "metadata", "defects", "gaps", "custody")
_ORDER = (
    "schema_version", "generator", "case", "page_one", "summary", "contacts", "devices", "events", "notes", "not_collected", "missing", "conversations", "activity", "tools",
    "pressure", "signs", "bluff", *_STREAMS, "proves", "does_not_prove",
)  # fmt: skip


def render(head: Mapping[str, Any], streams: Mapping[str, Callable[[], Iterator[dict[str, Any]]]]) -> Iterator[str]:
    """Yield the text of the case file: one key a line, one list entry a line, keys in the order of the schema."""
    yield "{\n"
    for position, key in enumerate(_ORDER):
        comma = ",\n" if position + 1 < len(_ORDER) else "\n"
        if key in _STREAMS:
            yield f"{_json(key)}: ["
            yield from _entries(streams[key]())
            yield "]" + comma
        else:
            yield f"{_json(key)}: {_json(head[key])}{comma}"
    yield "}\n"


def _entries(entries: Iterator[dict[str, Any]]) -> Iterator[str]:
    first = True
    for entry in entries:
        yield ("\n  " if first else ",\n  ") + _json(entry)
        first = False
    if not first:
        yield "\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
