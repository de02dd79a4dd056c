"""The account's own files in Instagram's and Facebook's downloads as JSON: logins, devices, profile, followers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Shape
from sextortion_cli.importers.meta.account import CONNECTIONS, FOLLOWERS, OWN_KEYS, SHAPE
from sextortion_cli.importers.meta.codes import GAPS
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import ReadOptions, Sniff
from sextortion_cli.words import N_


class MetaAccountJson(JsonImporter):
    """Reads facts, never messages: the owner's own addresses and devices, and whom the account is connected to."""

    id: ClassVar[str] = "meta-account-json"
    service: ClassVar[str] = "Instagram, Facebook"
    version: ClassVar[str] = "1"
    shape: ClassVar[Shape] = SHAPE
    gaps: ClassVar[Mapping[str, str]] = GAPS
    how_to_export: ClassVar[str] = N_(
        "These files come with a download of the whole account from Instagram or Facebook: Accounts Centre > Your information and "
        "permissions > Export your information. Choose JSON and all dates. Include security and login information, connections and "
        "personal information."
    )
    limits: ClassVar[str] = N_(
        "Addresses and devices are your own, never the other side's. Only some of the logins are kept. "
        "User names here cannot be tied with certainty to the display names in messages."
    )
    seen_on: ClassVar[str] = "layouts of 2021 to 2026 from parsers and descriptions of other projects; no real file"
    references: ClassVar[tuple[str, ...]] = (
        "abrignoni/RLEAPP, Instagram and Facebook artifacts",
        "RFC 8259",
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim an object with one of the lists that only Meta's account files have, or a list of its connection entries."""
        found = glance(source)
        if isinstance(found, dict) and any(_fits(key, value) for key, value in found.items()):
            return Sniff("yes", "account data as Instagram and Facebook write them")
        if isinstance(found, list) and found and all(_is_connection(item) for item in found):
            return Sniff("yes", "connections as Instagram writes them")
        return Sniff("no", "no account data under Meta's keys")

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return the shape: an object of lists, or one list of connections, which only the file's name tells apart."""
        del options
        if not isinstance(glance(source), list):
            return SHAPE
        return FOLLOWERS if "follower" in source.name.rpartition("/")[2].lower() else CONNECTIONS

    def leaves_out(self, source: Source) -> tuple[str, ...]:
        """Say whose addresses and devices these are, where there are any."""
        return ("own-devices-only",) if keys(glance(source)) & OWN_KEYS else ()


def _fits(key: str, value: Any) -> bool:
    """Say whether a member is one of Meta's lists, with entries as Meta writes them (or none yet)."""
    if key in ("ig_secret_conversations", "secret_conversations_v2"):
        return isinstance(value, dict)
    return key in SHAPE.members and isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_connection(item: Any) -> bool:
    parts = item.get("string_list_data") if isinstance(item, dict) else None
    return isinstance(parts, list) and all(isinstance(part, dict) for part in parts)
