"""Where a conversation opens: found again after damage, so that no message is put into the conversation before it."""

from __future__ import annotations

import re

from sextortion_cli.importers.jsonchat.cover import held_in
from sextortion_cli.importers.jsonchat.entry import Entry, shown
from sextortion_cli.importers.jsonscan.elements import Broken
from sextortion_cli.importers.jsonscan.window import EOF, Window

_MESSAGES = b'"messages"'
_REACH = 4096
_TRIES = 16
# Anchored at both ends by its use (`fullmatch` on at most `_REACH` bytes), possessive: linear.
_OPENING = re.compile(
    rb'\{[ \t\r\n]*+(?:"(?:name|type|id)"[ \t\r\n]*+:[ \t\r\n]*+(?:"(?:[^"\\]++|\\.)*+"|-?[0-9]{1,40}|null)[ \t\r\n]*+,[ \t\r\n]*+){1,3}',
    re.DOTALL,
)


def header_value(data: bytes) -> tuple[str | None, bool]:
    """Return a name, type or id as text (None for null), and whether that says everything its bytes say."""
    member = b'{"":' + data + b"}"
    held = held_in(member)
    entry = None if isinstance(held, Broken) else Entry(member, held)
    if entry is None or "" not in entry.fields:
        return None, False
    field = entry.fields[""]
    return (None if field.plain is None else shown(field)), not entry.problems


def find_opening(window: Window, place: int, stop: int | None = None) -> int | None:
    """Return the place from `place` on (before `stop`) where a conversation opens: a header followed by messages."""
    size = window.source.size if stop is None else stop
    while place < size and window.at(place) != EOF:
        found = window.data.find(_MESSAGES, place - window.base)
        if found < 0:
            after = window.base + len(window.data)
            if after >= window.source.size:
                return None
            place = max(place, after - len(_MESSAGES) + 1)
            window.load(place)
            continue
        key = window.base + found
        start = _opening_before(window.slice(max(place, key - _REACH), key))
        if start is not None:
            return key - start
        place = key + len(_MESSAGES)
    return None


def _opening_before(data: bytes) -> int | None:
    """Return how many bytes before the end of `data` an object opens that holds nothing but a conversation's header."""
    end = len(data)
    for _ in range(_TRIES):
        end = data.rfind(b"{", 0, end)
        if end < 0:
            return None
        if _OPENING.fullmatch(data, end):
            return len(data) - end
    return None
