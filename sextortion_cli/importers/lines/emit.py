"""From what a reader found to records: chosen days, times that cannot be, bytes that are no text."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from sextortion_cli.importers.lines.codes import DEFECTS, gap
from sextortion_cli.importers.lines.stamps import Clock
from sextortion_cli.importers.whatsapp.windows import Encoding
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Attachment, Conversation, Defect, Message, Noise, Reaction, ReadOptions, Record, Sender, Time
from sextortion_cli.model.selection import Selection

_MOST_PEOPLE = 10_000


class Emitter:
    """
    Hands records on.

    Args:
        encoding: Of the file.
        options: What was stated.
        is_open: The order of day and month is open: then a time that cannot be read is no defect of its own.

    Attributes:
        messages: Messages handed on so far.
        has_zoneless: One of them has a local time whose zone the file does not give.
    """

    def __init__(self, encoding: Encoding, options: ReadOptions, is_open: bool = False) -> None:
        self._encoding = encoding
        self._selection = Selection(options)
        self._is_wanted = True
        self._people: dict[tuple[str, str | None], Sender] = {}
        self.is_open = is_open
        self.messages = 0
        self.has_zoneless = False

    def conversation(self, conversation: Conversation) -> Iterator[Record]:
        """Open a conversation; its messages are left out when others were chosen."""
        self._is_wanted = self._selection.has_conversation(conversation)
        yield Conversation(*(None if part is None else valid(part) for part in (conversation.name, conversation.id, conversation.type)))

    def sender(self, name: str, identity: str | None = None) -> Sender:
        """Return whom a name stands for."""
        sender = self._people.get((name, identity))
        if sender is None:
            if len(self._people) > _MOST_PEOPLE:
                self._people.clear()
            shown = visible(name) or identity or "?"
            sender = self._people[name, identity] = Sender(shown, None if shown == name else name, identity)
        return sender

    def message(self, message: Message, *codes: str) -> Iterator[Record]:
        """Yield a message, or that it was not chosen, and the defects `codes` about it."""
        if not (self._is_wanted and self._selection.has_time(message.time)):
            yield Noise(message.start, message.end, "not-selected")
            return
        _show(message, self._encoding)
        self.messages += 1
        yield message
        time = message.time
        self.has_zoneless = self.has_zoneless or (time is not None and time.local is not None and time.utc is None)
        if time is not None and time.local is None and time.utc is None and not self.is_open:
            codes = (*codes, "impossible-time")
        if message.lossy:
            codes = (*codes, "invalid-text")
        for code in codes:
            yield Defect(message.start, message.end, code, DEFECTS[code], True, message.line)

    def left_out(self, start: int, end: int) -> Noise:
        """Return the noise of bytes that belong to something that was not chosen."""
        return Noise(start, end, "not-selected")


def closing(emitter: Emitter, options: ReadOptions, clock: Clock | None, *codes: str) -> Iterator[Record]:
    """Yield what is to be said at the end of a reading: of the order of day and month, the zone, and the gaps `codes`."""
    if clock is not None:
        yield from clock.gaps()
    if emitter.has_zoneless and options.timezone is None:
        yield gap("zone-unknown")
    for code in codes:
        yield gap(code)


def unread(start: int, end: int, code: str, line: int | None) -> Defect:
    """Return the defect of bytes that could not be read as the format says."""
    return Defect(start, end, code, DEFECTS[code], line=line)


def unfolded(raw: str) -> tuple[str, str | None]:
    r"""Return a stretch with its lines joined by ``\n``, and the stretch itself where that differs."""
    text = raw.replace("\r\n", "\n")
    return text, None if text == raw else raw


def raw_of(text: str, stretch: str) -> str | None:
    """Return what `text`, a part of `stretch` with its lines joined, was read from: None when it stands there as it is."""
    if text in stretch:
        return None
    folded = text.replace("\n", "\r\n")
    return folded if folded in stretch else stretch


def valid(text: str) -> str:
    """Return `text` with the replacement character for everything that is no text."""
    return (
        text if _is_valid(text) else text.encode("utf-8", "surrogateescape" if _is_escaped(text) else "replace").decode("utf-8", "replace")
    )


def _is_escaped(text: str) -> bool:
    """Say whether all surrogates are bytes that were no UTF-8 (`surrogateescape`)."""
    return all(not "\ud800" <= char <= "\udfff" or "\udc80" <= char <= "\udcff" for char in text)


def _is_valid(text: str | None) -> bool:
    if text is None or text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _show(message: Message, encoding: Encoding) -> None:
    """Where bytes are no text, show the replacement character and keep the exact bytes of the message's text."""
    stretch = message.raw if message.raw is not None else message.text
    if not _is_valid(stretch) or not _is_valid(message.text):
        message.raw_b64 = base64.b64encode(encoding.encode(stretch or "")).decode()
        message.text, message.raw, message.lossy = valid(message.text or ""), None, True
    sender, time = message.sender, message.time
    if sender is not None and not (_is_valid(sender.name) and _is_valid(sender.raw) and _is_valid(sender.id)):
        message.sender = Sender(valid(sender.name), valid(sender.raw or sender.name), None if sender.id is None else valid(sender.id))
        message.lossy = True
    if time is not None and not _is_valid(time.as_written):
        message.time = Time(valid(time.as_written), time.local, time.utc, time.basis, time.precision)
        message.lossy = True
    if message.detail and not all(map(_is_valid, (*message.detail, *message.detail.values()))):
        message.detail = {valid(key): valid(value) for key, value in message.detail.items()}
        message.lossy = True
    parts = [part for one in message.attachments for part in (one.name, one.note)] + [
        part for one in message.reactions for part in (one.value, one.actor)
    ]
    if parts and not all(map(_is_valid, parts)):
        message.attachments = tuple(Attachment(_or_none(one.name), one.media, _or_none(one.note)) for one in message.attachments)
        message.reactions = tuple(Reaction(valid(one.value), _or_none(one.actor), one.count, one.time) for one in message.reactions)
        message.lossy = True


def _or_none(text: str | None) -> str | None:
    return None if text is None else valid(text)
