"""Hints whether a picture is a screenshot, and what its name claims about time. Every one is a hint: names and tags can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from sextortion_cli.model.filefact import FileFact, fact
from sextortion_cli.words import N_

READER = "screenshot-hints 1"
_NOTE = N_("hint, not proof")
# Short sides of common phone screens in pixels; together with a long, narrow shape they suggest a whole screen.
_PHONE_WIDTHS = frozenset({640, 720, 750, 828, 1080, 1125, 1170, 1179, 1206, 1220, 1224, 1242, 1260, 1284, 1290, 1320, 1344, 1440})
_SCREEN_WORDS = ("screenshot", "skjermbilde", "screen shot", "screencapture", "bildschirmfoto", "screen_recording")
# Anchored, fixed-width, no nested repeats: the name comes from the file.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Android screenshot", re.compile(r"screenshot[_-](\d{4})-?(\d{2})-?(\d{2})[-_](\d{2})-?(\d{2})-?(\d{2})", re.IGNORECASE)),
    (
        "iOS or macOS screenshot",
        re.compile(
            r"(?:screenshot|screen shot|skjermbilde) (\d{4})-(\d{2})-(\d{2}) (?:at|kl\.) (\d{1,2})[.:](\d{2})[.:](\d{2})(?:[ \u00a0\u202f](?P<half>[AP])M)?",
            re.IGNORECASE,
        ),
    ),
    ("Windows screenshot", re.compile(r"(?:screenshot|skjermbilde) (\d{4})-(\d{2})-(\d{2}) (\d{2})(\d{2})(\d{2})(?!\d)", re.IGNORECASE)),
    ("Pixel camera", re.compile(r"PXL_(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})")),
    ("Android camera", re.compile(r"(?:IMG|VID|MVIMG)_(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})")),
    ("Samsung camera or screenshot", re.compile(r"(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})(?!\d)")),
    ("Telegram", re.compile(r"(?:photo|video)_(?:\d{1,9}@)?(\d{4})-(\d{2})-(\d{2})_(\d{2})-(\d{2})-(\d{2})")),
    ("Telegram", re.compile(r"(?:photo|video)_\d{1,9}@(?P<d>\d{2})-(?P<m>\d{2})-(?P<y>\d{4})_(\d{2})-(\d{2})-(\d{2})")),
    ("WhatsApp", re.compile(r"(?:IMG|VID|AUD|PTT|STK|DOC)-(\d{4})(\d{2})(\d{2})-WA\d{4}")),
    ("WhatsApp export", re.compile(r"\d{8}-(?:PHOTO|VIDEO|AUDIO|STICKER|GIF)-(\d{4})-(\d{2})-(\d{2})-(\d{2})-(\d{2})-(\d{2})")),
    ("Signal", re.compile(r"signal-(\d{4})-(\d{2})-(\d{2})-(\d{2})-?(\d{2})-?(\d{2})")),
)
_WHATSAPP_NOTE = N_("hint, not proof: the day WhatsApp put into the name, usually when it was received; no time of day")

_PIXEL_NOTE = N_("hint, not proof: Pixel phones write UTC into the name")
_LOCAL_NOTE = N_("hint, not proof: local time of the device that named the file; basis unknown")


def screenshot_hints(name: str, values: Mapping[str, str]) -> Iterator[FileFact]:
    """
    Yield hints from a file name and the values other readers found.

    Args:
        name: The file name; only its last 255 characters are looked at.
        values: Any one value per fact name.
    """
    base = name.replace("\\", "/").rpartition("/")[2][-255:]
    yield from _from_name(base)
    camera = [values[key] for key in ("exif:Make", "exif:Model") if values.get(key, "").strip()]
    if not camera:
        yield fact("hint:no-camera", "no maker or model in the file", READER, N_("hint, not proof: apps remove them too"))
    if values.get("exif:UserComment", values.get("xmp:exif:UserComment", "")).strip().lower() == "screenshot":
        yield fact("hint:screenshot-tag", "UserComment says Screenshot", READER, N_("hint, not proof: iPhones write this"))
    software = values.get("exif:Software") or values.get("png:text:Software") or values.get("xmp:CreatorTool")
    if software:
        yield fact("hint:software", software[:200], READER, N_("hint, not proof: the program that last wrote the file says this"))
    yield from _from_size(values.get("image:width", ""), values.get("image:height", ""), bool(camera))


def _from_name(base: str) -> Iterator[FileFact]:
    if any(word in base.lower() for word in _SCREEN_WORDS):
        yield fact("hint:screenshot-name", "the name says screenshot", READER, _NOTE)
    for label, pattern in _PATTERNS:
        found = pattern.match(base)
        if found is None:
            continue
        groups = found.groupdict()
        parts = [groups["y"], groups["m"], groups["d"], *found.groups()[3:]] if "y" in groups else list(found.groups())
        if "half" in groups:
            parts = [*parts[:3], *_by_24_hours(parts[3:6], groups["half"])]
        date, clock = "-".join(parts[:3]), ":".join(part.zfill(2) for part in parts[3:])
        if not _is_time(f"{date}T{clock or '00:00:00'}"):
            continue
        note = _WHATSAPP_NOTE if not clock else _PIXEL_NOTE if label == "Pixel camera" else _LOCAL_NOTE
        yield fact("hint:name-time", f"{date}T{clock}" if clock else date, READER, note)
        yield fact("hint:name-pattern", label, READER, _NOTE)
        return


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _by_24_hours(clock: list[str], half: str | None) -> list[str]:
    """Return a clock time of twelve hours (``9 05 06 PM``) as one of twenty-four; one without a half of the day is that already."""
    hour = int(clock[0])
    if half is None or not 1 <= hour <= 12:
        return clock
    return [str(hour % 12 + (12 if half in "Pp" else 0)), *clock[1:]]


def _from_size(width: str, height: str, camera: bool) -> Iterator[FileFact]:
    if not (width.isdigit() and height.isdigit()) or camera:
        return
    short, long = sorted((int(width), int(height)))
    if short in _PHONE_WIDTHS and 1.7 <= long / short <= 2.4:
        yield fact("hint:phone-screen-size", f"{width} x {height}", READER, N_("hint, not proof: the size and shape of a phone screen"))
