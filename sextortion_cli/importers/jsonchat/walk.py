"""Reads a whole document by its `shape.Shape`: streaming, in the order of the file, around damage."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Any

import msgspec

from sextortion_cli.importers.jsonchat.codes import HEADER, STRING, header_rule
from sextortion_cli.importers.jsonchat.cover import RECORD_LIMIT, Cover, escaped, held_in, remarks
from sextortion_cli.importers.jsonchat.damage import JoinedError, element_opening, find, list_opening, object_before, objects_with_messages
from sextortion_cli.importers.jsonchat.entry import whole
from sextortion_cli.importers.jsonchat.facts import OTHER, Facts, Section
from sextortion_cli.importers.jsonchat.lists import Lists
from sextortion_cli.importers.jsonchat.shape import About, Each, Head, Lines, Messages, Object, Shape
from sextortion_cli.importers.jsonscan.elements import Broken, CutError, Elements
from sextortion_cli.importers.jsonscan.extent import value_end
from sextortion_cli.importers.jsonscan.members import Member, Members
from sextortion_cli.importers.jsonscan.window import EOF, Window
from sextortion_cli.model.reading import Conversation, Noise, Record

_OBJECT, _ARRAY, _COMMA, _CLOSE_ARRAY, _NULL = 0x7B, 0x5B, 0x2C, 0x5D, 0x6E
_SMALL = 64 << 10
_RESUMPTIONS = 32
_VAIN = 8
"""A resumption after which no message was read costs as many of them: each may have run through the whole file."""
_VAIN_LOOKS = 3
"""So often, in one document, a list may be run through for names behind it that damage hides: keeps hostile files linear."""
# Possessive repeats over disjoint classes: linear.
_STRUCTURE = re.compile(rb"(?:[ \t\r\n,:\[\]{}]++|" + STRING + rb"[ \t\r\n]*+:)*+", re.DOTALL)


class _Frame:
    """One object on the way: how far it is read, and what is known of it."""

    def __init__(self, members: Members, node: Object, pointer: str) -> None:
        self.members = members
        self.node = node
        self.pointer = pointer
        self.head: dict[str, Any] = {}
        self.last: tuple[Messages, Conversation | None, str] | None = None
        self.joined = 0
        self.is_lost = False
        self.is_looked_through = False
        self.opening = list_opening(node)
        self.has_lists = any(isinstance(child, Messages) for child in (*node.members.values(), node.other))


class Walk:
    """
    Walks through one document.

    Args:
        window: The document.
        name: The file's name.
        cover: What the records cover so far.
        lists: Reads lists of messages.
    """

    def __init__(self, window: Window, name: str, cover: Cover, lists: Lists) -> None:
        self._window = window
        self._name = name
        self._cover = cover
        self._lists = lists
        self._facts = Facts(window, cover)
        self._left = _RESUMPTIONS
        self._read = 0
        self._vain_looks = _VAIN_LOOKS

    def records(self, start: int, shape: Shape) -> Iterator[Record]:
        """Yield all records of the value at `start`, which opens as `shape` does."""
        cover, window = self._cover, self._window
        part = self._document(start, shape)
        while True:
            try:
                yield from part
            except CutError as cut:
                yield from cover.to(cut.place)
                # An open quotation mark runs on to the end of the file; where another list opens behind it, the file does not end there.
                found = self._rescue(shape)
                place = window.source.size if found is None else found[0]
                if _is_structure(window, cover.done, place):
                    yield from cover.to(place)
                yield from cover.defect(cover.done, place, cut.code if found is None else "invalid-json")
                if found is None:
                    return
                part = self._rescued(*found)
                continue
            place = window.after_space(cover.after)
            yield from cover.to(place)
            yield from cover.defect(place, window.source.size, "trailing-data")
            return

    def _spend(self) -> None:
        """Count a resumption."""
        read = self._lists.total
        self._left -= 1 if read > self._read else _VAIN
        self._read = read

    def _document(self, start: int, shape: Shape) -> Iterator[Record]:
        if isinstance(shape, Lines):
            yield from self._lists.lines(start, shape.messages)
        elif isinstance(shape, Messages):
            yield from self._list(start, shape, About("", {}, None, self._name), "")
        elif isinstance(shape, Section):
            yield from self._facts.value(start, shape, "")
        elif isinstance(shape, Each):
            yield from self._each(start, shape, "")
        else:
            yield from self._object(start, shape, "")

    def _rescue(self, shape: Shape) -> tuple[int, Object] | None:
        """Return where, after damage outside them, the next object with messages opens, and which it is."""
        if self._left <= 0:
            return None
        self._spend()
        nearest: tuple[int, Object] | None = None
        for node in objects_with_messages(shape):
            opening = list_opening(node)
            place = None if opening is None else find(self._window, self._cover.done, opening, nearest[0] if nearest else None)
            if place is not None:
                nearest = place, node
        return None if nearest is None else (object_before(self._window, nearest[0], self._cover.done), nearest[1])

    def _rescued(self, place: int, node: Object) -> Iterator[Record]:
        """Yield the records of an object without those around it, and say that more may follow."""
        yield from self._object(place, node, "", is_whole=self._window.at(place) == _OBJECT)
        if self._window.after_space(self._cover.after) < self._window.source.size:
            raise CutError(self._cover.after, "invalid-json")

    def _list(self, start: int, node: Messages, about: About, pointer: str) -> Iterator[Record]:
        """Yield the messages of a list that is the whole document, also after a bracket that closes it too early."""
        cover, window = self._cover, self._window
        conversation = node.opens(about) if node.opens else None
        opening = element_opening(node)
        part = self._lists.read(start + 1, node, conversation, pointer)
        while True:
            yield from part
            place = window.after_space(cover.after)
            if opening is None or window.at(place) == EOF or self._left <= 0:
                return
            self._spend()
            found = find(window, place, opening)
            if found is None:
                return
            yield from cover.to(cover.after)
            yield from cover.defect(cover.done, found, "invalid-json")
            part = self._lists.read(found, node, conversation, pointer, number=max(1, self._lists.number))

    def _each(self, place: int, node: Each, pointer: str) -> Iterator[Record]:
        """Yield the records of a list of objects, one by one, and its closing bracket."""
        window, cover = self._window, self._cover
        place = window.after_space(place + 1)
        if window.at(place) == _CLOSE_ARRAY:
            cover.after = place + 1
            return
        number = 0
        while True:
            if window.at(place) == _OBJECT:
                number += yield from self._object(place, node.element, f"{pointer}/{number}")
                after = cover.after
            else:
                end = value_end(window, place)
                if end is None or end == place:
                    raise CutError(place, "truncated-json" if window.at(place) == EOF else "invalid-json")
                yield from cover.defect(place, end, "not-an-object", f"{pointer}/{number}")
                after = end
            following = window.after_space(after)
            if window.at(following) == _CLOSE_ARRAY:
                cover.after = following + 1
                return
            if window.at(following) == EOF:
                raise CutError(after, "truncated-json")
            if window.at(following) != _COMMA:
                raise CutError(following, "invalid-json")
            place = window.after_space(following + 1)
            if window.at(place) == EOF:
                raise CutError(after, "truncated-json")
            number += 1

    def _object(self, place: int, node: Object, pointer: str, is_whole: bool = True) -> Generator[Record, None, int]:
        """Yield the records of an object (from its ``{`` or, not `is_whole`, from a key); return how many it took over after damage."""
        frame = _Frame(Members(self._window, place + is_whole), node, pointer)
        part = self._members(frame)
        while True:
            try:
                yield from part
                return frame.joined
            except JoinedError as joined:
                if self._left <= 0:
                    raise CutError(joined.place, "invalid-json") from None
                part = self._taken_over(frame, joined.place)
            except CutError as cut:
                if cut.code != "invalid-json" or self._left <= 0 or not frame.has_lists or frame.is_lost:
                    raise
                part = self._resumed(frame, cut)
            self._spend()

    def _taken_over(self, frame: _Frame, place: int) -> Iterator[Record]:
        """Go on with the next object of the same kind, which opens at `place`, or of which only the list is left there."""
        is_whole = self._window.at(place) == _OBJECT
        frame.members = Members(self._window, place + 1 if is_whole else place)
        frame.head, frame.last = {}, None
        frame.joined += 1
        above, _, number = frame.pointer.rpartition("/")
        frame.pointer = f"{above}/{int(number) + 1}" if number.isdecimal() and number.isascii() and len(number) < 12 else frame.pointer
        yield from self._members(frame)

    def _resumed(self, frame: _Frame, cut: CutError) -> Iterator[Record]:
        """Go on after a bracket too many or other damage between values: at the next message, or where another list opens."""
        window, cover = self._window, self._cover
        yield from cover.to(cut.place)
        start = cover.done
        joined = None if frame.opening is None else find(window, start, frame.opening)
        opening = None if frame.last is None else element_opening(frame.last[0])
        place = None if opening is None else find(window, start, opening, joined)
        if place is not None and frame.last is not None:
            yield from cover.defect(start, place, cut.code, frame.pointer or None)
            node, conversation, pointer = frame.last
            yield from self._lists.read(place, node, conversation, pointer, number=max(1, self._lists.number), opening=frame.opening)
            frame.members = Members(window, cover.after, is_after_value=True)
            yield from self._members(frame)
        elif joined is not None:
            joined = object_before(window, joined, start)
            yield from cover.defect(start, joined, cut.code, frame.pointer or None)
            raise JoinedError(joined)
        else:
            frame.is_lost = True
            raise cut

    def _members(self, frame: _Frame) -> Iterator[Record]:
        for member in frame.members:
            yield from self._member(frame, member)
        self._cover.after = frame.members.end

    def _member(self, frame: _Frame, member: Member) -> Iterator[Record]:
        members, cover = frame.members, self._cover
        is_known = member.key in frame.node.members
        child = frame.node.members[member.key] if is_known else frame.node.other
        here = f"{frame.pointer}/{escaped(member.key)}"
        if frame.has_lists and not member.is_repeated and not isinstance(child, Messages | Each):
            self._learn(member, frame.head)
        if isinstance(child, Section):
            yield from self._facts.member(members, member, child, frame.pointer)
            return
        fits = (isinstance(child, Object) and member.first == _OBJECT) or (isinstance(child, Messages | Each) and member.first == _ARRAY)
        if fits:
            if member.is_repeated:
                yield from remarks(member.start, member.place, ("duplicate-key",), here)
            if isinstance(child, Object):
                yield from self._object(member.place, child, here)
            elif isinstance(child, Each):
                yield from self._each(member.place, child, here)
            elif isinstance(child, Messages):
                yield from self._messages(frame, member, child, here)
            members.after = cover.after
        elif isinstance(child, Head) and member.first not in (_OBJECT, _ARRAY) and not member.is_repeated:
            yield from self._shown(frame, member)
        else:
            if is_known and member.first != _NULL and not member.is_repeated:
                yield from remarks(member.start, member.place, ("unexpected-shape",), here)
            yield from self._facts.member(members, member, OTHER, frame.pointer)

    def _messages(self, frame: _Frame, member: Member, node: Messages, here: str) -> Iterator[Record]:
        head = frame.head
        if not frame.is_looked_through and self._vain_looks and any(key not in head for key in node.after):
            frame.is_looked_through = True
            frame.head = head = {**self._behind(member.place, node, frame), **head}
        about = About(member.key, head, frame.pointer or None, self._name)
        conversation = node.opens(about) if node.opens else None
        frame.last = (node, conversation, here)
        yield from self._lists.read(member.place + 1, node, conversation, here, opening=frame.opening)

    def _shown(self, frame: _Frame, member: Member) -> Iterator[Record]:
        """Yield the noise of a value that the conversation record shows; a fact where it does not show all of it."""
        window = self._window
        end = value_end(window, member.place, member.place + RECORD_LIMIT)
        data = b"" if end is None else window.slice(member.start, end)
        text = About(member.key, frame.head, None, "").text(member.key)
        if end is not None and header_rule((member.key,)).fullmatch(data) and self._is_shown(frame, member, text):
            frame.members.after = end
            yield from self._cover.put(Noise(member.start, end, HEADER), member.start, end)
        else:
            yield from self._facts.member(frame.members, member, Section("conversation", "unknown", is_listed=False), frame.pointer)

    def _is_shown(self, frame: _Frame, member: Member, text: str | None) -> bool:
        if text is None:
            return member.first == _NULL
        about = About(member.key, frame.head, frame.pointer or None, self._name)
        nodes = [child for child in (*frame.node.members.values(), frame.node.other) if isinstance(child, Messages)]
        made = [node.opens(about) for node in nodes if node.opens]
        return any(found is not None and text in (found.name, found.id, found.type) for found in made)

    def _learn(self, member: Member, head: dict[str, Any]) -> None:
        """Keep a small value for `About.head`, unless anything is wrong with it."""
        end = value_end(self._window, member.place, member.place + _SMALL)
        if end is not None and end > member.place:
            data = self._window.slice(member.place, end)
            held = held_in(data)
            if not isinstance(held, Broken) and not getattr(held, "problems", ()):
                head[member.key] = whole(data, held).plain

    def _behind(self, place: int, node: Messages, frame: _Frame) -> dict[str, Any]:
        """Return the small members that stand behind the list at `place`, when the way there is whole."""
        head: dict[str, Any] = {}
        elements = Elements(self._window, place + 1, _skim, None, node.first, is_passing=True)
        try:
            for start, end, _, held in elements:
                if isinstance(held, Broken) and frame.opening is not None and find(self._window, start, frame.opening, end) is not None:
                    self._vain_looks -= 1
                    return head
            members = Members(self._window, elements.end, is_after_value=True)
            for member in members:
                if not member.is_repeated:
                    self._learn(member, head)
                members.skip(member)
        except CutError:
            self._vain_looks -= 1
        return head


def _is_structure(window: Window, start: int, end: int) -> bool:
    return end - start <= _SMALL and _STRUCTURE.fullmatch(window.slice(start, end)) is not None


_raw = msgspec.json.Decoder(msgspec.Raw).decode


def _skim(data: bytes) -> object | None:
    """Prove only that `data` is one whole value."""
    try:
        return _raw(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
