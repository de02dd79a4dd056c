"""What a container walker hands on: its own facts, and the embedded metadata blocks other readers understand."""

from __future__ import annotations

import dataclasses

from sextortion_cli.model.filefact import FileFact, ReadFault

BLOCK_LIMIT = 4 << 20  # no honest metadata block is larger; a JPEG segment ends at 64 KiB


@dataclasses.dataclass
class Parts:
    """
    The outcome of walking one container.

    Attributes:
        facts: Facts and faults of the walker itself.
        exif: The TIFF-structured Exif block without any ``Exif`` prefix, or None.
        xmp: XMP packets.
        iptc: Photoshop image resource blocks or bare IPTC-IIM data.
    """

    facts: list[FileFact | ReadFault] = dataclasses.field(default_factory=list)
    exif: bytes | None = None
    xmp: list[bytes] = dataclasses.field(default_factory=list)
    iptc: list[bytes] = dataclasses.field(default_factory=list)


def bare_exif(block: bytes) -> bytes:
    """Return `block` without the ``Exif`` and two NULs some writers put before the TIFF header."""
    return block[6:] if block.startswith(b"Exif\x00") else block
