"""Pasted chat text that has no form a reader knows: kept whole, as one message nobody is named for. Read only when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.lines.codes import NOISE, gap
from sextortion_cli.importers.lines.emit import Emitter, unfolded
from sextortion_cli.importers.lines.textlines import Line, lines, sample
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.whatsapp.windows import encoding_of
from sextortion_cli.model.reading import Conversation, Message, Noise, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_LONGEST = 512 << 10
"""Bytes of one message; a longer text is cut at a line."""


class PastedText(Importer):
    """Takes a text whole: nothing in it is taken for a sender or a time, and nothing is lost."""

    id: ClassVar[str] = "pasted-text"
    service: ClassVar[str] = "Text"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Select the messages in the conversation, copy them, and paste them into a text file. Import it with --as pasted-text. Take screenshots too: they "
        "show more."
    )
    limits: ClassVar[str] = N_(
        "Who wrote what, and when, is not read out of the text; it is shown as it is. A text can be edited by whoever has it."
    )
    seen_on: ClassVar[str] = "any text"
    noise: ClassVar[Mapping[str, str]] = NOISE
    references: ClassVar[tuple[str, ...]] = ("RFC 2046, text/plain",)

    def sniff(self, source: Source) -> Sniff:
        """Never claim anything; say maybe of a text."""
        return Sniff("maybe", "a text, when somebody asks for it") if sample(source, 4096) is not None else Sniff("no", "not a text")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the text as one message, or as several where it is very long."""
        encoding = encoding_of(source)
        emitter = Emitter(encoding, options)
        yield from emitter.conversation(Conversation())
        held: list[Line] = []
        for line in lines(source, encoding):
            # A message begins at a line: pieces of one that is too long stay together.
            if held and line.is_first and line.end - held[0].start > _LONGEST:
                yield from _taken(held, emitter)
                held = []
            held.append(line)
        if held:
            yield from _taken(held, emitter)
        if source.size:
            yield gap("nobody-named")
        yield gap("authorship-unverifiable")


def _taken(held: list[Line], emitter: Emitter) -> Iterator[Record]:
    whole = "".join(line.text + line.ending for line in held)
    start, end = held[0].start, held[-1].end
    if not whole.strip(" \t\r\n"):
        yield Noise(start, end, "blank")
        return
    text, raw = unfolded(whole)
    yield from emitter.message(Message(start, end, "other", None, None, text, raw, line=held[0].number))
