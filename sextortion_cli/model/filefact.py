"""What files say about themselves: one value, who read it; where two readers differ; which reader failed."""

from __future__ import annotations

import msgspec

VALUE_LIMIT = 65536


class FileFact(msgspec.Struct, frozen=True, tag_field="t", tag="file-fact", omit_defaults=True, forbid_unknown_fields=True):
    """
    One value a file holds about itself, as one reader read it.

    Attributes:
        name: Namespaced: ``exif:DateTimeOriginal``, ``png:tEXt:Software``, ``xmp:CreatorTool``, ``gps:latitude``, ``hint:...``.
        value: The value as text, at most `VALUE_LIMIT` characters. Numbers as written (``72/1``), bytes as text or ``hex:...``.
        reader: Reader and version (``exifread 3.5.1``).
        note: What a person must know to read the value (meaning of a number, basis of a time, "hint, not proof").
        cut: The value was longer than `VALUE_LIMIT` and is shown in part.
    """

    name: str
    value: str
    reader: str
    note: str | None = None
    cut: bool = False


class Disagreement(msgspec.Struct, frozen=True, tag_field="t", tag="disagreement", omit_defaults=True, forbid_unknown_fields=True):
    """Two readers give different values for the same name. `values` holds (reader, value) pairs."""

    name: str
    values: tuple[tuple[str, str], ...]


class ReadFault(msgspec.Struct, frozen=True, tag_field="t", tag="read-fault", omit_defaults=True, forbid_unknown_fields=True):
    """A reader could not read the file, or part of it. `code` is short and stable and never holds content of the file."""

    reader: str
    code: str


FileRecord = FileFact | Disagreement | ReadFault


def printable(text: str) -> str:
    """Return `text` with every lone surrogate as U+FFFD, so that it can be written as UTF-8."""
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8") if any("\ud800" <= c <= "\udfff" for c in text) else text


def fact(name: str, value: str, reader: str, note: str | None = None) -> FileFact:
    """Return a `FileFact` whose value is plain, valid Unicode and within `VALUE_LIMIT`."""
    value = printable(str(value))  # Pillow hands out PNG text as a kind of str that no encoder takes
    if len(value) > VALUE_LIMIT:
        return FileFact(name, value[:VALUE_LIMIT], reader, note, cut=True)
    return FileFact(name, value, reader, note)
