"""Signal's own plain-text export: ``main.jsonl``, beside ``metadata.json`` and ``files/``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Lines, Messages, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.signal.frames import reader
from sextortion_cli.importers.signal.people import People
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import ReadOptions, Sniff
from sextortion_cli.words import N_


class SignalJsonl(JsonImporter):
    """Reads Signal's own plain-text export, one frame a line. Keys in it are never shown."""

    id: ClassVar[str] = "signal-jsonl"
    service: ClassVar[str] = "Signal"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Photograph the screen first: disappearing messages are never in the export. Open Signal > Settings > Chats > Export chat history, "
        "and include media. Import the whole folder."
    )
    limits: ClassVar[str] = N_(
        "Disappearing messages and media that can be seen only once are left out without a trace. The file holds secret keys: share it with nobody but the police. "
        "Deleted messages are gone."
    )
    seen_on: ClassVar[str] = "files composed after libsignal's schema and test cases of 2024 to 2026; no real file"
    references: ClassVar[tuple[str, ...]] = (
        "libsignal, rust/message-backup/src/proto/backup.proto",
        "libsignal, rust/message-backup/src/json/exporter.rs",
        "Protocol Buffers, JSON Mapping",
    )
    gaps: ClassVar[Mapping[str, str]] = {
        **gaps.of("disappearing-not-included", "deleted-not-included"),
        "disappearing-timer": N_(
            "A conversation is set so that messages disappear. Signal leaves every such message out of the export without a trace, so that it can look complete "
            "although the worst is missing: photograph what the phone still shows."
        ),
        "disappearing-was-on": N_("The export shows that messages were set to disappear for a time; those messages are not in it."),
        "view-once-stripped": N_("A picture or video that could be seen only once was sent; the export has only the trace of it."),
        "long-text-in-file": N_("The end of a long message lies in a file beside the export, not in it."),
    }
    always: ClassVar[tuple[str, ...]] = ("disappearing-not-included", "deleted-not-included")
    shape: ClassVar[Shape] = Lines(Messages(reader(People())))

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return the lines, with a memory of this file's people and chats."""
        del source, options
        return Lines(Messages(reader(People())))

    def sniff(self, source: Source) -> Sniff:
        """Claim lines of which the first says when and in which version the export was made."""
        found = keys(glance(source))
        if {"version", "backupTimeMs"} <= found and not found & {"account", "recipient", "chatItem"}:
            return Sniff("yes", "the first line of Signal's export")
        return Sniff("no", "no first line of Signal's export")
