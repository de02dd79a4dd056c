"""
Where things lie in one kind of JSON export, said by nodes instead of code; `walk.py` reads by them.

Example, a file with one conversation whose name stands behind its messages:

    Object(
        {
            "participants": Section("participant"),
            "messages": Messages(read=message, opens=conversation, after=("title",), first=("sender_name",)),
            "title": HEAD,
        }
    )

What no node names is a fact of the section ``unknown-key``, never lost. What stands elsewhere than a node says is one too, with
a defect ``unexpected-shape`` beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.facts import OTHER, Section
from sextortion_cli.importers.jsonscan.elements import Scan
from sextortion_cli.importers.jsonscan.exact import decode_exactly
from sextortion_cli.model.reading import Conversation, Fact, Message


class Head(msgspec.Struct, frozen=True):
    """A string, whole number or null that the `Conversation` shows as its name, id or type: noise when it does, else a fact."""


HEAD: Final = Head()


class About(msgspec.Struct, frozen=True):
    """
    What is known of the conversation that one list of messages is.

    Attributes:
        key: The key under which the list lies, or the empty string.
        head: The small members of the object around it, decoded (`Entry` values without their bytes).
        pointer: Of that object; None for the whole file.
        name: The file's name, with folders when it came from an archive.
    """

    key: str
    head: Mapping[str, Any]
    pointer: str | None
    name: str

    def text(self, key: str) -> str | None:
        """Return the value of `key` as text when it is a string or a whole number."""
        value = self.head.get(key)
        return value if isinstance(value, str) else str(value) if isinstance(value, int) and not isinstance(value, bool) else None


class Built(msgspec.Struct):
    """
    What an element of a list of messages is.

    Attributes:
        record: The message; or a `Fact` where the element is none. `start`, `end` and `pointer` are those given.
        problems: Codes of defects beside it (`codes.DEFECTS`).
        conversation: Where one list holds several conversations: the one this message belongs to.
        gaps: Codes of the importer's `gaps` that this element shows; they are counted.
        is_left_out: The person did not choose it, by a rule of the importer's own: it is ``not-selected``.
    """

    record: Message | Fact
    problems: tuple[str, ...] = ()
    conversation: Conversation | None = None
    gaps: tuple[str, ...] = ()
    is_left_out: bool = False


Read = Callable[[int, int, "str | None", Entry], Built]
"""Returns the record of any object (start, end, pointer, the object), legal or not; must not raise."""
Quick = Callable[[int, int, str, Any], "Message | Built | None"]
"""
Returns the same as `Read`, quicker, for the value that `decode` proved: its message alone where there is nothing else to say; None
when anything in it is uncommon.
"""


class Messages(msgspec.Struct, frozen=True):
    """
    A list of messages.

    Attributes:
        read: For every element that is an object.
        opens: Returns the conversation that the list is; None where elements say themselves.
        after: Keys that `opens` needs and that may stand behind the list: then the list is run through once to see them.
        first: Keys with which a message may begin, to find the way back after damage; without them the rest of a list that
            damage has closed is a defect.
        opening: What shows that a message begins, where its first key does not tell it from the objects around or in it
            (bytes pattern from its ``{`` on, possessive, at most 1,000 bytes long).
        quick: A quicker way for the commonest messages, optional.
        decode: Makes the function that proves values for `quick` (`jsonscan.exact.decode_exactly` is one).
        scan: Matches the commonest messages where they stand (`jsonscan.elements.Elements`), optional; `quick` gets the match.
    """

    read: Read
    opens: Callable[[About], Conversation | None] | None = None
    after: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    opening: bytes | None = None
    quick: Quick | None = None
    decode: Callable[[], Callable[[bytes], object | None]] = lambda: decode_exactly
    scan: Scan | None = None


class Object(msgspec.Struct, frozen=True):
    """An object: nodes by key, and what every other member is (``Object({}, other=Messages(...))``: keyed by conversation)."""

    members: Mapping[str, Node]
    other: Section | Messages = OTHER


class Each(msgspec.Struct, frozen=True):
    """A list whose elements are objects of one shape, each perhaps large (conversations with their messages)."""

    element: Object


class Lines(msgspec.Struct, frozen=True):
    """JSON Lines: each line one message or fact. Only as the whole file."""

    messages: Messages


Node = Head | Section | Messages | Object | Each
Shape = Object | Each | Messages | Section | Lines
"""What a whole file can be."""
