"""Viewing copies of pictures that ordinary programs do not open, made in the limited child; what it cannot decode simply has none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sextortion_cli import apportion
from sextortion_cli.readers.frames import BinaryFrame, ReaderEnd
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.store import layout
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.case import Case
from sextortion_cli.store.fileops import fileops

OPERATIONS = "sextortion_cli.picturing:OPERATIONS"
#: What desks often cannot open.
MEDIA = frozenset(("image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence", "image/avif", "image/webp"))


class ViewingCopy(NamedTuple):
    """A copy to look at: where it lies for now, the ending of its name, and whether it is blurred."""

    path: Path
    ending: str
    blurred: bool


def viewing_copies(case: Case, exhibits: Iterable[str], folder: Path) -> dict[str, ViewingCopy]:
    """
    Make the copies that are needed, in `folder`.

    Only of what lies in the case: what stays by reference, or was put apart, is never decoded. What was stated to show adults who are
    undressed is blurred.
    """
    wanted = [case.book.exhibits[name] for name in exhibits if apportion.media_type(case.book.exhibits[name]) in MEDIA]
    found: dict[str, ViewingCopy] = {}
    if not wanted:
        return found
    with ReaderServer(OPERATIONS) as server:
        for item in wanted:
            made = _made(server, case, item, folder)
            if made is not None:
                found[item.id] = made
    return found


def _made(server: ReaderServer, case: Case, item: Exhibit, folder: Path) -> ViewingCopy | None:
    blurred = case.book.is_blurred(item)
    note = f"viewing copy of {item.id}" + (", blurred" if blurred else "")
    options = {"media_type": apportion.media_type(item), "form": "JPEG", "blurred": blurred, "note": note}
    path, head = folder / f"{item.sha256}.view", b""
    fd = fileops().create(path)
    complete = False
    try:
        for frame in server.run("view", layout.object_path(case.path, str(item.sha256)), options):
            if isinstance(frame, BinaryFrame):
                head = head or frame.data[:4]
                fileops().write(fd, frame.data)
            elif isinstance(frame, ReaderEnd):
                complete = frame.status == "complete"
    finally:
        fileops().close(fd)
    endings = {b"\xff\xd8\xff": "jpg", b"\x89PNG"[:3]: "png"}
    return ViewingCopy(path, endings[head[:3]], blurred) if complete and head[:3] in endings else None
