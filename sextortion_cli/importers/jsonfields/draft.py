"""One message on its way: what of its object has found a place in the record; whatever has none stays in `detail`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

import msgspec

from sextortion_cli.importers.jsonchat.cover import held_in
from sextortion_cli.importers.jsonchat.entry import Entry, Field, masked, stretch
from sextortion_cli.importers.jsonchat.facts import Owner
from sextortion_cli.importers.jsonchat.shape import Built
from sextortion_cli.importers.jsonfields.links import without_signatures
from sextortion_cli.importers.jsonfields.moments import Moment
from sextortion_cli.importers.jsonscan.elements import Broken
from sextortion_cli.importers.jsonscan.tree import Number
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Attachment, Conversation, Fact, Message, MessageKind, Reaction, Sender, Time

EMPTY: tuple[object, ...] = (None, "", [], {})
"""Values that say nothing."""


_LONG = 300
"""Longer names are not kept in memory for the next message."""


def sender_of(name: str, identity: str | None) -> Sender:
    """Return the sender with this display name and stable id; a name that holds nothing visible is kept as `raw`."""
    return _sender(name, identity) if len(name) + len(identity or "") <= _LONG else _sender.__wrapped__(name, identity)


@functools.lru_cache(maxsize=4096)
def _sender(name: str, identity: str | None) -> Sender:
    clean = visible(name)
    return Sender(clean, None if clean == name else name, identity)


def nested(field: Field | None) -> Entry | None:
    """Return the object in a value with its own keys and bytes; None when it is no object."""
    if field is None or not isinstance(field.plain, dict):
        return None
    held = held_in(field.raw)
    return None if isinstance(held, Broken) else Entry(field.raw, held)


def as_text(value: object) -> str | None:
    """Return a string or a whole number as text, else None."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def as_json(value: object) -> str:
    """Return a plain value as JSON without white space."""
    return msgspec.json.encode(value, enc_hook=_number).decode()


def _number(value: object) -> object:
    return value.text if isinstance(value, Number) else str(value)


def dicts(value: object) -> list[dict[str, object]]:
    """Return the objects in a list; nothing when it is none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


class Draft:
    """
    A message on its way.

    Args:
        start, end, pointer, entry: As `shape.Read` gets them.
        withheld: Keys (at any depth) whose values are secrets: `detail` shows a mark.

    Attributes:
        problems: Codes of defects beside the message, in order.
        gaps: Codes of the importer's gaps that it shows.
        more: Further entries of `detail`.
        unsign: Links in `detail` lose their signatures (`links.unsigned`).
        The others are those of `Message`.
    """

    def __init__(self, start: int, end: int, pointer: str | None, entry: Entry, withheld: frozenset[str] = frozenset()) -> None:
        self._range = (start, end, pointer)
        self.pointer = pointer
        self.entry = entry
        self._withheld = withheld
        self._placed: set[str] = set()
        self.problems: dict[str, None] = {}
        self.gaps: dict[str, None] = {}
        self.more: dict[str, str] = {}
        self.kind: MessageKind = "other"
        self.sender: Sender | None = None
        self.time: Time | None = None
        self.text: str | None = None
        self.edited = False
        self.unsign = False
        self.attachments: list[Attachment] = []
        self.reactions: list[Reaction] = []
        self._stretch: tuple[str | None, str | None, bool] = (None, None, False)

    def value(self, key: str) -> object:
        """Return the value of `key`, or None."""
        field = self.entry.fields.get(key)
        return None if field is None else field.plain

    def place(self, *keys: str) -> None:
        """Say that the record shows these keys elsewhere than in `detail`."""
        self._placed.update(keys)

    def place_empty(self, *keys: str, values: Iterable[object] = EMPTY) -> None:
        """Leave those of `keys` out of `detail` whose value is one of `values` (of the same type), because it says nothing."""
        for key in keys:
            field = self.entry.fields.get(key)
            if field is not None and any(type(field.plain) is type(value) and field.plain == value for value in values):
                self._placed.add(key)

    def string(self, key: str) -> str | None:
        """Return the value of `key` when it is a string, and say that the record shows it; any other value (but null) is a defect."""
        field = self.entry.fields.get(key)
        if field is None:
            return None
        if isinstance(field.plain, str) or field.plain is None:
            self._placed.add(key)
            return field.plain
        self.problems["unexpected-shape"] = None
        return None

    def identity(self, key: str) -> str | None:
        """Return a string or whole number as text, like `string`."""
        found = self.value(key)
        if isinstance(found, int) and not isinstance(found, bool):
            self._placed.add(key)
            return str(found)
        return self.string(key)

    def say(self, key: str, convert: Callable[[str], str] | None = None) -> None:
        """Take the text of the message from `key`, in which it stands as `convert` undoes."""
        text = self.string(key)
        if text is not None:
            self.say_field(self.entry.fields[key], text if convert is None else convert(text))

    def say_field(self, field: Field, text: str) -> None:
        """Take `text`, read from `field`, as the text of the message."""
        self.text = text
        self._stretch = stretch(field, text)

    def when(self, moment: Moment | None, *keys: str) -> None:
        """Take the time of the message, with what is wrong with it; the values of `keys` stay in `detail` where it does not show them."""
        if moment is not None:
            self.time = moment.time
            self.problems.update(dict.fromkeys(moment.problems))
            self._placed -= {key for key in keys if self.value(key) not in (moment.time.as_written, None)}

    def secret(self, *names: str) -> None:
        """Withhold further keys of this message."""
        self._withheld |= frozenset(names)

    def detail(self) -> dict[str, str]:
        """Return everything that has no other place."""
        found = {key: self._shown(key, field) for key, field in self.entry.fields.items() if key not in self._placed}
        for number, (key, field) in enumerate(self.entry.more, 2):
            found[f"{key}#{number}"] = self._shown(key, field)
        return {**found, **self.more}

    def _shown(self, key: str, field: Field) -> str:
        if not self.unsign or b"://" not in field.token:
            return masked(key, field, self._withheld)
        value = without_signatures(field.plain)
        mended = Field(value, b"", as_json(value).encode())
        return masked(key, mended, self._withheld)

    def built(self, conversation: Conversation | None = None) -> Built:
        """Return the message."""
        start, end, pointer = self._range
        raw, raw_b64, lossy = self._stretch
        message = Message(
            start,
            end,
            self.kind,
            self.sender,
            self.time,
            self.text,
            raw,
            raw_b64,
            lossy,
            self.edited,
            pointer=pointer,
            attachments=tuple(self.attachments),
            reactions=tuple(self.reactions),
            detail=self.detail(),
        )
        return Built(message, tuple(self.problems), conversation, tuple(self.gaps))

    def fact(self, kind: str, of: Owner) -> Built:
        """Return the object as a fact."""
        start, end, pointer = self._range
        return Built(Fact(start, end, kind, of, pointer, values=self.detail()), tuple(self.problems), None, tuple(self.gaps))
