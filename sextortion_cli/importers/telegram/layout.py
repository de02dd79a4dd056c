"""The way through an export: one conversation by itself, or an account with lists of them, whole, cut off or damaged."""

from __future__ import annotations

from collections.abc import Iterator

from sextortion_cli.importers.jsonchat.codes import HEADER
from sextortion_cli.importers.jsonchat.cover import RECORD_LIMIT, Cover, remarks
from sextortion_cli.importers.jsonchat.facts import OTHER, Facts, Section
from sextortion_cli.importers.jsonscan.elements import CutError
from sextortion_cli.importers.jsonscan.extent import value_end
from sextortion_cli.importers.jsonscan.members import Member, Members
from sextortion_cli.importers.jsonscan.window import EOF, Window
from sextortion_cli.importers.telegram.codes import NOISE_RULES
from sextortion_cli.importers.telegram.conversations import Conversations, JoinedError
from sextortion_cli.importers.telegram.openings import find_opening, header_value
from sextortion_cli.importers.telegram.sections import SECTIONS, note
from sextortion_cli.model.reading import Conversation, Noise, Record

_OBJECT, _ARRAY, _COMMA, _CLOSE_ARRAY = 0x7B, 0x5B, 0x2C, 0x5D
_HEADER_KEYS = frozenset(("name", "type", "id"))
_LISTS = frozenset(("chats", "left_chats"))
_CONVERSATION = Section("conversation", "unknown")
_RESUMPTIONS = 32


