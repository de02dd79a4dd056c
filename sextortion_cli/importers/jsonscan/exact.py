"""
The quick way: a C decoder, used only where its answer is proven equal to the source.

msgspec keeps the last of duplicate keys and rounds numbers without a word. So the decoded value is written again and compared
with the source stripped of white space: equal token sequences mean that no key came twice, that every number and string stands
as msgspec would write it, and that every string is valid Unicode. Anything else goes the careful way (`tree.parse`).
"""

from __future__ import annotations

import json

import msgspec

# More brackets than this could be nested too deep; brackets in strings count too, which only costs speed.
_BRACKET_LIMIT = 100
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
_format = msgspec.json.format


def decode_exactly(data: bytes) -> object | None:
    """
    Return the value of `data` when it is proven to be all that the bytes say, else None.

    None says nothing about `data`: it may be legal or not.
    """
    if data.count(b"[") + data.count(b"{") > _BRACKET_LIMIT:
        return None
    try:
        value: object = _decode(data)
        return value if value is not None and _encode(value) == _format(data, indent=-1) else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def decode_escaped(data: bytes) -> object | None:
    r"""
    Return the value of `data`, written in ASCII with escapes, when it is proven to be all that the bytes say, else None.

    Like `decode_exactly`, for files that write every other character as ``\u00e5``: the proof writes the value that way too. Its
    strings do not stand in the file as `json_text` would write them.
    """
    if b"\\u" not in data or data.count(b"[") + data.count(b"{") > _BRACKET_LIMIT:
        return None
    try:
        value: object = _decode(data)
        return value if json.dumps(value, separators=(",", ":")).encode() == _format(data, indent=-1) else None
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def json_text(value: object) -> str:
    """Return a value of `decode_exactly` as JSON without white space: the source's own tokens."""
    return _encode(value).decode()
