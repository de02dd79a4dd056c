"""
An element as a message.

What the numbers mean: Android's ``Telephony.Sms`` and ``Telephony.Mms`` (``type``, ``msg_box``), ``PduHeaders`` (``addr type``) and
``CallLog.Calls``; of ``date_sent`` that an SMS counts milliseconds and an MMS seconds.
"""

from __future__ import annotations

import json
from typing import Final

import msgspec

from sextortion_cli.importers.smsxml.element import Element, Tag
from sextortion_cli.importers.smsxml.values import Value, counted, milliseconds
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Attachment, Conversation, Message, Sender, Time

_BOXES: Final = {"1": "received", "2": "sent", "3": "draft", "4": "outbox", "5": "failed", "6": "queued"}
_CALLS: Final = {
    "1": "incoming",
    "2": "outgoing",
    "3": "missed",
    "4": "voicemail",
    "5": "rejected",
    "6": "blocked",
    "7": "answered on another device",
}
_PRESENTATIONS: Final = {"1": "allowed", "2": "withheld", "3": "unknown", "4": "payphone"}
_ADDRESSES: Final = {"137": "from", "151": "to", "130": "cc", "129": "bcc"}
_SELF: Final = "insert-address-token"
_UNKNOWN: Final = ("(Unknown)", "(unknown)")
_OWNER: Final = "(this telephone)"
"""Stands for the account owner, whom such a file does not name."""
_NOBODY: Final = "(number not given)"
_FAMILIES: Final = ("image", "video", "audio")
_SMIL: Final = "application/smil"
_LINK: Final = "ct_l"
_MOST_STRETCH: Final = 64 << 10
_MOST_VALUE: Final = 4096
_NOTHING: Final = Value("")


class Built(msgspec.Struct, frozen=True):
    """A message, the conversation it belongs to, and the codes of its defects and gaps."""

    message: Message
    conversation: Conversation
    problems: list[str]
    gaps: list[str]


def build(element: Element, data: bytes, start: int, end: int, line: int) -> Built:
    """Return the message of an element that stands at ``[start, end)``; `data` is its piece of the file without pictures."""
    tag, problems, gaps = element.tag, list(element.problems), list[str]()
    is_call = element.name == "call"
    number = tag.get("number" if is_call else "address") or ""
    name = tag.get("contact_name")
    name = None if name in _UNKNOWN else name
    kind_of = tag.get("msg_box" if element.name == "mms" else "type") or ""
    direction = (_CALLS if is_call else _BOXES).get(kind_of, kind_of)
    is_own = direction in ("sent", "draft", "outbox", "failed", "queued", "outgoing")
    detail = _attributes(element, gaps)
    detail["element"] = element.name
    if direction:
        detail["direction"] = direction
    said = tag.values.get("body")
    attachments: tuple[Attachment, ...] = ()
    if element.name == "mms":
        said, attachments = _parts(element, data, detail, problems)
    who = _sender(element, number, name, is_own)
    if is_call and (shown := _PRESENTATIONS.get(tag.get("presentation") or "")):
        detail["presentation"] = f"{detail['presentation']} ({shown})"
    if said is not None and said.text == "null" and not is_call:
        gaps.append("null-text")
    text = None if is_call or said is None else said
    message = Message(
        start,
        end,
        "call" if is_call else "text" if text is not None and (text.text or element.name == "sms") else "media" if attachments else "other",
        who,
        _time(tag, problems),
        None if text is None or text is _NOTHING else text.text,
        None if text is None else text.raw,
        None if text is None else text.raw_b64,
        text is not None and text.lossy,
        line=line,
        attachments=attachments,
        detail=detail,
    )
    people = number.count("~") > 0
    clean = visible(name) if name else None
    conversation = Conversation(clean or number or None, number or None, "group" if people else None)
    return Built(message, conversation, problems, gaps)


def _time(tag: Tag, problems: list[str]) -> Time | None:
    written = tag.values.get("date")
    if written is None or not written.text:
        problems.append("no-time")
        return None
    time, problem = milliseconds(written.text)
    problems += [problem] if problem else []
    return time


