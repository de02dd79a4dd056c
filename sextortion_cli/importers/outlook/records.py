"""An Outlook mail as records: one message over the whole file, facts about every stream, the attachments, the way, and attached mails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.mail import dates, encoded
from sextortion_cli.importers.mail.addresses import Mailbox
from sextortion_cli.importers.mail.codes import DEFECTS
from sextortion_cli.importers.mail.headers import Block, read_block
from sextortion_cli.importers.mail.trace import Trace, trace_of
from sextortion_cli.importers.mail.view import View
from sextortion_cli.importers.outlook.compound import Compound
from sextortion_cli.importers.outlook.mail import Attached, OutlookMail, digest_of, mails
from sextortion_cli.importers.source import Source
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import (
    Attachment,
    Conversation,
    Defect,
    Fact,
    Gap,
    Message,
    MessageKind,
    ReadOptions,
    Record,
    Sender,
    Time,
)

_MOST_SHOWN = 32 << 10
_MOST_HEADERS = 400
_STREAMS_IN_A_FACT = 200
_MEDIA = {"image": "image", "video": "video", "audio": "audio"}


class _Memory(Source):
    """Headers that were read out of a property, as an object of their own."""

    def __init__(self, data: bytes) -> None:
        super().__init__(-1, len(data), "headers")
        self._data = data

    def read_at(self, offset: int, count: int) -> bytes:
        return self._data[offset : offset + count]


def records_of(file: Compound, size: int, options: ReadOptions) -> Iterator[Record]:
    """Yield every record of the file but its gaps."""
    yield from _streams(file, size)
    for mail in mails(file):
        block, trace = _way(mail, options)
        if mail.path:
            yield Fact(0, size, "mail-attached-mail", overlay=True, values=_attached_mail(mail))
        else:
            yield Conversation(visible(mail.subject)[:300] or None, mail.detail.get("Message-ID", "").strip("<>") or None, "mail")
            yield _message(file, mail, block, trace, size)
        for fact in trace.facts:
            where = {"in": mail.path} if mail.path else {}
            yield msgspec.structs.replace(fact, start=0, end=size, values=where | fact.values)
        for attached in mail.attachments:
            yield Fact(0, size, "mail-part", overlay=True, values=_attachment(file, attached))
        codes = [*mail.problems, *(block.problems and ["no-blank-line"] if block is not None and len(block.fields) == 0 else [])]
        yield from (Defect(0, size, code, DEFECTS[code], overlay=True) for code in dict.fromkeys(codes))
        yield from (Gap(code, "") for code in trace.gaps if not mail.path)
    for code in sorted(file.problems):
        yield Defect(0, size, code, DEFECTS[code], overlay=True)


def _streams(file: Compound, size: int) -> Iterator[Fact]:
    """Yield every stream of the file, by its place in the directory: what the mail is made of, whatever of it was understood."""
    streams = [entry for entry in file.entries.values() if entry.is_stream]
    for first in range(0, len(streams), _STREAMS_IN_A_FACT):
        values = {str(entry.number): f"{visible(entry.name)}; {entry.size} bytes" for entry in streams[first : first + _STREAMS_IN_A_FACT]}
        yield Fact(0, size, "mail-streams", overlay=True, values=values)


def _way(mail: OutlookMail, options: ReadOptions) -> tuple[Block | None, Trace]:
    if mail.headers is None:
        return None, Trace((), {}, ("no-trace",))
    data = mail.headers.encode("utf-8", "replace")
    block = read_block(View(_Memory(data)), 0, len(data))
    authors = [Mailbox(mail.sender.name, mail.sender.address)] if mail.sender is not None else []
    return block, trace_of(block, authors, _text(mail), options)


def _text(mail: OutlookMail) -> str:
    if mail.text is not None and mail.text.text.strip():
        return mail.text.text.replace("\r\n", "\n").strip("\n")
    return mail.page.text if mail.page is not None else ""


def _message(file: Compound, mail: OutlookMail, block: Block | None, trace: Trace, size: int) -> Message:
    attached = tuple(_named(file, item) for item in mail.attachments)
    text = _text(mail)
    kind: MessageKind = "text" if text or not attached else "media"
    sender = None
    if mail.sender is not None:
        name = visible(mail.sender.name or mail.sender.address)
        sender = Sender(name, None if name == mail.sender.shown else mail.sender.shown, mail.sender.address or None)
    lossy = mail.text is not None and mail.text.lossy
    return Message(0, size, kind, sender, _time(mail, block), text, lossy=lossy, attachments=attached, detail=_detail(mail, block, trace))


def _time(mail: OutlookMail, block: Block | None) -> Time | None:
    stated = block.first("date") if block is not None else None
    if stated is not None and (found := dates.time_of(stated.line)).local is not None:
        return found
    for utc in (mail.sent, mail.delivered):
        if utc is not None:
            return Time(utc, None, utc, "explicit")
    return None


def _detail(mail: OutlookMail, block: Block | None, trace: Trace) -> dict[str, str]:
    detail = {"Subject": mail.subject, "message-class": mail.message_class, "sent": mail.sent or "", "delivered": mail.delivered or ""}
    for role in ("To", "Cc", "Bcc", ""):
        people = [person.shown for person in mail.recipients if person.role == role]
        if people:
            detail[role or "recipients"] = "; ".join(people)[:_MOST_SHOWN]
    detail |= mail.detail
    if mail.represented is not None:
        detail["on behalf of"] = mail.represented.shown
    if mail.page is not None and _same(mail.page.text) != _same(_text(mail)):
        detail["html-text"] = mail.page.text[:_MOST_SHOWN]
    seen: Counter[str] = Counter()
    for field in block.fields[:_MOST_HEADERS] if block is not None else ():
        seen[field.key] += 1
        if field.key not in ("received", "authentication-results"):
            number = f" ({seen[field.key]})" if seen[field.key] > 1 else ""
            detail[f"header {field.name}{number}"] = encoded.decode(field.line).text[:4096]
    return {key: _valid(value) for key, value in (detail | trace.summary).items() if value}


def _same(text: str) -> str:
    return "".join(text.split())


def _valid(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _named(file: Compound, item: Attached) -> Attachment:
    family = "document" if item.message is not None else _MEDIA.get(item.media_type.partition("/")[0], "document")
    return Attachment(_valid(item.name), family, _note(file, item) if item.stated else f"{_note(file, item)}; the mail gives it no name")


def _note(file: Compound, item: Attached) -> str:
    if item.message is not None:
        return "a mail"
    if item.stream is None:
        return "not in the file"
    size, digest = digest_of(file, item.stream)
    return f"{_valid(item.media_type) or 'no type stated'}; {size} bytes; sha256 {digest}"


def _attachment(file: Compound, item: Attached) -> dict[str, str]:
    values = {"role": "attachment", "name": item.name, "stated-name": item.stated, "type": item.media_type, "content-id": item.content_id}
    if item.stream is not None:
        size, digest = digest_of(file, item.stream)
        values |= {"size": str(size), "sha256": digest}
    return {key: _valid(value)[:1000] for key, value in values.items() if value}


def _attached_mail(mail: OutlookMail) -> dict[str, str]:
    values = {
        "in": mail.path, "subject": mail.subject, "sender": mail.sender.shown if mail.sender is not None else "", "sent": mail.sent or "",
        "to": "; ".join(person.shown for person in mail.recipients)[:4096], "text": _text(mail)[:_MOST_SHOWN], **mail.detail,
    }  # fmt: skip
    return {key: _valid(value) for key, value in values.items() if value}
