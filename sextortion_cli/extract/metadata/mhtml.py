"""
MHTML: a page with everything on it as one MIME message. Its own header, its parts by kind and address, and what the page itself says.

References: RFC 2557; Chromium's ``Snapshot-Content-Location`` and ``From: <Saved by Blink>``; Internet Explorer's ``Saved by ... Internet Explorer``.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections import Counter
from collections.abc import Iterator

from sextortion_cli.extract.metadata.address import shown
from sextortion_cli.extract.metadata.clock import time_note
from sextortion_cli.extract.metadata.htmlpage import facts_of
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import FileFact, ReadFault, fact
from sextortion_cli.words import N_

READER = "mhtml-walk 1"
_HEADER = 65536
_PART = 1 << 20
_WINDOW = 1 << 20
_MOST_PARTS = 20_000
_SHOWN = ("from", "snapshot-content-location", "content-location", "subject", "date", "content-type", "x-mimeole", "x-mailer")
_MAIL_ONLY = frozenset({"to", "received", "delivered-to", "return-path", "cc", "bcc", "message-id"})
_WORD = re.compile(r"=\?([A-Za-z0-9_-]{1,30})(?:\*[A-Za-z-]{1,20})?\?([BbQq])\?([^?\s]{0,4096})\?=")
_BOUNDARY = re.compile(r"boundary\s{0,9}=\s{0,9}(?:\"([^\"]{1,200})\"|([^\s;]{1,200}))", re.IGNORECASE)
_NAMES = {name: "-".join(part.capitalize() for part in name.split("-")) for name in _SHOWN}
Headers = list[tuple[str, str]]


def is_mhtml(head: bytes) -> bool:
    """Say whether a file is a saved page in one MIME message, by its first bytes, and no mail."""
    if b"ultipart/related" not in head[:_HEADER] and b"napshot-" not in head[:_HEADER]:
        return False
    headers, _ = header_block(head)
    values = dict(headers)
    if "snapshot-content-location" in values or "saved by " in values.get("from", "").lower():
        return True
    return values.get("content-type", "").lower().startswith("multipart/related") and not _MAIL_ONLY.intersection(values)


def header_block(data: bytes) -> tuple[Headers, int]:
    """Return the unfolded header fields at the start of `data` (names in small letters), and where the body begins."""
    found: Headers = []
    place = 0
    while place < min(len(data), _HEADER) and len(found) < 200:
        end = data.find(b"\n", place, _HEADER)
        end = min(len(data), _HEADER) if end < 0 else end
        line = data[place:end].rstrip(b"\r")
        place = end + 1
        if not line:
            return found, place
        text = line.decode("utf-8", "replace")
        if text[0] in " \t" and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {text.strip()}" if len(found[-1][1]) < 8192 else found[-1][1])
            continue
        name, colon, value = text.partition(":")
        if not colon or not name or " " in name.strip():
            return found, place
        found.append((name.strip().lower(), value.strip()))
    return found, place


def decoded_words(text: str) -> str:
    """Return a header value with its encoded words (RFC 2047) as text; those of an unknown charset stay as they are."""
    text = re.sub(r"\?=\s{1,9}=\?", "?==?", text)
    return _WORD.sub(lambda found: _word(found[0], found[1], found[2], found[3]), text)


def _word(whole: str, charset: str, kind: str, body: str) -> str:
    charset = charset.lower()
    if charset not in ("utf-8", "us-ascii", "iso-8859-1", "windows-1252"):
        return whole
    try:
        raw = binascii.a2b_base64(body) if kind in "bB" else binascii.a2b_qp(body.encode("ascii"), header=True)
    except (binascii.Error, ValueError):
        return whole
    return raw.decode("utf-8" if charset == "utf-8" else "cp1252", "replace")


def mhtml_facts(view: View) -> Iterator[FileFact | ReadFault]:
    """Yield what the message, its parts and its page say."""
    data = view.at(0, _PART)
    headers, body = header_block(data)
    boundary = None
    for name, value in headers:
        if name in _NAMES:
            yield from _header_fact(name, value)
        if name == "content-type" and boundary is None:
            found = _BOUNDARY.search(value)
            boundary = None if found is None else (found[1] or found[2])
    if boundary is None:
        yield ReadFault(READER, "no-boundary")
        return
    mark = b"--" + boundary.encode("utf-8", "replace")
    yield from _page(data, body, mark)
    yield from _parts(view, mark)


def _header_fact(name: str, value: str) -> Iterator[FileFact]:
    note = time_note(value) if name == "date" else None
    yield fact(f"mhtml:{_NAMES[name]}", shown(value), READER, note)
    if name == "subject":
        yield fact("mhtml:title", decoded_words(value), READER, N_("the subject of the message, decoded"))


def _page(data: bytes, body: int, mark: bytes) -> Iterator[FileFact | ReadFault]:
    """Yield what the first part says that is HTML, as far as it lies in the first mebibyte."""
    place = data.find(mark, body)
    for _ in range(8):
        if place < 0:
            return
        start = data.find(b"\n", place) + 1
        headers, length = header_block(data[start : start + _HEADER])
        values = dict(headers)
        following = data.find(b"\n" + mark, start)
        if values.get("content-type", "").lower().startswith(("text/html", "application/xhtml")) and start > 0:
            raw = data[start + length : following if following >= 0 else len(data)]
            yield from facts_of(_decoded(raw, values.get("content-transfer-encoding", "").lower()), f"{READER}, html-walk 1")
            return
        place = following + 1 if following >= 0 else -1


def _decoded(raw: bytes, packing: str) -> bytes:
    if packing == "quoted-printable":
        return binascii.a2b_qp(raw)
    if packing == "base64":
        kept = raw.translate(None, b"\r\n \t")
        try:
            return binascii.a2b_base64(kept[: len(kept) // 4 * 4])
        except binascii.Error:
            return b""
    return raw


def _parts(view: View, mark: bytes) -> Iterator[FileFact | ReadFault]:
    """Yield how many parts of which kind there are, reading the file once in windows."""
    kinds: Counter[str] = Counter()
    closed, position, carry = False, 0, b""
    needle = b"\n" + mark
    while position < view.size and kinds.total() < _MOST_PARTS:
        window = carry + view.at(position, _WINDOW)
        position += _WINDOW
        last = position >= view.size
        reach = len(window) if last else len(window) - 4096
        at = window.find(needle)
        while 0 <= at < reach and kinds.total() < _MOST_PARTS:
            after = at + len(needle)
            if window.startswith(b"--", after):
                closed = True
            else:
                start = window.find(b"\n", after) + 1
                headers, _ = header_block(window[start : start + 4096])
                kinds[dict(headers).get("content-type", "(no type)").partition(";")[0].strip().lower()[:100]] += 1
            at = window.find(needle, after)
        carry = window[reach:]
    total = sum(kinds.values())
    told = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))[:20])
    yield fact("mhtml:parts", f"{total} ({told})" if told else "0", READER)
    if total >= _MOST_PARTS:
        yield ReadFault(READER, "too-many-parts")
    elif not closed:
        yield ReadFault(READER, "cut-file")


def library_facts(view: View) -> Iterator[FileFact | ReadFault]:
    """Yield the header as the standard library's mail parser reads it."""
    import email.errors
    import email.header
    import email.parser
    import platform

    reader = f"email {platform.python_version()}"
    data = view.at(0, _HEADER)
    try:
        message = email.parser.BytesHeaderParser().parsebytes(data)
        values = [(name.lower(), " ".join(str(value).split())) for name, value in message.items()]
        title = _library_title(message["Subject"]) if message["Subject"] is not None else None
    except (email.errors.MessageError, AssertionError, IndexError, LookupError, TypeError, ValueError) as error:
        yield ReadFault(reader, type(error).__name__)
        return
    for name, value in values[:200]:
        if name in _NAMES:
            yield fact(f"mhtml:{_NAMES[name]}", shown(value), reader, time_note(value) if name == "date" else None)
    if title is not None:
        yield fact("mhtml:title", title, reader, N_("the subject of the message, decoded"))


def _library_title(value: object) -> str:
    import email.header

    return str(email.header.make_header(email.header.decode_header(" ".join(str(value)[:2000].split()))))


def load() -> None:
    """Import what the second reader needs, for a process that soon may open no file."""
    list(library_facts(View(-1, 0)))
    _library_title("=?utf-8?q?a?=")
    for name in ("utf-8", "cp1252", "us-ascii", "iso-8859-1"):
        codecs.lookup(name)
