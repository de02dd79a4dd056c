"""Element's "Export Chat" as JSON: one Matrix room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import HEAD, Messages, Object, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.matrix.event import conversation, event
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Sniff
from sextortion_cli.words import N_


class MatrixJson(JsonImporter):
    """Reads a room as Element exports it: events with Matrix ids and the server's time."""

    id: ClassVar[str] = "matrix-json"
    service: ClassVar[str] = "Matrix"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open Element on a computer, go to the room and choose Room info > Export Chat. Choose JSON, “from the beginning” and to include attachments. "
        "Check the size limit, because large files are left out."
    )
    limits: ClassVar[str] = N_(
        "Messages that could not be decrypted, and what was deleted, are missing. Of edited messages only the last version is included. "
        "The time is the server's."
    )
    seen_on: ClassVar[str] = "files composed after Element's own source and snapshots of 2022; no real file"
    references: ClassVar[tuple[str, ...]] = (
        "matrix-react-sdk, src/utils/exportUtils/JSONExport.ts",
        "Matrix Specification, Client-Server API, Events",
    )
    gaps: ClassVar[Mapping[str, str]] = {
        **gaps.of("deleted-not-included", "earlier-versions-lost"),
        "not-decrypted": N_("Encrypted messages could not be decrypted when the export was made; only their traces are in it."),
    }
    always: ClassVar[tuple[str, ...]] = ("deleted-not-included",)
    shape: ClassVar[Shape] = Object(
        {
            "room_name": HEAD,
            "room_creator": Section("conversation", "unknown", is_listed=False),
            "topic": Section("conversation", "unknown", is_listed=False),
            "export_date": Section("export-time", "unknown", is_listed=False),
            "exported_by": Section("profile", "account-owner", is_listed=False),
            "messages": Messages(event, conversation, after=("room_name",), first=("type", "content", "event_id", "sender")),
        }
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim an object with a room, who exported it, and messages."""
        if {"room_name", "exported_by", "export_date", "messages"} <= keys(glance(source)):
            return Sniff("yes", "a room as Element writes it")
        return Sniff("no", "no room of Element")
