"""HTML as the standard library's parser reads it: a second opinion on the beginning of a page. Only so much is given to it as it reads in a moment."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from html.parser import HTMLParser

from sextortion_cli.extract.metadata.htmlpage import decoded_head
from sextortion_cli.extract.metadata.pagefacts import PageFacts
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import FileFact, ReadFault

READER = f"html.parser {platform.python_version()}"
LENGTH = 16384  # some versions take quadratic time over unclosed comments and tags


class _Parser(HTMLParser):
    """Passes events on to `PageFacts`; a title counts before the body only."""

    def __init__(self, found: PageFacts) -> None:
        super().__init__(convert_charrefs=True)
        self._found = found
        self._title: list[str] | None = None
        self._drawings = 0
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values: dict[str, str] = {}
        for name, value in attrs:
            values.setdefault(name, value or "")
        self._drawings += tag == "svg"
        self._done = self._done or tag == "body"
        if tag == "title" and not self._done and not self._drawings:
            self._title = []
        self._found.start(tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "svg":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._drawings -= tag == "svg" and self._drawings > 0
        if tag == "title" and self._title is not None:
            self._found.title("".join(self._title))
            self._title, self._done = None, True

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)

    def handle_comment(self, data: str) -> None:
        self._found.comment(data)


def library_facts(view: View) -> Iterator[FileFact | ReadFault]:
    """Yield what the standard library's parser finds in the first `LENGTH` bytes; it is not told that this is the end."""
    data, codec = decoded_head(view.at(0, LENGTH))
    found = PageFacts(READER)
    fault = ""
    try:
        _Parser(found).feed(data.decode(codec, "replace"))
    except (AssertionError, LookupError, RecursionError, TypeError, ValueError) as error:
        fault = type(error).__name__
    yield from found.facts
    if fault:
        yield ReadFault(READER, fault)
