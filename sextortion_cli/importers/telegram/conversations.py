"""Lists of messages: the quick way for what is proven plain, the careful way for all else."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.jsonchat.codes import NOT_SELECTED, STRUCTURE
from sextortion_cli.importers.jsonchat.cover import RECORD_LIMIT, Cover, remarks
from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonscan.elements import Broken, CutError, Elements, Seam
from sextortion_cli.importers.jsonscan.exact import decode_exactly
from sextortion_cli.importers.jsonscan.extent import value_end
from sextortion_cli.importers.jsonscan.members import Member, Members
from sextortion_cli.importers.jsonscan.window import Window
from sextortion_cli.importers.telegram import wire
from sextortion_cli.importers.telegram.codes import GAPS
from sextortion_cli.importers.telegram.message import from_entry, from_plain
from sextortion_cli.importers.telegram.openings import find_opening, header_value
from sextortion_cli.importers.telegram.simple import from_simple
from sextortion_cli.importers.telegram.wire import Plain
from sextortion_cli.model.reading import Conversation, Gap, Message, Noise, Record
from sextortion_cli.model.selection import Selection

_FRAME = 6 << 20
_HEADER_KEYS = frozenset(("name", "type", "id"))
_CLEARED = frozenset(("clear_history", "history_clear"))


class JoinedError(ValueError):
    """A damaged stretch hides the end of this conversation: another one opens at `place`."""

    def __init__(self, place: int) -> None:
        super().__init__("joined")
        self.place = place


class Conversations:
    """
    Reads the lists of messages of one object.

    Args:
        window: The object.
        cover: What the records cover so far.
        selection: What is wanted.
    """

    def __init__(self, window: Window, cover: Cover, selection: Selection) -> None:
        self._window = window
        self._cover = cover
        self._selection = selection
        self._decode = wire.message_decoder()
        self._seam: Seam | None = None
        self._counts: dict[str, int] = {}

    def gaps(self) -> Iterator[Gap]:
        """Yield what the messages themselves say is missing."""
        for code, count in sorted(self._counts.items()):
            yield Gap(code, GAPS[code], count)

    def header_after(self, place: int) -> dict[str, str | None]:
        """Return name, type and id of the conversation whose messages begin at `place`, when they stand behind the messages."""
        head: dict[str, str | None] = {}
        elements = Elements(self._window, place + 1, self._decode, self._seam)
        try:
            for start, end, _, held in elements:
                if isinstance(held, Broken) and self._opening(start, end) is not None:
                    return head
            members = Members(self._window, elements.end, is_after_value=True)
            for member in members:
                stop = value_end(self._window, member.place, member.place + RECORD_LIMIT)
                if member.key in _HEADER_KEYS and stop is not None and not member.is_repeated:
                    head[member.key] = header_value(self._window.slice(member.place, stop))[0]
                members.skip(member)
        except CutError:
            return head
        return head

    def messages(self, member: Member, conversation: Conversation) -> Iterator[Record]:
        """
        Yield a conversation and its messages, up to the closing bracket of their list.

        Raises:
            CutError: The object ends inside, or goes on as no list does.
            JoinedError: A damaged stretch hides the end of the list.
        """
        yield conversation
        self._window.at(member.place)
        elements = Elements(self._window, member.place + 1, self._decode, self._seam)
        if self._selection.has_conversation(conversation):
            yield from self._wanted(elements, f"{conversation.pointer or ''}/messages/")
        else:
            yield from self._unwanted(elements)
        self._seam = elements.seam
        self._cover.after = elements.end

    def _unwanted(self, elements: Elements) -> Iterator[Record]:
        cover = self._cover
        yield from cover.to(elements.place)
        place = cover.done
        try:
            for start, end, _, held in elements:
                if isinstance(held, Broken):
                    self._check(start, end)
                place = end
                if place - cover.done > 1 << 20:
                    yield from cover.unselected(place)
        except CutError as cut:
            yield from cover.unselected(cut.place)
            raise
        except JoinedError as joined:
            yield from cover.unselected(joined.place)
            raise
        yield from cover.unselected(place)

    def _wanted(self, elements: Elements, prefix: str) -> Iterator[Record]:
        cover, selection = self._cover, self._selection
        has_days = selection.has_days
        done = cover.done
        try:
            for number, (start, end, data, held) in enumerate(elements):
                if not number and start > done:  # between two elements stands only what separates them, which needs no record
                    yield Noise(done, start, STRUCTURE)
                done = end
                message: Message | None = None
                if type(held) is Plain and end - start < RECORD_LIMIT:
                    message = from_plain(start, end, f"{prefix}{number}", held)
                elif type(held) is dict and end - start < RECORD_LIMIT:
                    message = from_simple(start, end, f"{prefix}{number}", data, held)
                if message is None:
                    cover.done = done = start
                    yield from self._carefully(start, end, data, held, f"{prefix}{number}")
                    done = cover.done
                elif has_days and not selection.has_time(message.time):
                    yield Noise(start, end, NOT_SELECTED)
                else:
                    yield message
        finally:
            cover.done = max(cover.done, done)

    def _carefully(self, start: int, end: int, data: bytes, held: object, pointer: str) -> Iterator[Record]:
        cover = self._cover
        if isinstance(held, Broken):
            opening = self._opening(start, end)
            yield from cover.defect(start, end if opening is None else opening, held.trouble, pointer)
            if opening is not None:
                raise JoinedError(opening)
            return
        entry = Entry(data, decode_exactly(data) if isinstance(held, Plain) else held)
        if not entry.is_object:
            yield from cover.defect(start, end, "not-an-object", pointer)
            return
        built = from_entry(start, end, pointer, entry)
        message = built.message
        if end - start >= RECORD_LIMIT and len(msgspec.json.encode(message)) > _FRAME:
            yield from cover.defect(start, end, "too-large", pointer)
            return
        cover.done = end
        if self._selection.has_days and not self._selection.has_time(message.time):
            yield Noise(start, end, NOT_SELECTED)
            return
        self._count(message)
        yield message
        yield from remarks(start, end, built.problems, pointer)

    def _count(self, message: Message) -> None:
        detail = message.detail
        action = detail.get("action")
        found = {
            "history-cleared": int(action in _CLEARED),
            "media-not-exported": sum(item.name is None and (item.note or "").startswith("(") for item in message.attachments),
            "messages-set-to-disappear": int(action == "set_messages_ttl" or "self_destruct_period_seconds" in detail),
            "unsupported-messages": int(detail.get("type") == "unsupported"),
            "zone-unknown": int(message.time is not None and message.time.utc is None and message.time.local is not None),
        }
        for code, count in found.items():
            if count:
                self._counts[code] = self._counts.get(code, 0) + count

    def _check(self, start: int, end: int) -> None:
        opening = self._opening(start, end)
        if opening is not None:
            raise JoinedError(opening)

    def _opening(self, start: int, end: int) -> int | None:
        """Return the place in ``[start, end)`` where another conversation opens."""
        found = find_opening(self._window, start, end)
        return found if found is not None and found < end else None
