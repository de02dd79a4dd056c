"""Files, contacts and reactions of a message."""

from __future__ import annotations

from typing import Final

from sextortion_cli.importers.telegram.fields import Fields
from sextortion_cli.model.reading import Attachment, Reaction

_MEDIA_TYPES: Final = {
    "sticker": "sticker",
    "video_message": "video",
    "voice_message": "audio",
    "animation": "gif",
    "video_file": "video",
    "audio_file": "audio",
}
_FILE_KEYS: Final = ("photo", "file", "thumbnail", "contact_vcard")
# The sentences Telegram Desktop writes instead of a path; a file name may stand before them.
_ABSENT: Final = tuple(
    f"({what} {why}" for what in ("File", "Photo", "Video") for why in ("not included", "unavailable", "exceeds maximum size", "is not included")
)


def read_attachments(fields: Fields) -> tuple[tuple[Attachment, ...], tuple[str, ...], bool]:
    """Return the files a message names, the keys that they show completely, and whether one holds something else than a text."""
    found: list[Attachment] = []
    shown: list[str] = []
    is_odd = False
    for key in _FILE_KEYS:
        if key not in fields:
            continue
        value = fields.get(key)
        if not isinstance(value, str):
            is_odd = is_odd or value is not None
            continue
        if not fields.is_lossy(key):
            shown.append(key)
        found.append(_attachment(value, _media(fields, key), fields.get("file_name") if key == "file" else None))
    if "contact_information" in fields and "contact_vcard" not in fields:
        found.append(Attachment(media="contact"))
    return tuple(found), tuple(shown), is_odd


def _attachment(value: str, media: str, original: object) -> Attachment:
    if value.endswith(")"):
        for sentence in _ABSENT:
            place = value.find(sentence)
            if place >= 0:
                name = value[:place].rstrip() or (original if isinstance(original, str) else None)
                return Attachment(name or None, media, value[place:])
    return Attachment(value, media)


def _media(fields: Fields, key: str) -> str:
    if key != "file":
        return {"photo": "image", "thumbnail": "thumbnail", "contact_vcard": "contact"}[key]
    said, mime = fields.get("media_type"), fields.get("mime_type")
    if isinstance(said, str) and said in _MEDIA_TYPES:
        return _MEDIA_TYPES[said]
    family = mime.partition("/")[0] if isinstance(mime, str) else ""
    return family if family in ("image", "video", "audio") else "document"


def read_reactions(value: object) -> tuple[tuple[Reaction, ...], bool]:
    """
    Return the reactions, one for each person the export names and one for the rest, and whether the value is of an unexpected kind.

    The export names only the latest people (``recent``); ``count`` says how many there are. Everything it says stays in `detail`.
    """
    if value is None:
        return (), False
    if not isinstance(value, list):
        return (), True
    found: list[Reaction] = []
    is_odd = False
    for item in value:
        if not isinstance(item, dict):
            is_odd = True
            continue
        found += _reactions(item)
    return tuple(found), is_odd


def _reactions(item: dict[str, object]) -> list[Reaction]:
    shown = next((value for key in ("emoji", "document_id", "type") if isinstance(value := item.get(key), str)), "")
    recent = item.get("recent")
    named = [person for person in recent if isinstance(person, dict)] if isinstance(recent, list) else []
    found = [Reaction(shown, _text(person.get("from")) or _text(person.get("from_id")), 1, _text(person.get("date"))) for person in named]
    count = item.get("count")
    rest = (count if isinstance(count, int) and not isinstance(count, bool) else 1) - len(found)
    return [*found, Reaction(shown, None, rest)] if rest > 0 else found


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
