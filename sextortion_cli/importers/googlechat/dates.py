"""
Dates of Google Chat's Takeout: words of the account's language around numbers, always UTC and saying so.

    Friday, May 29, 2026 at 3:00:29 AM UTC          (a narrow no-break space before AM)
    fredag 29. mai 2026 kl. 03:00:29 UTC
    2026年5月29日星期五 UTC 03:00:29
"""

from __future__ import annotations

import re
from datetime import datetime

from sextortion_cli.importers.jsonfields.moments import Moment, iso
from sextortion_cli.model.reading import Time

_LONGEST = 120
_MONTHS_OF = {
    1: "january januar januari janvier enero gennaio janeiro stycznia tammikuuta января ianuarie ledna január ocak",
    2: "february februar februari février fevrier febrero febbraio fevereiro lutego helmikuuta февраля februarie února február şubat",
    3: "march mars marts märz maart marzo março marca maaliskuuta марта martie března március mart",
    4: "april avril abril aprile kwietnia huhtikuuta апреля aprilie dubna április nisan",
    5: "may mai maj mei mayo maggio maio maja toukokuuta мая května május mayıs",
    6: "june juni juin junio giugno junho czerwca kesäkuuta июня iunie června június haziran",
    7: "july juli juillet julio luglio julho lipca heinäkuuta июля iulie července július temmuz",
    8: "august augusti août agosto augustus sierpnia elokuuta августа srpna augusztus ağustos",
    9: "september septembre septiembre settembre setembro września syyskuuta сентября septembrie září szeptember eylül",
    10: "october oktober octobre octubre ottobre outubro października lokakuuta октября octombrie října október ekim",
    11: "november novembre noviembre novembro marraskuuta ноября noiembrie listopadu kasım",
    12: "december desember dezember décembre diciembre dicembre dezembro grudnia joulukuuta декабря decembrie prosince aralık",
}
# A Polish word for November is left out, because it is October in Croatian: such a date stays unread rather than guessed.
_MONTHS = {word: number for number, words in _MONTHS_OF.items() for word in words.split()}
_CLOCK = re.compile(r"(?<!\d)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})[:.](?P<second>\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_WORD = re.compile(r"[^\W\d_]{1,20}")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_EAST = re.compile(r"(?P<year>\d{4})[年년] ?(?P<month>\d{1,2})[月월] ?(?P<day>\d{1,2})[日일]")
_AFTERNOON = frozenset(("pm", "em", "下午", "午後", "오후"))
_MORNING = frozenset(("am", "fm", "上午", "午前", "오전"))


def moment(written: str) -> Moment:
    """Return the moment that a date says; with ``unreadable-time`` where its words are not known or it names no UTC."""
    unread = Moment(Time(written), None, ("unreadable-time",))
    clock = _CLOCK.search(written) if len(written) <= _LONGEST else None
    if clock is None or "UTC" not in written:
        return unread
    rest = f"{written[: clock.start()]} {written[clock.end() :]}"
    words = [word.casefold().replace(".", "") for word in _WORD.findall(rest.replace("a.m.", "am").replace("p.m.", "pm"))]
    day = _day(rest, words)
    if day is None:
        return unread
    hour = int(clock["hour"])
    if _AFTERNOON & set(words) and hour < 12:
        hour += 12
    elif _MORNING & set(words) and hour == 12:
        hour = 0
    try:
        local = datetime(*day, hour, int(clock["minute"]), int(clock["second"]))  # noqa: DTZ001 - its text says UTC
    except ValueError:
        return unread
    found = iso(f"{local.isoformat()}Z")
    return Moment(Time(written, None, found.time.utc, "explicit"), found.seconds)


def _day(text: str, words: list[str]) -> tuple[int, int, int] | None:
    east = _EAST.search(text)
    if east is not None:
        return int(east["year"]), int(east["month"]), int(east["day"])
    months = {_MONTHS[word] for word in words if word in _MONTHS}
    years, days = _YEAR.findall(text), _DAY.findall(text)
    if len(months) != 1 or len(years) != 1 or len(days) != 1:
        return None
    return int(years[0]), months.pop(), int(days[0])
