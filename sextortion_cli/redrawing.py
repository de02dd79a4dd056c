"""
Pictures as reports show them: drawn anew from pixels, small, blurred unless somebody stated that nothing intimate is in them.

The limited child decodes and makes small; only pixels leave it, and here they are written as a JPEG that holds nothing else. Of a
picture that is blurred only some twenty pixels a side leave the child. By-reference pictures are never opened.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sextortion_cli.extract import pixels
from sextortion_cli.extract.metadata.pillow import FORMATS
from sextortion_cli.items import exhibit_item
from sextortion_cli.model.evidential import status
from sextortion_cli.readers.frames import BinaryFrame, ReaderEnd
from sextortion_cli.readers.operation import OperationSpec
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.store import layout
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.case import Case

OPERATIONS: Mapping[str, OperationSpec] = {"redraw": OperationSpec(pixels.redraw, "picture", prepare=pixels.prepare)}
MOST = 300
"""Pictures a report shows; all of them are exhibits, and listed there."""
_LONGEST, _VEILED, _VEIL = 900, 20, 240
_QUALITY = 72


@dataclass(frozen=True)
class Picture:
    """
    One picture for a report.

    Attributes:
        data: A JPEG in base64; "" where it cannot be drawn.
        blurred: Nobody stated that it shows nothing intimate.
    """

    exhibit: str
    name: str
    status: str
    blurred: bool
    data: str
    width: int
    height: int


def pictures(case: Case, without: frozenset[str] = frozenset()) -> Iterator[Picture]:
    """Yield the pictures of a case in the order of import, at most `MOST`; none of those in `without`, and none that may not be shown."""
    shown = [
        exhibit
        for exhibit in case.book.exhibits.values()
        if _is_picture(exhibit) and case.book.is_shown(exhibit.id) and exhibit.id not in without
    ]
    if shown:
        with ReaderServer("sextortion_cli.redrawing:OPERATIONS") as server:
            for exhibit in shown[:MOST]:
                yield picture_of(case, server, exhibit)


def picture_of(case: Case, server: ReaderServer, exhibit: Exhibit) -> Picture:
    """Return one picture that lies in the case. What may be shown is decided here and nowhere else."""
    item = exhibit_item(exhibit)
    blurred = case.book.is_blurred(exhibit)
    path = layout.object_path(case.path, str(exhibit.sha256))
    options = {"media_type": item["media_type"], "longest": _VEILED if blurred else _LONGEST}
    found, end = bytearray(), None
    for frame in server.run("redraw", path, options):
        if isinstance(frame, BinaryFrame):
            found += frame.data
        elif isinstance(frame, ReaderEnd):
            end = frame
    result = end.result if end is not None and end.status == "complete" else {}
    data, width, height = _drawn(bytes(found), result.get("width"), result.get("height"), options["longest"])
    return Picture(exhibit.id, exhibit.name, status(item), blurred, data, width, height)


def _is_picture(exhibit: Exhibit) -> bool:
    return exhibit.copied and exhibit.sha256 is not None and exhibit_item(exhibit)["media_type"] in FORMATS


def _drawn(raw: bytes, width: Any, height: Any, longest: int) -> tuple[str, int, int]:
    """Return pixels as a JPEG; nothing of what a child says is believed but numbers that agree with what it sent."""
    if not (isinstance(width, int) and isinstance(height, int) and 0 < width <= longest and 0 < height <= longest):
        return "", 0, 0
    if len(raw) != width * height * 3:
        return "", 0, 0
    from PIL import Image

    image = Image.frombytes("RGB", (width, height), raw)
    if longest == _VEILED:
        scale = _VEIL / max(width, height)
        image = image.resize((max(1, round(width * scale)), max(1, round(height * scale))), Image.Resampling.BICUBIC)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=_QUALITY)
    return base64.b64encode(written.getvalue()).decode(), image.width, image.height