class Layout:
    """
    Walks through one export.

    Args:
        window: The object, which begins as a JSON object at `start`.
        start: The place of its ``{``.
        conversations: Reads lists of messages.
    """

    def __init__(self, window: Window, start: int, cover: Cover, conversations: Conversations) -> None:
        self._window = window
        self._start = start
        self._cover = cover
        self._conversations = conversations
        self._facts = Facts(window, cover, note)
        self._number = 0

    def records(self) -> Iterator[Record]:
        """Yield all records; after damage go on at the next conversation that can be found."""
        part = self._object(Members(self._window, self._start + 1), "", is_top=True)
        left = _RESUMPTIONS
        while True:
            try:
                yield from part
                yield from self._rest()
                return
            except JoinedError as joined:
                again: int | None = joined.place
            except CutError as cut:
                yield from self._cover.to(cut.place)
                again = find_opening(self._window, self._cover.done + 1)
                yield from self._cover.defect(self._cover.done, self._window.source.size if again is None else again, cut.code)
            if again is None:
                return
            left -= 1
            if left < 0:
                yield from self._cover.defect(self._cover.done, self._window.source.size, "invalid-json")
                return
            part = self._resumed(again)

    def _rest(self) -> Iterator[Record]:
        """Yield what follows after the end of the JSON text."""
        window, cover = self._window, self._cover
        place = window.after_space(cover.after)
        yield from cover.to(place)
        yield from cover.defect(place, window.source.size, "trailing-data")

    def _resumed(self, place: int) -> Iterator[Record]:
        """Yield the conversations from the one that opens at `place`, and what follows on their list."""
        self._number += 1
        yield from self._chats(place, "/chats/list", self._number)
        window = self._window
        after = window.after_space(self._cover.after)
        if window.at(after) != 0x7D:
            return
        self._cover.after = after + 1
        members = Members(window, after + 1, is_after_value=True)
        if window.at(window.after_space(after + 1)) == _COMMA:
            yield from self._object(members, "", is_top=True)
        elif window.at(window.after_space(after + 1)) == 0x7D:
            self._cover.after = window.after_space(after + 1) + 1

    def _object(self, members: Members, pointer: str, is_top: bool) -> Iterator[Record]:
        """Yield the records of an object that is a conversation, an account, or (to be general) both."""
        head: dict[str, str | None] = {}
        has_messages = False
        for member in members:
            if member.key in _HEADER_KEYS and member.first not in (_OBJECT, _ARRAY) and not member.is_repeated:
                yield from self._header(members, member, head, pointer)
            elif member.key == "messages" and member.first == _ARRAY:
                if member.is_repeated:
                    yield from remarks(member.start, member.place, ("duplicate-key",), f"{pointer}/messages")
                if "type" not in head and not has_messages:
                    head = {**self._conversations.header_after(member.place), **head}
                has_messages = True
                yield from self._conversations.messages(member, _conversation(head, pointer))
                members.after = self._cover.after
            elif is_top and member.key in _LISTS and member.first in (_OBJECT, _ARRAY):
                yield from self._list(member)
                members.after = self._cover.after
            else:
                yield from self._other(members, member, pointer, is_top)
        if head and not has_messages:
            yield _conversation(head, pointer)
        self._cover.after = members.end

    def _other(self, members: Members, member: Member, pointer: str, is_top: bool) -> Iterator[Record]:
        known = is_top and (member.key in SECTIONS or member.key in _LISTS)
        odd = member.key == "messages" or (known and member.first not in (_OBJECT, _ARRAY))
        if odd:
            yield from remarks(member.start, member.place, ("unexpected-shape",), f"{pointer}/{member.key}")
        section = SECTIONS.get(member.key, OTHER) if is_top else _CONVERSATION
        yield from self._facts.member(members, member, section, pointer)

    def _header(self, members: Members, member: Member, head: dict[str, str | None], pointer: str) -> Iterator[Record]:
        """Yield the noise of a name, type or id that the conversation record shows; a fact where it cannot show all of it."""
        window = self._window
        end = value_end(window, member.place, member.place + RECORD_LIMIT)
        if end is None or not NOISE_RULES[HEADER].fullmatch(window.slice(member.start, end)):
            yield from self._facts.member(members, member, _CONVERSATION, pointer)
            return
        head[member.key], is_whole = header_value(window.slice(member.place, end))
        if not is_whole:
            yield from self._facts.member(members, member, _CONVERSATION, pointer)
            return
        members.after = end
        yield from self._cover.put(Noise(member.start, end, HEADER), member.start, end)

    def _list(self, member: Member) -> Iterator[Record]:
        """Yield the records of ``chats`` or ``left_chats``: an object with a list, or the list itself."""
        pointer = f"/{member.key}"
        if member.is_repeated:
            yield from remarks(member.start, member.place, ("duplicate-key",), pointer)
        if member.first == _ARRAY:
            yield from self._array(member.place, pointer)
            return
        inner = Members(self._window, member.place + 1)
        for item in inner:
            if item.key == "list" and item.first == _ARRAY:
                yield from self._array(item.place, f"{pointer}/list")
                inner.after = self._cover.after
            else:
                yield from self._facts.member(inner, item, OTHER, pointer, 1)
        self._cover.after = inner.end

    def _array(self, place: int, pointer: str) -> Iterator[Record]:
        first = self._window.after_space(place + 1)
        if self._window.at(first) == _CLOSE_ARRAY:
            self._cover.after = first + 1
        else:
            yield from self._chats(first, pointer, 0)

    def _chats(self, place: int, pointer: str, number: int) -> Iterator[Record]:
        """Yield the conversations of a list from `place` on, and its closing bracket."""
        window, cover = self._window, self._cover
        while True:
            self._number = number
            if window.at(place) == _OBJECT:
                yield from self._object(Members(window, place + 1), f"{pointer}/{number}", is_top=False)
                after = cover.after
            else:
                found = value_end(window, place)
                if found is None or found == place:
                    raise CutError(place, "truncated-json" if window.at(place) == EOF else "invalid-json")
                yield from cover.defect(place, found, "not-an-object", f"{pointer}/{number}")
                after = found
            following = window.after_space(after)
            if window.at(following) == _CLOSE_ARRAY:
                cover.after = following + 1
                return
            if window.at(following) != _COMMA:
                raise CutError(
                    following if window.at(following) != EOF else after, "truncated-json" if window.at(following) == EOF else "invalid-json"
                )
            place = window.after_space(following + 1)
            if window.at(place) == EOF:
                raise CutError(after, "truncated-json")
            number += 1


def _conversation(head: dict[str, str | None], pointer: str) -> Conversation:
    return Conversation(head.get("name"), head.get("id"), head.get("type") or None, pointer or None)
