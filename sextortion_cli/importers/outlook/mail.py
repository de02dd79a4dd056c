"""One Outlook mail: its properties, people, text and attachments, and mails attached to it, as far as they go down."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.mail import charsets
from sextortion_cli.importers.mail.htmltext import Page, page_of
from sextortion_cli.importers.outlook.compound import Compound, Entry
from sextortion_cli.importers.outlook.properties import Properties

TEXT_LIMIT = 1 << 20
HEADERS_LIMIT = 1 << 20
MAX_DEPTH = 3
MOST_ATTACHMENTS = 5000
_LONGEST_NAME = 200
_ROLES = {1: "To", 2: "Cc", 3: "Bcc"}


class Person(msgspec.Struct, frozen=True):
    """Name and address, and for a recipient ``To``, ``Cc`` or ``Bcc``."""

    name: str
    address: str
    role: str = ""

    @property
    def shown(self) -> str:
        """Return the person as people read it."""
        return f"{self.name} <{self.address}>" if self.address and self.name != self.address else self.name or self.address


class Attached(msgspec.Struct, frozen=True):
    """
    One attachment.

    Attributes:
        name: By which it is known; made from its place when it states none.
        stated: The name it states, or "".
        media_type, content_id: As stated, or "".
        stream: Its bytes, or None when it is a mail or a link.
        message: The storage of an attached mail.
    """

    name: str
    stated: str
    media_type: str
    content_id: str
    stream: Entry | None
    message: Entry | None


class OutlookMail(msgspec.Struct, frozen=True):
    """
    A mail in a compound file.

    Attributes:
        path: Where it stands: "" for the file's own, ``2/`` for one attached in second place.
        message_class: ``IPM.Note`` for mails.
        subject: As stated.
        sender: Who sent it; None when it names nobody.
        represented: For whom, when that is somebody else.
        recipients: In the order of the file.
        sent, delivered: In UTC, or None.
        headers: The headers as they came over the network; None for drafts and sent mails.
        text: The plain text; None when there is none.
        page: The text of the HTML body.
        has_rtf: There is a body in Outlook's own form.
        attachments: In the order of the file.
        detail: Further properties in words.
        problems: Codes of defects.
    """

    path: str
    message_class: str
    subject: str
    sender: Person | None
    represented: Person | None
    recipients: tuple[Person, ...]
    sent: str | None
    delivered: str | None
    headers: str | None
    text: charsets.Decoded | None
    page: Page | None
    has_rtf: bool
    attachments: tuple[Attached, ...]
    detail: dict[str, str]
    problems: tuple[str, ...]


def mails(file: Compound) -> Iterator[OutlookMail]:
    """Yield the mail of a file, and the mails attached to it."""
    pending: list[tuple[Entry, str, int]] = [(file.entries[0], "", 0)]
    seen: set[int] = set()
    while pending:
        storage, path, depth = pending.pop(0)
        if storage.number in seen:
            continue
        seen.add(storage.number)
        mail = _mail(file, storage, path, "embedded" if path else "root")
        yield mail
        for place, attached in enumerate(mail.attachments, 1):
            if attached.message is not None and depth + 1 < MAX_DEPTH:
                pending.append((attached.message, f"{path}{place}/", depth + 1))


def _mail(file: Compound, storage: Entry, path: str, kind: str) -> OutlookMail:
    own = Properties(file, storage, kind)
    inner = [entry for entry in own.inner if not entry.is_stream]
    recipients = [
        Properties(file, entry, "inner", own.codepage) for entry in inner if entry.name.lower().startswith("__recip_version1.0_#")
    ]
    attached = [Properties(file, entry, "inner", own.codepage) for entry in inner if entry.name.lower().startswith("__attach_version1.0_#")]
    text, page, problems = _body(own)
    headers = own.text(0x007D, HEADERS_LIMIT)
    problems += ["too-many-parts"] if len(attached) > MOST_ATTACHMENTS else []
    sender = _person(own, 0x0C1A, 0x0C1F, 0x5D01)
    represented = _person(own, 0x0042, 0x0065, 0x5D02)
    return OutlookMail(
        path,
        own.string(0x001A),
        own.string(0x0037),
        sender or represented,
        represented if sender is not None and represented != sender else None,
        tuple(_recipient(item) for item in recipients[:1000]),
        own.time(0x0039),
        own.time(0x0E06),
        None if headers is None else headers.text,
        text,
        page,
        own.stream(0x1009, "0102") is not None,
        tuple(_attachments(attached[:MOST_ATTACHMENTS], path)),
        _detail(own),
        tuple(problems),
    )


def _body(own: Properties) -> tuple[charsets.Decoded | None, Page | None, list[str]]:
    problems = []
    text = own.text(0x1000, TEXT_LIMIT)
    markup = own.text(0x1013, TEXT_LIMIT)
    if markup is None and (data := own.data(0x1013, TEXT_LIMIT)) is not None:
        page_code = own.number(0x3FDE) or own.codepage
        markup = charsets.decode(
            data, {65001: "utf-8", 28591: "iso8859-1", 20127: "us-ascii"}.get(page_code or 0, f"cp{page_code}" if page_code else "utf-8")
        )
    for read in (text, markup):
        problems += [read.problem] if read is not None and read.problem else []
    if text is None and markup is None and own.stream(0x1009, "0102") is not None:
        problems.append("only-rtf")
    return text, None if markup is None else page_of(markup.text), problems


def _person(own: Properties, name: int, address: int, smtp: int) -> Person | None:
    found = Person(own.string(name), own.string(smtp) or own.string(address))
    return found if found.name or found.address else None


def _recipient(own: Properties) -> Person:
    return Person(own.string(0x3001), own.string(0x39FE) or own.string(0x3003), _ROLES.get(own.number(0x0C15) or 0, ""))


def _attachments(found: list[Properties], path: str) -> Iterator[Attached]:
    seen: Counter[str] = Counter()
    for place, own in enumerate(found, 1):
        stated = own.string(0x3707) or own.string(0x3704) or own.string(0x3001)
        message = own.storage_of(0x3701)
        made = f"part-{place}{'.msg' if message is not None else ''}"
        name = stated if 0 < len(stated.encode("utf-8", "replace")) <= _LONGEST_NAME else made
        seen[name] += 1
        unique = name if seen[name] == 1 else f"{place}/{name}"
        yield Attached(path + unique, stated, own.string(0x370E), own.string(0x3712), own.stream(0x3701, "0102"), message)


_WORDS = {
    0x1035: "Message-ID",
    0x1042: "In-Reply-To",
    0x1039: "References",
    0x0070: "Conversation",
    0x0E04: "To (shown)",
    0x0E03: "Cc (shown)",
    0x0E02: "Bcc (shown)",
}
_TIMES = {0x3007: "created", 0x3008: "last changed"}


def _detail(own: Properties) -> dict[str, str]:
    found = {word: text for number, word in _WORDS.items() if (text := own.string(number))}
    return found | {word: time for number, word in _TIMES.items() if (time := own.time(number)) is not None}


def digest_of(file: Compound, stream: Entry) -> tuple[int, str]:
    """Return size and SHA-256 of a stream's bytes as they are there."""
    if stream.number in file.digests:
        return file.digests[stream.number]
    digest, size = hashlib.sha256(), 0
    for piece in file.pieces(stream):
        digest.update(piece)
        size += len(piece)
    found = file.digests[stream.number] = (size, digest.hexdigest())
    return found
