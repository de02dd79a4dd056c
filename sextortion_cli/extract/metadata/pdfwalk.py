"""
A PDF read by our own scanner: what can be said without decoding anything, and the information dictionary where it stands in the open.

The bytes are searched once for a few names; a name inside a compressed object is not seen, and one inside a text counts too, so every count
is a hint. Reference: ISO 32000-2 sections 7.2, 7.3.4, 7.5, 14.3.3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sextortion_cli.extract.metadata.clock import time_note
from sextortion_cli.extract.metadata.places import shown_text
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import FileFact, ReadFault, fact
from sextortion_cli.words import N_

READER = "pdf-walk 1"
DATES = frozenset({"CreationDate", "ModDate"})
_WINDOW, _OVERLAP = 1 << 20, 256
_DICTIONARY = 65536
_VALUE = 16384
_MOST_KEYS = 60
_HEADER = re.compile(rb"%PDF-(\d\.\d)")
# Plain alternatives of bounded length.
_NAMES = re.compile(
    rb"%%EOF|/(?:Encrypt|JavaScript|JS|Launch|OpenAction|AA|EmbeddedFiles?|RichMedia|AcroForm|XFA|ObjStm|Linearized|SubmitForm|ImportData)(?![A-Za-z0-9])"
    rb"|/Info[\s]{1,8}(\d{1,10})[\s]{1,8}(\d{1,5})[\s]{1,8}R|/[A-Za-z]{0,24}#[0-9A-Fa-f]{2}"
)
_WHITE = b"\x00\t\n\x0c\r "
_KEY = re.compile(rb"[\x00\t\n\x0c\r ]{0,64}/([A-Za-z0-9_.:#-]{1,60})[\x00\t\n\x0c\r ]{0,64}")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_facts(view: View) -> Iterator[FileFact | ReadFault]:
    """Yield version, revisions, what is active in it as far as names show, and the information dictionary in the open."""
    header = _HEADER.search(view.at(0, 1024))
    if header is None:
        yield ReadFault(READER, "no-header")
    else:
        yield fact("pdf:version", header[1].decode("ascii"), READER)
        if header.start():
            yield fact("pdf:before-header", f"({header.start()} bytes)", READER, N_("bytes before the beginning of the document"))
    counts, info, end = _search(view)
    yield fact(
        "pdf:ends", str(counts["%%EOF"]), READER, N_("how often the file was ended: more than once when it was changed and saved again")
    )
    if not counts["%%EOF"]:
        yield ReadFault(READER, "no-end")
    elif (rest := view.at(end, min(view.size - end, _DICTIONARY)).strip(_WHITE)) and counts["%%EOF"]:
        yield fact("pdf:after-end", f"({len(rest)} bytes or more)", READER, N_("bytes after the end of the document"))
    if counts["#"]:
        yield fact("pdf:escaped-names", str(counts["#"]), READER, N_("names written with # signs; some programs hide names so"))
    seen = ", ".join(f"{name} {counts[name]}" for name in sorted(counts) if name not in ("%%EOF", "#"))
    if seen:
        yield fact("pdf:names", seen, READER, N_("names seen in the open; a hint, not proof"))
    if info is not None and not counts["Encrypt"]:
        yield from _information(view, info)


def _search(view: View) -> tuple[Counter[str], tuple[int, int] | None, int]:
    """Return how often each name stands in the file, the last information dictionary named, and where the last end mark ends."""
    counts: Counter[str] = Counter()
    info, end, done = None, 0, 0
    for position in range(0, view.size, _WINDOW):
        window = view.at(position, _WINDOW + _OVERLAP)
        for found in _NAMES.finditer(window):
            start = position + found.start()
            if start < done or found.start() >= _WINDOW:
                continue
            done = position + found.end()
            word = found[0]
            if word == b"%%EOF":
                counts["%%EOF"] += 1
                end = done
            elif found[1] is not None:
                info = int(found[1]), int(found[2])
            elif b"#" in word:
                counts["#"] += 1
            else:
                counts[word[1:].decode("ascii")] += 1
    return counts, info, end


def _information(view: View, place: tuple[int, int]) -> Iterator[FileFact | ReadFault]:
    head = re.compile(rb"(?<![0-9])%d[\s]{1,8}%d[\s]{1,8}obj[\s]{0,64}<<" % place)
    at = -1
    for position in range(0, view.size, _WINDOW):
        for found in head.finditer(view.at(position, _WINDOW + _OVERLAP)):
            at = position + found.end()
    if at < 0:
        return  # it stands in a compressed object
    data = view.at(at, _DICTIONARY)
    offset = 0
    for _ in range(_MOST_KEYS):
        key = _KEY.match(data, offset)
        if key is None:
            break
        raw, offset = _string(data, key.end())
        if raw is None:
            if offset < 0:
                yield ReadFault(READER, "bad-information")
                return
            continue
        name, value = key[1].decode("ascii"), text_of(raw)
        yield fact(f"pdf:{name}", shown_text(value), READER, time_note(value) if name in DATES else None)


def _string(data: bytes, place: int) -> tuple[bytes | None, int]:
    """Return the string at `place` and where it ends; None for what is no string, and -1 where nothing can be read on."""
    if data[place : place + 1] == b"(":
        return _literal(data, place + 1)
    if data[place : place + 1] == b"<" and data[place + 1 : place + 2] != b"<":
        end = data.find(b">", place, place + _VALUE * 2)
        digits = data[place + 1 : end].translate(None, _WHITE)
        try:
            return (bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")), end + 1) if end >= 0 else (None, -1)
        except ValueError:
            return None, -1
    following = data.find(b"/", place + 1, place + 200)
    closing = data.find(b">>", place, place + 200)
    return None, following if following >= 0 and not 0 <= closing < following else len(data)


def _literal(data: bytes, place: int) -> tuple[bytes | None, int]:
    out = bytearray()
    depth = 1
    limit = min(len(data), place + _VALUE * 2)
    while place < limit:
        sign = data[place : place + 1]
        place += 1
        if sign == b"\\":
            escaped = data[place : place + 1]
            digits = re.match(rb"[0-7]{1,3}", data[place : place + 3])
            if digits is not None:
                out.append(int(digits[0], 8) & 255)
                place += digits.end()
                continue
            place += 2 if data[place : place + 2] == b"\r\n" else 1
            out += b"" if escaped in (b"\r", b"\n") else _ESCAPES.get(escaped, escaped)
            continue
        depth += (sign == b"(") - (sign == b")")
        if not depth:
            return bytes(out), place
        out += sign
    return None, -1


def text_of(raw: bytes) -> str:
    """Return a text string: UTF-16 or UTF-8 by its mark, otherwise PDFDocEncoding, which for letters is Latin-1 (ISO 32000-2 annex D)."""
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
        return raw.decode("utf-16", "replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "replace")
    return raw.decode("latin-1").translate(_DOC_ENCODING)


_DOC_ENCODING = dict(
    zip(
        range(0x80, 0xA0),
        "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203a\u2212\u2030\u201e\u201c\u201d\u2018\u2019\u201a\u2122\ufb01\ufb02\u0141\u0152"
        "\u0160\u0178\u017d\u0131\u0142\u0153\u0161\u017e\ufffd",
        strict=True,
    )
) | {0xA0: "\u20ac"}
