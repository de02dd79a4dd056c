"""
``message_summary_info``: earlier texts of a message that was edited, and which parts of it were taken back.

A binary property list: ``ec`` holds, by number of the part, its texts in the order they were written (``d`` seconds since 2001 in UTC,
``t`` an archived string; the last is the present one), ``rp`` the numbers of the parts that were taken back.

References: ReagentX/imessage-exporter, message_types/edited.rs
"""

from __future__ import annotations

import plistlib
import struct
from datetime import timedelta
from typing import Any, NamedTuple

from sextortion_cli.importers.imessage.body import body_of
from sextortion_cli.importers.rows.values import APPLE

_LARGEST = 1 << 20
_MOST = 100
_FAULTS = (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError, AttributeError, struct.error)


class Summary(NamedTuple):
    """
    What the summary of a message says.

    Attributes:
        texts: Every text it had, as (part, time or None, text), in order.
        retracted: Parts that were taken back.
    """

    texts: tuple[tuple[str, str | None, str], ...] = ()
    retracted: tuple[str, ...] = ()


def summary_of(data: bytes) -> Summary | None:
    """Return what a summary says of edits, or None where it cannot be read."""
    if len(data) > _LARGEST:
        return None
    try:
        found: Any = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
        if not isinstance(found, dict):
            return None
        parts = found.get("ec") or {}
        texts = [_text(str(part), event) for part in sorted(parts, key=str) for event in parts[part][:_MOST]]
        return Summary(tuple(texts), tuple(str(part) for part in (found.get("rp") or [])[:_MOST]))
    except _FAULTS:
        return None


def _text(part: str, event: Any) -> tuple[str, str | None, str]:
    body = body_of(event["t"])
    when = event.get("d")
    moment = (APPLE + timedelta(seconds=int(when))).isoformat()[:19] + "Z" if isinstance(when, int | float) else None
    return part, moment, "" if body is None else body.data.decode("utf-8", "replace")
