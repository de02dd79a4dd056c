"""
JSON strings that are not legal: decoded as far as possible, with every liberty taken named.

References:
    RFC 8259 section 7 (strings), RFC 3629 (UTF-8), Unicode 3.9 D71 to D76 (surrogates).
"""

from __future__ import annotations

import re

import msgspec

_DECODER = msgspec.json.Decoder(str)
# One character class with one unbounded repeat, and anchored patterns of fixed length: linear on any input.
_ORDINARY = re.compile(rb'[^"\\\x00-\x1f]+')
_UNICODE = re.compile(rb"\\u([0-9A-Fa-f]{4})")
_BYTE = re.compile(rb"\\x([0-9A-Fa-f]{2})")
_SHORT = {b'\\"': '"', b"\\\\": "\\", b"\\/": "/", b"\\b": "\b", b"\\f": "\f", b"\\n": "\n", b"\\r": "\r", b"\\t": "\t"}


class Text(msgspec.Struct, frozen=True):
    """
    One string token.

    Attributes:
        text: The decoded characters; U+FFFD where the bytes are not valid Unicode.
        token: A legal JSON token for the same string (the source itself when that is legal or only has a lone surrogate).
        problems: Codes: ``lone-surrogate``, ``invalid-utf8`` (both lossy), ``illegal-escape``, ``control-character``.
    """

    text: str
    token: bytes
    problems: tuple[str, ...] = ()

    @property
    def is_lossy(self) -> bool:
        """Say whether `text` cannot show every source byte."""
        return "lone-surrogate" in self.problems or "invalid-utf8" in self.problems


def read_string(token: bytes) -> Text:
    """Decode `token`, a JSON string with both its quotes, legal or not."""
    try:
        return Text(_DECODER.decode(token), token)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _read_loosely(token)


def _read_loosely(token: bytes) -> Text:
    shown: list[str] = []
    legal: list[bytes] = []
    problems: dict[str, None] = {}
    place, end = 1, len(token) - 1
    while place < end:
        text, repaired, place, problem = _piece(token, place)
        shown.append(text)
        legal.append(repaired)
        if problem:
            problems[problem] = None
    return Text("".join(shown), b'"' + b"".join(legal) + b'"', tuple(problems))


def _piece(token: bytes, place: int) -> tuple[str, bytes, int, str]:
    """Return the next characters, their legal JSON form, the place after them and a problem code or the empty string."""
    ordinary = _ORDINARY.match(token, place)
    if ordinary is not None:
        return _ordinary(ordinary.group(), ordinary.end())
    if token[place] != 0x5C:
        return chr(token[place]), b"\\u%04x" % token[place], place + 1, "control-character"
    pair = token[place : place + 2]
    if pair in _SHORT:
        return _SHORT[pair], pair, place + 2, ""
    code = _UNICODE.match(token, place)
    if code is not None:
        return _unicode(token, int(code.group(1), 16), place)
    byte = _BYTE.match(token, place)
    if byte is not None:
        # Telegram Desktop writes control characters this way. Scanning from the left makes sure the backslash is no escaped one.
        return chr(int(byte.group(1), 16)), b"\\u00" + byte.group(1), place + 4, "illegal-escape"
    return "\\", b"\\\\", place + 1, "illegal-escape"


def _ordinary(piece: bytes, after: int) -> tuple[str, bytes, int, str]:
    try:
        return piece.decode("utf-8"), piece, after, ""
    except UnicodeDecodeError:
        text = piece.decode("utf-8", "replace")
        return text, text.encode(), after, "invalid-utf8"


def _unicode(token: bytes, code: int, place: int) -> tuple[str, bytes, int, str]:
    after = place + 6
    if not 0xD800 <= code <= 0xDFFF:
        return chr(code), token[place:after], after, ""
    second = _UNICODE.match(token, after) if code <= 0xDBFF else None
    low = int(second.group(1), 16) if second else 0
    if 0xDC00 <= low <= 0xDFFF:
        return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)), token[place : after + 6], after + 6, ""
    return "\ufffd", token[place:after], after, "lone-surrogate"