def _sender(element: Element, number: str, name: str | None, is_own: bool) -> Sender:
    """
    Return whom the element names as sender; a mark in brackets where it names nobody.

    Of what was sent that is the number in its own header, unless it is the other side's, as some phones write it
    (mholt/timelinize: trust ``msg_box``).
    """
    senders = [address for tag in element.addresses if tag.get("type") == "137" and (address := tag.get("address")) and address != _SELF]
    others = number.split("~")
    if is_own:
        own = next((address for address in senders if address not in others), None)
        return Sender(own, None, own) if own else Sender(_OWNER)
    address = senders[0] if senders else number if len(others) == 1 else ""
    if not address:
        return Sender(_NOBODY)
    if name and others == [address]:
        clean = visible(name)
        return Sender(clean, None if clean == name else name, address)
    return Sender(address, None, address)


def _attributes(element: Element, gaps: list[str]) -> dict[str, str]:
    """Return what the tag says besides its text and time."""
    detail: dict[str, str] = {}
    for key, value in element.tag.values.items():
        if value.text in ("", "null") or key == "date" or (key == "body" and element.name == "sms"):
            continue
        detail[key] = value.text if value.raw is None or not value.problems else f"{value.text} ({value.raw})"
    if "date_sent" in detail:
        detail["date_sent"] = counted(detail["date_sent"], in_seconds=element.name == "mms")
    if _LINK in detail:
        detail[_LINK] = "(withheld: download link)"
        gaps.append("link-withheld")
    if element.addresses:
        said = [{key: value.text for key, value in tag.values.items()} for tag in element.addresses]
        for address in said:
            address["role"] = _ADDRESSES.get(address.get("type", ""), address.get("type", ""))
        detail["addrs"] = json.dumps(said, ensure_ascii=False)
    if element.other:
        detail["other"] = "\n".join(element.other)
    return detail


def _parts(element: Element, data: bytes, detail: dict[str, str], problems: list[str]) -> tuple[Value, tuple[Attachment, ...]]:
    """Return the text of an MMS and its files; what else is known of its parts goes to `detail`."""
    texts: list[Tag] = []
    attachments: list[Attachment] = []
    for number, part in enumerate(element.parts, 1):
        said = {
            key: _short(value.text) for key, value in part.values.items() if key not in ("data", "text") and value.text not in ("", "null")
        }
        content = (part.get("ct") or "").partition(";")[0].strip().lower()
        words = part.values.get("text")
        if part.picture is not None and part.picture.removed and part.get("data") is None:
            if part.picture.size is None:
                problems.append("attachment-damaged")
                said["characters"] = str(part.picture.removed)
            else:
                said |= {"size": str(part.picture.size), "sha256": part.picture.sha256}
        has_words = words is not None and words.text not in ("", "null")
        if has_words and content == "text/plain":
            texts.append(part)
        elif has_words and words is not None:
            said["text"] = words.text
        if content != _SMIL and not (content == "text/plain" and (has_words or part.picture is None)):
            family = content.partition("/")[0]
            name = part.get("cl") or part.get("name") or part.get("fn") or part.get("cid")
            attachments.append(Attachment(name, family if family in _FAMILIES else "contact" if "vcard" in content else "document"))
        detail[f"part_{number}"] = json.dumps(said, ensure_ascii=False)
    return _joined(texts, data, detail), tuple(attachments)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_VALUE else f"({len(text)} characters)"


def _joined(texts: list[Tag], data: bytes, detail: dict[str, str]) -> Value:
    """Return the texts of an MMS as one, with the stretch they were read from; those for which that would be long go to `detail`."""
    if not texts:
        return _NOTHING
    values = [part.values["text"] for part in texts]
    if len(values) == 1:
        return values[0]
    start, end = texts[0].places["text"][0], texts[-1].places["text"][1]
    has_picture = any(part.picture is not None for part in texts) or b"data" in data[start:end]
    try:
        raw = data[start:end].decode()
    except UnicodeDecodeError:
        raw = ""
    if has_picture or not raw or end - start > _MOST_STRETCH:
        for number, value in enumerate(values[1:], 2):
            detail[f"text_{number}"] = value.text
        return values[0]
    return Value("\n".join(value.text for value in values), raw, None, any(value.lossy for value in values))
