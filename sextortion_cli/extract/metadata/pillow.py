"""
What Pillow and pillow-heif read from the header of a picture. Pixels are never decoded: nothing here calls `load`, and PNG's
`getexif`, which does, is not used.
"""

from __future__ import annotations

import functools
import io
import logging
import struct
import warnings
from collections.abc import Iterator
from typing import Any, cast

from sextortion_cli.extract.metadata.parts import Parts
from sextortion_cli.extract.metadata.tags import EXIF_IFD, GPS_IFD, INTEROP_IFD, IPTC_TAG, PHOTOSHOP_TAG, XMP_TAG, tag_facts
from sextortion_cli.model.filefact import FileFact, ReadFault, fact
from sextortion_cli.words import N_

# What Pillow was seen to raise on damaged files (72,365 mutated inputs) or says it raises; SyntaxError is its word for "not this format".
PILLOW_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, LookupError, MemoryError, NotImplementedError,
    OSError, RecursionError, RuntimeError, struct.error, SyntaxError, TypeError, ValueError,
)  # fmt: skip
FORMATS: dict[str, tuple[str, ...]] = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/apng": ("PNG",),
    "image/webp": ("WEBP",),
    "image/tiff": ("TIFF",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
    "image/x-ms-bmp": ("BMP",),
    "image/avif": ("AVIF",),
    "image/heic": ("HEIF",),
    "image/heif": ("HEIF",),
    "image/heic-sequence": ("HEIF",),
    "image/heif-sequence": ("HEIF",),
}
_PLUGINS = ("Jpeg", "Mpo", "Png", "WebP", "Tiff", "Gif", "Bmp", "Avif")


@functools.cache
def _pillow() -> tuple[Any, str]:
    """Import Pillow with just the plugins for `FORMATS`, quietly."""
    import importlib

    import PIL
    from PIL import Image

    for plugin in _PLUGINS:
        importlib.import_module(f"PIL.{plugin}ImagePlugin")
    logging.getLogger("PIL").setLevel(logging.CRITICAL + 1)
    return Image, f"pillow {PIL.__version__}"


@functools.cache
def _heif() -> str:
    """Register pillow-heif and return its name and version. Raises ImportError where it is not installed."""
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)
    return f"pillow-heif {pillow_heif.__version__}"


def load(heif: bool) -> None:
    """Load Pillow (and pillow-heif) for a process that soon may open no file."""
    _pillow()
    if heif:
        try:
            _heif()
        except ImportError:
            return


def pillow_facts(stream: io.BufferedIOBase, media_type: str, parts: Parts) -> Iterator[FileFact | ReadFault]:
    """
    Yield Pillow's view of a picture; nothing for formats outside `FORMATS`, one `ReadFault` when it raises.

    XMP and IPTC blocks of a TIFF, which has no walker of its own, are added to `parts`.
    """
    formats = FORMATS.get(media_type)
    if formats is None:
        return
    image_module, reader = _pillow()
    try:
        if formats == ("HEIF",):
            reader = f"{_heif()} ({reader})"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            facts = list(_read(image_module, stream, formats, reader, parts))
    except image_module.DecompressionBombError:
        yield ReadFault(reader, "too-many-pixels")
    except ImportError:
        yield ReadFault("pillow-heif", "not-installed")
    except PILLOW_FAULTS as error:
        yield ReadFault(reader, type(error).__name__)
    else:
        yield from facts


def _read(
    image_module: Any, stream: io.BufferedIOBase, formats: tuple[str, ...], reader: str, parts: Parts
) -> Iterator[FileFact | ReadFault]:
    with image_module.open(stream, formats=formats) as image:
        if image.width * image.height > image_module.MAX_IMAGE_PIXELS:
            yield ReadFault(reader, "too-many-pixels")
        note = N_("as shown: the orientation in the file is applied") if "TIFF" in formats or "HEIF" in formats else None
        yield fact("image:width", str(image.width), reader, note)
        yield fact("image:height", str(image.height), reader, note)
        yield from _comments(image, formats, reader)
        exif = _exif(image_module, image, formats)
        if exif is not None:
            tags = _tags(exif)
            if formats[0] in ("HEIF", "AVIF"):
                # Both plugins put their own orientation into the Exif block they hand out.
                tags.pop(("image", 0x0112), None)
            if "TIFF" in formats:
                _blocks(tags, parts)
            yield from tag_facts(tags, reader)


def _blocks(tags: dict[tuple[str, int], Any], parts: Parts) -> None:
    for tag, found in ((XMP_TAG, parts.xmp), (IPTC_TAG, parts.iptc), (PHOTOSHOP_TAG, parts.iptc)):
        value = tags.get(("image", tag))
        if isinstance(value, bytes):
            found.append(value)


def _comments(image: Any, formats: tuple[str, ...], reader: str) -> Iterator[FileFact]:
    info = image.info
    comment = info.get("comment")
    if isinstance(comment, bytes):
        yield fact("jpeg:COM" if "JPEG" in formats else "gif:comment", comment.decode("utf-8", "replace").rstrip("\x00"), reader)
    if "PNG" in formats:
        for key, value in info.items():
            if isinstance(value, str):
                yield fact(f"png:text:{key[:79]}", value, reader)


def _exif(image_module: Any, image: Any, formats: tuple[str, ...]) -> Any:
    if "PNG" in formats:
        block = image.info.get("exif")
        if not isinstance(block, bytes):
            return None
        exif = image_module.Exif()
        exif.load(block)
        return exif
    if "GIF" in formats or "BMP" in formats:
        return None
    return image.getexif()


def _tags(exif: Any) -> dict[tuple[str, int], Any]:
    tags: dict[tuple[str, int], Any] = {("image", tag): value for tag, value in exif.items()}
    for pointer, group in ((EXIF_IFD, "image"), (GPS_IFD, "gps"), (INTEROP_IFD, "interop"), (1, "thumbnail")):
        part = cast("dict[int, Any]", exif.get_ifd(pointer)) if pointer == 1 or pointer in exif or pointer == INTEROP_IFD else {}
        for tag, value in part.items():
            if isinstance(tag, int) and not isinstance(value, dict):
                tags[group, tag] = value
    return tags
