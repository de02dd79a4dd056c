"""Ids that count the time they were given: an independent look at when a message was sent."""

from __future__ import annotations

import msgspec

from sextortion_cli.importers.jsonfields.moments import Moment
from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Time

DISCORD = 1_420_070_400_000
X = 1_288_834_974_657
"""Milliseconds since 1970 at which the service began to count."""
_DIGITS = 20


def seconds_of(identity: object, epoch: int) -> int | None:
    """Return the second since 1970 at which `identity` was given; None when it is no such id."""
    text = str(identity) if isinstance(identity, int | str) and not isinstance(identity, bool) else ""
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        return None
    stamp = int(text) >> 22
    return (stamp + epoch) // 1000 if stamp and int(text) < 1 << 64 else None


def checked(moment: Moment | None, identity: object, epoch: int, tolerance: int = 1) -> Moment | None:
    """
    Return `moment` after a look at the id beside it.

    A time without a zone that equals the id's is UTC. Codes: ``id-unreadable`` and ``time-disagrees``.
    """
    counted = seconds_of(identity, epoch)
    if moment is None:
        return None
    if counted is None:
        return msgspec.structs.replace(moment, problems=(*moment.problems, "id-unreadable"))
    utc = utc_text(counted)
    if moment.seconds is None and moment.time.local is not None and utc is not None and f"{moment.time.local}Z" == utc:
        return Moment(Time(moment.time.as_written, None, utc, "explicit"), counted, moment.problems)
    if moment.seconds is not None and abs(moment.seconds - counted) > tolerance:
        return msgspec.structs.replace(moment, problems=(*moment.problems, "time-disagrees"))
    return moment
