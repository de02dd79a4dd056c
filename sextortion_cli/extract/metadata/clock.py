"""Times as saved pages and documents write them: shown as written, with the same moment in one form and where its zone comes from."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from sextortion_cli.words import N_

EXPLICIT = N_("basis explicit: offset in the value")
UNKNOWN = N_("local time; basis unknown: the file gives no offset")
NO_ZONE = N_("UTC; the zone it was written in is not stated (-0000)")
_MONTHS = {
    name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
# All are anchored and of bounded length.
_SCRIPT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) (\d\d):(\d\d):(\d\d)(?: (?:GMT|UTC)?([+-]\d{4})?)?")
_MAIL = re.compile(
    r"(?:[A-Z][a-z]{2},\s{1,4})?(\d{1,2})\s{1,4}([A-Z][a-z]{2})\s{1,4}(\d{4})\s{1,4}(\d\d):(\d\d)(?::(\d\d))?\s{0,4}([+-]\d{4}|GMT|UTC?|Z)?"
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s?(Z|UTC|[+-]\d\d:?\d\d)?")
_PDF = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?")


def time_note(value: str) -> str | None:
    """
    Return what must be known to read a time: the same moment as ISO 8601, and its basis. None when it is no time with a clock.

    ``-0000`` of a mail header is UTC that says nothing of the zone it was written in (RFC 5322 section 3.3).
    """
    found = _parsed(value)
    if found is None:
        return None
    moment, zone = found
    return f"{moment.isoformat()}; {UNKNOWN if zone is None else NO_ZONE if zone == '-0000' else EXPLICIT}"


def same_moment(left: str, right: str) -> bool:
    """Say whether two times, each in any of these forms, are one moment; of two without a zone, whether they say the same."""
    one, other = _parsed(left), _parsed(right)
    if one is None or other is None:
        return False
    return one[0] == other[0] if (one[1] is None) == (other[1] is None) else one[0].replace(tzinfo=None) == other[0].replace(tzinfo=None)


def _parsed(value: str) -> tuple[datetime, str | None] | None:
    """Return a moment and its zone as written; the forms are a script's, a mail's, ISO 8601's and that of PDF (ISO 32000-2 section 7.9.4)."""
    value = value.strip()[:80]
    for pattern, order in ((_SCRIPT, (2, 0, 1, 3, 4, 5)), (_MAIL, (2, 1, 0, 3, 4, 5)), (_ISO, range(6)), (_PDF, range(6))):
        found = pattern.match(value)
        if found is None:
            continue
        groups = found.groups()
        zone = groups[6] if pattern is not _PDF or groups[7] is None else f"{groups[7]}{groups[8] or '00'}"
        try:
            year, month, day, hour, minute, second = (
                _MONTHS.get((groups[place] or "0").lower()) or int(groups[place] or 0) for place in order
            )
            return datetime(year, month, day, hour, minute, second, tzinfo=_zone(zone)), zone
        except (ValueError, OverflowError):
            return None
    return None


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    digits = text.replace(":", "")
    if digits[:1] not in "+-":
        return timezone.utc  # noqa: UP017
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(-offset if digits[0] == "-" else offset)
