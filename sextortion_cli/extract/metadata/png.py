"""
The chunks of a PNG file, read one by one and checked by CRC. The picture data is stepped over, never inflated.

References: PNG (Third Edition), sections 5 and 11; XMP part 3 section 1.1.5.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from sextortion_cli.extract.metadata.parts import BLOCK_LIMIT, Parts, bare_exif
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import VALUE_LIMIT, ReadFault, fact
from sextortion_cli.words import N_

READER = "png-walk 1"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOURS = {0: "grey", 2: "RGB", 3: "palette", 4: "grey with alpha", 6: "RGB with alpha"}
_MAX_CHUNKS = 100_000
_TEXT_LIMIT = 2 << 20  # bytes of text that are inflated per chunk; what lies beyond is said to be cut
_TEXT_TOTAL = 16 << 20
_READ = frozenset({b"IHDR", b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"pHYs"})
_BULK = frozenset({b"IDAT", b"fdAT"})


class _Budget:
    """How much text may still be inflated from this file."""

    def __init__(self) -> None:
        self.left = _TEXT_TOTAL

    def inflate(self, data: bytes) -> tuple[bytes, bool]:
        """Return inflated bytes within the limits, and whether there was more. Raises zlib.error on damaged data."""
        limit = min(_TEXT_LIMIT, self.left)
        if limit <= 0:
            return b"", True
        engine = zlib.decompressobj()
        text = engine.decompress(data, limit)
        self.left -= len(text)
        return text, bool(engine.unconsumed_tail)


def png_parts(view: View) -> Parts:
    """Walk the chunks of a PNG file."""
    parts, budget = Parts(), _Budget()
    for kind, body in _chunks(view, parts):
        try:
            _chunk(kind, body, parts, budget)
        except (zlib.error, struct.error, ValueError, IndexError) as error:
            parts.facts.append(ReadFault(READER, f"bad-{kind.decode('latin-1')}-{type(error).__name__}"))
    return parts


def _chunks(view: View, parts: Parts) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks whose content is read; check the CRC of all but the picture data."""
    position = len(SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        head = view.at(position, 8)
        if len(head) < 8:
            parts.facts.append(ReadFault(READER, "cut-file"))
            return
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if not kind.isalpha():
            parts.facts.append(ReadFault(READER, "bad-chunk-name"))
            return
        if position + 12 + length > view.size:
            parts.facts.append(ReadFault(READER, "cut-chunk"))
            return
        if kind not in _BULK and length <= BLOCK_LIMIT:
            body = view.at(position + 8, length)
            if zlib.crc32(body, zlib.crc32(kind)) != int.from_bytes(view.at(position + 8 + length, 4), "big"):
                parts.facts.append(ReadFault(READER, f"crc-{kind.decode('ascii')}"))
            if kind in _READ:
                yield kind, body
        elif kind in _READ:
            parts.facts.append(ReadFault(READER, f"too-large-{kind.decode('ascii')}"))
        position += 12 + length
        if kind == b"IEND":
            if position < view.size:
                parts.facts.append(
                    fact("png:after-end", f"({view.size - position} bytes)", READER, N_("bytes after the end of the picture"))
                )
            return
    parts.facts.append(ReadFault(READER, "too-many-chunks"))


def _chunk(kind: bytes, body: bytes, parts: Parts, budget: _Budget) -> None:
    if kind == b"IHDR":
        width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        parts.facts += (fact("image:width", str(width), READER), fact("image:height", str(height), READER))
        parts.facts.append(fact("png:IHDR", f"{depth} bit, {_COLOURS.get(colour, colour)}", READER))
    elif kind == b"tIME":
        year, month, day, hour, minute, second = struct.unpack(">HBBBBB", body)
        parts.facts.append(
            fact(
                "png:tIME",
                f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}",
                READER,
                N_("last change; UTC by the PNG standard"),
            )
        )
    elif kind == b"pHYs":
        x, y, unit = struct.unpack(">IIB", body)
        parts.facts.append(fact("png:pHYs", f"{x} x {y} per {'metre' if unit == 1 else 'unknown unit'}", READER))
    elif kind == b"eXIf":
        parts.exif = parts.exif or bare_exif(body)
    else:
        _text(kind, body, parts, budget)


def _text(kind: bytes, body: bytes, parts: Parts, budget: _Budget) -> None:
    keyword, separator, rest = body.partition(b"\x00")
    if not separator:
        raise ValueError("no keyword")
    key = keyword[:79].decode("latin-1")
    more, codec = False, "latin-1"
    if kind == b"zTXt":
        rest, more = budget.inflate(rest[1:])
    elif kind == b"iTXt":
        codec, compressed = "utf-8", rest[0]
        _, _, rest = rest[2:].partition(b"\x00")
        _, _, rest = rest.partition(b"\x00")
        if compressed:
            rest, more = budget.inflate(rest)
    if more:
        parts.facts.append(ReadFault(READER, f"inflate-limit-{kind.decode('ascii')}"))
    if key in ("XML:com.adobe.xmp", "Raw profile type xmp"):
        _xmp(key, rest, parts)
    elif key.startswith("Raw profile type"):
        _raw_profile(key, rest, parts)
    else:
        note = N_("cut: it inflates to more than is read") if more else None
        parts.facts.append(fact(f"png:{kind.decode('ascii')}:{key}", rest[: VALUE_LIMIT * 4].decode(codec, "replace"), READER, note))


def _xmp(key: str, rest: bytes, parts: Parts) -> None:
    parts.xmp.append(rest if key.startswith("XML") else _from_hex(rest))


def _raw_profile(key: str, rest: bytes, parts: Parts) -> None:
    """Take over a profile as ImageMagick writes it: a name line, a length line, then hex."""
    name = key.rpartition(" ")[2].lower()
    block = _from_hex(rest)
    if name in ("exif", "app1"):
        parts.exif = parts.exif or bare_exif(block)
    elif name in ("iptc", "8bim"):
        parts.iptc.append(block)
    parts.facts.append(fact(f"png:{key}", f"(present, {len(block)} bytes)", READER))


def _from_hex(rest: bytes) -> bytes:
    return bytes.fromhex(b"".join(rest.split()[2:]).decode("ascii"))
