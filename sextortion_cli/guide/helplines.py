"""`guide help`: every line of a country with its hours, who answers now, in writing too, reporting and tipping apart, and how to tell a real helper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sextortion_cli.guide.first_minute import numbers_of, whose_numbers
from sextortion_cli.guide.lines import EMERGENCY, WRITTEN, HelpLine, Way, countries, country_name, printed
from sextortion_cli.guide.openhours import ALWAYS, DAYS, UNKNOWN
from sextortion_cli.words import N_, translator

Say = Callable[[str], str]
_DAYS = re.compile("|".join(DAYS))


def title(language: str) -> str:
    """Return what the screen is called."""
    return translator(language)(_TITLE)


def screen(language: str, country: str | None, basis: str, now: datetime) -> list[str]:
    """
    Return the lines of the screen, sentences that may be broken between words.

    Args:
        language: A language of the catalogues.
        country, basis: As `first_minute` takes them.
        now: The moment, with its zone.
    """
    country, basis = numbers_of(language, country, basis)
    say = translator(language)
    if country is None:
        known = ", ".join(f"{code} {say(country_name(code))}" for code in countries())
        return [say(_DANGER), f"  {say(_ANYWHERE)}", "", say(_CHOOSE), f"  {known}", "", *_real(say)]
    found = list(printed(country))
    return [
        whose_numbers(language, country, basis), "",
        *_emergency(say, found), "",
        *_now(say, found, now), "",
        *_sections(say, found, now),
        *_real(say), "",
        *_clock(say, found, now),
    ]  # fmt: skip


def records(language: str, country: str | None, basis: str, now: datetime) -> dict[str, Any]:
    """Return the same for machines: the country, how it is known, and every line with its ways and whether they answer now (null: not known)."""
    country, basis = numbers_of(language, country, basis)
    say = translator(language)
    return {
        "country": country,
        "basis": basis,
        "now": now.isoformat(timespec="minutes"),
        "lines": [
            {
                "kind": line.kind,
                "name": line.name,
                "text": None if line.text is None else say(line.text),
                "ways": [
                    {
                        "by": way.by,
                        "value": way.value,
                        "hours": way.hours.text,
                        "zone": line.zone,
                        "answers_now": way.answers(now, line.zone),
                    }
                    for way in line.ways
                ],
                "status": line.status,
                "checked": line.checked.isoformat(),
                "sources": [source.as_json() for source in line.sources],
            }
            for line in (printed(country) if country else ())
        ],
    }


def by_kind(kind: str) -> str:
    """Return what a kind of line is called, a message of the catalogue."""
    return _KIND.get(kind) or next(heading for heading, kinds, _end in _SECTIONS if kind in kinds)


def _emergency(say: Say, found: list[HelpLine]) -> list[str]:
    shown = [say(_DANGER)]
    for line in found:
        if line.kind in EMERGENCY:
            written = [f"{say(_BY[way.by])} {way.value}" for way in line.ways if way.by in WRITTEN]
            shown.append(f"  {line.phone}  {say(_KIND[line.kind])}" + (f" ({', '.join(written)})" if written else ""))
    return shown


def _now(say: Say, found: list[HelpLine], now: datetime) -> list[str]:
    """Return who answers at this moment: by phone, and in writing for who cannot speak aloud."""
    shown = [say(_ANSWER_NOW)]
    for heading, ways in ((_BY_PHONE, ("phone",)), (_IN_WRITING, WRITTEN)):
        adults, children = (_open(found, kinds, ways, now) for kinds in (_ADULTS, ("crisis-child",)))
        told = ([f"{', '.join(adults)}."] if adults else []) + ([say(_UNDER).format(child=", ".join(children))] if children else [])
        shown.append(f"  {say(heading)} {' '.join(told) or say(_NONE_KNOWN)}")
    return shown


def _open(found: list[HelpLine], kinds: tuple[str, ...], ways: tuple[str, ...], now: datetime) -> list[str]:
    """Return what can be reached at this moment, each once."""
    open_ = (way.value for line in found if line.kind in kinds for way in line.ways if way.by in ways and way.answers(now, line.zone))
    return list(dict.fromkeys(open_))


def _sections(say: Say, found: list[HelpLine], now: datetime) -> Iterator[str]:
    for heading, kinds, end in _SECTIONS:
        inside = [line for line in found if line.kind in kinds]
        if not inside and kinds[0] not in _ALSO_WITHOUT:
            continue
        yield say(heading)
        for line in inside:
            yield f"  {line.name}"
            for way in line.ways:
                yield f"    {say(_BY[way.by])} {way.value}{_state(say, line, way, now)}"
            if line.text:
                yield f"    {say(line.text)}"
        if end is not None:
            yield f"  {say(end)}"
        yield ""


def _state(say: Say, line: HelpLine, way: Way, now: datetime) -> str:
    """Return whether somebody answers now, and when."""
    if way.by == "web":
        return ""
    if way.hours.text == ALWAYS:
        return f": {say(_ALWAYS)}"
    if way.hours.text == UNKNOWN or line.zone is None:
        return f": {say(_HOURS_UNKNOWN)}"
    state = say(_OPEN_NOW if way.answers(now, line.zone) else _CLOSED_NOW)
    return f": {state} ({_hours(say, way)})"


def _hours(say: Say, way: Way) -> str:
    """Return opening hours with the days in words."""
    return _DAYS.sub(lambda day: say(_DAY[day[0]]), way.hours.text)


def _real(say: Say) -> list[str]:
    return [say(_REAL), *(f"  {say(text)}" for text in (_NOT_FIRST, _NEVER_ASKS, _CALL_BACK))]


def _clock(say: Say, found: list[HelpLine], now: datetime) -> list[str]:
    zone = next((line.zone for line in found if line.zone), None)
    if zone is None:
        return [say(_CHECKED).format(day=min(line.checked for line in found))]
    local = now.astimezone(ZoneInfo(zone))
    told = say(_CLOCK).format(day=say(_DAY[DAYS[local.weekday()]]), time=f"{local:%H:%M}", zone=zone)
    return [f"{told} {say(_HOLIDAYS)}", say(_CHECKED).format(day=min(line.checked for line in found))]


_TITLE = N_("Help now")
_DANGER = N_("In danger, or thinking of taking your life?")
_ANYWHERE = N_("Call 112, or the emergency number where you are.")
_CHOOSE = N_("Choose your country with --country CC. Known:")
_KIND = {"emergency-medical": N_("Ambulance"), "emergency-police": N_("Police")}
_ANSWER_NOW = N_("Who answers now?")
_BY_PHONE = N_("By phone:")
_IN_WRITING = N_("In writing, if you can't speak aloud:")
_UNDER = N_("Under 18: {child}.")
_NONE_KNOWN = N_("none that we know of.")
_ADULTS = ("crisis-adult", "support-no-report", "victim-support")
_BY = {"phone": N_("Phone"), "sms": N_("Text message"), "chat": N_("Chat"), "email": N_("E-mail"), "web": N_("Web page")}
#: Sections whose last sentence helps also where no line is known.
_ALSO_WITHOUT = ("police-report", "image-removal")
_SECTIONS = (
    (N_("Someone to talk to"), ("crisis-adult",), None),
    (N_("Under 18"), ("crisis-child",), None),
    (N_("Not ready to report?"), ("support-no-report", "victim-support"), None),
    (
        N_("To report it to the police"),
        ("police-report",),
        N_("It is done with the local police. You can ask first, and decide afterwards."),
    ),
    (N_("To give the police a tip"), ("police-tip",), N_("A tip is not a report.")),
    (N_("To have pictures removed"), ("image-removal",), N_("Save the address first, then have it removed.")),
)
_ALWAYS = N_("always open")
_OPEN_NOW = N_("open now")
_CLOSED_NOW = N_("closed now")
_HOURS_UNKNOWN = N_("opening hours not known")
_REAL = N_("Is it a real helper?")
_NOT_FIRST = N_("No helper, hotline or police contacts you first in a chat app.")
_NEVER_ASKS = N_("A real one never asks for money, passwords or codes.")
_CALL_BACK = N_("In doubt: hang up, and call a number on this page yourself.")
_CLOCK = N_("It is {day} {time} ({zone}).")
_HOLIDAYS = N_("Public holidays are not known here.")
_CHECKED = N_("The numbers were last checked on {day}.")
_DAY = {"mon": N_("mon"), "tue": N_("tue"), "wed": N_("wed"), "thu": N_("thu"), "fri": N_("fri"), "sat": N_("sat"), "sun": N_("sun")}
