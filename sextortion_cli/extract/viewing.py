"""
Copies to look at, for pictures ordinary programs do not open: made anew from the pixels, so that nothing else of the file comes along.

Runs in the limited child. What comes out is a JPEG, or a PNG where parts of the picture are see-through; it is no original.
"""

from __future__ import annotations

import importlib
import io
import os
from collections.abc import Iterator
from typing import IO, Any, cast

from sextortion_cli.extract.metadata import pillow
from sextortion_cli.extract.metadata.view import View

#: What desks often cannot open, as Pillow calls it.
MEDIA = {"image/heic": "HEIF", "image/heif": "HEIF", "image/avif": "AVIF", "image/webp": "WEBP"}
_LONGEST = 4096
_PIXELS = 100_000_000
_BLUR = 24  # of the longer side, one part
_PIECE = 1 << 20


def prepare() -> None:
    """Load what makes copies, for a process that soon may open no file."""
    pillow.load(heif=True)
    for name in ("ImageFilter", "ImageOps", "JpegImagePlugin", "PngImagePlugin"):
        importlib.import_module(f"PIL.{name}")


def copied(fd: int, media_type: str, *, blurred: bool) -> Iterator[bytes]:
    """
    Yield the copy's bytes. Begins as a JPEG or a PNG does; at most 4,096 pixels wide and high.

    Raises:
        ValueError: It is no such picture, or too large to be decoded.
    """
    from PIL import Image, ImageFilter, ImageOps

    out = io.BytesIO()
    try:
        with Image.open(cast("IO[bytes]", View(fd, os.fstat(fd).st_size).file()), formats=(MEDIA[media_type],)) as image:
            if image.width * image.height > _PIXELS:
                raise ValueError("too-many-pixels")
            image.load()
            shown: Any = image if MEDIA[media_type] == "HEIF" else ImageOps.exif_transpose(image)
            clear = "A" in shown.getbands() or "transparency" in shown.info
            shown = shown.convert("RGBA" if clear else "RGB")
            shown.thumbnail((_LONGEST, _LONGEST))
            if blurred:
                shown = shown.filter(ImageFilter.GaussianBlur(max(shown.size) / _BLUR))
            shown.info.clear()
            shown.save(out, "PNG" if clear else "JPEG", **({} if clear else {"quality": 92}))
    except pillow.PILLOW_FAULTS as error:
        raise ValueError(type(error).__name__) from None
    data = out.getvalue()
    yield from (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
