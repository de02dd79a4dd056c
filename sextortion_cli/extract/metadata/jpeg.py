"""
The segments of a JPEG file: comments, which application markers are there, size, embedded metadata. Never the picture.

References: ITU-T T.81 annex B; JFIF 1.02; XMP part 3 section 1.1.3; CIPA DC-007 (MPF).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sextortion_cli.extract.metadata.parts import BLOCK_LIMIT, Parts, bare_exif
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import ReadFault, fact
from sextortion_cli.words import N_

READER = "jpeg-walk 1"
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_SOF = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_MAX_SEGMENTS = 4000
_XMP, _XMP_MORE = b"http://ns.adobe.com/xap/1.0/\x00", b"http://ns.adobe.com/xmp/extension/\x00"


def jpeg_parts(view: View) -> Parts:
    """Walk the segments up to the first scan."""
    parts, markers = Parts(), []
    extended: dict[bytes, dict[int, bytes]] = {}
    for marker, body in _segments(view, parts):
        if marker == 0xFE:
            parts.facts.append(fact("jpeg:COM", body.decode("utf-8", "replace").rstrip("\x00"), READER))
        elif marker in _SOF and len(body) >= 5:
            height, width = struct.unpack_from(">HH", body, 1)
            parts.facts += (fact("image:width", str(width), READER), fact("image:height", str(height), READER))
        elif 0xE0 <= marker <= 0xEF:
            markers.append(f"APP{marker - 0xE0} {_label(body)}".rstrip())
            _application(marker, body, parts, extended)
    if markers:
        parts.facts.append(fact("jpeg:markers", ", ".join(markers), READER))
    for guid, chunks in extended.items():
        parts.xmp.append(_joined(chunks))
        parts.facts.append(fact("xmp:extended", guid.decode("latin-1"), READER, N_("a second XMP packet")))
    return parts


def _segments(view: View, parts: Parts) -> Iterator[tuple[int, bytes]]:
    position = 2
    for _ in range(_MAX_SEGMENTS):
        head = view.at(position, 4)
        if len(head) < 2 or head[0] != 0xFF:
            parts.facts.append(ReadFault(READER, "cut-file" if len(head) < 2 else "no-marker"))
            return
        marker = head[1]
        if marker == 0xFF or marker in _STANDALONE:
            position += 1 if marker == 0xFF else 2
            continue
        if marker in (0xDA, 0xD9):
            return
        length = int.from_bytes(head[2:4], "big")
        body = view.at(position + 4, length - 2)
        if length < 2 or len(body) != length - 2:
            parts.facts.append(ReadFault(READER, "cut-segment"))
            return
        yield marker, body
        position += 2 + length
    parts.facts.append(ReadFault(READER, "too-many-segments"))


def _label(body: bytes) -> str:
    """Return the identifier a segment starts with, if it is plain text."""
    name = body[:40].split(b"\x00", 1)[0]
    return name.decode("ascii") if name and all(32 <= byte < 127 for byte in name) else ""


def _application(marker: int, body: bytes, parts: Parts, extended: dict[bytes, dict[int, bytes]]) -> None:
    if marker == 0xE1 and body.startswith(b"Exif\x00"):
        parts.exif = parts.exif or bare_exif(body)
    elif marker == 0xE1 and body.startswith(_XMP):
        parts.xmp.append(body[len(_XMP) :])
    elif marker == 0xE1 and body.startswith(_XMP_MORE):
        start = len(_XMP_MORE)
        chunks = extended.setdefault(body[start : start + 32], {})
        if len(extended) <= 4 and sum(map(len, chunks.values())) < BLOCK_LIMIT:
            chunks[int.from_bytes(body[start + 36 : start + 40], "big")] = body[start + 40 :]
    elif marker == 0xED and body.startswith(b"Photoshop 3.0\x00"):
        parts.iptc.append(body[14:])
    elif marker == 0xE0 and body.startswith(b"JFIF\x00") and len(body) >= 14 and body[12] * body[13]:
        parts.facts.append(
            fact(
                "jpeg:thumbnail", f"(present, JFIF, {body[12]} x {body[13]})", READER, N_("mentioned only; the picture is never taken out")
            )
        )
    elif marker == 0xE0 and body.startswith(b"JFXX\x00"):
        parts.facts.append(
            fact("jpeg:thumbnail", f"(present, JFXX, {len(body)} bytes)", READER, N_("mentioned only; the picture is never taken out"))
        )
    elif marker == 0xE2 and body.startswith(b"MPF\x00"):
        parts.facts.append(fact("jpeg:more-pictures", "(present, MPF)", READER, N_("the file holds further pictures; mentioned only")))


def _joined(chunks: dict[int, bytes]) -> bytes:
    return b"".join(chunks[offset] for offset in sorted(chunks))
