"""Which of the many values a file holds about itself tell where it comes from: the ones a person should see on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_TELLING = frozenset(
    {
        "exif:" + name
        for name in (
            "Make", "Model", "Software", "HostComputer", "DateTime", "DateTimeOriginal", "DateTimeDigitized", "OffsetTime",
            "OffsetTimeOriginal", "OffsetTimeDigitized", "Artist", "Copyright", "ImageDescription", "UserComment", "BodySerialNumber",
            "CameraOwnerName", "ImageUniqueID", "LensModel", "XPTitle", "XPComment", "XPAuthor", "GPSDateStamp", "GPSTimeStamp",
        )
    }
)  # fmt: skip
_TELLING_STARTS = (
    "gps:",
    "png:",
    "jpeg:COM",
    "jpeg:thumbnail",
    "jpeg:more",
    "gif:",
    "iptc:",
    "hint:",
    "xmp:",
    "mp4:",
    "pdf:",
    "html:",
    "mhtml:",
    "warc:",
    "wacz:",
    "page:",
    "publication-place",
    "read-fault",
)
_QUIET = frozenset({"png:IHDR", "png:pHYs", "hint:no-camera"})
_MOST = 40
_LONGEST = 300
Line = tuple[str, str, tuple[str, ...], str | None]


def telling(facts: Iterable[dict[str, Any]]) -> tuple[list[Line], int]:
    """Return (name, value, readers, note) of the values worth a line, and how many more there are; readers that agree share a line."""
    lines: dict[tuple[str, str], tuple[list[str], str | None]] = {}
    others = 0
    for fact in facts:
        if not _tells(fact):
            others += 1
            continue
        value = fact["value"] if len(fact["value"]) <= _LONGEST else fact["value"][:_LONGEST] + "…"
        readers, _ = lines.setdefault((_shared(fact["name"]), value), ([], fact["note"]))
        readers.append(fact["reader"] or "")
    found = [(name, value, tuple(filter(None, readers)), note) for (name, value), (readers, note) in lines.items()]
    return found[:_MOST], others + len(found[_MOST:])


def _tells(fact: dict[str, Any]) -> bool:
    name = fact["name"]
    if name in ("media-type", "claimed-media-type"):
        return name == "claimed-media-type" and bool(fact["note"])
    if name.startswith("png:") and name.endswith(("com.adobe.xmp", "type xmp")):
        return False  # the same packet is there once more, property by property
    return (name in _TELLING or name.startswith(_TELLING_STARTS) or fact["reader"] is None) and name not in _QUIET


def _shared(name: str) -> str:
    """Return one name for a PNG's text whichever reader names it."""
    return "png:text:" + name.split(":", 2)[2] if name.startswith("png:") and name.count(":") >= 2 else name
