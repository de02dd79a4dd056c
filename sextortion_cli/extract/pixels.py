"""A picture as pixels and nothing else, made small: what a report may show of it. Runs in the limited child."""

from __future__ import annotations

import os
import warnings
from collections.abc import Generator
from typing import IO, Any, cast

from sextortion_cli.extract.metadata import pillow
from sextortion_cli.extract.metadata.view import View

_PIECE = 1 << 19


def redraw(fd: int, options: dict[str, Any]) -> Generator[Any, None, dict[str, Any]]:
    """
    Yield the pixels of one picture, three bytes each (RGB), row by row.

    Options: ``media_type`` (by content), ``longest`` (pixels of the longer side at most). Returns ``width`` and ``height``; both 0 where the
    picture cannot be drawn.
    """
    pixels, width, height = _pixels(View(fd, os.fstat(fd).st_size), options["media_type"], options["longest"])
    for at in range(0, len(pixels), _PIECE):
        yield pixels[at : at + _PIECE]
    return {"width": width, "height": height}


def _pixels(view: View, media_type: str, longest: int) -> tuple[bytes, int, int]:
    from PIL import Image, ImageOps

    formats = pillow.FORMATS.get(media_type)
    if formats is None:
        return b"", 0, 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(cast("IO[bytes]", view.file()), formats=formats) as opened:
                if opened.width * opened.height > (Image.MAX_IMAGE_PIXELS or 0):
                    return b"", 0, 0
                opened.draft("RGB", (longest, longest))
                turned = ImageOps.exif_transpose(opened)
                turned.thumbnail((longest, longest))
                flat = Image.new("RGB", turned.size, "white")
                seen = turned.convert("RGBA")
                flat.paste(seen, mask=seen.getchannel("A"))
                return flat.tobytes(), flat.width, flat.height
    except (*pillow.PILLOW_FAULTS, Image.DecompressionBombError):
        return b"", 0, 0


def prepare(options: dict[str, Any]) -> None:
    """Load every library, and let each do its work once, before the process loses the right to open files."""
    import io

    from PIL import Image, ImageOps

    del options
    pillow.load(heif=True)
    for form in ("PNG", "JPEG", "WEBP", "GIF"):
        written = io.BytesIO()
        Image.new("RGB", (4, 4)).save(written, form)
        with Image.open(io.BytesIO(written.getvalue()), formats=(form,)) as small:
            small.draft("RGB", (2, 2))
            ImageOps.exif_transpose(small).thumbnail((2, 2))
