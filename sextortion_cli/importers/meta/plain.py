"""
The commonest messages, recognised by one pattern that fixes every key in its order: what matches it holds nothing else.

It says the same as `message.message` in a fraction of the time (a property test holds them against each other).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from sextortion_cli.importers.jsonscan.exact import decode_escaped, decode_exactly
from sextortion_cli.importers.meta.message import sender_of
from sextortion_cli.importers.meta.repair import repaired
from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Message, Time

_SPACE = rb"[ \t\r\n]*+"
_STRING = rb'("(?:[^"\\\x00-\x1f]++|\\.)*+")'
_BETWEEN = _SPACE + b":" + _SPACE
_NEXT = _SPACE + b"," + _SPACE


def _flag(name: str) -> bytes:
    return b"(?:" + _NEXT + b'"' + name.encode() + b'"' + _BETWEEN + b"(true|false))?+"


_FLAGS = ("is_geoblocked_for_viewer", "is_unsent_image_by_messenger_kid_parent")
# Anchored by `fullmatch`, possessive: linear.
_PLAIN = re.compile(
    rb"\{"
    + _SPACE
    + (b'"sender_name"' + _BETWEEN + _STRING)
    + (_NEXT + b'"timestamp_ms"' + _BETWEEN + rb"([1-9][0-9]{12})")
    + (_NEXT + b'"content"' + _BETWEEN + _STRING)
    + (b"(?:" + _NEXT + b'"type"' + _BETWEEN + b'"(Generic)")?+')
    + b"".join(map(_flag, _FLAGS))
    + _SPACE
    + rb"\}"
)
_string = msgspec.json.Decoder(str).decode
_DETAILS: dict[tuple[bytes | None, ...], dict[str, str]] = {}


def decoder() -> Callable[[bytes], object | None]:
    """Return a function that proves a message: a match of the pattern, or its decoded value."""
    match = _PLAIN.fullmatch
    return lambda data: match(data) or decode_exactly(data) or decode_escaped(data)


def plain(start: int, end: int, pointer: str, held: Any) -> Message | None:
    """Return the record of a message that is a match of the pattern, or None when it needs care."""
    if type(held) is not re.Match:
        return None
    name, stamp, content, *rest = held.groups()
    try:
        sender = sender_of(_string(name))
        text = _string(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    count = int(stamp)
    utc = utc_text(count // 1000)
    if not text or not sender.name or utc is None or text.endswith(" (edited)"):
        return None
    raw = None
    if not text.isascii() or len(text) + 2 != len(content):
        text = repaired(text)
        raw = content.decode()
        if len(raw) == len(text) + 2 and raw[1:-1] == text:
            raw = None
    key = tuple(rest)
    detail = _DETAILS.get(key)
    if detail is None:
        shown = zip(("type", *_FLAGS), rest, strict=True)
        detail = _DETAILS[key] = {name: value.decode() for name, value in shown if value is not None}
    return Message(start, end, "text", sender, Time(stamp.decode(), None, utc, "explicit"), text, raw, pointer=pointer, detail=detail)
