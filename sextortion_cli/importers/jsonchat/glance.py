"""What a JSON file looks like from its beginning alone, for `sniff`: values with what was cut off left out. Never raises."""

from __future__ import annotations

import functools
import re
from typing import Any

from sextortion_cli.importers.jsonscan.strings import read_string
from sextortion_cli.importers.source import Source

REACH = 64 << 10
_ELEMENTS = 5
_DEEPEST = 12
# Anchored, possessive: linear.
_SPACE = re.compile(rb"[ \t\r\n]*+")
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_WORD = re.compile(rb'[^"{}\[\]\r\n,: \t]++')
_NUMBER = re.compile(rb"-?[0-9]{1,18}\Z")
_GAP = rb"[ \t\r\n]*+"
_SCALAR = rb'(?:"(?:[^"\\]++|\\.)*+"|[^"{}\[\]\r\n,: \t]++)'


def _whole(value: bytes) -> bytes:
    """Return a pattern for an object with such values."""
    member = rb'"(?:[^"\\]++|\\.)*+"' + _GAP + b":" + _GAP + value + _GAP
    return rb"\{" + _GAP + b"(?:" + member + b"(?:," + _GAP + member + rb")*+)?+\}"


_FLAT = _whole(_SCALAR)
_LISTED = rb"\[" + _GAP + b"(?:" + _FLAT + _GAP + b"(?:," + _GAP + _FLAT + _GAP + rb")*+)?+\]"
#: An object with scalars, flat objects and lists of them, as nearly all messages are: passed over at once where it is not kept.
_ORDINARY = re.compile(_whole(b"(?:" + _SCALAR + b"|" + _FLAT + b"|" + _LISTED + b")"), re.DOTALL)
_WORDS: dict[bytes, Any] = {b"true": True, b"false": False, b"null": None}


class _CutError(Exception):
    """The beginning ends here."""


def glance(source: Source, prefix: re.Pattern[bytes] | None = None) -> Any:
    """
    Return the value a file begins with: dicts (of equal keys, the first) and lists of at most 5 elements, strings, integers.

    Anything after the first 64 KiB, or from the first byte on that no JSON has, is left out. None when the file does not begin with
    an object or a list (after `prefix`).
    """
    head = source.head(REACH)
    if head.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    start = len(head) - len(head.lstrip(b" \t\r\n"))
    if prefix is not None:
        found = prefix.match(head, start)
        if found is None:
            return None
        start = found.end()
    return _glance(head[start:]) if head[start : start + 64].lstrip(b" \t\r\n")[:1] in (b"{", b"[") else None


def first(value: Any, *keys: str | int) -> Any:
    """Return what lies at a path of keys and element numbers in a glance, or None."""
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def keys(value: Any, *path: str | int) -> frozenset[str]:
    """Return the keys of the object at a path in a glance; none when there is no object."""
    found = first(value, *path)
    return frozenset(found) if isinstance(found, dict) else frozenset()


@functools.lru_cache(maxsize=2)  # every JSON importer looks at the same beginning
def _glance(data: bytes) -> Any:
    parser = _Parser(data)
    try:
        parser.value(_DEEPEST)
    except _CutError:
        pass
    return parser.root


class _Parser:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0
        self.root: Any = None
        self._has_root = False

    def byte(self) -> int:
        found = _SPACE.match(self.data, self.place)
        self.place = found.end() if found else self.place
        if self.place >= len(self.data):
            raise _CutError
        return self.data[self.place]

    def keep(self, value: Any) -> Any:
        """Keep the outermost value from its first byte on, so that it is there when the beginning ends inside it."""
        if not self._has_root:
            self.root, self._has_root = value, True
        return value

    def value(self, depth: int, into: Any = None, key: Any = None) -> Any:
        byte = self.byte()
        if byte == 0x22:
            return self.string()
        if byte not in b"{[":
            return self.word()
        if depth == 0:
            raise _CutError
        value: Any = self.keep({} if byte == 0x7B else [])
        if isinstance(into, dict):
            into.setdefault(key, value)
        elif isinstance(into, list) and len(into) < _ELEMENTS:
            into.append(value)
        self.place += 1
        if byte == 0x7B:
            self.object(value, depth - 1)
        else:
            self.array(value, depth - 1)
        return value

    def string(self) -> str:
        found = _STRING.match(self.data, self.place)
        if found is None:
            raise _CutError
        self.place = found.end()
        return read_string(found.group()).text

    def word(self) -> Any:
        found = _WORD.match(self.data, self.place)
        if found is None:
            raise _CutError
        self.place = found.end()
        word = found.group()
        if self.place >= len(self.data):
            raise _CutError
        return int(word) if _NUMBER.match(word) else _WORDS.get(word, word.decode("utf-8", "replace"))

    def object(self, value: dict[str, Any], depth: int) -> None:
        while self.byte() != 0x7D:
            if self.data[self.place] == 0x2C:
                self.place += 1
                self.byte()
            key = self.string()
            if self.byte() != 0x3A:
                raise _CutError
            self.place += 1
            value.setdefault(key, self.value(depth, value, key))
        self.place += 1

    def array(self, value: list[Any], depth: int) -> None:
        while self.byte() != 0x5D:
            if self.data[self.place] == 0x2C:
                self.place += 1
                self.byte()
            before = len(value)
            if before >= _ELEMENTS and depth > 2 and self.byte() == 0x7B and (found := _ORDINARY.match(self.data, self.place)):
                self.place = found.end()
                continue
            item = self.value(depth, value)
            if len(value) == before and before < _ELEMENTS:
                value.append(item)
        self.place += 1
