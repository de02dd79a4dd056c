"""The media type of a file by its content, beside what its name claims. Both are kept: neither is the truth about a hostile file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from sextortion_cli.extract.claims import agree, claimed_type
from sextortion_cli.extract.engines import ENGINES, UNKNOWN, Engine, engines
from sextortion_cli.extract.extras import SEVENZIP, SEVENZIP_MAGIC
from sextortion_cli.extract.textual import encoding_of, text_kind
from sextortion_cli.extract.warcs import is_warc

HEAD = 65536
ContentClass = Literal["text", "json", "xml", "html", "database", "archive", "picture", "video", "audio", "document", "other"]

__all__ = ["HEAD", "ContentClass", "MediaTyper", "TypeFacts", "claimed_type", "content_class", "describe", "prepare"]

_CLASSES: dict[str, ContentClass] = {
    "application/json": "json",
    "application/x-ndjson": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/html": "html",
    "application/vnd.sqlite3": "database",
    "application/x-sqlite3": "database",
    "application/x-msaccess": "database",
    "application/pdf": "document",
    "application/rtf": "document",
    "text/rtf": "document",
    "application/msword": "document",
    "application/epub+zip": "document",
    "application/postscript": "document",
    "application/cdfv2": "document",
    "application/x-ole-storage": "document",
    "application/vnd.ms-outlook": "document",
    "application/vnd.ms-excel": "document",
    "application/vnd.ms-powerpoint": "document",
    "message/rfc822": "text",
    "application/mbox": "text",
    "application/ogg": "audio",
    "application/x-matroska": "video",
}
_ARCHIVES = {
    "application/zip", "application/x-tar", "application/gzip", "application/x-gzip", "application/x-bzip2", "application/x-xz", "application/x-7z-compressed",
    "application/x-rar", "application/vnd.rar", "application/zstd", "application/x-zstd", "application/x-lzma", "application/x-lz4", "application/x-cpio",
    "application/x-archive", "application/vnd.ms-cab-compressed", "application/java-archive", "application/vnd.android.package-archive",
    "application/warc",
}  # fmt: skip
_PREFIXES: tuple[tuple[str, ContentClass], ...] = (
    ("image/", "picture"),
    ("video/", "video"),
    ("audio/", "audio"),
    ("text/", "text"),
    ("application/vnd.openxmlformats-", "document"),
    ("application/vnd.oasis.", "document"),
)
# Types whose content is text whatever the engine calls it; the engine's other text guesses (text/csv, text/x-c) are not taken over.
_TRUSTED_TEXT = {
    "message/rfc822",
    "text/vcard",
    "text/calendar",
    "application/postscript",
    "application/mbox",
    "text/rtf",
    "application/rtf",
    "image/svg+xml",
    "image/x-xpixmap",
    "image/x-xbitmap",
}
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (SEVENZIP_MAGIC, SEVENZIP),
)
_SIMPLE = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")
_SHORT = 2048
_BINARY = 8192
_DISC, _DISCS = 32768, (b"CD001", b"BEA01")


class TypeFacts(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """
    What a file is, by content and by name.

    Attributes:
        media_type: By content, settled (text is told from binary by our own rule).
        engine: Engine and version that was asked.
        engine_type: What the engine said, untouched.
        claimed: What the name claims, or None.
        agrees: Content and name can both be right.
        content_class: The family the rest of the program acts on.
        encoding: How a text is written (``utf-8``, ``utf-16``, ``single-byte`` ...), None for binary content.
    """

    media_type: str
    engine: str
    engine_type: str
    claimed: str | None
    agrees: bool
    content_class: ContentClass
    encoding: str | None = None


class MediaTyper:
    """Tells media types. Making one loads everything it needs; afterwards it opens no file, so it works in a limited child."""

    def __init__(self, makers: tuple[Callable[[], Engine], ...] = ENGINES) -> None:
        self._engine = next(engines(makers))
        self.engine = self._engine.name
        for sample in (b"\x89PNG\r\n\x1a\n", b"text\n", b"{}"):
            self._engine.media_type(sample)
            self._engine.sentence(sample)

    def of(self, head: bytes) -> str:
        """Return the media type of a file by its first bytes (64 KiB are enough)."""
        encoding = encoding_of(head)
        return self._settled(head, self._engine.media_type(_enough(head, encoding)), encoding)

    def sentence(self, head: bytes) -> str:
        """Return what the engine says in its own words (untrusted text: it quotes the file)."""
        return self._engine.sentence(head[:_SHORT])

    def describe(self, head: bytes, name: str) -> TypeFacts:
        """Return content and claim beside each other. `name` is data: only its last suffix is looked at."""
        encoding = encoding_of(head)
        said = self._engine.media_type(_enough(head, encoding))
        settled, claimed = self._settled(head, said, encoding), claimed_type(name)
        if settled == "text/plain" and claimed in ("text/csv", "text/tab-separated-values", "text/markdown", "text/css", "text/javascript"):
            settled = claimed
        return TypeFacts(settled, self.engine, said, claimed, agree(settled, claimed), content_class(settled), encoding)

    @staticmethod
    def _settled(head: bytes, said: str, encoding: str | None) -> str:
        if not head:
            return "application/x-empty"
        if head.startswith((b"WARC/", b"\x1f\x8b")) and is_warc(head):
            return "application/warc"
        known = next((kind for magic, kind in _SIGNATURES if head.startswith(magic)), None)
        if known is not None:
            # A container keeps the engine's finer word (docx, jar, apk); everything else is settled by its signature.
            return said if known == "application/zip" and said not in (UNKNOWN, "application/zip") else known
        if encoding is not None:
            return said if said in _TRUSTED_TEXT or said.startswith("image/x-portable-") else text_kind(head, encoding)
        return UNKNOWN if said.startswith("text/") or said == "application/json" else said


def _enough(head: bytes, encoding: str | None) -> bytes:
    """
    Return as much of `head` as the engine needs: libmagic takes 6 ms for 64 KiB of text and answers from the first lines anyway.

    Of a binary file it asks for what lies deeper than 8 KiB only in disc images, which begin at 32 KiB (ECMA-119 8.4, ECMA-167 2/9.1).
    """
    if encoding is not None or head.startswith(_SIMPLE):
        return head[:_SHORT]
    return head if head[_DISC + 1 : _DISC + 6] in _DISCS else head[:_BINARY]


def describe(head: bytes, name: str) -> TypeFacts:
    """Describe with the engine that `prepare` made."""
    return prepare().describe(head, name)


_prepared: list[MediaTyper] = []


def prepare() -> MediaTyper:
    """Make the engine once per process; call it before a child loses the right to open files."""
    if not _prepared:
        _prepared.append(MediaTyper())
    return _prepared[0]


def content_class(media_type: str) -> ContentClass:
    """Return the family of a media type."""
    if media_type in _ARCHIVES:
        return "archive"
    if media_type in _CLASSES:
        return _CLASSES[media_type]
    return next((kind for prefix, kind in _PREFIXES if media_type.startswith(prefix)), "other")
