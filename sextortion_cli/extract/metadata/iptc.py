"""
IPTC-IIM datasets, bare or inside Photoshop image resources. Photoshop thumbnails are mentioned and never shown.

References: IPTC-NAA IIM 4.2, part II; Adobe Photoshop File Formats Specification, "Image Resource Blocks".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sextortion_cli.model.filefact import FileFact, ReadFault, fact
from sextortion_cli.words import N_

READER = "iptc-walk 1"
_NAMES = {
    5: "ObjectName", 15: "Category", 25: "Keywords", 40: "SpecialInstructions", 55: "DateCreated", 60: "TimeCreated", 62: "DigitalCreationDate",
    63: "DigitalCreationTime", 65: "OriginatingProgram", 70: "ProgramVersion", 80: "Byline", 85: "BylineTitle", 90: "City", 92: "Sublocation",
    95: "ProvinceState", 100: "CountryCode", 101: "CountryName", 103: "TransmissionReference", 105: "Headline", 110: "Credit", 115: "Source",
    116: "CopyrightNotice", 118: "Contact", 120: "Caption", 122: "CaptionWriter",
}  # fmt: skip
_PREVIEWS = {200, 201, 202}
_MAX_DATASETS = 2000


def iptc_facts(block: bytes) -> Iterator[FileFact | ReadFault]:
    """Yield the datasets of record 2 in `block` (Photoshop resources or bare IIM), as written."""
    if not block.startswith(b"8BIM"):
        yield from _datasets(block)
        return
    position = 0
    while block[position : position + 4] == b"8BIM":
        if position + 7 > len(block):
            yield ReadFault(READER, "cut-resource")
            return
        number = struct.unpack_from(">H", block, position + 4)[0]
        start = position + 7 + block[position + 6]
        start += start - position & 1
        size = struct.unpack(">I", block[start : start + 4].rjust(4, b"\xff"))[0]
        body = block[start + 4 : start + 4 + size]
        if len(body) != size:
            yield ReadFault(READER, "cut-resource")
        if number == 1028:
            yield from _datasets(body)
        elif number in (1033, 1036):
            yield fact("photoshop:thumbnail", f"(present, {len(body)} bytes)", READER, N_("mentioned only; the picture is never taken out"))
        position = start + 4 + size + (size & 1)


def _datasets(data: bytes) -> Iterator[FileFact | ReadFault]:
    position, codec = 0, "utf-8"
    for _ in range(_MAX_DATASETS):
        if data[position : position + 1] != b"\x1c":
            return
        head = data[position : position + 5]
        if len(head) < 5:
            yield ReadFault(READER, "cut-dataset")
            return
        record, number, size = head[1], head[2], struct.unpack(">H", head[3:5])[0]
        position += 5
        if size & 0x8000:
            width = size & 0x7FFF
            size = int.from_bytes(data[position : position + min(width, 8)], "big")
            position += width
        value = data[position : position + size]
        if len(value) < size:
            yield ReadFault(READER, "cut-dataset")
            return
        position += size
        if record == 2 and number in _PREVIEWS:
            yield fact("iptc:preview", f"(present, {size} bytes)", READER, N_("mentioned only"))
        elif record == 2 and number != 0:
            yield fact(f"iptc:{_NAMES.get(number, f'2:{number:03d}')}", _text(value, codec), READER)
    yield ReadFault(READER, "too-many-datasets")


def _text(value: bytes, codec: str) -> str:
    """Decode a value: UTF-8 where it is that, else Latin-1, which loses nothing."""
    try:
        return value.decode(codec)
    except UnicodeDecodeError:
        return value.decode("latin-1")
