"""The way on after damage: where another list of messages opens, so that no message is put into the conversation before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sextortion_cli.importers.jsonchat.shape import Each, Messages, Object
from sextortion_cli.importers.jsonscan.elements import CutError
from sextortion_cli.importers.jsonscan.members import Members
from sextortion_cli.importers.jsonscan.window import EOF, Window
from sextortion_cli.importers.source import Source

_REACH = 4096
_TRIES = 16
_SPACE = rb"[ \t\r\n]{0,64}+"
_ANY_KEY = rb"[^\"\\]{0,256}+"
_OVERLAP = 1024
"""More than an opening is long."""


class JoinedError(ValueError):
    """A damaged stretch hides the end of a list: another one opens at `place`."""

    def __init__(self, place: int) -> None:
        super().__init__("joined")
        self.place = place


class Held(Source):
    """Bytes in memory as a source."""

    def __init__(self, data: bytes, name: str = "") -> None:
        super().__init__(-1, len(data), name)
        self._data = data

    def read_at(self, offset: int, count: int) -> bytes:
        """Return up to `count` bytes at `offset`."""
        return self._data[offset : offset + count]


def list_opening(node: Object) -> re.Pattern[bytes] | None:
    """Return what shows that a list of messages of `node` opens with a message; None when its messages are not known by their first key."""
    options = []
    for key, child in (*node.members.items(), (None, node.other)):
        if isinstance(child, Messages) and child.first:
            name = _ANY_KEY if key is None else re.escape(key.encode())
            options.append(b'"' + name + b'"' + _SPACE + b":" + _SPACE + rb"\[" + _SPACE + _element(child))
    return re.compile(b"|".join(options)) if options else None


def objects_with_messages(shape: object) -> Iterator[Object]:
    """Yield the objects of a shape that hold a list of messages."""
    if isinstance(shape, Each):
        yield from objects_with_messages(shape.element)
    elif isinstance(shape, Object):
        children = (*shape.members.values(), shape.other)
        if any(isinstance(child, Messages) for child in children):
            yield shape
        for child in children:
            yield from objects_with_messages(child)


def element_opening(node: Messages) -> re.Pattern[bytes] | None:
    """Return what shows that a message begins; None when messages are not known by their first key."""
    return re.compile(_element(node)) if node.first else None


def _element(node: Messages) -> bytes:
    if node.opening is not None:
        return node.opening
    names = b"|".join(re.escape(key.encode()) for key in node.first)
    return rb"\{" + _SPACE + b'"(?:' + names + b')"' + _SPACE + b":"


def opening_in(window: Window, start: int, end: int, opening: re.Pattern[bytes] | None) -> int | None:
    """Return the place in ``[start, end)`` where the object of another list opens, or its list when that object cannot be seen."""
    if opening is None:
        return None
    found = find(window, start, opening, end)
    return None if found is None else object_before(window, found, start)


def find(window: Window, place: int, pattern: re.Pattern[bytes], stop: int | None = None) -> int | None:
    """Return the first place from `place` on (before `stop`) where `pattern` matches."""
    size = window.source.size if stop is None else stop
    while place < size and window.at(place) != EOF:
        found = pattern.search(window.data, place - window.base)
        if found is not None:
            at = window.base + found.start()
            return at if at < size else None
        after = window.base + len(window.data)
        if after >= window.source.size:
            return None
        place = max(place + 1, after - _OVERLAP)
        window.load(place)
    return None


def object_before(window: Window, key: int, start: int) -> int:
    """Return the place (not before `start`) of the ``{`` that opens the object with the member at `key`; `key` when it cannot be seen."""
    base = max(start, key - _REACH)
    data = window.slice(base, min(key + _REACH, window.source.size))
    end = key - base
    for _ in range(_TRIES):
        end = data.rfind(b"{", 0, end)
        if end < 0:
            return key
        if _leads_to(data, end, key - base):
            return base + end
    return key


def _leads_to(data: bytes, brace: int, key: int) -> bool:
    members = Members(Window(Held(data)), brace + 1)
    try:
        for member in members:
            if member.start >= key:
                return member.start == key
            members.skip(member)
    except CutError:
        return False
    return False
