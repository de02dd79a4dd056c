"""
All readers of one file side by side: every value with the reader that said so, what they disagree on, and who failed.

Nobody is believed over anybody: a hostile file is often one that two readers read differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from sextortion_cli.extract.mediatype import MediaTyper
from sextortion_cli.extract.metadata import exif, pillow, xmp
from sextortion_cli.extract.metadata.iptc import iptc_facts
from sextortion_cli.extract.metadata.isobmff import isobmff_parts
from sextortion_cli.extract.metadata.jpeg import jpeg_parts
from sextortion_cli.extract.metadata.parts import Parts
from sextortion_cli.extract.metadata.png import png_parts
from sextortion_cli.extract.metadata.screenshot import screenshot_hints
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.extract.metadata.webp import webp_parts
from sextortion_cli.extract.metadata.xmp import xmp_facts
from sextortion_cli.model.filefact import Disagreement, FileFact, FileRecord, ReadFault, fact
from sextortion_cli.words import N_

_WALKERS = {"image/jpeg": jpeg_parts, "image/png": png_parts, "image/apng": png_parts, "image/webp": webp_parts}
_BOXED = frozenset({"image/heic", "image/heif", "image/avif", "image/heic-sequence", "image/heif-sequence"})
_MAX_RECORDS = 20_000
_PNG_TEXT = re.compile(r"png:[tzi](?:EXt|TXt):")


def prepare(heif: bool = True) -> None:
    """Load every library; call it before a process loses the right to open files. Without `heif`, HEIC stays unread by Pillow there."""
    exif.reader_name()
    pillow.load(heif)
    xmp.load()
    list(pillow.pillow_facts(View(-1, 0).file(), "image/png", Parts()))


def facts(fd: int, size: int, name: str, media_type: str, typer: MediaTyper | None = None) -> Iterator[FileRecord]:
    """
    Yield what a picture says about itself.

    Args:
        fd: A read-only descriptor that allows `pread`.
        size: Size in bytes.
        name: The file name it came under; a source of hints only.
        media_type: Type by content (`MediaTyper.of`).
        typer: Given, its own sentence about the file is one of the facts.
    """
    found: list[FileFact] = []
    view = View(fd, size)
    for record in _all_readers(view, media_type, typer):
        if len(found) >= _MAX_RECORDS:
            yield ReadFault("file facts", "too-many-values")
            break
        if isinstance(record, FileFact):
            found.append(record)
        yield record
    if media_type.startswith("image/"):
        yield from screenshot_hints(name, {_comparable_name(item.name): item.value for item in reversed(found)})
    yield from disagreements(found)


def _all_readers(view: View, media_type: str, typer: MediaTyper | None) -> Iterator[FileFact | ReadFault]:
    if typer is not None:
        sentence = typer.sentence(view.head)
        if sentence:
            yield fact("type:description", sentence, typer.engine, N_("the engine's own words; quotes the file"))
    walker = isobmff_parts if media_type in _BOXED else _WALKERS.get(media_type)
    parts = walker(view) if walker is not None else Parts()
    yield from parts.facts
    if media_type in ("image/jpeg", "image/tiff"):
        if media_type == "image/tiff" or parts.exif is not None:
            yield from exif.exif_facts(view.file())
    elif parts.exif is not None:
        yield from exif.exif_facts(parts.exif)
    yield from pillow.pillow_facts(view.file(), media_type, parts)
    for packet in parts.xmp:
        yield from xmp_facts(packet)
    for block in parts.iptc:
        yield from iptc_facts(block)


def disagreements(found: Iterable[FileFact]) -> Iterator[Disagreement]:
    """Yield one record for each name that two readers give different values for; how a number is written makes no difference."""
    by_name: dict[str, dict[str, list[str]]] = {}
    for item in found:
        by_name.setdefault(_comparable_name(item.name), {}).setdefault(item.reader, []).append(item.value)
    for name, readers in by_name.items():
        if len(readers) == 1:
            continue
        (_, first), *others = readers.items()
        if any(values != first and not _any_same(first, values) for _, values in others):
            yield Disagreement(name, tuple((reader, values[0][:1000]) for reader, values in readers.items()))


def _comparable_name(name: str) -> str:
    return _PNG_TEXT.sub("png:text:", name, count=1) if name.startswith("png:") else name


def _any_same(left: list[str], right: list[str]) -> bool:
    """Say whether two readers share a value: of several comments some libraries keep one."""
    return any(same_value(one, other) for one in left for other in right)


def same_value(left: str, right: str) -> bool:
    """Say whether two values are the same but for padding, the writing of numbers, or UTF-8 that one reader took for Latin-1."""
    left, right = left.strip("\x00 \t\r\n"), right.strip("\x00 \t\r\n")
    if left == right or _unmixed(left) == _unmixed(right):
        return True
    one, other = _numbers(left), _numbers(right)
    return one is not None and one == other


def _unmixed(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _numbers(text: str) -> list[Fraction] | None:
    """Return the numbers of ``1/60 2 3.5`` or None when it is anything else."""
    if not text or len(text) > 400 or not set(text) <= set("0123456789/.- "):
        return None
    try:
        return [Fraction(part) for part in text.split()]
    except (ValueError, ZeroDivisionError):
        return None
