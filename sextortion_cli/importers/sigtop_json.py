"""sigtop ``export-messages -f json``: the rows of Signal Desktop's database, one conversation a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Messages, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.signal.desktop import conversation_of_file, row
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Sniff
from sextortion_cli.words import N_


class SigtopJson(JsonImporter):
    """Reads sigtop's JSON, in which rows stand as Signal Desktop keeps them."""

    id: ClassVar[str] = "sigtop-json"
    service: ClassVar[str] = "Signal"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Such files are made with the program sigtop on a computer with Signal Desktop. Photograph the screen first: messages may disappear. "
        "Export the attachments too."
    )
    limits: ClassVar[str] = N_(
        "Messages that have disappeared, and media that could be seen only once, are not included. With newer versions of Signal Desktop texts may be missing. "
        "Files lie apart."
    )
    seen_on: ClassVar[str] = "files composed after the program's own source and Signal Desktop's rows of 2020 to 2025; no real file"
    references: ClassVar[tuple[str, ...]] = ("sigtop, cmd/sigtop/fmt_json.go", "sigtop, issue 85", "Signal Desktop, ts/model-types.d.ts")
    gaps: ClassVar[Mapping[str, str]] = {
        **gaps.of("disappearing-not-included"),
        "disappearing-was-on": N_("Messages in the export are set to disappear after a time; some may be gone already."),
        "view-once-stripped": N_("A picture or video that could be seen only once was sent; the export has only the trace of it."),
        "text-missing": N_("Messages stand in the export without text or file; some versions of the exporting program lose the texts."),
    }
    always: ClassVar[tuple[str, ...]] = ("disappearing-not-included",)
    shape: ClassVar[Shape] = Messages(row, conversation_of_file)

    def sniff(self, source: Source) -> Sniff:
        """Claim a list of rows as Signal Desktop keeps them."""
        if {"sent_at", "type", "conversationId"} <= keys(glance(source), 0):
            return Sniff("yes", "rows of Signal Desktop")
        return Sniff("no", "no rows of Signal Desktop")
