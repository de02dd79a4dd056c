"""Lists of messages: the quick way for what is proven plain, the careful way for all else, and a way on after damage."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.jsonchat.codes import NOT_SELECTED, STRUCTURE
from sextortion_cli.importers.jsonchat.cover import RECORD_LIMIT, Cover, held_in, remarks
from sextortion_cli.importers.jsonchat.damage import JoinedError, opening_in
from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.shape import Built, Messages
from sextortion_cli.importers.jsonscan.elements import SIZE_LIMIT, Broken, CutError, Elements, Seam
from sextortion_cli.importers.jsonscan.tree import Tree
from sextortion_cli.importers.jsonscan.window import EOF, Window
from sextortion_cli.model.reading import Conversation, Message, Noise, Record
from sextortion_cli.model.selection import Selection

_FRAME = 6 << 20
_LINE_SPACE = b" \t\r"


class Lists:
    """
    Reads the lists of messages of one document.

    Args:
        window: The document.
        cover: What the records cover so far.
        selection: What is wanted.

    Attributes:
        counts: How often each code of `Built.gaps` came.
        number: Of the element after the last one that was read.
        total: Elements that were read in all lists.
    """

    def __init__(self, window: Window, cover: Cover, selection: Selection) -> None:
        self._window = window
        self._cover = cover
        self._selection = selection
        self._seams: dict[int, Seam | None] = {}
        self._current: Conversation | None = None
        self.counts: dict[str, int] = {}
        self.number = 0
        self.total = 0

    def read(
        self,
        place: int,
        node: Messages,
        conversation: Conversation | None,
        pointer: str,
        *,
        number: int = 0,
        opening: re.Pattern[bytes] | None = None,
    ) -> Iterator[Record]:
        """
        Yield the conversation of a list and its messages from `place` (after ``[`` or at an element) to its closing bracket.

        Args:
            number: Of the element at `place`.
            opening: Shows that another conversation opens inside a damaged stretch (`damage.list_opening`).

        Raises:
            CutError: The document ends inside, or goes on as no list does.
            JoinedError: A damaged stretch hides the end of the list.
        """
        if conversation is not None and not number:
            self._current = conversation
            yield conversation
        self._window.at(place)
        elements = Elements(self._window, place, node.decode(), self._seams.get(id(node)), node.first, node.scan)
        if conversation is None or self._selection.has_conversation(conversation):
            yield from self._wanted(elements, node, pointer + "/", number, opening)
        else:
            yield from self._unwanted(elements, opening)
        self._seams[id(node)] = elements.seam
        self._cover.after = elements.end

    def lines(self, place: int, node: Messages) -> Iterator[Record]:
        """Yield one record for each line from `place` to the end of the document."""
        window, cover = self._window, self._cover
        decode = node.decode()
        line, counted = 1, 0
        while window.at(start := window.after_space(place)) != EOF:
            line += _newlines(window, counted, start)
            counted = start
            yield from cover.to(start) if cover.done == 0 else ()
            end = _line_end(window, start)
            if end - start > SIZE_LIMIT:
                yield from cover.defect(start, end, "too-large")
            else:
                data = window.slice(start, end).rstrip(_LINE_SPACE)
                value = decode(data)
                held = held_in(data) if value is None else value
                if isinstance(held, Broken) and held.trouble == "invalid-json" and end == window.source.size:
                    yield from cover.defect(start, end, "truncated-json")
                else:
                    for record in self._element(start, start + len(data), data, held, None, node, None):
                        yield _at_line(record, line)
            place = end
            cover.after = end

    def _unwanted(self, elements: Elements, opening: re.Pattern[bytes] | None) -> Iterator[Record]:
        cover = self._cover
        yield from cover.to(elements.place)
        place = cover.done
        try:
            for start, end, _, held in elements:
                found = opening_in(self._window, start, end, opening) if isinstance(held, Broken) else None
                if found is not None:
                    place = found
                    raise JoinedError(found)
                place = end
                if place - cover.done > 1 << 20:
                    yield from cover.unselected(place)
        except CutError as cut:
            yield from cover.unselected(cut.place)
            raise
        except JoinedError:
            yield from cover.unselected(place)
            raise
        yield from cover.unselected(place)

    def _wanted(self, elements: Elements, node: Messages, prefix: str, number: int, opening: re.Pattern[bytes] | None) -> Iterator[Record]:
        self.number = number
        cover, selection, quick = self._cover, self._selection, node.quick
        has_days, is_first = selection.has_days, True
        done = cover.done
        try:
            for start, end, data, held in elements:
                if is_first and start > done:  # between two elements stands only what separates them, which needs no record
                    yield Noise(done, start, STRUCTURE)
                is_first = False
                done = end
                message: Message | None = None
                if quick is not None and end - start < RECORD_LIMIT and type(held) is not Tree and type(held) is not Broken:
                    built = quick(start, end, f"{prefix}{number}", held)
                    message = self._counted(built) if isinstance(built, Built) else built
                if message is None:
                    cover.done = done = start
                    whole = data or self._window.slice(start, end)
                    yield from self._element(start, end, whole, held, f"{prefix}{number}", node, opening)
                    done = cover.done
                elif has_days and not selection.has_time(message.time):
                    yield Noise(start, end, NOT_SELECTED)
                else:
                    yield message
                number += 1
        finally:
            cover.done = max(cover.done, done)
            self.total += number - self.number
            self.number = number

    def _counted(self, built: Built) -> Message | None:
        """Return the message of what `quick` made, and count its gaps; None when more than that must be done with it."""
        record = built.record
        if not isinstance(record, Message) or built.problems or built.conversation is not None or built.is_left_out:
            return None
        if self._selection.has_time(record.time):
            for code in built.gaps:
                self.counts[code] = self.counts.get(code, 0) + 1
        return record

    def _element(
        self, start: int, end: int, data: bytes, held: object, pointer: str | None, node: Messages, opening: re.Pattern[bytes] | None
    ) -> Iterator[Record]:
        """Yield what any element is."""
        cover = self._cover
        if isinstance(held, Broken):
            found = opening_in(self._window, start, end, opening)
            yield from cover.defect(start, end if found is None else found, held.trouble, pointer)
            if found is not None:
                raise JoinedError(found)
            return
        if not isinstance(held, Tree | dict):
            held = held_in(data)  # what `decode` gave was for `quick`
        entry = Entry(data, held)
        if not entry.is_object:
            yield from cover.defect(start, end, "not-an-object", pointer)
            return
        built = node.read(start, end, pointer, entry)
        record = built.record
        if end - start >= RECORD_LIMIT and len(msgspec.json.encode(record)) > _FRAME:
            yield from cover.defect(start, end, "too-large", pointer)
            return
        cover.done = end
        conversation = built.conversation
        is_wanted = conversation is None or self._selection.has_conversation(conversation)
        if built.is_left_out or (isinstance(record, Message) and not (is_wanted and self._selection.has_time(record.time))):
            yield Noise(start, end, NOT_SELECTED)
            return
        if conversation is not None and conversation != self._current:
            self._current = conversation
            yield conversation
        for code in built.gaps:
            self.counts[code] = self.counts.get(code, 0) + 1
        yield record
        yield from remarks(start, end, dict.fromkeys((*entry.problems, *built.problems)), pointer)


def _at_line(record: Record, line: int) -> Record:
    return record if isinstance(record, Conversation | Noise) or not hasattr(record, "line") else msgspec.structs.replace(record, line=line)


def _newlines(window: Window, start: int, end: int) -> int:
    """Count the line breaks in ``[start, end)``, a window at a time."""
    count, place = 0, start
    while place < end:
        piece = window.slice(place, min(end, place + window.size))
        count += piece.count(b"\n")
        place += len(piece) or end
    return count


def _line_end(window: Window, start: int) -> int:
    """Return the place of the line break after `start`, or the end of the document."""
    place = start
    while window.at(place) != EOF:
        found = window.data.find(b"\n", place - window.base)
        if found >= 0:
            return window.base + found
        place = window.base + len(window.data)
    return place
