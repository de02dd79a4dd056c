"""Times as programs write them: ISO 8601 and its neighbours, with or without a zone. Never a zone that the file does not give."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Time, TimePrecision

_ISO = re.compile(
    r"(?P<date>[0-9]{4}[-/][0-9]{2}[-/][0-9]{2})(?:T|, ?| )(?P<hour>[0-9]{2}:[0-9]{2})(?P<second>:[0-9]{2})?(?:[.,][0-9]{1,9})?"
    r" ?(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}(?: UTC| GMT)?)?\Z",
    re.ASCII | re.IGNORECASE,
)
_REMEMBERED = 4096
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_known: dict[str, Time] = {}


def moment(written: str) -> Time:
    """Return the time of ``2026-03-12 21:05[:33][.5][ UTC|Z|+01:00]``; a time that cannot be read has neither `local` nor `utc`."""
    time = _known.get(written)
    if time is None:
        if len(_known) >= _REMEMBERED:
            _known.clear()
        time = _known[written] = _moment(written)
    return time


def _moment(written: str) -> Time:
    found = _ISO.match(written.strip())
    if found is None:
        return Time(written)
    precision: TimePrecision = "second" if found["second"] else "minute"
    local = f"{found['date'].replace('/', '-')}T{found['hour']}{found['second'] or ':00'}"
    return zoned(written, local, found["zone"], precision)


def zoned(written: str, local: str, zone: str | None, precision: TimePrecision = "second") -> Time:
    """Return the time of a local time (``2026-03-12T21:05:00``) and its zone as written (``Z``, ``UTC``, ``+0100``), or none."""
    try:
        naive = datetime.fromisoformat(local)
    except ValueError:
        return Time(written, precision=precision)
    if zone is None:
        return Time(written, local, precision=precision)
    sign = zone[0] if zone[0] in "+-" else ""
    digits = zone[1:].replace(":", "")[:4] if sign else "0000"
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if sign == "-" else 1)
    utc = utc_text(int((naive.replace(tzinfo=UTC) - offset - _EPOCH).total_seconds()))
    if utc is None:
        return Time(written, local, precision=precision)
    # "+00:00" may be the zone of Iceland, but mostly it is how a program writes UTC: then the file gives no local time.
    return Time(written, local if offset else None, utc, "explicit", precision)


def snowflake(number: str, epoch_ms: int) -> str | None:
    """Return the UTC second that an id holds in its upper bits (milliseconds since `epoch_ms`, 22 bits below), or None."""
    if not (number.isascii() and number.isdecimal() and 15 <= len(number) <= 20):
        return None
    return utc_text(((int(number) >> 22) + epoch_ms) // 1000)
