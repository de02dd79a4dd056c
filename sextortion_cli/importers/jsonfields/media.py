"""What kind of file a name, a link or a media type names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_KINDS: Final[Mapping[str, str]] = {
    "image": "jpg jpeg png heic heif bmp tif tiff avif",
    "video": "mp4 3gp mov mkv avi webm m4v",
    "audio": "opus m4a mp3 aac ogg amr wav flac",
    "sticker": "webp",
    "gif": "gif",
    "contact": "vcf",
}
_BY_EXTENSION = {extension: kind for kind, extensions in _KINDS.items() for extension in extensions.split()}


def of_name(name: str) -> str:
    """Return the kind of file by its ending; ``document`` when that says nothing."""
    bare = name.partition("?")[0] if "://" in name else name
    return _BY_EXTENSION.get(bare.rpartition(".")[2].lower(), "document")


def of_type(mime: str | None) -> str:
    """Return the kind of file by its media type (RFC 6838)."""
    if mime == "image/gif":
        return "gif"
    family = (mime or "").partition("/")[0]
    return family if family in ("image", "video", "audio") else "document"
