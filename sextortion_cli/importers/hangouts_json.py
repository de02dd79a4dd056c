"""Google Hangouts from Takeout: ``Hangouts.json``. The service has ended; old files remain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.googlechat.hangouts import Events
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Each, Object, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import ReadOptions, Sniff
from sextortion_cli.words import N_


def _shape() -> Shape:
    conversation = Object({"conversation": Section("conversation", "unknown", is_listed=False), "events": Events().node()})
    return Object({"conversations": Each(conversation)})


class HangoutsJson(JsonImporter):
    """Reads all conversations of an account, with the gaia ids that Google can name people by."""

    id: ClassVar[str] = "hangouts-json"
    service: ClassVar[str] = "Google Hangouts"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Hangouts has ended; use a Takeout file you already have. Newer conversations come from takeout.google.com as Google Chat."
    )
    limits: ClassVar[str] = N_(
        "What was deleted, or written with history turned off, is not included. Names may be missing; Google's own id (gaia) is always there. Pictures are only links."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of Takeout of 2013 to 2022; no real file"
    references: ClassVar[tuple[str, ...]] = ("Google Account Help, How to download your Google data",)
    gaps: ClassVar[Mapping[str, str]] = gaps.of("deleted-not-included")
    always: ClassVar[tuple[str, ...]] = ("deleted-not-included",)
    shape: ClassVar[Shape] = _shape()

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return the conversations, with a memory of the names in each."""
        del source, options
        return _shape()

    def sniff(self, source: Source) -> Sniff:
        """Claim conversations as Hangouts wrote them."""
        if "conversation_id" in keys(glance(source), "conversations", 0, "conversation"):
            return Sniff("yes", "conversations as Hangouts wrote them")
        return Sniff("no", "no conversations of Hangouts")
