"""
The text in ``attributedBody``: an attributed string as Apple's old archiver ("typedstream") writes it.

Only the string itself is read, by the length that stands before it: cutting at the end marks ``86 84`` cuts texts in which these bytes occur
(U+1F184). ``+`` begins bytes; their length is one byte, or 0x81 and two, or 0x82 and four, little-endian.

References: ReagentX/imessage-exporter, util/typedstream.rs and streamtyped.rs
"""

from __future__ import annotations

from typing import NamedTuple

_HEAD = b"\x04\x0bstreamtyped"
_CLASS = b"NSString"
_STRING = b"\x84\x01+"
_END = b"\x86\x84"
_NEAR = 32
_LONG = {0x81: 2, 0x82: 4}


class Body(NamedTuple):
    """
    The text of an archived string.

    Attributes:
        data: Its bytes, as they stand in the archive.
        is_cut: The archive says it is longer than what is there.
    """

    data: bytes
    is_cut: bool = False


def body_of(archive: bytes) -> Body | None:
    """Return the text of an archived attributed string, or None where none can be found."""
    if not archive.startswith(_HEAD):
        return None
    named = archive.find(_CLASS, len(_HEAD))
    if named < 0:
        return None
    at = archive.find(_STRING, named, named + len(_CLASS) + _NEAR)
    if at < 0 or at + len(_STRING) >= len(archive):
        return None
    at += len(_STRING)
    length = archive[at]
    at += 1
    if length in _LONG:
        width = _LONG[length]
        length = int.from_bytes(archive[at : at + width], "little")
        at += width
    elif length >= 0x80:
        return None
    data = archive[at : at + length]
    if len(data) == length:
        return Body(data)
    return Body(data.partition(_END)[0], is_cut=True)
