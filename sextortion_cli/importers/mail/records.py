"""One mail as records: the message over all its bytes, and facts laid over it, one per part and per line of its way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.mail import charsets, dates, encoded
from sextortion_cli.importers.mail.addresses import Mailbox, mailboxes
from sextortion_cli.importers.mail.bodies import Body, Content, body_of, contents
from sextortion_cli.importers.mail.codes import DEFECTS
from sextortion_cli.importers.mail.headers import Block
from sextortion_cli.importers.mail.structure import Piece, Structure, read_structure
from sextortion_cli.importers.mail.trace import Trace, trace_of
from sextortion_cli.importers.mail.view import View
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Attachment, Conversation, Defect, Fact, Message, MessageKind, ReadOptions, Record, Sender, Time

_MOST_HEADERS = 400
_MOST_DETAIL = 192 << 10
_MOST_AROUND = 4 << 10
_MOST_SHOWN = 32 << 10
_PEOPLE = frozenset(("from", "to", "cc", "bcc", "reply-to", "sender", "return-path", "delivered-to", "x-original-to"))
#: Shown as facts of their own, or as text and attachments.
_ELSEWHERE = frozenset(("received", "authentication-results"))
_REPLY = re.compile(r"(?:\s{0,9}(?:re|fw|fwd|sv|vs|aw|wg|tr|videresendt)\s{0,3}(?:\[\d{1,3}\])?:){1,20}\s{0,9}", re.IGNORECASE)
_MEDIA = {"image": "image", "video": "video", "audio": "audio"}


class Mail(msgspec.Struct, frozen=True):
    """A mail read: place, structure, what its parts hold, its text, its way, and by place the text before and after the parts."""

    start: int
    end: int
    line: int | None
    structure: Structure
    contents: tuple[Content, ...]
    body: Body
    trace: Trace
    sender: Mailbox | None
    time: Time | None
    around: dict[int, str] = {}


def read_mail(view: View, start: int, end: int, options: ReadOptions, line: int | None = None, prefix: str = "") -> Mail:
    """Read the mail in ``[start, end)``; `prefix` stands before the names of its attachments."""
    structure = read_structure(view, start, end)
    parts = structure.parts()
    found = [msgspec.structs.replace(item, name=prefix + item.name) for item in contents(view, parts)]
    headers = structure.headers
    authors = _people(headers, "from")
    date = headers.first("date")
    body = body_of(view, found)
    return Mail(
        start,
        end,
        line,
        structure,
        tuple(found),
        body,
        trace_of(headers, authors, body.text or "", options),
        next((author for author in authors if author.address), authors[0] if authors else None),
        None if date is None else dates.time_of(date.line),
        {piece.start: _around(view, piece) for piece in structure.pieces if piece.kind in ("preamble", "epilogue")},
    )


def _around(view: View, piece: Piece) -> str:
    return charsets.decode(view.slice(piece.start, min(piece.end, piece.start + _MOST_AROUND)), None).text.replace("\r\n", "\n").strip("\n")


def conversation_of(headers: Block) -> Conversation:
    """Return the conversation a mail belongs to: Gmail's own number of it, or the mail its chain of answers began with."""
    subject = headers.first("subject")
    name = None if subject is None else visible(_REPLY.sub("", encoded.decode(subject.line).text, count=1))[:300] or None
    for key in ("x-gm-thrid", "references", "in-reply-to", "message-id"):
        field = headers.first(key)
        words = field.line[:2000].split() if field is not None else []
        if words:
            return Conversation(name, encoded.plain(words[0]).strip("<>")[:300], "mail")
    return Conversation(name, None, "mail")


def message_of(mail: Mail) -> Message:
    """Return the message, over all bytes of the mail."""
    attached = tuple(_attachment(content) for content in mail.contents if content.role == "attachment")
    kind: MessageKind = "text" if mail.body.text or not attached else "media"
    return Message(
        mail.start,
        mail.end,
        kind,
        _sender(mail),
        mail.time,
        mail.body.text or "",
        mail.body.raw,
        mail.body.raw_b64,
        mail.body.lossy,
        line=mail.line,
        attachments=attached,
        detail=_detail(mail),
    )


