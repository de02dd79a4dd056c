"""What an export says that is no message: about the account, its sessions, its contacts, and whatever the service may add."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal

import msgspec

from sextortion_cli.importers.jsonchat.cover import RECORD_LIMIT, Cover, escaped, held_in, remarks
from sextortion_cli.importers.jsonchat.entry import Entry, Field, masked, whole
from sextortion_cli.importers.jsonscan.elements import Broken, Elements
from sextortion_cli.importers.jsonscan.exact import decode_exactly
from sextortion_cli.importers.jsonscan.extent import value_end
from sextortion_cli.importers.jsonscan.members import Member, Members
from sextortion_cli.importers.jsonscan.tree import Tree
from sextortion_cli.importers.jsonscan.window import Window
from sextortion_cli.model.reading import Fact, Noise, Record

_OBJECT, _ARRAY = 0x7B, 0x5B
_SMALL = 64 << 10
_DEEPEST = 20
Owner = Literal["account-owner", "contact", "unknown"]


class Section(msgspec.Struct, frozen=True):
    """
    What the facts of a part of the export are called, and whom they are about.

    Attributes:
        kind: `Fact.kind`.
        of: `Fact.of`.
        is_listed: Each element of a list, or each member of an object, is a fact of its own; else a small value is one fact.
        withheld: Keys whose values (at any depth) are secrets: a mark stands in their place.
        say: Returns `Fact.values` for an object where its own members do not say it best; it must leave nothing out.
        repair: Returns a decoded value as it was meant; where that differs, the value in the file stands beside it as ``<key> (raw)``.
    """

    kind: str
    of: Owner
    is_listed: bool = True
    withheld: frozenset[str] = frozenset()
    say: Callable[[Entry], Mapping[str, str]] | None = None
    repair: Callable[[Any], Any] | None = None


OTHER: Final = Section("unknown-key", "unknown", is_listed=False)


class Facts:
    """
    Reads members that hold no messages.

    Args:
        window: The object.
        cover: What the records cover so far.
        note: Returns the noise code of a member, from its key and all its bytes, or None when it is a fact.
    """

    def __init__(self, window: Window, cover: Cover, note: Callable[[str, bytes], str | None] = lambda key, data: None) -> None:
        self._window = window
        self._cover = cover
        self._note = note

    def member(self, members: Members, member: Member, section: Section, pointer: str, depth: int = 0) -> Iterator[Record]:
        """
        Yield the facts in the value of `member` and leave `members` behind it.

        Raises:
            CutError: The object ends inside, or goes on as no JSON does.
        """
        window, cover = self._window, self._cover
        here = f"{pointer}/{escaped(member.key)}"
        if member.is_repeated:
            yield from remarks(member.start, member.place, ("duplicate-key",), here)
        opens = member.first in (_OBJECT, _ARRAY)
        is_listed = opens and depth == 0 and section.is_listed
        end = None if is_listed else value_end(window, member.place, member.place + (_SMALL if opens else RECORD_LIMIT))
        if end is not None and end > member.place:
            members.after = end
            yield from self._small(member, end, section, here)
        elif opens and depth < _DEEPEST:
            yield from self.value(member.place, section, here, depth)
            members.after = cover.after
        else:
            yield from cover.defect(member.start, members.skip(member), "too-large", here)

    def value(self, place: int, section: Section, pointer: str, depth: int = 0) -> Iterator[Record]:
        """Yield the facts in the list or object at `place`, one by one."""
        if self._window.at(place) == _ARRAY:
            yield from self._elements(place, section, pointer)
        else:
            yield from self._members(place, section, pointer, depth + 1)

    def _members(self, place: int, section: Section, pointer: str, depth: int) -> Iterator[Record]:
        inner = Members(self._window, place + 1)
        for item in inner:
            if item.key == "list" and item.first == _ARRAY and depth == 1:
                yield from self._elements(item.place, section, f"{pointer}/list")
                inner.after = self._cover.after
            else:
                yield from self.member(inner, item, section, pointer, depth)
        self._cover.after = inner.end

    def _elements(self, place: int, section: Section, pointer: str) -> Iterator[Record]:
        cover = self._cover
        elements = Elements(self._window, place + 1, decode_exactly)
        for number, (start, end, data, held) in enumerate(elements):
            here = f"{pointer}/{number}"
            if isinstance(held, Broken) or end - start > RECORD_LIMIT:
                yield from cover.defect(start, end, held.trouble if isinstance(held, Broken) else "too-large", here)
            else:
                values, codes = _values(data, held, "value", section)
                yield from cover.put(Fact(start, end, section.kind, section.of, here, values=values), start, end)
                yield from remarks(start, end, codes, here)
        cover.after = elements.end

    def _small(self, member: Member, end: int, section: Section, pointer: str) -> Iterator[Record]:
        """Yield one member as one fact, or as a note that is no fact."""
        cover, start = self._cover, member.start
        note = None if member.is_repeated else self._note(member.key, self._window.slice(start, end))
        if note is not None:
            yield from cover.put(Noise(start, end, note), start, end)
            return
        data = self._window.slice(member.place, end)
        held = held_in(data)
        if isinstance(held, Broken):
            yield from cover.defect(start, end, held.trouble, pointer)
            return
        values, codes = _values(data, held, member.key, section)
        start = member.place  # the key before it is structure
        yield from cover.put(Fact(start, end, section.kind, section.of, pointer, values=values), start, end)
        yield from remarks(start, end, codes, pointer)


def _values(data: bytes, held: object, key: str, section: Section) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what a value says, and what is wrong with it: the members of an object one by one, all else under `key`."""
    entry = Entry(data, held)
    if not entry.is_object:
        return said(key, whole(data, held), section), held.problems if isinstance(held, Tree) else ()
    values: dict[str, str] = dict(section.say(entry)) if section.say else {}
    if not section.say:
        for name, field in entry.fields.items():
            values |= said(name, field, section)
    for number, (name, field) in enumerate(entry.more, 2):
        values |= {f"{name}#{number}": masked(name, field, section.withheld)}
    return values, entry.problems


def said(key: str, field: Field, section: Section) -> dict[str, str]:
    """Return what one value says under its key: put right with the value in the file beside it, and without what is withheld."""
    meant = field.plain if section.repair is None else section.repair(field.plain)
    if meant == field.plain:
        return {key: masked(key, field, section.withheld)}
    mended = whole(b"", meant)
    return {key: masked(key, mended, section.withheld), f"{key} (raw)": masked(key, field, section.withheld)}
