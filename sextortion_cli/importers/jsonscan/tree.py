"""
The careful parser: one JSON value in memory as a tree with byte places, every duplicate kept, every illegal token named.

It is slow and complete; `exact.py` is the quick way for values that are proven to be plain.

References:
    RFC 8259.
"""

from __future__ import annotations

import re

import msgspec

from sextortion_cli.importers.jsonscan.strings import read_string

DEPTH_LIMIT = 200
# As many as msgspec reads, so that the quick and the careful way see the same integer.
_DIGIT_LIMIT = 4300

# Anchored, and every unbounded repeat is over one character class: linear on any input.
_SPACE = re.compile(rb"[ \t\r\n]*")
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")
_WORD = re.compile(rb'[^"{}\[\]\r\n,:]*')
_BARE = re.compile(rb'[^"{}\[\]\r\n]*')
_STRING_STOP = re.compile(rb'["\\]')
_LITERALS: dict[bytes, object] = {b"true": True, b"false": False, b"null": None}
_NEAR_NUMBERS = frozenset((b"NaN", b"Infinity", b"-Infinity"))


class NotJsonError(ValueError):
    """The bytes are no JSON value, also not one of the illegal forms that are understood."""


class TooDeepError(ValueError):
    """The value is nested deeper than `DEPTH_LIMIT`."""


class Number(msgspec.Struct, frozen=True):
    """A number that is not an integer of up to `_DIGIT_LIMIT` digits, as its characters: nothing is rounded or converted."""

    text: str


class Value(msgspec.Struct, frozen=True):
    """
    One value.

    Attributes:
        start, end: Its bytes in the parsed element.
        token: The same value as legal JSON without white space between tokens; tokens are kept as written where they are legal.
        plain: A Python value for str, bool, None and integers of up to `_DIGIT_LIMIT` digits; a `Number` for others; list and
            dict hold such values (of equal keys, the first).
        is_lossy: Some string in it is not valid Unicode.
        pairs: The members of an object in the order of the file, duplicates included.
    """

    start: int
    end: int
    token: bytes
    plain: object
    is_lossy: bool = False
    pairs: tuple[tuple[str, Value], ...] = ()


class Tree(msgspec.Struct, frozen=True):
    """A parsed element and the codes of what is illegal or ambiguous in it, each once, in the order of the file."""

    data: bytes
    root: Value
    problems: tuple[str, ...]


def parse(data: bytes) -> Tree:
    """
    Parse `data`, exactly one value without white space around it.

    Raises:
        NotJsonError: It cannot be read.
        TooDeepError: It is nested deeper than `DEPTH_LIMIT`.
    """
    parser = _Parser(data)
    root = parser.value(0, DEPTH_LIMIT, in_object=False)
    if root.end != len(data):
        raise NotJsonError
    return Tree(data, root, tuple(parser.problems))


class _Parser:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.problems: dict[str, None] = {}

    def space(self, place: int) -> int:
        found = _SPACE.match(self.data, place)
        return found.end() if found else place

    def byte(self, place: int) -> int:
        if place >= len(self.data):
            raise NotJsonError
        return self.data[place]

    def value(self, place: int, depth: int, in_object: bool) -> Value:
        byte = self.byte(place)
        if byte == 0x22:
            return self.string(place)
        if byte in b"{[":
            if depth == 0:
                raise TooDeepError
            return self.object(place, depth - 1) if byte == 0x7B else self.array(place, depth - 1)
        return self.word(place, in_object)

    def string(self, start: int) -> Value:
        place = start + 1
        while True:
            found = _STRING_STOP.search(self.data, place)
            if found is None:
                raise NotJsonError
            if self.data[found.start()] == 0x22:
                break
            place = found.end() + 1
        text = read_string(self.data[start : found.end()])
        for problem in text.problems:
            self.problems[problem] = None
        return Value(start, found.end(), text.token, text.text, text.is_lossy)

    def object(self, start: int, depth: int) -> Value:
        pairs: list[tuple[str, Value]] = []
        tokens: list[bytes] = []
        plain: dict[str, object] = {}
        lossy = False
        place = self.space(start + 1)
        while self.byte(place) != 0x7D:
            if pairs:
                place = self.separator(place)
            if self.byte(place) != 0x22:
                raise NotJsonError
            key = self.string(place)
            place = self.space(key.end)
            if self.byte(place) != 0x3A:
                raise NotJsonError
            item = self.value(self.space(place + 1), depth, in_object=True)
            name = str(key.plain)
            if name in plain:
                self.problems["duplicate-key"] = None
            plain.setdefault(name, item.plain)
            pairs.append((name, item))
            tokens.append(key.token + b":" + item.token)
            lossy = lossy or key.is_lossy or item.is_lossy
            place = self.space(item.end)
        return Value(start, place + 1, b"{" + b",".join(tokens) + b"}", plain, lossy, tuple(pairs))

    def array(self, start: int, depth: int) -> Value:
        items: list[Value] = []
        place = self.space(start + 1)
        while self.byte(place) != 0x5D:
            if items:
                place = self.separator(place)
            items.append(self.value(place, depth, in_object=False))
            place = self.space(items[-1].end)
        token = b"[" + b",".join(item.token for item in items) + b"]"
        return Value(start, place + 1, token, [item.plain for item in items], any(item.is_lossy for item in items))

    def separator(self, place: int) -> int:
        if self.byte(place) != 0x2C:
            raise NotJsonError
        return self.space(place + 1)

    def word(self, start: int, in_object: bool) -> Value:
        found = _WORD.match(self.data, start)
        word = found.group().rstrip(b" \t") if found else b""
        end = start + len(word)
        if word in _LITERALS:
            return Value(start, end, word, _LITERALS[word])
        if _NUMBER.match(word):
            short = (digits := word.lstrip(b"-")).isdigit() and len(digits) <= _DIGIT_LIMIT
            return Value(start, end, word, int(word) if short else Number(word.decode()))
        if word in _NEAR_NUMBERS:
            self.problems["illegal-number"] = None
            return Value(start, end, b'"' + word + b'"', Number(word.decode()))
        if not in_object:
            raise NotJsonError
        return self.bare(start)

    def bare(self, start: int) -> Value:
        """Read an unquoted text up to the end of its line or the next quote or bracket, without the comma that separates."""
        found = _BARE.match(self.data, start)
        text = found.group().rstrip(b" \t") if found else b""
        text = text.removesuffix(b",").rstrip(b" \t")
        if not text:
            raise NotJsonError
        try:
            shown, lossy = text.decode("utf-8"), False
        except UnicodeDecodeError:
            shown, lossy = text.decode("utf-8", "replace"), True
            self.problems["invalid-utf8"] = None
        self.problems["unquoted-value"] = None
        return Value(start, start + len(text), msgspec.json.encode(shown), shown, lossy)
