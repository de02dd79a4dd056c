"""What a message of any JSON export says: its text with what stands in the file, and all the rest that no field of a message holds."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection
from typing import NamedTuple

from sextortion_cli.importers.jsonchat.entry import Entry, masked, shown, stretch


class Said(NamedTuple):
    """Text, `Message.raw`, `Message.raw_b64` and `Message.lossy`."""

    text: str | None
    raw: str | None
    raw_b64: str | None
    lossy: bool


NOTHING = Said(None, None, None, False)


def said(entry: Entry, key: str, read: Callable[[str], str] | None = None) -> Said:
    """Return the text under `key`, as `read` shows it (like `html.unescape`); what is no string is shown as JSON."""
    field = entry.fields.get(key)
    if field is None or field.plain is None:
        return NOTHING
    text = shown(field)
    if read is not None and isinstance(field.plain, str):
        text = read(text)
    return Said(text, *stretch(field, text))


def unescaped(text: str) -> str:
    """Return text whose HTML entities are decoded, once."""
    return html.unescape(text) if "&" in text else text


def rest(entry: Entry, placed: Collection[str], withheld: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return every value that the message shows nowhere else, further values of a key that came twice included."""
    found = {key: masked(key, field, withheld) for key, field in entry.fields.items() if key not in placed}
    for number, (key, field) in enumerate(entry.more, 2):
        found[f"{key}#{number}"] = masked(key, field, withheld)
    return found
