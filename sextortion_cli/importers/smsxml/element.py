"""One ``<sms>``, ``<mms>`` or ``<call>`` with its attributes, its parts and its addresses."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left

from sextortion_cli.importers.markup.tags import BLANK, TOKEN, is_self_closed
from sextortion_cli.importers.smsxml.codes import OPENING
from sextortion_cli.importers.smsxml.pieces import Picture, Piece
from sextortion_cli.importers.smsxml.values import Value, value_of

MOST = 20_000
"""Tags in one message; more is no message."""
_ATTRIBUTE = re.compile(rb"([^\s\"'<>/=]++)\s*+=\s*+(?:\"([^\"<]*+)\"|'([^'<]*+)')")
_ROOTS = frozenset((b"smses", b"calls"))
_FRAMES = frozenset((b"parts", b"addrs"))


@functools.lru_cache(maxsize=1024)
def _name(data: bytes) -> str:
    return data.decode("utf-8", "replace")


class TooManyError(ValueError):
    """The message holds more than `MOST` tags."""


class Tag:
    """
    A tag with its attributes.

    Attributes:
        values: Of each attribute, decoded; the first of each name counts, and further ones are `repeated`.
        places: Where each value stands in the piece.
        picture: What stood in ``data``.
        repeated: Attributes that are there more than once, as they stand.
    """

    __slots__ = ("picture", "places", "repeated", "values")

    def __init__(self, data: bytes, start: int, end: int, pictures: tuple[Picture, ...] = ()) -> None:
        values: dict[str, Value] = {}
        places: dict[str, tuple[int, int]] = {}
        self.values, self.places = values, places
        self.repeated: list[str] = []
        for match in _ATTRIBUTE.finditer(data, start, end):
            key, double, single = match.groups()
            name = _name(key)
            if name in values:
                self.repeated.append(match[0].decode("utf-8", "replace"))
            elif double is not None:
                values[name] = value_of(double)
                places[name] = match.span(2)
            else:
                values[name] = value_of(single)
                places[name] = match.span(3)
        first = bisect_left(pictures, start, key=lambda picture: picture.place) if pictures else 0
        self.picture = pictures[first] if first < len(pictures) and pictures[first].place <= end else None

    def get(self, name: str) -> str | None:
        """Return what an attribute says; None where it is empty, ``null`` or not there."""
        value = self.values.get(name)
        return None if value is None or value.text in ("", "null") else value.text

    @property
    def problems(self) -> list[str]:
        """Return the codes of what is wrong with the values."""
        return [code for value in self.values.values() for code in value.problems]


class Element:
    """
    What a piece of the file begins with.

    Attributes:
        name: ``sms``, ``mms`` or ``call``.
        tag: Its own.
        parts, addresses: Tags of these inside it.
        other: Whatever else stands inside it, as it stands.
        end: Where it ends in the data of the piece.
        problems: Codes of what is wrong with it.
    """

    def __init__(self, piece: Piece) -> None:
        """
        Read it.

        Raises:
            TooManyError: It holds too much.
        """
        self._data = data = piece.data
        opening = OPENING.match(data)
        assert opening is not None
        self.name = opening.group()[1:].decode()
        self.parts: list[Tag] = []
        self.addresses: list[Tag] = []
        self.other: list[str] = []
        self.problems: dict[str, None] = {}
        whole = TOKEN.match(data)
        is_ended = whole is not None and is_self_closed(whole["inside"])
        if whole is None:
            self.problems["damaged-tag"] = None
            following = data.find(b"<", 1)
            self.end = following if following > 0 else len(data)
            self.other.append(data[: self.end].decode("utf-8", "replace").strip())
        else:
            self.end = whole.end()
        self.tag = Tag(data, 0, self.end)
        if not is_ended:
            self._read_inside(piece.pictures)
        for tag in (self.tag, *self.parts, *self.addresses):
            self.problems.update(dict.fromkeys(tag.problems))
            self.other += tag.repeated

    def _read_inside(self, pictures: tuple[Picture, ...]) -> None:
        data, place, count = self._data, self.end, 0
        for match in TOKEN.finditer(data, place):
            self._between(place, match.start())
            name, self.end = match["name"], match.end()
            if match["close"] and name in _ROOTS:
                self.end = match.start()
                self.problems["not-closed"] = None
                return
            if match["close"] and name == self.name.encode():
                return
            place, count = self.end, count + 1
            if count > MOST:
                raise TooManyError
            if name in _FRAMES or (match["close"] and name in (b"part", b"addr")):
                continue
            if name in (b"part", b"addr"):
                (self.parts if name == b"part" else self.addresses).append(Tag(data, match.start(), match.end(), pictures))
            else:
                self.other.append(match.group().decode("utf-8", "replace"))
        self._between(place, len(data))
        self.end = len(data)
        self.problems["not-closed"] = None

    def _between(self, start: int, end: int) -> None:
        """Keep text between tags; there should be none."""
        if start < end and not BLANK.fullmatch(self._data, start, end):
            self.other.append(self._data[start:end].decode("utf-8", "replace").strip())
            self.problems["damaged-tag"] = None
