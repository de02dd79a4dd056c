"""The files a message of a WhatsApp text export names, or says were left out."""

from __future__ import annotations

import re
from typing import NamedTuple

from sextortion_cli.importers.whatsapp import phrases
from sextortion_cli.model.reading import Attachment

MARKS = "\u200e\u200f"
"""The characters that iPhones write before the app's own words."""

_INVISIBLE = "\u200e\u200f\u202a\u202b\u202c\u061c\ufeff"
_WRITTEN_BY_APP = re.compile(r"(?:IMG|VID|PTT|AUD|STK|DOC|PTV)-\d{8}-WA\d{2,}\.|\d{8}-[A-Z]+-\d{4}-\d{2}-\d{2}-", re.ASCII)
_BEHIND = re.compile(r"(?P<name>[^\n]{1,255}?\.\w{0,8}) \((?P<words>[^()\n]{2,60})\)")
_BEFORE = re.compile(r"<(?P<words>[^<>:：\n]{2,40})[:：] ?(?P<name>[^<>\n]{1,300})>")
_EXTENSION = re.compile(r"\.\w{1,8}\Z")
_KINDS = {
    "image": "jpg jpeg png heic heif gif bmp tif tiff avif",
    "video": "mp4 3gp mov mkv avi webm m4v",
    "audio": "opus m4a mp3 aac ogg amr wav",
    "sticker": "webp",
    "contact": "vcf",
}
_MEDIA_OF = {extension: kind for kind, extensions in _KINDS.items() for extension in extensions.split()}


class Named(NamedTuple):
    """A file that a body names, and whether the body says anything else."""

    attachment: Attachment
    has_caption: bool


def named(body: str) -> Named | None:
    """
    Return the file a body names or says was left out, in any language when the app's mark or the app's own file name shows who wrote it.

    Android writes the file on the first line and what was written with it below; iPhones write it at the end.
    """
    first, _, further = body.partition("\n")
    found = _on_first_line(first)
    if found is not None:
        return Named(found, bool(further.strip()))
    last = body.rpartition("\n")[2]
    if last.rstrip(_INVISIBLE).endswith(">"):
        return _at_end(body, last)
    return _left_out(body, last)


def _on_first_line(first: str) -> Attachment | None:
    bare = phrases.bare(first).strip()
    if bare.endswith(")"):
        found = _BEHIND.fullmatch(bare)
        if found is not None:
            words = found["words"]
            by_app = _is_marked(first) or _WRITTEN_BY_APP.match(found["name"]) is not None
            if phrases.key(words) in phrases.ATTACHED or (by_app and " " in words):
                return Attachment(found["name"], media_of(found["name"]), f"({words})")
    key = phrases.key(first)
    return left_out(key, first) if key in phrases.OMITTED else None


def _at_end(body: str, last: str) -> Named | None:
    bare = phrases.bare(last)
    found = _BEFORE.search(bare)
    if found is None or found.end() != len(bare):
        return None
    name = found["name"].strip()
    if phrases.key(found["words"]) not in phrases.ATTACHED_BEFORE and not (_is_marked(last) and _EXTENSION.search(name)):
        return None
    before = f"{phrases.bare(body[: -len(last)])}{bare[: found.start()]}"
    return Named(Attachment(name, media_of(name), f"<{found['words']}>"), not _is_title(before, name))


def _left_out(body: str, last: str) -> Named | None:
    """Read what iPhones write behind a title or caption when files are not included: the mark and the phrase."""
    place = max(last.rfind(mark) for mark in MARKS)
    key = phrases.key(last[place + 1 :]) if place >= 0 else ""
    if key not in phrases.OMITTED:
        return None
    before = phrases.bare(body[: len(body) - len(last) + place]).strip()
    kind = phrases.OMITTED[key]
    title = before.partition(" • ")[0].strip() if kind == "document" and "\n" not in before else ""
    note = phrases.bare(last[place:]).strip()
    return Named(Attachment(title or None, None if kind == "media" else kind, note), bool(before) and not title)


def left_out(key: str, body: str) -> Attachment:
    """Return the attachment that a phrase for left-out media stands for; the note shows the phrase, which could also have been typed."""
    kind = phrases.OMITTED[key]
    return Attachment(media=None if kind == "media" else kind, note=phrases.bare(body))


def _is_marked(line: str) -> bool:
    return any(mark in line for mark in MARKS)


def _is_title(before: str, name: str) -> bool:
    """Say whether what stands before a file is nothing, or only its title and number of pages."""
    title = re.split(r" [•·] ", before.strip(), maxsplit=1)[0]
    return not title or name.endswith(title)


def media_of(name: str) -> str:
    """Return what the extension of a file name claims."""
    if "STICKER" in name:
        return "sticker"
    if "-GIF-" in name:
        return "gif"
    return _MEDIA_OF.get(name.rpartition(".")[2].lower(), "document")
