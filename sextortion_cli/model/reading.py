"""
What a reader says about one object: messages, defects, declared noise, facts and an account.

These are the bulk types (a million of them in one import), so they are msgspec structs; pydantic guards the edges instead
(decision 0004). Every record that covers bytes carries the half-open byte range ``[start, end)`` of the object that was read;
the ranges of one reading tile the object, which `readers/tally.py` proves with other code than the reader's. None of them can be part
of a cycle, so the garbage collector need not look at them (``gc=False``): that alone saves a fifth of the time of a large reading.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Form = Literal["text", "json", "markup", "mail", "mailbox", "compound", "frames", "rows"]
"""How the independent account looks at an object (`importers.base.Importer.form`)."""
MessageKind = Literal["text", "media", "call", "deleted", "reaction", "service", "app_notice", "other"]
TimeBasis = Literal["explicit", "stated", "assumed", "ambiguous", "unknown"]
TimePrecision = Literal["second", "minute", "day"]


class Sender(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """
    Whom the file names as sender.

    Attributes:
        name: The display name without invisible and direction characters.
        raw: The name exactly as in the file, or None when it equals `name`.
        id: The service's stable id, when the file gives one.
    """

    name: str
    raw: str | None = None
    id: str | None = None


class Time(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """
    When a message says it was sent.

    Attributes:
        as_written: The characters of the file.
        local: Naive ISO 8601 local time (``2026-03-12T21:05:00``) read from `as_written`, or None when it cannot be read or the
            file gives UTC only.
        utc: RFC 3339 time ending in ``Z``, or None when the zone is unknown or the local time happened twice or never.
        basis: Where the zone comes from.
        precision: The smallest unit the file gives.
        candidates: Both UTC times of a local time that happened twice (or the two bounds of one that never happened).
    """

    as_written: str
    local: str | None = None
    utc: str | None = None
    basis: TimeBasis = "unknown"
    precision: TimePrecision = "second"
    candidates: tuple[str, ...] = ()


class Attachment(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """
    A file a message names.

    Attributes:
        name: The path or file name as the file gives it, or None for a placeholder that names nothing.
        media: What it is said to be (``image``, ``video``, ``audio``, ``document``, ``contact``, ``sticker``, ``gif`` ...), or None.
        note: The export's own words where the file itself is absent ("<Media omitted>").
    """

    name: str | None = None
    media: str | None = None
    note: str | None = None


class Reaction(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """One reaction to a message, as the export gives it."""

    value: str
    actor: str | None = None
    count: int = 1
    time: str | None = None


class Message(msgspec.Struct, tag_field="t", tag="message", omit_defaults=True, forbid_unknown_fields=True, gc=False):
    r"""
    One message, raw beside normal.

    Attributes:
        start, end: Byte range in the object that was read, header included.
        line: 1-based line of `start` in a text file.
        pointer: RFC 6901 JSON pointer in a JSON file; ``/table/rowid`` in a database.
        row: Row id in a database; `start` and `end` are then places among its rows (`model/tables.py`).
        kind: See `cli.md`, "Words and their meaning".
        sender: Whom the file names; None only when it names nobody.
        time: None only when the file gives none.
        text: The decoded text, lines joined by ``\\n``; U+FFFD where bytes are not valid Unicode (then `lossy`).
        raw: The stretch `text` was read from, exactly as in the file; None when it equals `text` in the reading's `raw_form`.
        raw_b64: The same stretch as base64, when it is not valid UTF-8 (then `lossy`, unless another alphabet shows all of it).
        lossy: `text` could not show every source byte.
        edited: The export marks the message as changed after sending.
        attachments, reactions: In the order of the file.
        detail: Everything else the record says, as strings (structured values as JSON), keys as in the file.
    """

    start: int
    end: int
    kind: MessageKind
    sender: Sender | None = None
    time: Time | None = None
    text: str | None = None
    raw: str | None = None
    raw_b64: str | None = None
    lossy: bool = False
    edited: bool = False
    line: int | None = None
    pointer: str | None = None
    row: int | None = None
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    detail: dict[str, str] = {}


class Conversation(
    msgspec.Struct, frozen=True, tag_field="t", tag="conversation", omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """Opens a conversation: the messages that follow belong to it, until the next one. Covers no bytes."""

    name: str | None = None
    id: str | None = None
    type: str | None = None
    pointer: str | None = None


class Fact(msgspec.Struct, frozen=True, tag_field="t", tag="fact", omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """
    Something the export says that is not a message (a session, a contact, a step of a mail's way). `of` says whose it is.

    A fact about bytes that another record covers, or drawn from many places of the file, sets `overlay`: it covers none of its own, and
    its range is the first of them.
    """

    start: int
    end: int
    kind: str
    of: Literal["account-owner", "contact", "unknown"] = "unknown"
    pointer: str | None = None
    line: int | None = None
    row: int | None = None
    values: dict[str, str] = {}
    overlay: bool = False


class Noise(msgspec.Struct, frozen=True, tag_field="t", tag="noise", omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """Bytes known and deliberately not a message. `code` is one of the importer's closed list `noise`."""

    start: int
    end: int
    code: str


class Defect(msgspec.Struct, frozen=True, tag_field="t", tag="defect", omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """
    Something that could not be read as the format says. Never holds message text.

    Attributes:
        start, end: Bytes it covers. A defect about bytes that a message already covers sets `overlay`, and covers none of its own.
        code: Short stable name, like ``lone-surrogate``, ``duplicate-key``, ``unread-text``.
        what: One English sentence without any content of the file.
    """

    start: int
    end: int
    code: str
    what: str
    overlay: bool = False
    line: int | None = None
    pointer: str | None = None
    row: int | None = None


class Gap(msgspec.Struct, frozen=True, tag_field="t", tag="gap", omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """A statement of completeness: something the export leaves out or leaves open. Not a defect, covers no bytes."""

    code: str
    what: str
    count: int = 1


Record = Message | Conversation | Fact | Noise | Defect | Gap


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    The account of one reading.

    Attributes:
        unit: What the independent count counts: ``bytes`` (text and JSON: every byte is in exactly one record) or ``rows``.
        total: The independent count.
        covered: How much of it the records cover; equal to `total` when the account balances.
        messages, continuations, noise, defects, facts: Numbers of records (`continuations`: lines of a message after its first).
    """

    unit: Literal["bytes", "rows"]
    total: int
    covered: int
    messages: int = 0
    continuations: int = 0
    noise: int = 0
    defects: int = 0
    facts: int = 0


class ReadOptions(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """
    What a person stated for one reading; part of its identity.

    Attributes:
        timezone: IANA name of the zone the phone showed, with basis ``stated``; None when unknown.
        date_order: ``dmy``, ``mdy`` or ``ymd`` when stated.
        owner: The name or id of the account owner in this file, when stated.
        thread: Only these conversations are read (names or ids); the rest is declared noise ``not-selected``.
        since, until: Only messages of this span (local dates ``YYYY-MM-DD``) are read; the rest likewise.
        companions: Objects that were read with it, by the end of their names (``-wal``), with their SHA-256. Nobody states these.
        mail_provider: Domain of the person's own mail provider (``example.no``), when stated: whose lines in a mail are relied on.
        columns: What the columns of a table are (``time=1``, ``sender=Name``); see `model/columns.py`.
    """

    timezone: str | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    owner: str | None = None
    thread: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    companions: dict[str, str] = {}
    mail_provider: str | None = None
    columns: tuple[str, ...] = ()


class Sniff(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An importer's opinion of a file: can it read it, and why it thinks so (English, no content of the file)."""

    verdict: Literal["no", "maybe", "yes"]
    reason: str = ""
