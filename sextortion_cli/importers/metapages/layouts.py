"""
How one page writes its messages, found from its beginning by structure: a name, what was written, a time.

The names of classes change every year or two; that a message is one element with a sender first and a time last does not. Only the oldest
pages (until 2018) are known by their classes.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import msgspec

from sextortion_cli.importers.markup.elements import Element, TooManyError, parse
from sextortion_cli.importers.markup.tags import BLANK
from sextortion_cli.importers.markup.words import decoded
from sextortion_cli.importers.metapages.dates import looks_like_time

_SAMPLE = 256 << 10
_LONGEST_NAME = 300
_OLD: Final = re.compile(rb'<div class="message"(?:\s[^<>]*+)?+>')
_BARE: Final = re.compile(rb"<div><div>(?=[^<\s])")
#: Names of classes that no other service's pages have; they tell whose page it is, never what a part of it means.
_MARKS: Final = re.compile(rb"[\" ](?:_a6-[a-z]|_3-9[456]|_2ph[_-]|_2let|_2lem|_a72d|uiBoxWhite)[\" ]")
_PARTICIPANTS: Final = re.compile(
    r"\A\s*(?:Participants|Deltakere|Deltagare|Deltagere|Teilnehmer|Participantes|Partecipanti|Deelnemers|Osallistujat)\s*:", re.IGNORECASE
)


class Layout(msgspec.Struct, frozen=True):
    """
    How a page is laid out.

    Attributes:
        opening: The tag that opens a message.
        is_old: The layout until 2018, where what was written stands behind the message's element.
        sender, time: Name and class of the elements for sender and time inside a message.
        is_certain: The page itself says that it is a conversation.
        is_known: It has names of classes as this service writes them.
    """

    opening: re.Pattern[bytes]
    is_old: bool = False
    sender: tuple[bytes, str] = (b"", "")
    time: tuple[bytes, str] = (b"", "")
    is_certain: bool = True
    is_known: bool = True


def kind_of(element: Element) -> tuple[bytes, str]:
    """Return what an element is like: its name and its class, exactly as written."""
    return element.name, element.get(b"class") or ""


def layout_of(head: bytes) -> Layout | None:
    """Return the layout of a page from its first bytes, or None when it holds no messages of this service."""
    if b'class="message_header"' in head and _OLD.search(head):
        return Layout(_OLD, is_old=True)
    body = re.search(rb"<body(?:\s[^<>]*+)?+>", head)
    if body is None:
        return None
    sample = head[body.start() : body.start() + _SAMPLE]
    try:
        root = parse(sample)
    except TooManyError:
        return None
    found = [(element, parts) for element in root.walk() if (parts := triple(sample, element)) is not None]
    if not found:
        return None
    # Most of a page's triples are its messages, whatever else is built alike.
    (kind, _), *_ = Counter(kind_of(element) for element, _ in found).most_common(1)
    alike = [(element, parts) for element, parts in found if kind_of(element) == kind]
    opening = _opening(sample, alike[0][0])
    if opening is None:
        return None
    sender, time = alike[0][1]
    return Layout(
        opening, False, kind_of(sender), kind_of(time), _is_conversation(head, sample, root, alike), _MARKS.search(head) is not None
    )


def triple(data: bytes, element: Element) -> tuple[Element, Element] | None:
    """Return the elements for sender and time of an element that is built as a message, else None."""
    parts = element.elements
    if len(parts) < 3 or any(node.name is None and not BLANK.fullmatch(data, node.start, node.end) for node in element.nodes):
        return None
    sender, time = single(data, parts[0]), single(data, parts[-1])
    if not sender or not time or len(sender) > _LONGEST_NAME or looks_like_time(sender) or not looks_like_time(time):
        return None
    return parts[0], parts[-1]


def single(data: bytes, element: Element) -> str | None:
    """Return the text of an element that holds one stretch of text and nothing else to see; None for any other."""
    found: list[str] = []
    for below in element.walk():
        if below.name in (b"a", b"img", b"video", b"audio", b"ul"):
            return None
        found += [text for node in below.nodes if node.name is None and (text := decoded(data[node.start : node.end]).strip())]
    return found[0] if len(found) == 1 else None


def _opening(data: bytes, element: Element) -> re.Pattern[bytes] | None:
    """Return what the opening tags of such elements have in common: their name and class; for bare ones what follows."""
    written = re.match(rb'<[A-Za-z0-9]++(?:\s[^<>]*?)?\sclass="([^"<>]*+)"[^<>]*+>', data[element.start : element.inner])
    if written is not None:
        name, value = re.escape(element.name), re.escape(written[1])
        return re.compile(rb"<" + name + rb'\s(?:[^<>]*?\s)?class="' + value + rb'"[^<>]*+>')
    return _BARE if _BARE.match(data, element.start) else None


def _is_conversation(head: bytes, data: bytes, root: Element, alike: list[tuple[Element, tuple[Element, Element]]]) -> bool:
    """Say whether the page says who talks, is named after one who does, or names files of a conversation."""
    senders = {single(data, sender) for _, (sender, _) in alike}
    if any(_PARTICIPANTS.match(text) for element in root.walk() if (text := single(data, element))):
        return True
    title = re.search(rb"<title(?:\s[^<>]*+)?+>([^<]{1,4096}+)</title>", head)
    if _MARKS.search(head) is None:
        return False
    if title is not None and decoded(title[1]).strip() in senders:
        return True
    files = (element.get(name) or "" for element in root.walk() for name in (b"src", b"href"))
    return any("messages/" in name and "://" not in name for name in files)
