"""One multimedia message: a row of ``pdu`` with its parts and addresses."""

from __future__ import annotations

from typing import Any

from sextortion_cli.importers.android.words import BOXES, FROM, LAYOUT, NOT_FETCHED, RECEIVED, REPORTS, ROLES, SELF, TEXT, UNITS, UTF8
from sextortion_cli.importers.rows.database import Row
from sextortion_cli.importers.rows.values import UNIX, dated, details, moment, sender, told, whole
from sextortion_cli.model.reading import Attachment, Message, MessageKind, Sender

PART = ("ct", "text", "_data", "cl", "name", "fn")
ADDRESS = ("address", "type")
_PLACED = frozenset(["_id", "date", "thread_id"])


def multimedia(row: Row, parts: list[tuple[Any, ...]], addresses: list[tuple[Any, ...]]) -> Message:
    """Return the record of a row of ``pdu``; its times count seconds, unlike those of ``sms``."""
    cells = row.cells
    texts = [part[1] for part in parts if isinstance(part[1], str) and part[1] and told(part[0] or "") == TEXT]
    files = tuple(_attachment(part) for part in parts if told(part[0] or "") not in (TEXT, LAYOUT))
    box, unit = whole(cells.get("msg_box")) or 0, whole(cells.get("m_type")) or 0
    detail = dated(details(cells, _PLACED), {"date_sent": moment(cells.get("date_sent"), UNIX)})
    detail["box"] = BOXES.get(box, str(box))
    if unit in UNITS:
        detail["unit"] = UNITS[unit]
    if (subject := _subject(cells.get("sub"), cells.get("sub_cs"))) is not None:
        detail["subject"] = subject
    who = None
    for address, role in addresses:
        if told(address or "") == SELF:
            continue
        if role == FROM and box == RECEIVED and who is None:
            who = _person(address)
        else:
            name = ROLES.get(whole(role) or 0, f"address-{role}")
            detail[name] = f"{detail[name]}, {told(address)}" if name in detail else told(address)
    text = "\n".join(texts) or None
    return Message(
        row.start,
        row.start + 1,
        _kind(text, files, box, unit),
        who,
        moment(cells.get("date"), UNIX),
        text,
        pointer=row.pointer,
        row=row.id,
        attachments=files,
        detail=detail,
    )


def _kind(text: str | None, files: tuple[Attachment, ...], box: int, unit: int) -> MessageKind:
    if unit in REPORTS:
        return "service"
    if unit == NOT_FETCHED or box == 3:
        return "other"
    return "text" if text else "media" if files else "other"


def _person(address: Any) -> Sender:
    shown = told(address or "")
    return sender(shown, shown)


def _subject(value: Any, charset: Any) -> str | None:
    """Return a subject in words: the store keeps its bytes, each as a character of its own."""
    if not isinstance(value, str) or charset != UTF8:
        return None
    try:
        found = value.encode("latin-1").decode()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return None if found == value else found


def _attachment(part: tuple[Any, ...]) -> Attachment:
    kind, _, path, *names = part
    name = told(path) if path else next((told(name) for name in names if name), None)
    family = told(kind or "").partition("/")[0]
    media = family if family in ("image", "video", "audio") else "contact" if "vcard" in told(kind or "").lower() else "document"
    return Attachment(name or None, media, None if name else told(kind or "part"))
