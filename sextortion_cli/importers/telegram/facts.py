"""What an export says that is no message: about the account, its sessions, its contacts, and whatever Telegram may add."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from sextortion_cli.importers.jsonscan.elements import Broken, Elements
from sextortion_cli.importers.jsonscan.exact import decode_exactly, json_text
from sextortion_cli.importers.jsonscan.extent import value_end
from sextortion_cli.importers.jsonscan.members import Member, Members
from sextortion_cli.importers.jsonscan.tree import Tree
from sextortion_cli.importers.jsonscan.window import Window
from sextortion_cli.importers.telegram.codes import NOISE_RULES, NOTES
from sextortion_cli.importers.telegram.cover import RECORD_LIMIT, Cover, escaped, held_in, remarks
from sextortion_cli.importers.telegram.entry import Entry, shown
from sextortion_cli.model.reading import Fact, Noise, Record

_OBJECT, _ARRAY = 0x7B, 0x5B
_SMALL = 64 << 10
_DEEPEST = 20
Owner = Literal["account-owner", "contact", "unknown"]


class Section(msgspec.Struct, frozen=True):
    """What the facts of a part of the export are called, and whom they are about."""

    kind: str
    of: Owner


OTHER: Final = Section("unknown-key", "unknown")
SECTIONS: Final = {
    "personal_information": Section("profile", "account-owner"),
    "profile_pictures": Section("profile-picture", "account-owner"),
    "stories": Section("story", "account-owner"),
    "contacts": Section("contact", "contact"),
    "frequent_contacts": Section("frequent-contact", "contact"),
    # The addresses in these are those of the account's owner, never of the other side.
    "sessions": Section("session", "account-owner"),
    "web_sessions": Section("web-session", "account-owner"),
    "other_data": Section("other-data", "unknown"),
}


class Facts:
    """
    Reads members that hold no messages.

    Args:
        window: The object.
        cover: What the records cover so far.
    """

    def __init__(self, window: Window, cover: Cover) -> None:
        self._window = window
        self._cover = cover

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
        is_listed = opens and depth == 0 and section is not OTHER and section.kind != "profile"
        end = None if is_listed else value_end(window, member.place, member.place + (_SMALL if opens else RECORD_LIMIT))
        if end is not None and end > member.place:
            members.after = end
            yield from self._small(member, end, section, here)
        elif opens and depth < _DEEPEST:
            yield from self._elements(member, section, here) if member.first == _ARRAY else self._members(member, section, here, depth + 1)
            members.after = cover.after
        else:
            yield from cover.defect(member.start, members.skip(member), "too-large", here)

    def _members(self, member: Member, section: Section, pointer: str, depth: int) -> Iterator[Record]:
        inner = Members(self._window, member.place + 1)
        for item in inner:
            if item.key == "list" and item.first == _ARRAY and depth == 1:
                yield from self._elements(item, section, f"{pointer}/list")
                inner.after = self._cover.after
            else:
                yield from self.member(inner, item, section, pointer, depth)
        self._cover.after = inner.end

    def _elements(self, member: Member, section: Section, pointer: str) -> Iterator[Record]:
        cover = self._cover
        elements = Elements(self._window, member.place + 1, decode_exactly)
        for number, (start, end, data, held) in enumerate(elements):
            here = f"{pointer}/{number}"
            if isinstance(held, Broken) or end - start > RECORD_LIMIT:
                yield from cover.defect(start, end, held.trouble if isinstance(held, Broken) else "too-large", here)
            else:
                values, codes = _values(data, held, "value")
                yield from cover.put(Fact(start, end, section.kind, section.of, here, values=values), start, end)
                yield from remarks(start, end, codes, here)
        cover.after = elements.end

    def _small(self, member: Member, end: int, section: Section, pointer: str) -> Iterator[Record]:
        """Yield one member as one fact, or as Telegram's own notes."""
        cover, start = self._cover, member.start
        if member.key == "about" and not member.is_repeated and NOISE_RULES[NOTES].fullmatch(self._window.slice(start, end)):
            yield from cover.put(Noise(start, end, NOTES), start, end)
            return
        data = self._window.slice(member.place, end)
        held = held_in(data)
        if isinstance(held, Broken):
            yield from cover.defect(start, end, held.trouble, pointer)
            return
        values, codes = _values(data, held, member.key)
        start = member.place  # the key before it is structure
        yield from cover.put(Fact(start, end, section.kind, section.of, pointer, values=values), start, end)
        yield from remarks(start, end, codes, pointer)


def _values(data: bytes, held: object, key: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what a value says, and what is wrong with it: the members of an object one by one, all else under `key`."""
    entry = Entry(data, held)
    if entry.is_object:
        more = {f"{name}#{number}": shown(field) for number, (name, field) in enumerate(entry.more, 2)}
        return {**{name: shown(field) for name, field in entry.fields.items()}, **more}, entry.problems
    if isinstance(held, Tree):
        plain = held.root.plain
        is_text = isinstance(plain, str) and not held.root.is_lossy
        return {key: str(plain) if is_text else held.root.token.decode("utf-8", "replace")}, held.problems
    return {key: held if isinstance(held, str) else json_text(held)}, ()
