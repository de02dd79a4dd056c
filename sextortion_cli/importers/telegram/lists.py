"""
The pages of a full HTML export that hold no messages: ``lists/sessions.html``, ``lists/contacts.html``, ``export_results.html`` and others.

Each entry is a fact. The addresses on the pages of sessions are those of the account's owner, never of the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.markup.between import Between
from sextortion_cli.importers.markup.elements import Element, parse
from sextortion_cli.importers.markup.page import Built, walk
from sextortion_cli.importers.markup.segments import Segment
from sextortion_cli.importers.markup.words import decoded, shown
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.telegram.pagecodes import HEADER, LISTED, OPENING, PAGE_DEFECTS, PAGE_RULES
from sextortion_cli.importers.telegram.sections import SECTIONS
from sextortion_cli.model.reading import Fact, Record

ENTRY: Final = re.compile(
    rb'<(?:div|a) class="(?:personal_info clearfix|entry(?: block_link)? clearfix|section block_link [^"<>]*+)"[^<>]*+>'
)
"""The tag that opens an entry of a list."""
_PAGES: Final = {
    "Sessions": SECTIONS["sessions"],
    "Web sessions": SECTIONS["web_sessions"],
    "Contacts": SECTIONS["contacts"],
    "Frequent contacts": SECTIONS["frequent_contacts"],
    "Profile pictures": SECTIONS["profile_pictures"],
    "Stories archive": SECTIONS["stories"],
    "Exported Data": SECTIONS["personal_information"],
}
_ADDRESS: Final = re.compile(r"([0-9A-Fa-f.:]{3,45}) \u2013 (.*)\Z", re.DOTALL)
_NAMED: Final = {"Last active": "last_active", "Created": "created"}
_SPACE = " \t\r\n\f"


def is_list(head: bytes) -> bool:
    """Say whether a page is one of these."""
    if b'class="page_wrap' not in head or b'class="history' in head or OPENING.search(head) is not None:
        return False
    return ENTRY.search(head) is not None


def facts(source: Source, head: bytes) -> Iterator[Record]:
    """Yield the entries of a page as facts."""
    header = PAGE_RULES[HEADER].search(head)
    title = decoded(header["name"]).strip() if header else ""
    section = _PAGES.get(title, Section("listed-conversation" if title == "Chats" else "list-entry", "unknown"))
    known = {code: rule for code, rule in PAGE_RULES.items() if code in LISTED}

    def entry(data: bytes, segment: Segment) -> Built:
        root = parse(data, tag=segment.tag)
        element = root.elements[0]
        kind = "export-section" if "section" in element.classes else section.kind
        values = _values(data, element, is_session=section.kind.endswith("session"))
        fact = Fact(segment.start, segment.start + element.end, kind, section.of, line=segment.line, values=values)
        return Built([fact], element.end)

    yield from walk(source, ENTRY, Between(known, PAGE_DEFECTS["unread-text"]), entry, lambda: None, PAGE_DEFECTS)


def _values(data: bytes, element: Element, *, is_session: bool) -> dict[str, str]:
    """Return what an entry says, line by line."""
    found: dict[str, str] = {}
    if href := element.get(b"href"):
        found["page"] = href.removesuffix("#allow_back")
    stack = list(reversed(element.elements))
    while stack:
        part = stack.pop()
        classes = part.classes
        text = shown(data, part).strip(_SPACE)
        if "userpic_wrap" in classes:
            continue
        if "row" in classes:
            label = next((shown(data, cell).strip(_SPACE) for cell in part.elements if "label" in cell.classes), "row")
            _say(found, label, next((shown(data, cell).strip(_SPACE) for cell in part.elements if "value" in cell.classes), text))
        elif classes & {"name", "subname", "text", "label", "counter", "info"} and "rows" not in classes:
            _say(found, next(name for name in ("subname", "name", "text", "label", "counter", "info") if name in classes), text)
        elif "details_entry" in classes:
            _detail(found, text, is_session=is_session)
        elif part.elements:
            stack += reversed(part.elements)
        else:
            _say(found, "other", text)
    return found


def _detail(found: dict[str, str], text: str, *, is_session: bool) -> None:
    address = _ADDRESS.match(text) if is_session else None
    name, colon, rest = text.partition(": ")
    if address is not None:
        _say(found, "last_ip", address[1])
        _say(found, "last_region", address[2].strip())
    elif colon and name in _NAMED:
        _say(found, _NAMED[name], rest)
    else:
        _say(found, "details", text)


def _say(found: dict[str, str], key: str, text: str) -> None:
    number, name = 1, key
    while name in found:
        number += 1
        name = f"{key}#{number}"
    if text:
        found[name] = text
