"""Local times to UTC, in a zone somebody stated; a time that happened twice or never is left open, with both candidates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sextortion_cli.model.reading import Message, Record, Time

_HOUR = len("2026-03-12T21")


def zone(name: str) -> ZoneInfo:
    """
    Return the zone with an IANA name.

    Raises:
        ValueError: There is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("unknown time zone") from None


def utc_text(seconds: int) -> str:
    """
    Return seconds since 1970 as RFC 3339 UTC.

    Raises:
        ValueError: It is not in the years 1 to 9999.
    """
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except OverflowError:
        raise ValueError("out of range") from None


class TimeNormaliser:
    """
    Applies one stated zone to messages.

    The offset of a zone is constant within nearly every hour of local time, so it is looked up once per hour; hours in which it
    changes are looked up time by time.

    Args:
        name: IANA name, or None when nobody stated a zone.

    Raises:
        ValueError: The zone is unknown.
    """

    def __init__(self, name: str | None) -> None:
        self._zone = None if name is None else zone(name)
        self._hours: dict[str, tuple[str, int] | None] = {}
        self._known: dict[str, Time] = {}

    def settle(self, records: Iterable[Record]) -> None:
        """Set `Time.utc` of the messages among `records` where the stated zone settles it."""
        known = self._known
        for record in records:
            if type(record) is Message and (time := record.time) is not None and time.basis != "explicit":
                found = known.get(time.as_written)
                if found is None or found.local != time.local or found.precision != time.precision:
                    found = self.at(time)
                record.time = found

    def at(self, time: Time) -> Time:
        """Return `time` with its UTC where the stated zone settles it, itself where that cannot be or the file settled it."""
        if self._zone is None or time.local is None or time.basis in ("explicit", "ambiguous") or time.precision == "day":
            return time
        if len(self._known) > 4096:
            self._known.clear()
        found = self._known[time.as_written] = self._settle(time)
        return found

    def _settle(self, time: Time) -> Time:
        local = time.local or ""
        hour = local[:_HOUR]
        if hour not in self._hours:
            if len(self._hours) > 4096:
                self._hours.clear()
            self._hours[hour] = self._hour(hour)
        known = self._hours[hour]
        if known is not None:  # the hour and minutes in UTC differ only by whole minutes from the local ones
            base, minutes = known
            if minutes == 0:
                return Time(time.as_written, local, f"{base}{local[_HOUR:]}Z", "stated", time.precision)
        return self._one(time)

    def _hour(self, hour: str) -> tuple[str, int] | None:
        """Return the UTC hour of a local hour with one offset of whole hours, else None."""
        assert self._zone is not None
        try:
            first = datetime.fromisoformat(f"{hour}:00:00").replace(tzinfo=self._zone)
            last = datetime.fromisoformat(f"{hour}:59:59").replace(tzinfo=self._zone)
            offsets = {moment.replace(fold=fold).utcoffset() for moment in (first, last) for fold in (0, 1)}
            before = (first - timedelta(hours=1)).utcoffset()
            after = (last + timedelta(hours=1)).utcoffset()
            offset = first.utcoffset()
            if len(offsets) != 1 or offset is None or {before, after} != {offset} or offset.total_seconds() % 3600:
                return None
            return (first.replace(tzinfo=None) - offset).isoformat()[:_HOUR], 0
        except (ValueError, OverflowError):
            return None

    def _one(self, time: Time) -> Time:
        assert self._zone is not None
        try:
            naive = datetime.fromisoformat(time.local or "")
            early, late = (self._utc(naive, fold) for fold in (0, 1))
        except (ValueError, OverflowError):
            return time
        if early == late:
            return Time(time.as_written, time.local, _text(early), "stated", time.precision)
        return Time(time.as_written, time.local, None, "ambiguous", time.precision, tuple(sorted((_text(early), _text(late)))))

    def _utc(self, naive: datetime, fold: int) -> datetime:
        offset = naive.replace(tzinfo=self._zone, fold=fold).utcoffset() or timedelta(0)
        return naive.replace(tzinfo=timezone(offset)).astimezone(UTC)


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
