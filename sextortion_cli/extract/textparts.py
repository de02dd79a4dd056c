"""
Which parts of a text file may be copied when the pictures in it may not.

The gate (architecture, section 7) leaves a file whose text and pictures are not separate members where it is, and copies only its
text parts. This module says which ranges those are. It errs on the side of leaving text behind, never a picture.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import Literal

from sextortion_cli.extract.embedded import first_of, regions
from sextortion_cli.extract.pieces import WINDOW
from sextortion_cli.extract.region import Region
from sextortion_cli.extract.textual import CONTROLS

ReadAt = Callable[[int, int], bytes]
CARRY = 8192
# Text by its letters, a picture or a page description by its meaning; they have no text part.
_PICTURES = (b"%PDF-", b"%!PS", b"/* XPM", b"! XPM", b"P1\n", b"P2\n", b"P3\n", b"P1 ", b"P2 ", b"P3 ")
_SVG = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s{0,64}(?:<\?xml[^>]{0,200}>\s{0,64})?(?:<!--.{0,2000}?-->\s{0,64})?(?:<!DOCTYPE svg[^>]{0,300}>\s{0,64})?<svg[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def separable(read_at: ReadAt, size: int) -> Literal["text", "mixed", "binary"]:
    """
    Say what a file is to the gate, after reading all of it.

    Args:
        read_at: Positioned reads: ``read_at(offset, count)``.
        size: Size in bytes.

    Returns:
        ``text`` when nothing embedded was found, ``mixed`` when text parts can be told from embedded content, ``binary`` when the file is
        not valid text (UTF-8, or UTF-16 with a byte order mark, without control characters but tab, CR, LF, FF, ESC) or is a picture by itself.
    """
    mixed = False
    try:
        for window, _, _ in _windows(read_at, size):
            mixed = mixed or next(regions(window), None) is not None
    except _NotTextError:
        return "binary"
    return "mixed" if mixed else "text"


def text_parts(read_at: ReadAt, size: int) -> Iterator[tuple[int, int]]:
    """
    Yield (offset, length) of the text around embedded content, in order. Ask `separable` first: a binary file yields nothing or stops early.

    No byte of embedded content longer than these limits lies in a part: 96 base64 characters in a row, or two lines of 40; 128 hex digits;
    16 escaped bytes; 32 numbers of an array; two uuencoded lines; any data: URI with a media type; 96 base64 or hex characters in six or
    more pieces of one length (four or more), whatever separates them; a picture known by its beginning, over pieces up to 200 characters
    apart or numbers with always the same between them. Base85 is found as far as it goes. A web address of up to 2,048 characters in
    which no picture begins is text.
    """
    done = 0
    try:
        for start, end in _merged(read_at, size):
            if start > done:
                yield done, start - done
            done = max(done, end)
    except _NotTextError:
        return
    if done < size:
        yield done, size - done


class _NotTextError(Exception):
    """The file is not text."""


def _merged(read_at: ReadAt, size: int) -> Iterator[tuple[int, int]]:
    """Yield the byte ranges of embedded content in order, joined where they touch."""
    waiting: list[tuple[int, int]] = []
    until = b""
    for window, offset, unit in _windows(read_at, size):
        found = list(regions(window))
        if until:
            fresh = min(CARRY, len(window))
            end = first_of(window, until, fresh)
            found.append(Region(fresh, len(window) if end is None else end, until if end is None else b""))
        until = b"".join({region.until for region in found if region.until})
        base = offset
        waiting += [(base + region.start * unit, base + region.end * unit) for region in found]
        waiting = _joined(waiting)
        final = base + (len(window) - CARRY) * unit
        while len(waiting) > 1 and waiting[0][1] < final and waiting[1][0] > waiting[0][1]:
            yield waiting.pop(0)
    yield from waiting


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _windows(read_at: ReadAt, size: int) -> Iterator[tuple[bytes, int, int]]:
    """
    Yield (window, byte offset of its start, bytes per character). Each window begins with the last `CARRY` characters of the one before.

    Raises:
        _NotTextError: The file is not valid text.
    """
    head = read_at(0, 8192)
    wide = head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and head[:4] != codecs.BOM_UTF32_LE
    if head.startswith(_PICTURES) or _SVG.match(head):
        raise _NotTextError
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")()
    carry, position, first = b"", 0, 0
    unit = 2 if wide else 1
    while position < size:
        piece = read_at(position, min(WINDOW, size - position))
        if not piece:
            raise _NotTextError
        fresh = _checked(piece, decoder, position + len(piece) >= size, wide)
        if wide and position == 0:
            first = 2
        window = carry + fresh
        yield window, first, unit
        position += len(piece)
        keep = min(CARRY, len(window))
        first += (len(window) - keep) * unit
        carry = window[len(window) - keep :]


def _checked(piece: bytes, decoder: codecs.IncrementalDecoder, is_last: bool, wide: bool) -> bytes:
    """Return `piece` with one byte per character below 128, or raise _NotTextError."""
    try:
        text = decoder.decode(piece, is_last)
    except UnicodeDecodeError:
        raise _NotTextError from None
    if wide:
        # A surrogate pair takes two units: both become one placeholder each, so that offsets stay exact.
        piece = _ASTRAL.sub("\ufffd\ufffd", text).encode("ascii", "replace") if not text.isascii() else text.encode("ascii")
    if len(piece.translate(None, CONTROLS)) != len(piece):
        raise _NotTextError
    return piece
