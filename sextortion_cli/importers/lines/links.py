"""Links and paths of files that a message names, without what lets anybody fetch them."""

from __future__ import annotations

import re

from sextortion_cli.importers.whatsapp.attached import media_of
from sextortion_cli.model.reading import Attachment


def attachments_of(text: str, between: str = ",") -> tuple[Attachment, ...]:
    """Return the files of a list, links with one of `between` before each; lose what stands behind a question mark, which lets anybody fetch them."""
    if not text.strip():
        return ()
    parts = re.split(rf"[{between}](?=https?://)", text) if "://" in text else text.split(",")
    return tuple(attachment_of(part.strip()) for part in parts if part.strip())


def attachment_of(link: str) -> Attachment:
    """Return one file by its link or path."""
    bare, mark, _ = link.partition("?") if "://" in link else (link, "", "")
    return Attachment(bare, media_of(bare), "(withheld: link signature)" if mark else None)
