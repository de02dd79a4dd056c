"""
A viewing copy of a picture: made anew from its pixels, never from its bytes, and blurred where it is intimate.

Runs in the limited child. What the copy says of itself is our own note and nothing else: no field, profile or thumbnail of the original.
"""

from __future__ import annotations

import functools
import io
import warnings
from typing import Any, BinaryIO

from sextortion_cli.extract.metadata.pillow import FORMATS, load

#: A blurred copy holds this many dots along its longer side, and nothing finer: it cannot be sharpened again.
DOTS = 12
#: Pixels along the longer side of a copy; of a blurred one.
LONGEST, LONGEST_BLURRED = 2400, 600
#: Pixels of an original that is decoded.
_MOST = 80_000_000
_DESCRIPTION = 0x010E


class TooManyPixelsError(ValueError):
    """The picture is larger than a limited child may decode."""


@functools.cache
def prepare() -> None:
    """Load what decodes and encodes, for a process that soon may open no file."""
    load(heif=True)
    from PIL import Image, ImageOps, PngImagePlugin

    del ImageOps
    small = Image.new("RGB", (2, 2))
    for form in ("JPEG", "PNG"):
        small.save(io.BytesIO(), form)
    PngImagePlugin.PngInfo()


def viewing_copy(stream: BinaryIO, media_type: str, *, form: str, blurred: bool, note: str) -> bytes:
    """
    Return a picture anew, as JPEG or PNG.

    Args:
        form: ``JPEG`` or ``PNG``.
        note: Stands in the copy, as its description and comment.

    Raises:
        TooManyPixelsError: It is too large. OSError, ValueError and others of `PILLOW_FAULTS`: It is damaged.
    """
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(stream, formats=FORMATS[media_type]) as original:
            if original.width * original.height > _MOST:
                raise TooManyPixelsError
            original.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(original)
            picture = _flat(Image, upright)
    picture.thumbnail((LONGEST, LONGEST))
    if blurred:
        picture = blur(Image, picture)
    return _encoded(Image.frombytes("RGB", picture.size, picture.tobytes()), form, note)


def blur(image_module: Any, picture: Any) -> Any:
    """Return a picture of at most `DOTS` dots along its longer side, each the mean of what was there, drawn large again."""
    size = picture.width, picture.height
    longest = max(size)
    dots = tuple(max(1, round(side * DOTS / longest)) for side in size)
    scale = min(LONGEST_BLURRED, longest) / longest
    small = picture.resize(dots, image_module.Resampling.BOX)
    return small.resize(tuple(max(1, round(side * scale)) for side in size), image_module.Resampling.BILINEAR)


def _flat(image_module: Any, picture: Any) -> Any:
    """Return the pixels on white, where some of them are transparent."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        shown = picture.convert("RGBA")
        ground = image_module.new("RGBA", shown.size, "white")
        return image_module.alpha_composite(ground, shown).convert("RGB")
    return picture.convert("RGB")


def _encoded(picture: Any, form: str, note: str) -> bytes:
    out = io.BytesIO()
    if form == "PNG":
        from PIL import PngImagePlugin

        said = PngImagePlugin.PngInfo()
        said.add_text("Description", note)
        picture.save(out, "PNG", pnginfo=said)
    else:
        exif = picture.getexif()
        exif[_DESCRIPTION] = note
        picture.save(out, "JPEG", quality=90, comment=note.encode(), exif=exif)
    return out.getvalue()
