"""
The boxes of HEIC and AVIF files: brands, which items are inside, and where the Exif and XMP items lie. Pictures are not touched.

References: ISO/IEC 14496-12 sections 4.2, 8.11; ISO/IEC 23008-12 annex A.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sextortion_cli.extract.metadata.parts import BLOCK_LIMIT, Parts, bare_exif
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import ReadFault, fact

READER = "isobmff-walk 1"
_MAX_BOXES, _MAX_ITEMS = 2000, 10_000


def isobmff_parts(view: View) -> Parts:
    """Walk the top boxes and the item tables of `meta`."""
    parts = Parts()
    try:
        for kind, start, size in _boxes(view, 0, view.size):
            if kind == b"ftyp":
                brands = view.at(start, min(size, 256))
                names = [brands[at : at + 4].decode("latin-1") for at in range(0, len(brands) - 3, 4) if at != 4]
                parts.facts.append(fact("isobmff:brands", " ".join(names), READER))
            elif kind == b"meta":
                _meta(view, start + 4, size - 4, parts)
    except (struct.error, IndexError, ValueError) as error:
        parts.facts.append(ReadFault(READER, type(error).__name__))
    return parts


def _boxes(view: View, start: int, length: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield (type, start of content, size of content)."""
    position, end = start, start + length
    for _ in range(_MAX_BOXES):
        if position + 8 > end:
            return
        size, kind = struct.unpack(">I4s", view.at(position, 8))
        header = 8
        if size == 1:
            size, header = struct.unpack(">Q", view.at(position + 8, 8))[0], 16
        elif size == 0:
            size = end - position
        if size < header or position + size > end:
            raise ValueError("box outside its parent")
        yield kind, position + header, size - header
        position += size
    raise ValueError("too many boxes")


def _meta(view: View, start: int, size: int, parts: Parts) -> None:
    kinds: dict[int, tuple[bytes, bytes]] = {}
    places: dict[int, list[tuple[int, int]]] = {}
    data_start = 0
    for kind, at, length in _boxes(view, start, size):
        if kind == b"iinf":
            kinds = _items(view, at, length)
        elif kind == b"iloc":
            places = _places(view.at(at, min(length, BLOCK_LIMIT)))
        elif kind == b"idat":
            data_start = at
    if kinds:
        names = sorted({name.decode("latin-1") for name, _ in kinds.values()})
        parts.facts.append(fact("isobmff:items", " ".join(names), READER, f"{len(kinds)} items"))
    for item, (name, content) in kinds.items():
        if name == b"Exif" or (name == b"mime" and content.startswith(b"application/rdf+xml")):
            block = b"".join(
                view.at(offset if offset >= 0 else data_start - offset - 1, min(count, BLOCK_LIMIT))
                for offset, count in places.get(item, ())[:64]
            )
            if name == b"Exif" and len(block) > 4:
                skip = int.from_bytes(block[:4], "big")
                parts.exif = parts.exif or bare_exif(block[4 + skip :] if skip < len(block) else block[4:])
            elif name == b"mime":
                parts.xmp.append(block[:BLOCK_LIMIT])


def _items(view: View, at: int, length: int) -> dict[int, tuple[bytes, bytes]]:
    """Return item types and content types by item id."""
    version = view.at(at, 1)[0]
    start = at + (6 if version == 0 else 8)
    found: dict[int, tuple[bytes, bytes]] = {}
    for kind, where, size in _boxes(view, start, at + length - start):
        if kind != b"infe" or len(found) >= _MAX_ITEMS:
            continue
        body = view.at(where, min(size, 512))
        if body[0] < 2:
            continue
        wide = 4 if body[0] >= 3 else 2
        number = int.from_bytes(body[4 : 4 + wide], "big")
        rest = body[4 + wide + 2 :]
        found[number] = (rest[:4], rest[4:].partition(b"\x00")[2])
    return found


def _places(body: bytes) -> dict[int, list[tuple[int, int]]]:
    """Return extents by item id; an offset inside ``idat`` is written as ``-1 - offset``."""
    version, sizes, more = body[0], body[4], body[5]
    offset_size, length_size, base_size, index_size = sizes >> 4, sizes & 15, more >> 4, more & 15 if version in (1, 2) else 0
    wide = 4 if version == 2 else 2
    position = 6 + wide
    found: dict[int, list[tuple[int, int]]] = {}

    def number(count: int) -> int:
        nonlocal position
        if position + count > len(body):
            raise IndexError("iloc ends early")
        value = int.from_bytes(body[position : position + count], "big")
        position += count
        return value

    for _ in range(min(int.from_bytes(body[6 : 6 + wide], "big"), _MAX_ITEMS)):
        item = number(wide)
        method = number(2) & 15 if version in (1, 2) else 0
        number(2)
        base = number(base_size)
        extents = []
        for _ in range(number(2)):
            number(index_size)
            offset = base + number(offset_size)
            extents.append((offset if method == 0 else -1 - offset, number(length_size)))
        if method in (0, 1):
            found[item] = extents
    return found
