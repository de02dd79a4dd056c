"""An importer of one JSON format, of which only what is its own is left to say: where things lie, and what a message says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Literal

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.jsonchat import codes
from sextortion_cli.importers.jsonchat.cover import Cover
from sextortion_cli.importers.jsonchat.lists import Lists
from sextortion_cli.importers.jsonchat.shape import Each, Head, Lines, Messages, Object, Shape
from sextortion_cli.importers.jsonchat.walk import Walk
from sextortion_cli.importers.jsonscan.window import Window
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, Gap, Noise, ReadOptions, Record
from sextortion_cli.model.selection import Selection

_UTF8_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"{\x00", b"\x00{", b"[\x00", b"\x00[", b"\x00\x00")
_WINDOW = 1 << 20
_PREFIX_REACH = 512


class JsonImporter(Importer):
    """
    Base of the importers whose file is JSON, or JSON Lines, or JSON behind a script's assignment.

    Attributes:
        shape: Where things lie.
        prefix: What stands before the JSON text (at most 512 bytes, anchored and linear), or None.
        gaps: What each code says that `Built.gaps` or `always` uses (wrapped in `N_`); ``zone-unknown`` is said only while nobody
            stated a zone.
        always: Codes of `gaps` that every reading states (`leaves_out`, where that depends on the file).
        id_prefixes: `Selection`.
    """

    shape: ClassVar[Shape]
    prefix: ClassVar[re.Pattern[bytes] | None] = None
    gaps: ClassVar[Mapping[str, str]] = {}
    always: ClassVar[tuple[str, ...]] = ()
    id_prefixes: ClassVar[tuple[str, ...]] = ()
    raw_form: ClassVar[str] = "json"
    form: ClassVar[Literal["text", "json"]] = "json"
    noise: ClassVar[Mapping[str, str]] = codes.NOISE

    def __init_subclass__(cls, **more: Any) -> None:
        """Declare the noise that follows from `shape` and `prefix`."""
        super().__init_subclass__(**more)
        if "shape" not in vars(cls):
            return
        rules: dict[str, re.Pattern[bytes] | Callable[[bytes], bool] | None] = {}
        keys = sorted(_heads(cls.shape))
        if keys:
            rules[codes.HEADER] = codes.header_rule(keys)
        if cls.prefix is not None:
            rules[codes.PREFIX] = cls.prefix
            cls.noise = {**cls.noise, codes.PREFIX: "The name of a script's variable, to which the JSON text is assigned."}
        cls.noise_rules = rules

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return where things lie in this file; a format whose messages need what came before them makes its shape anew here."""
        del source, options
        return self.shape

    def leaves_out(self, source: Source) -> tuple[str, ...]:
        """Return the codes of `gaps` that a reading of this file states in any case."""
        del source
        return self.always

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield what the file holds, and what such a file leaves out."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", codes.DEFECTS["empty-file"], overlay=True)
            return
        window = Window(source, _WINDOW)
        head = window.slice(0, min(4, source.size))
        if head.startswith(_WIDE_MARKS):
            yield Defect(0, source.size, "not-utf8", codes.DEFECTS["not-utf8"])
            return
        start = window.after_space(len(_UTF8_MARK) if head.startswith(_UTF8_MARK) else 0)
        cover = Cover()
        if self.prefix is not None and (found := self.prefix.match(window.slice(start, min(source.size, start + _PREFIX_REACH)))):
            yield from cover.put(Noise(start, start + found.end(), codes.PREFIX), start, start + found.end())
            start = window.after_space(start + found.end())
        shape = self.document(source, options)
        if not _opens(shape, window.at(start)):
            is_empty = cover.done == source.size
            yield Defect(cover.done, source.size, "no-such-value", codes.DEFECTS["no-such-value"], overlay=is_empty)
            return
        lists = Lists(window, cover, Selection(options, self.id_prefixes))
        yield from Walk(window, source.name, cover, lists).records(start, shape)
        counts = {**dict.fromkeys(self.leaves_out(source), 1), **lists.counts}
        if options.timezone is not None:
            counts.pop("zone-unknown", None)
        for code in sorted(counts):
            yield Gap(code, self.gaps[code], counts[code])


def _opens(shape: Shape, byte: int) -> bool:
    """Say whether a document of `shape` may begin with `byte`."""
    if isinstance(shape, Object | Lines):
        return byte == 0x7B
    return byte == 0x5B if isinstance(shape, Each | Messages) else byte in (0x7B, 0x5B)


def _heads(shape: object) -> set[str]:
    """Return the keys whose values conversation records show."""
    if isinstance(shape, Each):
        return _heads(shape.element)
    if not isinstance(shape, Object):
        return set()
    found = {key for key, child in shape.members.items() if isinstance(child, Head)}
    return found.union(*(_heads(child) for child in shape.members.values()))
