"""
The chunks of a WebP file.

References: RFC 9649 section 2.
"""

from __future__ import annotations

from sextortion_cli.extract.metadata.parts import BLOCK_LIMIT, Parts, bare_exif
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import ReadFault, fact

READER = "webp-walk 1"
_MAX_CHUNKS = 20_000


def webp_parts(view: View) -> Parts:
    """Walk the RIFF chunks: size, animation, embedded Exif and XMP."""
    parts, position = Parts(), 12
    for _ in range(_MAX_CHUNKS):
        head = view.at(position, 8)
        if len(head) < 8:
            if head:
                parts.facts.append(ReadFault(READER, "cut-chunk"))
            return parts
        kind, size = head[:4], int.from_bytes(head[4:], "little")
        if position + 8 + size > view.size:
            parts.facts.append(ReadFault(READER, "cut-chunk"))
            return parts
        _chunk(kind, size, view, position + 8, parts)
        position += 8 + size + (size & 1)
    parts.facts.append(ReadFault(READER, "too-many-chunks"))
    return parts


def _chunk(kind: bytes, size: int, view: View, start: int, parts: Parts) -> None:
    if kind == b"VP8X" and size >= 10:
        body = view.at(start, 10)
        width, height = 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
        parts.facts += (fact("image:width", str(width), READER), fact("image:height", str(height), READER))
        if body[0] & 2:
            parts.facts.append(fact("webp:animated", "yes", READER))
    elif kind in (b"EXIF", b"XMP ") and size > BLOCK_LIMIT:
        parts.facts.append(ReadFault(READER, f"too-large-{kind.decode('ascii').strip()}"))
    elif kind == b"EXIF":
        parts.exif = parts.exif or bare_exif(view.at(start, size))
    elif kind == b"XMP ":
        parts.xmp.append(view.at(start, size))
