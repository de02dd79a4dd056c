"""Snapchat "My Data": ``chat_history.json`` and ``snap_history.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Messages, Object, Shape
from sextortion_cli.importers.snapchat.message import is_earlier, message
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Sniff
from sextortion_cli.words import N_


class SnapchatJson(JsonImporter):
    """Reads chats and the list of snaps of Snapchat's own download, in the present and the earlier layout."""

    id: ClassVar[str] = "snapchat-json"
    service: ClassVar[str] = "Snapchat"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Take screenshots first: what is not saved in the chat disappears. Open accounts.snapchat.com > My Data, turn on “Export JSON Files”, "
        "and choose chat history. The link to the file comes by e-mail and in the app."
    )
    limits: ClassVar[str] = N_(
        "Only chats that were saved, or not yet deleted, are included. Pictures and videos of snaps never are, only that they were sent. "
        "People are named by their user names."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of real exports, 2021 to 2026; no real file"
    references: ClassVar[tuple[str, ...]] = ("Snapchat Support, How do I download my data from Snapchat?", "RFC 8259")
    gaps: ClassVar[Mapping[str, str]] = {
        "only-saved-chats": N_(
            "Only chats that were saved, or not yet deleted, are in the export. What disappeared is gone: secure what can still be seen on the phone."
        ),
        "text-not-exported": N_("Messages stand in the export without their text: Snapchat gives only that they were sent, and when."),
        "media-not-named": N_("Snaps, pictures or videos stand in the export only as sent or received; no file is named."),
    }
    always: ClassVar[tuple[str, ...]] = ("only-saved-chats",)
    shape: ClassVar[Shape] = Object({}, other=Messages(message, first=("From", "To", "Media Type")))

    def sniff(self, source: Source) -> Sniff:
        """Claim an object of lists whose elements say a media type and when they were made."""
        seen = glance(source)
        if not isinstance(seen, dict) or not seen:
            return Sniff("no", "no object of conversations")
        return Sniff("yes", "conversations as Snapchat writes them") if any(_is_list(key, seen) for key in seen) else Sniff("no")


def _is_list(key: str, seen: dict[str, Any]) -> bool:
    if isinstance(seen[key], list) and seen[key]:
        return {"Media Type", "Created"} <= keys(seen, key, 0)
    return is_earlier(key) and "Saved" in key