def records_of(mail: Mail) -> Iterator[Record]:
    """Yield the facts about the parts and the way of a mail, the mail itself, and what is wrong with it."""
    headers = mail.structure.headers
    if headers.body > headers.start:
        yield Fact(headers.start, headers.body, "mail-headers", overlay=True, values={"fields": str(len(headers.fields))})
    by_place = {content.piece.start: content for content in mail.contents}
    for piece in mail.structure.pieces:
        content = by_place.get(piece.start) if piece.kind == "part" else None
        yield Fact(piece.start, piece.end, f"mail-{piece.kind}", overlay=True, values=_part(piece, content) | _said(mail, piece))
    yield message_of(mail)
    yield from mail.trace.facts
    yield from _defects(mail)


def _sender(mail: Mail) -> Sender | None:
    found = mail.sender
    if found is None:
        return None
    field = mail.structure.headers.first("from")
    name = visible(found.name or found.address)
    raw = encoded.plain(field.line) if field is not None else None
    return Sender(name, None if raw == name else raw, found.address or None)


def _attachment(content: Content) -> Attachment:
    piece = content.piece
    family = _MEDIA.get(piece.media_type.partition("/")[0], "document")
    note = f"{piece.media_type}; {content.size} bytes; sha256 {content.sha256}"
    if "boundary-not-closed" in piece.problems:
        note = f"{piece.media_type}; {content.size} bytes are here, and it may be cut off"
    return Attachment(content.name, family, note if piece.name else f"{note}; the mail gives it no name")


def _said(mail: Mail, piece: Piece) -> dict[str, str]:
    text = mail.around.get(piece.start) if piece.kind in ("preamble", "epilogue") else None
    return {} if text is None else {"text": text}


def _part(piece: Piece, content: Content | None) -> dict[str, str]:
    values = {"part": piece.path}
    if piece.kind == "part" or piece.kind == "multipart":
        stated = {
            "type": piece.media_type, "charset": piece.charset, "transfer-encoding": piece.transfer, "disposition": piece.disposition,
            "name": piece.name, "content-id": piece.content_id,
        }  # fmt: skip
        values |= {key: value[:1000] for key, value in stated.items() if value}
    if content is not None:
        values |= {"role": content.role, "size": str(content.size), "sha256": content.sha256}
        if content.text is not None:
            values["read-as"] = content.text.charset
        if content.page is not None and content.page.remote:
            values["pictures-elsewhere"] = str(content.page.remote)
    return values


def _detail(mail: Mail) -> dict[str, str]:
    """Return every header as people read it, as it stands beside it where that differs, and what else the mail says."""
    detail: dict[str, str] = {}
    left = _MOST_DETAIL
    seen: Counter[str] = Counter()
    headers = mail.structure.headers
    if headers.envelope is not None:
        detail["mailbox-line"] = encoded.plain(headers.envelope)
    for field in headers.fields[:_MOST_HEADERS]:
        seen[field.key] += 1
        if field.key in _ELSEWHERE or left <= 0:
            continue
        name = field.name if seen[field.key] == 1 else f"{field.name} ({seen[field.key]})"
        raw = encoded.plain(field.line)
        shown = "; ".join(box.shown for box in mailboxes(field.line)) if field.key in _PEOPLE else encoded.decode(field.line).text
        detail[name] = shown or raw
        if detail[name] != raw:
            detail[f"{name} (raw)"] = raw
        left -= len(detail[name]) + len(raw)
    if mail.body.other is not None:
        detail["html-text"] = mail.body.other[:_MOST_SHOWN]
    detail |= mail.trace.summary
    return {key: _valid(value) for key, value in detail.items()}


def _valid(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _people(headers: Block, key: str) -> list[Mailbox]:
    return [box for field in headers.all(key)[:20] for box in mailboxes(field.line)]


def _defects(mail: Mail) -> Iterator[Defect]:
    headers = mail.structure.headers
    for start, end, code in headers.problems:
        yield _defect(start, end, code)
    for field in headers.fields[:_MOST_HEADERS]:
        for code in encoded.decode(field.line).problems:
            yield _defect(field.start, field.end, code)
    if len(headers.fields) > _MOST_HEADERS:
        yield _defect(headers.fields[_MOST_HEADERS].start, headers.body, "many-headers")
    date = headers.first("date")
    if date is not None and (mail.time is None or mail.time.local is None):
        yield _defect(date.start, date.end, "impossible-date")
    by_place = {content.piece.start: content for content in mail.contents}
    for piece in mail.structure.pieces:
        content = by_place.get(piece.start) if piece.kind == "part" else None
        for code in content.problems if content is not None else dict.fromkeys(piece.problems):
            yield _defect(piece.start, piece.end, code)


def _defect(start: int, end: int, code: str) -> Defect:
    return Defect(start, end, code, DEFECTS[code], overlay=True)
