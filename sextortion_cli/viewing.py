"""
Viewing copies: a picture of the case made anew in the limited child, and written where it was asked for.

Of what was labelled as showing a minor, or stays where it is, none is ever made. That an intimate one was made is recorded first: where
that cannot be recorded, nothing is shown.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

from sextortion_cli import reporting
from sextortion_cli.errors import UsageProblem
from sextortion_cli.extract.metadata.pillow import FORMATS
from sextortion_cli.items import why_hidden
from sextortion_cli.model.session import Session
from sextortion_cli.readers.frames import BinaryFrame, ReaderEnd
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.store import case as cases
from sextortion_cli.store import layout
from sextortion_cli.store.book import Book, Exhibit
from sextortion_cli.words import gettext as _

OPERATIONS = "sextortion_cli.picturing:OPERATIONS"
_FORMS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}


class Wanted(NamedTuple):
    """A viewing copy that may be made: of what, and whether it is, or may be, intimate."""

    exhibit: Exhibit
    intimate: bool


def wanted(book: Book, name: str) -> Wanted:
    """
    Return what would be shown.

    Raises:
        UsageProblem: There is no such exhibit, it is never shown, or it is no picture; the reason is said.
    """
    exhibit = book.exhibit(name)
    if exhibit is None:
        raise UsageProblem(message=_("There is no exhibit with that number. See: casefile items"))
    if exhibit.hidden:
        raise UsageProblem(message=why_hidden(exhibit))
    if not exhibit.copied:
        raise UsageProblem(message=_("{exhibit} was not copied: it stays where it is, and is not shown here.").format(exhibit=exhibit.id))
    if _media_type(exhibit) not in FORMATS:
        raise UsageProblem(message=_("{exhibit} is no picture. Viewing copies are made of pictures only.").format(exhibit=exhibit.id))
    return Wanted(exhibit, book.is_blurred(exhibit))


def _media_type(exhibit: Exhibit) -> str:
    return str(exhibit.reads[-1]["data"]["media"]["media_type"]) if exhibit.reads else ""


def view(path: Path, session: Session, name: str, target: Path, *, unblurred: bool, force: bool) -> dict[str, Any]:
    """
    Write a viewing copy to `target` (``.jpg`` or ``.png``). An intimate one is blurred unless `unblurred`.

    Returns:
        ``exhibit, path, sha256, blurred, recorded``.

    Raises:
        UsageProblem: As `wanted`; `target` is in the case, or its name ends otherwise; the picture cannot be decoded.
        WouldOverwrite: It exists and `force` is not given. ReadOnlyCase: It is intimate, and that it was opened cannot be recorded.
    """
    form = _FORMS.get(target.suffix.lower())
    if form is None:
        raise UsageProblem(message=_("Give it a name that ends in .jpg or .png."))
    reporting.check_place(path, target, force=force)
    case = cases.open_case(path)
    exhibit, intimate = wanted(case.book, name)
    blurred = intimate and not unblurred
    data = _made(case.path, exhibit, form, blurred=blurred)
    if intimate:
        reporting.log_viewed(path, session, "viewing-copy", exhibit=exhibit.id, blurred=blurred)
    digest = hashlib.sha256()
    reporting.to_file(iter([data]), target, digest)
    return {"exhibit": exhibit.id, "path": str(target), "sha256": digest.hexdigest(), "blurred": blurred, "recorded": intimate}


def _made(case: Path, exhibit: Exhibit, form: str, *, blurred: bool) -> bytes:
    note = f"viewing copy of {exhibit.id}" + (", blurred" if blurred else "")
    options = {"media_type": _media_type(exhibit), "form": form, "blurred": blurred, "note": note}
    pieces: list[bytes] = []
    whole = False
    with ReaderServer(OPERATIONS) as server:
        for frame in server.run("view", layout.object_path(case, str(exhibit.sha256)), options):
            if isinstance(frame, BinaryFrame):
                pieces.append(bytes(frame.data))
            elif isinstance(frame, ReaderEnd):
                whole = frame.status == "complete"
    data = b"".join(pieces)
    if not whole or hashlib.sha256(data).hexdigest() == exhibit.sha256:
        raise UsageProblem(message=_("No viewing copy of {exhibit} can be made: it is damaged, or too large.").format(exhibit=exhibit.id))
    return data
