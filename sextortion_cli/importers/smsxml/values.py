"""
Values of attributes as a person sees them.

Android's XML writer splits a character beyond U+FFFF into two references, ``&#55357;&#56832;``, which no XML parser takes
(signalapp/Signal-Android#7155): they are one character. It writes ``null`` where there is nothing.
"""

from __future__ import annotations

import base64
import re

import msgspec

from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Time

_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LAST = 0x10FFFF
_COUNT = re.compile(r"-?[0-9]{1,19}\Z", re.ASCII)
_MILLISECONDS = 10**11


_SHORT = 16
"""Values of up to so many bytes are remembered: nearly all of a backup's are ``null``, a digit, or the other side's number."""


class Value(msgspec.Struct, frozen=True):
    """A text as `Message` holds it, with the codes of what is wrong with it."""

    text: str
    raw: str | None = None
    raw_b64: str | None = None
    lossy: bool = False
    problems: tuple[str, ...] = ()


_KNOWN: dict[bytes, Value] = {}


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        return _NAMED[name]
    code = int(decimal) if decimal is not None else int(hexadecimal, 16)
    return chr(code) if code <= _LAST else match.group()


def value_of(data: bytes) -> Value:
    """Return what the bytes of an attribute's value say; half a character is U+FFFD."""
    found = _KNOWN.get(data)
    if found is None:
        found = Value(data.decode()) if data.isascii() and b"&" not in data and data.decode().isprintable() else _carefully(data)
        if len(data) <= _SHORT:
            if len(_KNOWN) > 10_000:
                _KNOWN.clear()
            _KNOWN[data] = found
    return found


def _carefully(data: bytes) -> Value:
    problems: list[str] = []
    raw: str | None
    try:
        raw = written = data.decode()
    except UnicodeDecodeError:
        raw = None
        problems.append("invalid-utf8")
        try:  # characters beyond U+FFFF as two halves of three bytes each
            written = data.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            written = data.decode("utf-8", "replace")
    text = _REFERENCE.sub(_character, written) if "&" in written else written
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
        problems.append("lone-surrogate")
    if _CONTROL.search(text):
        problems.append("control-character")
    if raw is None:
        return Value(text, None, base64.b64encode(data).decode(), True, tuple(problems))
    return Value(text, None if raw == text else raw, None, "lone-surrogate" in problems, tuple(problems))


def is_said(text: str | None) -> bool:
    """Say whether a value says anything: an empty one and ``null`` do not."""
    return text not in (None, "", "null")


def milliseconds(text: str) -> tuple[Time, str | None]:
    """Return the time of a count of milliseconds since 1970, and the code of what is wrong with it."""
    utc = utc_text(int(text) // 1000) if _COUNT.match(text) else None
    return (Time(text, None, utc, "explicit"), None) if utc is not None else (Time(text), "unreadable-time")


def counted(text: str, *, in_seconds: bool) -> str:
    """Return a count since 1970 with the moment it means beside it; a count in seconds that is too large for one is in milliseconds."""
    if not _COUNT.match(text) or int(text) <= 0:
        return text
    count = int(text)
    utc = utc_text(count if in_seconds and count < _MILLISECONDS else count // 1000)
    return text if utc is None else f"{text} ({utc})"
