"""Which texts of a record may name someone: what was written, where its links lead, and what the export says beside it."""

from __future__ import annotations

import html
from collections.abc import Iterator

from sextortion_cli.extract.region import compiled
from sextortion_cli.model.reading import Message

#: Keys under which exports keep what identifies somebody; numbers under other keys are sizes, counts and ids of messages.
_TELLS = (
    "phone", "tel", "mobile", "mail", "url", "uri", "link", "href", "vcard", "contact", "address", "user", "handle", "site", "web", "name",
    "host", "ip", "entities",
)  # fmt: skip
_REACHES = ("://", "@", "+")
#: What only machines read: numbers of mails that look like addresses, signatures, and the lines servers added, which are facts of their own.
_MACHINE = (
    "message-id", "references", "in-reply-to", "content-id", "dkim-", "arc-", "received", "x-spam", "x-google-", "x-ms-", "x-forefront",
    "authentication-results", "list-", "thread-", "domainkey",
)  # fmt: skip
_RAW, _TWICE = "raw", " (raw)"
#: A link's target inside markup or JSON. Whatever could end it there does.
_TARGET = compiled(rb"(?i)\b(?:(?:hxxps?|https?|ftp)://|mailto:|tel:|skype:|tg://|bitcoin:)[^\s\"'<>\\\x00]+")


def tells(key: str, value: str) -> bool:
    """Tell whether a value beside a message, or of a fact, can name someone: by its key, or by being an address or a number to call."""
    lowered = key.lower().removeprefix("header ")
    if lowered == _RAW or lowered.endswith(_TWICE) or lowered.startswith(_MACHINE):
        return False
    return bool(value) and (any(mark in value for mark in _REACHES) or any(word in lowered for word in _TELLS))


def passages(message: Message) -> Iterator[tuple[str, str]]:
    """Yield (field, text) of the texts beside the text of a message: hidden link targets, and values that can name someone."""
    if message.raw is not None and "://" in message.raw.replace("\\/", "/"):
        for target in targets(message.raw):
            if target not in (message.text or ""):
                yield "link", target
    for key, value in message.detail.items():
        if tells(key, value):
            yield f"detail:{key}", value


def targets(raw: str) -> list[str]:
    """Return the targets of the links in a piece of HTML or JSON, each once, as they are meant."""
    data = raw.replace("\\/", "/").encode("utf-8", "surrogatepass")
    found = dict.fromkeys(html.unescape(hit.group().decode("utf-8", "replace")) for hit in _TARGET.finditer(data))
    return list(found)
