"""Text that was written as UTF-8 and read as something else on its way: put right per value, what stands in the file kept beside it."""

from __future__ import annotations

import re

#: What UTF-8 looks like when it is read as Windows-1252: a lead byte and one that follows.
_SIGNS = re.compile(
    "[\u00c2-\u00df\u00e2\u00f0][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)


def repaired(text: str) -> str | None:
    """Return what `text` was before it was read in the wrong encoding, None when it reads well as it is or cannot be put right whole."""
    if text.isascii() or not _SIGNS.search(text):
        return None
    for codec in ("cp1252", "latin-1"):
        try:
            found = text.encode(codec).decode()
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        return found if found != text else None
    return None
