"""Is it text, and what kind of text: our own decision, because libmagic calls a chat export ``text/csv`` or source code."""

from __future__ import annotations

import codecs

CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b") + b"\x7f"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(head: bytes) -> str | None:
    """
    Return how `head` is text: ``utf-8``, ``utf-8-sig``, ``utf-16``, ``utf-32``, ``single-byte``, or None when it is binary.

    A character cut by the end of `head` is no fault. A control character in a hundred is let pass in UTF-8 (chats hold strays), NUL never.
    """
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name if _decodes(head, name) else None
    if not head or b"\x00" in head:
        return None
    strays = len(head) - len(head.translate(None, CONTROLS))
    if _decodes(head, "utf-8"):
        return "utf-8" if strays * 100 <= len(head) else None
    high = len(head) - len(head.translate(None, bytes(range(128, 256))))
    if strays == 0 and high * 3 <= len(head) and not head.startswith((b"\xff\xd8", b"\x89", b"%PDF")):
        return "single-byte"
    return None


def text_kind(head: bytes, encoding: str) -> str:
    """Return the media type of a text by how it starts: JSON, HTML, SVG, XML, vCard, calendar, RTF, or ``text/plain``."""
    codec = {"single-byte": "latin-1"}.get(encoding, encoding)
    start = head[:8192].decode(codec, "replace").lstrip("\ufeff \t\r\n")
    lower = start[:4096].lower()
    if start.startswith(("{\\rtf",)):
        return "application/rtf"
    if start[:1] in ("{", "[") and _looks_json(start):
        return "application/json"
    if lower.startswith(("<!doctype html", "<html")) or (lower.startswith("<") and "<html" in lower):
        return "text/html"
    if lower.startswith(("<?xml", "<!--", "<svg", "<!doctype svg")) and "<svg" in lower:
        return "image/svg+xml"
    if lower.startswith("<?xml"):
        return "application/xml"
    if lower.startswith("begin:vcard"):
        return "text/vcard"
    if lower.startswith("begin:vcalendar"):
        return "text/calendar"
    return "text/plain"


def _looks_json(start: str) -> bool:
    """Tell a JSON document from a chat line that starts with a bracketed date: what follows the bracket must be JSON's."""
    rest = start[1:].lstrip()
    if start[0] == "{":
        return rest[:1] in ('"', "}", "")
    if rest[:1] in ('"', "{", "[", "]", ""):
        return True
    return rest.startswith(("null", "true", "false")) or (rest[:1] in "-0123456789" and _number_list(rest))


def _number_list(rest: str) -> bool:
    """Say whether `rest` goes on like an array of numbers (a date in brackets does not: it has dots, slashes or colons)."""
    number = rest.lstrip("-0123456789.eE+")
    used = rest[: len(rest) - len(number)]
    if used.count(".") > 1 or used.count("-") > 1 or "-" in used[1:]:
        return False
    number = number.lstrip()
    return number[:1] in ("]", "") or (number[:1] == "," and number[1:].lstrip()[:1] in "-0123456789")


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(head, final=False)
    except (UnicodeDecodeError, ValueError):
        return False
    return encoding in ("utf-8", "utf-8-sig") or "\x00" not in text
