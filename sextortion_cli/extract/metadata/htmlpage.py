"""
HTML read by our own scanner, tag by tag and in one pass: no tree, no styles, no scripts; the first mebibyte and the end of the file.

What lies inside scripts, styles, text fields, comments and drawings is no tag (HTML Standard, section 13.2.5), however much it looks like one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import unescape

from sextortion_cli.extract.metadata.pagefacts import COMMENT, PageFacts
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import FileFact, ReadFault

READER = "html-walk 1"
LENGTH = 1 << 20
_END = 65536
_MOST_TAGS = 60_000
_MOST_ATTRIBUTES = 100
_RAW = frozenset({b"script", b"style", b"textarea", b"xmp", b"iframe", b"noembed", b"noframes", b"template", b"svg", b"math"})
_DRAWINGS = frozenset({b"svg", b"math"})
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
# Bounded or possessive: no character is looked at more than a few times.
_NAME = re.compile(rb"[A-Za-z][^\s/>]{0,63}+")
_ATTRIBUTE = re.compile(rb"[\s/]*+([^\s/>=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?")
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252",
    "cp1252": "cp1252",
}  # fmt: skip


def html_facts(view: View) -> Iterator[FileFact | ReadFault]:
    """Yield what an HTML file says of itself."""
    yield from facts_of(view.at(0, LENGTH), READER)
    if view.size > LENGTH:
        yield from _end_facts(view)


def facts_of(data: bytes, reader: str) -> Iterator[FileFact | ReadFault]:
    """Yield what HTML says of itself, from its first bytes; `reader` is who says so."""
    found = PageFacts(reader)
    data, codec = decoded_head(data)
    fault = _walk(data, codec, found)
    yield from found.facts
    if fault:
        yield ReadFault(reader, fault)


def decoded_head(data: bytes) -> tuple[bytes, str]:
    """Return HTML in a form whose tags are ASCII, and the codec of its text: UTF-16 becomes UTF-8, and an unknown charset is read as Windows-1252."""
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if data.startswith(mark):
            return data.decode("utf-16", "replace").encode("utf-8", "replace"), "utf-8"
    stated = _CHARSET.search(data[:4096])
    name = stated[1].decode("ascii").lower() if stated else ""
    if name in _CODECS and not data.startswith(codecs.BOM_UTF8):
        return data, _CODECS[name]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
    except UnicodeDecodeError:
        return data, "cp1252"
    return data, "utf-8"


def _walk(data: bytes, codec: str, found: PageFacts) -> str:
    """Hand every tag and comment to `found`; return the code of what stopped the walk, or ""."""
    lower, place, has_title = data.lower(), 0, False
    for _ in range(_MOST_TAGS):
        place = data.find(b"<", place)
        if place < 0 or place + 1 >= len(data):
            return ""
        sign = data[place + 1]
        if data.startswith(b"<!--", place):
            end = data.find(b"-->", place + 2)
            end = len(data) if end < 0 else end
            found.comment(_text(data[place + 4 : min(end, place + 4 + COMMENT)], codec))
            place = end + 3
        elif sign in b"!?/":
            place = _after(data, place)
        elif sign not in _LETTERS:
            place += 1
        else:
            name, attributes, place = _tag(data, place + 1, codec)
            if name == b"title":
                end = lower.find(b"</title", place)
                if not has_title and end >= 0:
                    found.title(unescape(_text(data[place : min(end, place + 65536)], codec)))
                    has_title = True
                place = end if end >= 0 else len(data)
            elif name in _RAW and not (name in _DRAWINGS and "/" in attributes):
                end = lower.find(b"</" + name, place)
                place = end if end >= 0 else len(data)
            else:
                has_title = has_title or name == b"body"
                found.start(name.decode("latin-1"), attributes)
    return "too-many-tags"


def _after(data: bytes, place: int) -> int:
    end = data.find(b">", place)
    return len(data) if end < 0 else end + 1


def _tag(data: bytes, place: int, codec: str) -> tuple[bytes, dict[str, str], int]:
    """Return name and attributes of the tag whose name begins at `place`, and where it ends. The attribute ``/`` says that it closes itself."""
    name = _NAME.match(data, place)
    assert name is not None
    place = name.end()
    attributes: dict[str, str] = {}
    wanted = name[0].lower() in (b"meta", b"link", b"base", b"html")
    for _ in range(_MOST_ATTRIBUTES):
        found = _ATTRIBUTE.match(data, place)
        if found is None:
            break
        place = found.end()
        if wanted:
            value = next((group for group in found.groups()[1:] if group is not None), b"")
            attributes.setdefault(_text(found[1][:100], codec).lower(), unescape(_text(value[:65536], codec)))
    end = _after(data, place)
    if data[max(place, end - 2) : end] == b"/>":
        attributes["/"] = "/"
    return name[0].lower(), attributes, end


def _text(raw: bytes, codec: str) -> str:
    return raw.decode(codec, "replace")


def _end_facts(view: View) -> Iterator[FileFact]:
    """Yield what is written at the end of a large page: the Wayback Machine signs there."""
    data = view.at(max(LENGTH, view.size - _END), _END)
    start = data.find(b"FILE ARCHIVED ON")
    if start >= 0:
        found = PageFacts(READER)
        found.comment(data[start : start + COMMENT].decode("utf-8", "replace"))
        yield from found.facts
