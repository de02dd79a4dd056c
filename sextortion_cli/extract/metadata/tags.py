"""
Exif tags by number, one naming and one way to write values for all readers, so that they can be compared.

References: CIPA DC-008 (Exif 3.0) sections 4.6 and 4.7; TIFF 6.0.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sextortion_cli.model.filefact import FileFact, fact, printable
from sextortion_cli.words import N_

EXIF_IFD, GPS_IFD, INTEROP_IFD, SUB_IFDS = 0x8769, 0x8825, 0xA005, 0x014A
POINTERS = frozenset({EXIF_IFD, GPS_IFD, INTEROP_IFD, SUB_IFDS})
THUMBNAIL_OFFSET, THUMBNAIL_LENGTH = 0x0201, 0x0202
MAKER_NOTE, USER_COMMENT, XMP_TAG, IPTC_TAG, PHOTOSHOP_TAG, ICC_TAG = 0x927C, 0x9286, 0x02BC, 0x83BB, 0x8649, 0x8773
# Where picture data or large tables lie; listing them says nothing about where a file comes from.
LAYOUT = frozenset({0x0111, 0x0117, 0x0144, 0x0145, 0x0207, 0x0208, 0x0209, 0x015B})
OPAQUE = frozenset({MAKER_NOTE, XMP_TAG, IPTC_TAG, PHOTOSHOP_TAG, ICC_TAG, 0xC4A5, 0xEA1C, 0x935C})
_UTF16 = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})
_OFFSETS = {0x0132: 0x9010, 0x9003: 0x9011, 0x9004: 0x9012}
_OFFSET_NAMES = {0x9010: "OffsetTime", 0x9011: "OffsetTimeOriginal", 0x9012: "OffsetTimeDigitized"}
_COMMENT_CODES = {b"ASCII\x00\x00\x00": "ascii", b"UNICODE\x00": "utf-16", b"\x00" * 8: "utf-8"}

Tags = Mapping[tuple[str, int], Any]
"""Tag values by (group, number); the group is ``image``, ``gps``, ``interop`` or ``thumbnail``."""


@functools.cache
def _tables() -> tuple[Mapping[int, str], Mapping[int, str]]:
    from PIL import ExifTags

    return ExifTags.TAGS, ExifTags.GPSTAGS


@functools.cache
def name_of(group: str, tag: int) -> str:
    """Return the name of a tag: ``exif:Make``, ``exif:GPSLatitude``, ``exif:thumbnail:Compression``, ``exif:0xC001`` when unknown."""
    ordinary, gps = _tables()
    name = (gps if group == "gps" else ordinary).get(tag, f"0x{tag:04X}")
    return f"exif:{name}" if group in ("image", "gps") else f"exif:{group}:{name}"


def written(tag: int, value: Any) -> str:
    """Return `value` as text: numbers and ratios as in the file, bytes as text where they are text, else ``hex:``, else their length."""
    if isinstance(value, bytes):
        return _bytes(tag, value)
    if isinstance(value, str):
        return value.rstrip("\x00")
    if isinstance(value, (tuple, list)):
        return " ".join(_number(item) for item in value)
    return _number(value)


def _number(value: Any) -> str:
    if isinstance(value, (int, str)):
        return str(value)
    ratio = _ratio(value)
    if ratio is not None:
        return f"{ratio[0]}/{ratio[1]}"
    if isinstance(value, (tuple, list)) and len(value) == 1:
        return _number(value[0])
    return repr(value) if isinstance(value, float) else f"({type(value).__name__})"


def _ratio(value: Any) -> tuple[int, int] | None:
    """Return numerator and denominator of either library's ratio as in the file, a zero denominator included."""
    try:
        numerator, denominator = value._numerator, value._denominator
    except AttributeError:
        return None
    return (numerator, denominator) if isinstance(numerator, int) and isinstance(denominator, int) else None


def _bytes(tag: int, value: bytes) -> str:
    if tag in OPAQUE:
        return f"(present, {len(value)} bytes)"
    if tag == USER_COMMENT and len(value) >= 8:
        codec = _COMMENT_CODES.get(value[:8])
        if codec is not None:
            return _comment(value[8:], codec)
    if tag in _UTF16:
        return printable(value.decode("utf-16-le", "replace").rstrip("\x00"))
    bare = value.rstrip(b"\x00")
    if bare and bare.isascii() and bare.decode("ascii").isprintable():
        return bare.decode("ascii")
    return f"hex:{value.hex()}" if len(value) <= 64 else f"(binary, {len(value)} bytes)"


