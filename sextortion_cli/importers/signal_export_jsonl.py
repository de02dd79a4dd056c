"""signal-export (sigexport): ``data.json``, which is JSON Lines in spite of its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Lines, Messages, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.signal.desktop import exported, folder_of
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, ReadOptions, Sniff
from sextortion_cli.words import N_

_KEYS = frozenset(("date", "sender", "body", "quote", "reactions", "attachments"))


class SignalExportJsonl(JsonImporter):
    """Reads one conversation of signal-export: display names, and the exporting computer's local time."""

    id: ClassVar[str] = "signal-export-jsonl"
    service: ClassVar[str] = "Signal"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Such files are made with the program signal-export on a computer with Signal Desktop. Photograph the screen first: messages may disappear. "
        "Import the whole folder, so that the files come along."
    )
    limits: ClassVar[str] = N_(
        "The file has only display names, no phone numbers or other ids, and only the computer's local time. Messages that have disappeared are not included. "
        "The program changes texts a little."
    )
    seen_on: ClassVar[str] = "files composed after the program's own source of 2023 to 2026; no real file"
    references: ClassVar[tuple[str, ...]] = ("signal-export, sigexport/models.py and sigexport/create.py",)
    gaps: ClassVar[Mapping[str, str]] = {
        **gaps.of("disappearing-not-included", "names-only", "zone-unknown", "own-name-is-me"),
        "text-changed-by-program": N_(
            "The exporting program leaves out backticks and adds two spaces at the end of each text; texts are shown as the file has them."
        ),
    }
    always: ClassVar[tuple[str, ...]] = ("disappearing-not-included", "names-only", "own-name-is-me", "text-changed-by-program")
    shape: ClassVar[Shape] = Lines(Messages(exported(Conversation())))

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return the lines, all of the conversation that the folder is named after."""
        del options
        return Lines(Messages(exported(Conversation(folder_of(source.name)))))

    def sniff(self, source: Source) -> Sniff:
        """Claim lines of which the first has the program's keys."""
        if keys(glance(source)) >= _KEYS:
            return Sniff("yes", "a line of signal-export")
        return Sniff("no", "no line of signal-export")
