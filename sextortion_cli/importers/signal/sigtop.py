"""How sigtop writes messages as text: long, with fields, and short, one line each."""

from __future__ import annotations

import re
from typing import NamedTuple

from sextortion_cli.importers.lines.moments import zoned
from sextortion_cli.importers.lines.months import month_of
from sextortion_cli.model.reading import Attachment, Reaction, Time

FIELD = re.compile(r"(?P<name>Conversation|From|Type|Sent|Received|Attachment|Reaction|Edited): (?P<value>[^\n]{0,2000})\Z")
TYPE = re.compile(r"Type: [a-z0-9\-]{1,40}\Z")
SHORT = re.compile(r"(?P<date>\d{4}-\d\d-\d\d \d\d:\d\d|unknown) (?P<name>[^:\n]{1,120}):(?: |\Z)")
_NOTE = re.compile(
    r"\[(?P<note>(?:reply to [^\[\]\n]{1,160} on (?:\d{4}-\d\d-\d\d \d\d:\d\d|unknown)|edited|\d{1,4} attachments?)(?:, (?:edited|\d{1,4} attachments?)){0,2}|[a-z0-9\-]{1,40} message)\](?: |\Z)"
)
_SENT = re.compile(
    r"[A-Z][a-z]{2}, (?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2}) (?P<year>\d{4}) (?P<clock>\d\d:\d\d:\d\d) (?P<zone>[+-]\d{4})\Z"
)
_FILE = re.compile(r"(?P<name>.{0,1000}?) \((?P<type>[^()\s,]{0,100})(?:, (?P<size>-?\d{1,20}) bytes)?\)\Z")
_FROM = re.compile(r"(?P<name>.{1,300}?) \((?P<detail>[^()]{1,120})\)\Z")
_REACTION = re.compile(r"(?P<emoji>\S{1,40}) from (?P<who>.{1,300})\Z")


class Entry(NamedTuple):
    """One message: its fields in the order of the file, what it quotes, its earlier versions, and what was written (last)."""

    fields: tuple[tuple[str, str], ...]
    quote: str
    versions: str
    text: str


def entry_of(raw: str) -> Entry:
    """Take a message of the long form apart; `raw` has bare line feeds."""
    lines = raw.rstrip("\n").split("\n")
    fields: list[tuple[str, str]] = []
    at = 0
    while at < len(lines) and (found := FIELD.match(lines[at])) is not None:
        fields.append((found["name"], found["value"]))
        at += 1
    parts: dict[str, list[str]] = {">": [], "|": []}
    for mark, opening in ((">", "> From: "), ("|", "| Version: ")):
        if at + 1 < len(lines) and not lines[at] and lines[at + 1].startswith(opening):
            at += 1
            while at < len(lines) and lines[at].startswith(mark):
                parts[mark].append(lines[at][1:].removeprefix(" "))
                at += 1
    if at < len(lines) and not lines[at]:
        at += 1
    text = "\n".join(lines[at:])
    return Entry(tuple(fields), "\n".join(parts[">"]), "\n".join(parts["|"]), text or _newest(parts["|"]))


def _newest(versions: list[str]) -> str:
    """Return what the first of several versions says, which is the newest: it stands behind its fields and an empty line."""
    end = next((index for index, line in enumerate(versions) if index and line.startswith("Version: ")), len(versions))
    own = versions[:end]
    start = next((index for index, line in enumerate(own) if not line), len(own))
    while start < len(own) and start + 1 < len(own) and own[start + 1].startswith(">"):  # what it answers stands before it
        start = next((index for index in range(start + 1, len(own)) if not own[index]), len(own))
    return "\n".join(own[start + 1 :]).rstrip("\n")


def time_of(written: str) -> Time:
    """Return the time of ``Thu, 12 Mar 2026 21:05:33 +0100``."""
    found = _SENT.match(written)
    month = month_of(found["month"]) if found else None
    if found is None or month is None:
        return Time(written)
    return zoned(written, f"{found['year']}-{month:02d}-{int(found['day']):02d}T{found['clock']}", found["zone"])


def file_of(written: str) -> tuple[Attachment, str]:
    """Return an attachment and its stated type and size."""
    found = _FILE.match(written)
    if found is None:
        return Attachment(written), ""
    family = found["type"].partition("/")[0]
    name = None if found["name"] == "no filename" else found["name"]
    note = "no filename" if name is None else None
    return Attachment(
        name, family if family in ("image", "video", "audio") else "document", note
    ), f"{found['type']}, {found['size']} bytes"


def person_of(written: str) -> tuple[str, str | None]:
    """Return a name, and the number or id in brackets behind it."""
    found = _FROM.match(written)
    if found is None:
        return written, None
    return found["name"], None if found["detail"] == "group" else found["detail"]


def reaction_of(written: str) -> Reaction | None:
    """Return ``👍 from Kari``, None when it is something else."""
    found = _REACTION.match(written)
    return None if found is None else Reaction(found["emoji"], found["who"])


def note_of(text: str) -> tuple[str, int]:
    """Return the note in brackets that the short form puts before a text, and where the text begins."""
    found = _NOTE.match(text)
    return (found["note"], found.end()) if found else ("", 0)
