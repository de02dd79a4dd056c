"""The elements of one message as a tree. Deep nesting costs nothing but its bytes: nothing here calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sextortion_cli.importers.markup.tags import TOKEN, VOID, attributes, is_self_closed
from sextortion_cli.importers.markup.words import decoded

MOST = 50_000
"""Elements and texts of one message; more is no message anybody's app shows."""
_CLOSES_ITSELF = frozenset((b"p", b"li", b"tr", b"td", b"th", b"option"))
_CONTAINERS = frozenset((b"div", b"span", b"p", b"a", b"b", b"i", b"ul", b"li", b"table", b"td", b"tr", b"video", b"audio", b"iframe"))
_NAME = re.compile(rb"[A-Za-z0-9]*+")


class TooManyError(ValueError):
    """The message holds more than `MOST` elements and texts."""


class Text:
    """
    A stretch of text.

    Attributes:
        start, end: Its place in the bytes that were parsed.
    """

    __slots__ = ("end", "start")
    name = None

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end


class Element:
    """
    One element.

    Attributes:
        name: Of its tag, in small letters; empty for a fragment.
        start, inner, inner_end, end: Places of its opening tag, of what is inside, and behind its closing tag.
        is_closed: Its own closing tag was found.
        is_torn: Some tag in it (of a fragment: anywhere in it) is damaged, and was taken as text.
        nodes: What is inside, in order.
    """

    __slots__ = ("_attributes", "_classes", "_inside", "end", "inner", "inner_end", "is_closed", "is_torn", "name", "nodes", "start")

    def __init__(self, name: bytes, inside: bytes, start: int, inner: int) -> None:
        self.name, self._inside = name, inside
        self.start, self.inner = start, inner
        self.inner_end = self.end = inner
        self.is_closed = self.is_torn = False
        self.nodes: list[Element | Text] = []
        self._attributes: dict[bytes, bytes] | None = None
        self._classes: frozenset[str] | None = None

    def get(self, name: bytes) -> str | None:
        """Return the value of an attribute, entities decoded, or None."""
        if self._attributes is None:
            self._attributes = attributes(self._inside)
        value = self._attributes.get(name)
        return None if value is None else decoded(value)

    @property
    def classes(self) -> frozenset[str]:
        """Return the names in its attribute ``class``."""
        if self._classes is None:
            self._classes = frozenset((self.get(b"class") or "").split())
        return self._classes

    @property
    def elements(self) -> list[Element]:
        """Return the elements directly inside."""
        return [node for node in self.nodes if type(node) is Element]

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in the order of the page."""
        stack: list[Element] = [self]
        while stack:
            element = stack.pop()
            yield element
            stack += reversed(element.elements)

    def first(self, name: str) -> Element | None:
        """Return the first element below with this class."""
        return next((element for element in self.walk() if name in element.classes), None)


def parse(data: bytes, *, tag: int = 0, siblings: bool = False) -> Element:
    """
    Return a fragment with the element `data` begins with, and nothing behind it.

    Args:
        data: Bytes that begin with a tag; not closed, it reaches to their end.
        tag: Length of that tag; it opens an element even when it is damaged.
        siblings: Go on behind it, up to the closing tag of whatever holds it.

    Raises:
        TooManyError: It holds too much.
    """
    root = Element(b"", b"", 0, 0)
    stack, open_, place, count = [root], {b"": 1}, 0, 0
    if tag and TOKEN.match(data) is None:
        name = _NAME.match(data, 1, tag).group()  # type: ignore[union-attr]
        stack.append(Element(name.lower(), data[1 + len(name) : tag - 1], 0, tag))
        root.nodes.append(stack[1])
        open_[stack[1].name] = 1
        root.is_torn = True
        place = tag
    for match in TOKEN.finditer(data, place):
        start, end = match.span()
        if start > place:
            stack[-1].nodes.append(Text(place, start))
            root.is_torn = root.is_torn or data.find(b"<", place, start) >= 0
        place = end
        count += 1
        if count > MOST:
            raise TooManyError
        name = match["name"]
        if name is None:
            continue
        name = name.lower()
        if match["close"]:
            if not open_.get(name):
                if siblings and len(stack) == 1:
                    return _ended(root, start)
                continue
            while True:
                closed = stack.pop()
                open_[closed.name] -= 1
                closed.inner_end, closed.end = start, end if closed.name == name else start
                if closed.name == name:
                    closed.is_closed = True
                    break
            if len(stack) == 1 and not siblings:
                return _ended(root, end)
            continue
        if name in _CLOSES_ITSELF and stack[-1].name == name:
            closed = stack.pop()
            open_[name] -= 1
            closed.inner_end = closed.end = start
            closed.is_closed = True
        element = Element(name, match["inside"], start, end)
        stack[-1].nodes.append(element)
        if name in VOID or (name not in _CONTAINERS and is_self_closed(match["inside"])):
            element.is_closed = True
            if len(stack) == 1 and not siblings:
                return _ended(root, end)
        else:
            stack.append(element)
            open_[name] = open_.get(name, 0) + 1
    if place < len(data):
        stack[-1].nodes.append(Text(place, len(data)))
        root.is_torn = root.is_torn or data.find(b"<", place) >= 0
    for element in stack:
        element.inner_end = element.end = len(data)
    return root


def _ended(root: Element, end: int) -> Element:
    root.inner_end = root.end = end
    root.is_closed = True
    return root
