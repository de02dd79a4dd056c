"""What a message of a WhatsApp text export is: text, media, a call, a deleted message, or one of the app's own lines."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from sextortion_cli.importers.whatsapp import phrases
from sextortion_cli.model.reading import Attachment, MessageKind

_MARK_CHARACTERS = "\u200e\u200f\u202a\u202b\u202c\u061c\ufeff"
_WRITTEN_BY_APP = re.compile(r"(?:IMG|VID|PTT|AUD|STK|DOC|PTV)-\d{8}-WA\d{2,}\.|\d{8}-[A-Z]+-\d{4}-\d{2}-\d{2}-", re.ASCII)
_BEHIND = re.compile(r"(?P<name>[^\n]{1,255}?\.\w{1,8}) \((?P<words>[^()\n]{2,60})\)")
_BEFORE = re.compile(r"<(?P<words>[^<>:：\n]{2,40})[:：] ?(?P<name>[^<>\n]{1,300})>")
_EDITED = re.compile(r"\s*[\u200e\u200f]?<(?P<words>[^<>\n]{4,60})>[\u200e\u200f]?\Z")
_MAP = re.compile(r"(?P<words>[^:\n]{1,40}): https://(?:maps\.google|www\.google|maps\.apple)\.[a-z.]+/\S{1,300}\Z")
_KINDS = {
    "image": "jpg jpeg png heic heif gif bmp tif tiff avif",
    "video": "mp4 3gp mov mkv avi webm m4v",
    "audio": "opus m4a mp3 aac ogg amr wav",
    "sticker": "webp",
    "contact": "vcf",
}
_MEDIA_OF = {extension: kind for kind, extensions in _KINDS.items() for extension in extensions.split()}
_SPECIAL = frozenset((*phrases.OMITTED, *phrases.DELETED, *phrases.CALLS, *phrases.LIVE, "null", ""))
_LONGEST_PHRASE = max(map(len, _SPECIAL)) + 2
_MARKED = frozenset(_MARK_CHARACTERS + "\u00a0\u202f")
_SUSPECT_ENDS = frozenset((")", ">", "\r", " ", ""))
_BANNER_HEAD = 8
_BANNER_HEADS = frozenset(banner[:_BANNER_HEAD] for banner in phrases.BANNERS)


class Body(NamedTuple):
    """What a body is: its kind, the files it names, whether it was edited, and notes for `Message.detail`."""

    kind: MessageKind
    attachments: tuple[Attachment, ...] = ()
    edited: bool = False
    detail: tuple[tuple[str, str], ...] = ()


TEXT = Body("text")


def is_plain(body: str) -> bool:
    """Say quickly and surely that a body of one line is nothing but text: no phrase of the app can be in it."""
    if body[-1:] in _SUSPECT_ENDS or body[:1] == "<" or "https://" in body:
        return False
    if not body.isascii() and not _MARKED.isdisjoint(body):
        return False
    if len(body) <= _LONGEST_PHRASE:
        folded = body.rstrip(".。").casefold()
        return folded not in _SPECIAL and (body.isascii() or normalize("NFC", folded) not in _SPECIAL)
    return body[:_BANNER_HEAD].casefold() not in _BANNER_HEADS


def read_body(body: str, bracket: bool) -> Body:
    """Return what `body` is; `bracket` says that the export has the form of an iPhone."""
    first, _, further = body.partition("\n")
    key = phrases.key(first)
    if not further and key in _SPECIAL:
        return _special(key, first, bracket)
    by_app = "\u200e" in first or "\u200f" in first
    if phrases.is_banner(first) and not further:
        return Body("app_notice", detail=(("event", phrases.event_of(first) or "notice"),))
    found = _attachment(first, by_app)
    if found is not None:
        return Body("media", (found,))
    if key in phrases.OMITTED:  # a caption follows on the next line
        return _special(key, first, bracket)
    if by_app and not further:
        notice = _notice(first, key)
        if notice is not None:
            return notice
    place = _MAP.match(first.lstrip(_MARK_CHARACTERS))
    if place is not None and not further and phrases.key(place["words"]) in phrases.LOCATION:
        return Body("media", (Attachment(media="location", note=phrases.bare(first)),))
    if first.startswith(("POLL:", "\u200ePOLL:")) and "OPTION:" in body:
        return Body("other", detail=(("what", "poll"),))
    edited = _EDITED.search(body)
    if edited is not None and phrases.key(edited["words"]) in phrases.EDITED:
        return Body("text", edited=True)
    return TEXT


def _special(key: str, body: str, bracket: bool) -> Body:
    if key in phrases.OMITTED:
        # The phrase of a whole line without the app's mark or brackets could also have been typed; the note shows it as it stands.
        media = phrases.OMITTED[key]
        return Body("media", (Attachment(media=None if media == "media" else media, note=phrases.bare(body)),))
    if key in phrases.DELETED:
        return Body("deleted")
    if key in phrases.CALLS:
        return Body("call")
    if key in phrases.LIVE:
        return Body("media", (Attachment(media="location", note=phrases.bare(body)),))
    if key == "null" and bracket:
        return TEXT
    if key == "null" or not phrases.bare(body).strip():
        return Body("other", detail=(("likely", "view-once media, a call, or something this export has no words for"),))
    return TEXT


def _notice(first: str, key: str) -> Body | None:
    """Read a line that begins with the app's own mark."""
    head, _, last = first.rpartition("\u200e" if "\u200e" in first else "\u200f")
    tail = phrases.key(last)
    if tail in phrases.OMITTED and head.strip(_MARK_CHARACTERS):
        name = re.split(r" [•·] ", phrases.bare(head))[0].strip()
        return Body("media", (Attachment(name or None, phrases.OMITTED[tail], phrases.bare(last).strip()),))
    if key.split(",", maxsplit=1)[0].strip() in phrases.CALLS:
        return Body("call")
    event = phrases.event_of(first)
    if event in ("encryption-notice", "security-code-changed", "contact-blocked", "disappearing-messages", "number-changed"):
        return Body("app_notice", detail=(("event", event),))
    if first[1:2] == first[0] and event is not None:
        return Body("app_notice", detail=(("event", event),))
    return None


def _attachment(first: str, by_app: bool) -> Attachment | None:
    """Return the file a line names, in any language when the app's mark or the app's own file name shows that the app wrote it."""
    bare = phrases.bare(first)
    if bare.endswith(")"):
        found = _BEHIND.fullmatch(bare.strip())
        if found and (
            phrases.key(found["words"]) in phrases.ATTACHED or ((by_app or _WRITTEN_BY_APP.match(found["name"])) and " " in found["words"])
        ):
            return Attachment(found["name"], media_of(found["name"]), f"({found['words']})")
    if bare.endswith(">"):
        inside = _BEFORE.search(bare)
        if inside is None or inside.end() != len(bare):
            return None
        marked = "\u200e<" in first or "\u200f<" in first or by_app
        if phrases.key(inside["words"]) in phrases.ATTACHED_BEFORE or (marked and re.search(r"\.\w{1,8}\Z", inside["name"])):
            name = inside["name"].strip()
            return Attachment(name, media_of(name), f"<{inside['words']}>")
    return None


def media_of(name: str) -> str:
    """Return what the extension of a file name claims."""
    if "STICKER" in name:
        return "sticker"
    if "-GIF-" in name:
        return "gif"
    return _MEDIA_OF.get(name.rpartition(".")[2].lower(), "document")
