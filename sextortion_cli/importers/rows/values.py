"""Cells as records hold them: texts with their bytes where those are no valid text, moments, and everything else as strings."""

from __future__ import annotations

import base64
import functools
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

from sextortion_cli.importers.rows.database import BadText, Cells, Row
from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Fact, Sender, Time

UNIX = datetime(1970, 1, 1, tzinfo=UTC)
APPLE = datetime(2001, 1, 1, tzinfo=UTC)
WINDOWS = datetime(1601, 1, 1, tzinfo=UTC)
WITHHELD = "(withheld: key)"
_PEOPLE: dict[tuple[str, str | None], Sender] = {}


class Text(NamedTuple):
    """A text as a message holds it (`Message.text`, `raw_b64`, `lossy`)."""

    text: str | None = None
    raw_b64: str | None = None
    lossy: bool = False


def take_text(cells: Cells, column: str) -> Text:
    """
    Take a text out of a row's cells; bytes that are no valid text are kept beside what can be shown of them.

    A number where a text should be stays among the cells.
    """
    value = cells.get(column)
    if isinstance(value, str):
        del cells[column]
        return Text(value)
    if not isinstance(value, bytes):
        return Text()
    del cells[column]
    return decoded(value)


def decoded(data: bytes) -> Text:
    """Return bytes as a text; those that are none are kept beside what can be shown of them."""
    try:
        return Text(data.decode())
    except UnicodeDecodeError:
        return Text(data.decode("utf-8", "replace"), base64.b64encode(data).decode(), lossy=True)


def told(value: Any) -> str:
    """Return a cell as details and facts hold it: of binary data only how much there is, which the sealed original holds."""
    if isinstance(value, str):
        return value
    if isinstance(value, BadText):
        return value.decode("utf-8", "replace")
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    return str(value)


def details(cells: Cells, without: Iterable[str] = ()) -> dict[str, str]:
    """Return all cells but some, by column."""
    left_out = frozenset(without)
    return {
        name: value if (kind := type(value)) is str else str(value) if kind is int else told(value)
        for name, value in cells.items()
        if name not in left_out
    }


def fact(row: Row, kind: str, of: Literal["account-owner", "contact", "unknown"] = "unknown", without: Iterable[str] = ()) -> Fact:
    """Return a row as a fact with all its cells but some."""
    return Fact(row.start, row.start + 1, kind, of, row.pointer, row=row.id, values=details(row.cells, without))


def dated(values: dict[str, str], when: Mapping[str, Time | None]) -> dict[str, str]:
    """Return values with the moments beside numbers that count time."""
    return values | {
        name: f"{values[name]} ({time.utc})" for name, time in when.items() if name in values and time is not None and time.utc
    }


def whole(value: Any) -> int | None:
    """Return a cell as a whole number, or None where it is none."""
    if isinstance(value, int):
        return value
    if isinstance(value, str | float):
        try:
            return int(value)
        except (ValueError, OverflowError):
            return None
    return None


@functools.cache
def _seconds(since: datetime) -> int:
    return int(since.timestamp())


def moment(value: Any, since: datetime, per_second: int = 1) -> Time | None:
    """Return a cell that counts time since a moment in UTC; None where it is NULL or 0. One that cannot be read keeps only how it is written."""
    if not value:
        return None
    if type(value) is int:
        utc = utc_text(value // per_second + _seconds(since))
        return Time(str(value)) if utc is None else Time(str(value), None, utc, "explicit")
    written = told(value)
    try:
        found = since + timedelta(seconds=float(value) / per_second)
    except (ValueError, TypeError, OverflowError):
        return Time(written)
    return Time(written, None, f"{found.isoformat()[:19]}Z", "explicit")


def sender(name: str, identity: str | None = None) -> Sender:
    """Return the sender of a name and id; the same few people write nearly all messages."""
    found = _PEOPLE.get((name, identity))
    if found is None:
        if len(_PEOPLE) > 10_000:
            _PEOPLE.clear()
        clean = visible(name)
        found = _PEOPLE[name, identity] = Sender(clean, None if clean == name else name, identity)
    return found
