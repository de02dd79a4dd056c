"""Text in header fields: encoded words (RFC 2047) and raw bytes, decoded leniently in linear time."""

from __future__ import annotations

import binascii
import re

import msgspec

from sextortion_cli.importers.mail import charsets

VALUE_LIMIT = 16 << 10
"""Bytes of one value that are decoded; the rest is in the original only."""
# Bounded and without "?" inside: linear on any input.
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]{0,4000})\?=")


class Text(msgspec.Struct, frozen=True):
    """A value decoded: `text` for people, `problems` codes of what was wrong with it."""

    text: str
    problems: tuple[str, ...] = ()


def plain(data: bytes) -> str:
    r"""Return raw bytes of a header for `detail`: exact where they are text, with ``\xNN`` for bytes that are none."""
    return data[:VALUE_LIMIT].decode("utf-8", "backslashreplace")


def decode(data: bytes) -> Text:
    """Return a header value decoded; neighbouring words of one charset are joined before they are decoded, as many mails need."""
    problems: list[str] = []
    if len(data) > VALUE_LIMIT:
        problems.append("long-header")
        data = data[:VALUE_LIMIT]
    if data.isascii():
        text = data.decode("ascii")
    else:
        read = charsets.decode(data, None)
        text = read.text
        problems.append("raw-8bit-header")
    if "=?" in text:
        text = _words(text, problems)
    return Text(text, tuple(dict.fromkeys(problems)))


def _words(text: str, problems: list[str]) -> str:
    shown: list[str] = []
    held: list[tuple[str, bytes]] = []
    at = 0
    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        if not held or between.strip():
            _release(held, shown, problems)
            shown.append(between)
        # white space between two encoded words is no text (RFC 2047, section 6.2)
        held.append((match[1].partition("*")[0], _bytes(match[2], match[3], problems)))
        at = match.end()
    _release(held, shown, problems)
    return "".join(shown) + text[at:]


def _bytes(kind: str, payload: str, problems: list[str]) -> bytes:
    raw = payload.encode("utf-8")
    if kind in "qQ":
        return binascii.a2b_qp(raw, header=True)
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    if len(clean) % 4 == 1:
        problems.append("broken-encoded-word")
        clean = clean[:-1]
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def _release(held: list[tuple[str, bytes]], shown: list[str], problems: list[str]) -> None:
    while held:
        charset, data = held.pop(0)
        while held and held[0][0].lower() == charset.lower():
            data += held.pop(0)[1]
        read = charsets.decode(data, charset)
        if read.problem:
            problems.append("unknown-charset" if read.problem == "unknown-charset" else "broken-encoded-word")
        shown.append(read.text)
