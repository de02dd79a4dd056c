"""
The two layouts of Snapchat's pages.

Cards (``html/chat_history/subpage_*.html``): one page a conversation, each message an element with the user name in ``h4``, the kind of
message, what was written in ``p``, and the time in ``h6``. Rows (``chat_history.html``, until about 2023): tables of what was received and
sent, a row with name, kind and time, and what was written in the row behind it.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from sextortion_cli.importers.markup.elements import Element, TooManyError, parse

_SAMPLE = 256 << 10
_ROW: Final = re.compile(
    rb"<tr(?:\s[^<>]*+)?+>(?=\s*+<td(?:\s[^<>]*+)?+>[^<]{0,200}+</td>\s*+<td(?:\s[^<>]*+)?+>\s*+[A-Z][A-Z_ ]{2,40}\s*+</td>\s*+"
    rb"<td(?:\s[^<>]*+)?+>\s*+[0-9]{4}-[0-9]{2}-[0-9]{2} )"
)
_TO_NAME: Final = rb"[^<>]*+>(?=(?:\s*+<(?:div|span)(?:\s[^<>]*+)?+>){0,4}\s*+<h4[\s>])"


class Layout(msgspec.Struct, frozen=True):
    """
    How a page is laid out.

    Attributes:
        opening: The tag that opens a message.
        is_rows: Messages are rows of tables.
    """

    opening: re.Pattern[bytes]
    is_rows: bool


def layout_of(head: bytes) -> Layout | None:
    """Return the layout of a page from its first bytes, or None when it holds no messages of this service."""
    if _ROW.search(head):
        return Layout(_ROW, True)
    if b"rightpanel" not in head or b"<h4" not in head:
        return None
    start = head.find(b"<body")
    sample = head[max(start, 0) : max(start, 0) + _SAMPLE]
    sample = sample[sample.find(b"<") :] if b"<" in sample else sample
    try:
        root = parse(sample, siblings=start < 0)
    except TooManyError:
        return None
    panel = root.first("rightpanel")
    cards = [] if panel is None else [card for card in panel.elements if is_card(card)]
    if not cards:
        return None
    tags = [sample[card.start : card.inner - 1] for card in cards]
    opening = re.compile(re.escape(_common(tags)) + _TO_NAME)
    found = [match.start() for match in opening.finditer(sample)]
    return Layout(opening, False) if [place for place in found if place <= cards[-1].start] == [card.start for card in cards] else None


def _common(tags: list[bytes]) -> bytes:
    """Return what all of them begin with."""
    first, last = min(tags), max(tags)
    return first[: next((place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))]


def is_card(element: Element) -> bool:
    """Say whether an element is built as a message: one name, one time."""
    names = [below.name for below in element.walk()]
    return names.count(b"h4") == 1 and names.count(b"h6") == 1
