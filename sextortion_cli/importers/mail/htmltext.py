"""
The text of an HTML body, with the targets that links hide.

Nothing is rendered and nothing fetched. What a page hides by style is shown as everything else; scripts and styles are not text. One
pass, linear in the input.
"""

from __future__ import annotations

import html
import re

import msgspec

_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9:-]{0,30})")
_ATTRIBUTE = re.compile(r"""([A-Za-z][A-Za-z0-9:_-]{0,40})\s{0,40}=\s{0,40}(?:"([^"]{0,8192})"|'([^']{0,8192})'|([^\s"'>]{1,8192}))""")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAKS = frozenset(
    [
        "br",
        "p",
        "div",
        "tr",
        "li",
        "ul",
        "ol",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "hr",
        "section",
        "article",
        "header",
        "footer",
        "center",
        "dt",
        "dd",
        "title",
    ]
)
_SILENT = frozenset(("script", "style"))
_LONGEST_TAG = 64 << 10
_LONGEST_TARGET = 4096
_DEEPEST = 8


class Page(msgspec.Struct, frozen=True):
    """Text of a page, how many pictures it would fetch from elsewhere when opened, and how many are written into it."""

    text: str
    remote: int = 0
    embedded: int = 0


def page_of(source: str) -> Page:
    """Return the text of an HTML page."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._out: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._remote = self._embedded = 0

    def read(self) -> Page:
        source, at = self._source, 0
        lower: str | None = None
        while at < len(source):
            tag = source.find("<", at)
            if tag < 0:
                self._text(source[at:])
                break
            self._text(source[at:tag])
            if source.startswith("<!--", tag):
                end = source.find("-->", tag)
                at = len(source) if end < 0 else end + 3
                continue
            name = _NAME.match(source, tag + 1)
            if name is None and source[tag + 1 : tag + 2] not in ("!", "?"):
                self._text("<")
                at = tag + 1
                continue
            end = self._tag_end(tag)
            if name is None:
                at = end
                continue
            word = name[1].lower()
            self._tag(word, source[tag:end])
            at = end
            if word in _SILENT and source[tag + 1] != "/":
                lower = lower if lower is not None else source.lower()
                close = lower.find(f"</{word}", at)
                at = len(source) if close < 0 else close
        while self._links:
            self._link_ends()
        return Page(_tidy("".join(self._out)), self._remote, self._embedded)

    def _tag_end(self, tag: int) -> int:
        """Return where a tag ends; quotation marks in it may hold a bracket."""
        source = self._source
        at, quote, stop = tag + 1, "", min(len(source), tag + _LONGEST_TAG)
        while at < stop:
            char = source[at]
            if quote:
                if char == quote:
                    quote = ""
            elif char in "\"'" and source[at - 1] in "= ":
                quote = char
            elif char == ">":
                return at + 1
            at += 1
        end = source.find(">", tag)
        return len(source) if end < 0 else end + 1

    def _text(self, text: str) -> None:
        if text:
            self._out.append(_SPACE.sub(" ", html.unescape(text)))

    def _tag(self, word: str, tag: str) -> None:
        if word in _BREAKS:
            self._out.append("\n")
        elif word in ("td", "th"):
            self._out.append(" ")
        if word == "a":
            if tag[1] == "/":
                self._link_ends()
            elif "href" in (attributes := _attributes(tag)):
                if len(self._links) >= _DEEPEST:
                    self._link_ends()
                self._links.append((attributes["href"], len(self._out)))
        elif word in ("img", "input", "iframe", "form", "area", "video", "source", "object", "embed") and tag[1] != "/":
            self._thing(word, _attributes(tag))

    def _link_ends(self) -> None:
        if not self._links:
            return
        target, start = self._links.pop()
        text = "".join(self._out[start:])
        target = _SPACE.sub(" ", target.strip())
        if target and _bare(target) != _bare(text):
            self._out.append(f" [-> {_target(target)}]")

    def _thing(self, word: str, attributes: dict[str, str]) -> None:
        target = (
            attributes.get("src")
            or attributes.get("action")
            or attributes.get("href")
            or attributes.get("data")
            or attributes.get("value")
            or ""
        )
        said = attributes.get("alt", "")
        if target.lower().startswith("data:"):
            self._embedded += 1
        elif target.lower().startswith(("http:", "https:", "//")) and word != "form":
            self._remote += 1
        if target or said:
            self._out.append(f"[{word}{': ' if said else ''}{said}{' -> ' if target else ''}{_target(target)}]")


def _target(target: str) -> str:
    """Return a target as it is shown: a picture written into the page stays in the original."""
    if target.lower().startswith("data:"):
        return f"data: ({len(target)} characters)"
    return target[:_LONGEST_TARGET]


def _bare(text: str) -> str:
    return text.strip().removeprefix("mailto:").removesuffix("/").casefold()


def _attributes(tag: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag[:_LONGEST_TAG]):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].lower(), html.unescape(value))
    return found


def _tidy(text: str) -> str:
    """Return `text` with one space between words, and one empty line at most between paragraphs."""
    lines = [line.strip(" ") for line in text.replace("\xa0", " ").split("\n")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")
