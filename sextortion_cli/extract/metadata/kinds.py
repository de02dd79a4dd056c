"""Which readers a file is for: pictures, saved pages, archives of pages, documents. Told by content, never by name."""

from __future__ import annotations

from typing import Literal

from sextortion_cli.extract.mediatype import content_class
from sextortion_cli.extract.metadata.mhtml import is_mhtml
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.extract.metadata.wacz import is_wacz

Kind = Literal["picture", "html", "mhtml", "pdf", "warc", "wacz"]


def kind_of(view: View, media_type: str) -> Kind | None:
    """Return the kind of a file that says something of itself, or None."""
    if media_type == "application/pdf":
        return "pdf"
    if media_type == "application/warc":
        return "warc"
    if media_type == "application/zip" and is_wacz(view):
        return "wacz"
    family = content_class(media_type)
    if family in ("picture", "video", "audio", "document"):
        return "picture"
    if family == "html":
        return "html"
    if family == "text" and is_mhtml(view.head):
        return "mhtml"
    return None