def _comment(body: bytes, codec: str) -> str:
    """Decode a UserComment; Unicode has no stated byte order, so the one that gives fewer odd characters is taken."""
    if codec != "utf-16":
        return body.decode(codec, "replace").rstrip("\x00 ")
    even, odd = body[0::2].count(0), body[1::2].count(0)
    return printable(body.decode("utf-16-be" if even > odd else "utf-16-le", "replace").strip("\ufeff\x00 "))


def tag_facts(tags: Tags, reader: str, meaning: Callable[[tuple[str, int]], str | None] = lambda key: None) -> Iterator[FileFact]:
    """
    Yield one fact for each tag, thumbnails mentioned and never shown, then the position in decimal degrees.

    Args:
        tags: What a reader found.
        reader: Its name and version.
        meaning: What the reader says a number means (``Horizontal (normal)``), or None.
    """
    thumbnail = tags.get(("thumbnail", THUMBNAIL_LENGTH))
    for (group, tag), value in tags.items():
        if tag in POINTERS or tag in LAYOUT or (group == "thumbnail" and tag in (THUMBNAIL_OFFSET, THUMBNAIL_LENGTH)):
            continue
        yield fact(name_of(group, tag), written(tag, value), reader, _time_note(tags, group, tag) or meaning((group, tag)))
    if thumbnail is not None:
        yield fact(
            "exif:thumbnail", f"(present, {written(0, thumbnail)} bytes)", reader, N_("mentioned only; the picture is never taken out")
        )
    yield from _position(tags, reader)


def _time_note(tags: Tags, group: str, tag: int) -> str | None:
    if group == "gps":
        return N_("UTC by the Exif standard") if tag in (7, 29) else None
    offset_tag = _OFFSETS.get(tag)
    if group != "image" or offset_tag is None:
        return None
    offset = tags.get(("image", offset_tag))
    if isinstance(offset, str) and offset.strip("\x00 :"):
        return f"local time; basis explicit: offset {printable(offset.strip(chr(0) + ' '))[:40]} ({_OFFSET_NAMES[offset_tag]})"
    return N_("local time; basis unknown: the file gives no offset")


def _position(tags: Tags, reader: str) -> Iterator[FileFact]:
    """Yield latitude, longitude and altitude as decimals with the raw numbers in the note; nothing when a denominator is zero."""
    for name, value_tag, ref_tag, negative in (("gps:latitude", 2, 1, "S"), ("gps:longitude", 4, 3, "W")):
        parts = _ratios(tags.get(("gps", value_tag)))
        if parts is None or len(parts) != 3:
            continue
        ref = str(written(ref_tag, tags.get(("gps", ref_tag), ""))).strip().upper()
        degrees = parts[0] + parts[1] / 60 + parts[2] / 3600
        note = f"decimal degrees, from {written(0, tags[('gps', value_tag)])} {ref or '(no reference: sign unknown)'}"
        yield fact(name, f"{-degrees if ref == negative else degrees:.7f}", reader, note)
    moment = _moment(tags)
    if moment is not None:
        yield fact("gps:time", moment, reader, N_("UTC by the Exif standard"))
    height = _ratios(tags.get(("gps", 6)))
    if height is not None and len(height) == 1:
        ref_value = tags.get(("gps", 5))
        below = written(5, ref_value) in ("1", "hex:01") if ref_value is not None else False
        yield fact("gps:altitude", f"{-height[0] if below else height[0]:.3f}", reader, N_("metres, negative is below sea level"))


def _moment(tags: Tags) -> str | None:
    """Return date and time of the position as one; None unless both are there and can be."""
    from datetime import datetime

    clock, date = _ratios(tags.get(("gps", 7))), tags.get(("gps", 29))
    if clock is None or len(clock) != 3 or not isinstance(date, str):
        return None
    try:
        year, month, day = (int(part) for part in date.strip("\x00 ").replace("-", ":").split(":"))
        return datetime(year, month, day, int(clock[0]), int(clock[1]), int(clock[2])).strftime("%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None


def _ratios(value: Any) -> list[float] | None:
    if value is None or isinstance(value, (str, bytes)):
        return None
    found = []
    for item in value if isinstance(value, (tuple, list)) else (value,):
        ratio = (item, 1) if isinstance(item, int) else _ratio(item)
        if ratio is None or not ratio[1]:
            return None
        found.append(ratio[0] / ratio[1])
    return found
