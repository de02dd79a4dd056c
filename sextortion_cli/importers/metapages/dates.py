"""
Times as these pages write them, in the language of the account: ``Oct 19, 2019, 2:37 PM``, ``fredag 4. oktober 2013 kl. 22.05 UTC+02``.

A time is read only when every word of it is understood: a month whose name means one month in all the languages known here, one year,
one day, and a clock whose half of the day is certain. Everything else stays as written.
"""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from sextortion_cli.model.reading import Time, TimePrecision

_CLOCK: Final = re.compile(r"(?<![0-9.:+-])([0-2]?[0-9])[:.]([0-5][0-9])(?:[:.]([0-5][0-9]))?(?![0-9.:])", re.ASCII)
_HALF: Final = re.compile(r"([ap])\.? ?m\b\.?|da (manhã|tarde)\b", re.IGNORECASE)
_OFFSET: Final = re.compile(r"(?:UTC|GMT)(?: ?([+-])([01]?[0-9])(?::?([0-5][0-9]))?)?\Z", re.ASCII)
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\Z", re.ASCII)
_DOTS: Final = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})\Z", re.ASCII)
_SLASHES: Final = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})\Z", re.ASCII)
_WORD: Final = re.compile(r"[^\W\d_]+|[0-9]+", re.UNICODE)
_LONGEST = 80
_YEARS = range(2003, 2100)  # Facebook opened in 2004; a year of another calendar lies outside

_NAMES: Final = (
    "january jan januar januari janvier janv enero ene janeiro gennaio gen tammikuuta tammi tammikuu",
    "february feb februar februari février févr fév febrero fevereiro fev febbraio febr helmikuuta helmi helmikuu",
    "march mar mars märz mär mrz marzo março maart mrt marts maaliskuuta maalis maaliskuu",
    "april apr avril avr abril abr aprile huhtikuuta huhti huhtikuu",
    "may mai maj mayo maio maggio mag mei toukokuuta touko toukokuu",
    "june jun juni juin junio junho giugno giu kesäkuuta kesä kesäkuu",
    "july jul juli juillet juil julio julho luglio lug heinäkuuta heinä heinäkuu",
    "august aug august augusti août agosto ago augustus elokuuta elo elokuu",
    "september sep sept septembre septiembre setembro set settembre syyskuuta syys syyskuu",
    "october oct oktober okt octobre octubre outubro out ottobre ott lokakuuta loka lokakuu",
    "november nov novembre noviembre novembro marraskuuta marras marraskuu",
    "december dec desember des dezember dez décembre déc diciembre dic dezembro dicembre joulukuuta joulu joulukuu",
)
_MONTHS: Final = {word: number for number, words in enumerate(_NAMES, 1) for word in words.split()}
_JOINERS: Final = frozenset(
    [
        "a",
        "alle",
        "as",
        "at",
        "av",
        "d",
        "de",
        "del",
        "den",
        "der",
        "el",
        "en",
        "h",
        "i",
        "kl",
        "klo",
        "klokken",
        "la",
        "las",
        "le",
        "o",
        "of",
        "om",
        "ore",
        "the",
        "um",
        "à",
        "às",
    ]
)
_AFTER: Final = frozenset(("uhr", "h"))
#: Names of zones that mean one offset wherever they are used, in minutes.
_ZONES: Final = {"PDT": -420, "MDT": -360, "EDT": -240, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180}
_LETTERS: Final = re.compile(r"[A-Z]{2,5}\Z")


@functools.lru_cache(maxsize=4096)
def read_time(text: str, order: str | None) -> tuple[Time, str | None]:
    """
    Return the time that `text` says, and what is open about it.

    Args:
        text: As it stands on the page.
        order: The stated order of numbers in a date (``dmy``, ``mdy``, ``ymd``), or None.

    Returns:
        The time, and ``unreadable-time``, ``date-order-ambiguous``, ``zone-abbreviation`` or None.
    """
    plain = " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())
    unread = Time(text), "unreadable-time"
    clocks = list(_CLOCK.finditer(plain)) if len(plain) <= _LONGEST else []
    if not clocks:
        return unread
    clock = clocks[-1]
    date = _date(plain[: clock.start()].strip(" ,"), order)
    rest = _rest(plain[clock.end() :].strip(" ,."))
    if date is None or rest is None:
        return unread
    if isinstance(date, str):
        return Time(text), "date-order-ambiguous"
    (year, month, day), (half, zone) = date, rest
    hour = _hour(int(clock[1]), half)
    if hour is None:
        return unread
    try:
        moment = datetime(year, month, day, hour, int(clock[2]), int(clock[3] or 0))  # noqa: DTZ001
        local = moment.isoformat()
        precision: TimePrecision = "second" if clock[3] else "minute"
        if zone is None:
            return Time(text, local, precision=precision), None
        if zone == "letters":
            return Time(text, local, None, "ambiguous", precision), "zone-abbreviation"
        utc = moment.replace(tzinfo=timezone(timedelta(minutes=int(zone)))).astimezone(UTC)
    except (ValueError, OverflowError):
        return unread
    return Time(text, local, utc.strftime("%Y-%m-%dT%H:%M:%SZ"), "explicit", precision), None


def _date(text: str, order: str | None) -> tuple[int, int, int] | str | None:
    """Return year, month and day; ``order`` when the order of numbers decides and is not known; None when a word is not understood."""
    if found := _ISO.match(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DOTS.match(text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _SLASHES.match(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first > 12 or order == "dmy":
            return year, second, first
        return (year, first, second) if second > 12 or order == "mdy" else "order"
    parts = _WORD.findall(text)
    months = [_MONTHS[part.lower()] for part in parts if part.lower() in _MONTHS]
    numbers = [part for part in parts if part.isdecimal()]
    years = [int(part) for part in numbers if len(part) == 4]
    days = [int(part) for part in numbers if len(part) <= 2]
    strange = [
        part
        for place, part in enumerate(parts)
        if place and not part.isdecimal() and part.lower() not in _MONTHS and part.lower() not in _JOINERS
    ]  # the first word may be a day of the week in any language
    if len(months) != 1 or len(years) != 1 or len(days) != 1 or len(numbers) != 2 or strange or years[0] not in _YEARS:
        return None
    return years[0], months[0], days[0]


def _rest(text: str) -> tuple[str | None, int | str | None] | None:
    """Return the half of the day (``a``, ``p``) and the zone in what stands behind the clock; None when a word is not understood."""
    half = None
    if found := _HALF.match(text):
        half = "a" if (found[1] or "").lower() == "a" or (found[2] or "").lower() == "manhã" else "p"
        text = text[found.end() :].strip(" ,.")
    if text.lower() in _AFTER or not text:
        return half, None
    if offset := _OFFSET.match(text):
        minutes = int(offset[2] or 0) * 60 + int(offset[3] or 0)
        return half, -minutes if offset[1] == "-" else minutes
    if text in _ZONES:
        return half, _ZONES[text]
    return (half, "letters") if _LETTERS.match(text) else None


def _hour(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour if hour < 24 else None
    return None if not 1 <= hour <= 12 else hour % 12 + (12 if half == "p" else 0)


def looks_like_time(text: str) -> bool:
    """Say whether a short text holds a year and a clock, as every time on these pages does in every language."""
    return (
        len(text) <= _LONGEST
        and _CLOCK.search(text) is not None
        and re.search(r"(?<![0-9])(?:19|20|25)[0-9]{2}(?![0-9])", text) is not None
    )
