"""How Threema's text exports are built: brackets on Android, arrows on an iPhone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sextortion_cli.importers.whatsapp.attached import media_of
from sextortion_cli.model.reading import Attachment

#: Android: date and time in the form of the phone, without seconds.
BRACKET = re.compile(r"\[(?P<date>[^\[\]\n]{8,40}\d[^\[\]\n]{0,12})\] ")
#: iPhone: arrows for received and sent, a long date with seconds and the zone, and sometimes who wrote.
ARROW = re.compile(
    r"(?P<way><<<|>>>) (?P<date>[^\n]{8,60}?\d{1,2}[:.]\d\d[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: (?P<zone>[A-Z]{2,5}(?:[+-]\d{1,2}(?::?\d\d)?)?))?)(?P<who> [^:\n]{1,80})?: ?"
)
#: What the account owner is called in the languages of the app.
OWN = frozenset(["Me", "Ich", "Meg", "Jeg", "Jag", "Mig", "Moi", "Yo", "Io", "Eu", "Ik", "Ja", "Jo", "Já", "Я", "Én", "Minä", "Ben", "我"])
_SECONDS = re.compile(r"[ ,\u00a0\u202f]\d{1,2}[:.]\d\d[:.]\d\d(?!\d)")
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_FILE = re.compile(rf" ?<(?P<name>{_UUID}\.\w{{2,5}}|[0-9a-f]{{16}}-[^<>\n]{{1,200}}|[^<>\n:/]{{1,200}}\.\w{{2,5}})>\Z")
_PLACE = re.compile(r" ?<(?P<place>geo:[^<>\n]{3,200})>\Z")
_NAMED = re.compile(r"(?P<words>[^\s()]{1,40}(?: [^\s()]{1,20})?) \((?P<name>[0-9a-z\-]{8,60}\.\w{2,5})\)\Z")
_ID = re.compile(r"(?P<name>.{0,80}?) ?\((?P<id>[0-9A-Z*][0-9A-Z]{7})\)\Z")
ZONES = {"UTC": "+0000", "GMT": "+0000", "WET": "+0000", "WEST": "+0100", "CET": "+0100", "MEZ": "+0100", "CEST": "+0200", "MESZ": "+0200", "EET": "+0200", "EEST": "+0300"}  # fmt: skip


def is_threema(lines: Iterable[str]) -> bool:
    """
    Say whether bracketed headers are Threema's and not WhatsApp's, which have the same form on an iPhone.

    WhatsApp always writes seconds between brackets, and names the account owner; Threema writes none, and "Me" or a file name of its own.
    """
    headers = own = files = 0
    for line in lines:
        line = line.lstrip("\ufeff").rstrip("\r")
        found = BRACKET.match(line)
        if found is None:
            continue
        if _SECONDS.search(found["date"]):
            return False
        headers += 1
        own += line[found.end() :].partition(": ")[0] in OWN
        files += bool(re.search(rf"<{_UUID}\.\w{{2,5}}>\Z", line))
    return bool(headers) and (own > 0 or files > 0)


def zone_of(words: str | None) -> str | None:
    """Return the offset (``+0100``) that the letters of a zone stand for, where they can stand for only one."""
    if words is None:
        return None
    found = re.match(r"(?:GMT|UTC)(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?\Z", words)
    if found is not None:
        return f"{found['sign']}{int(found['hours']):02d}{found['minutes'] or '00'}"
    return ZONES.get(words)


def file_of(text: str) -> tuple[Attachment, ...]:
    """Return the file or place a text names at its end."""
    last = text.rpartition("\n")[2]
    if (found := _FILE.search(last)) is not None:
        return (Attachment(found["name"], media_of(found["name"]), (last[: found.start()] or None)),)
    if (found := _PLACE.search(last)) is not None:
        return (Attachment(media="location", note=found["place"]),)
    if (found := _NAMED.match(last)) is not None and "\n" not in text:
        return (Attachment(found["name"], media_of(found["name"]), found["words"]),)
    return ()


def person(name: str) -> tuple[str, str | None]:
    """Return a name and the Threema ID in brackets behind it, where there is one."""
    found = _ID.match(name)
    return (found["name"] or found["id"], found["id"]) if found else (name, None)
