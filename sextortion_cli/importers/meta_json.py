"""Conversations of Instagram and Messenger as JSON: ``message_1.json``, and ``<name>_<n>.json`` from Messenger's secure storage."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import ClassVar, Final

from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import HEAD, Messages, Object, Shape
from sextortion_cli.importers.meta.codes import GAPS
from sextortion_cli.importers.meta.message import message
from sextortion_cli.importers.meta.plain import decoder, plain, scan
from sextortion_cli.importers.meta.repair import all_repaired
from sextortion_cli.importers.meta.service import Service, conversation, is_encrypted, is_thread, service_of
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import ReadOptions, Sniff
from sextortion_cli.words import N_

_NAMES: Final = ("title", "thread_path", "threadName")


def _shape(service: Service) -> Object:
    messages = Messages(
        message,
        functools.partial(conversation, service),
        after=_NAMES,
        first=("sender_name", "isUnsent", "senderName"),
        quick=plain,
        decode=decoder,
        scan=scan,
    )
    about = Section("conversation", "unknown", is_listed=False, repair=all_repaired)
    return Object(
        {
            "participants": Section("participant", "unknown", repair=all_repaired),
            "messages": messages,
            **dict.fromkeys(_NAMES, HEAD),
            "image": about,
            "is_still_participant": about,
            "thread_type": about,
            "joinable_mode": about,
            "magic_words": about,
        }
    )


class MetaJson(JsonImporter):
    """Reads one file of one conversation, of the ordinary download of either service or of the encrypted one."""

    id: ClassVar[str] = "meta-json"
    service: ClassVar[str] = "Instagram, Messenger"
    version: ClassVar[str] = "1"
    shape: ClassVar[Shape] = _shape("meta")
    gaps: ClassVar[Mapping[str, str]] = GAPS
    how_to_export: ClassVar[str] = N_(
        "Open Accounts Centre > Your information and permissions > Export your information, and choose messages, JSON, all dates and "
        "high quality. Fetch Messenger's encrypted chats too: Privacy & safety > Message storage > Download secure storage data. "
        "Keep the folders as they are, message_requests above all."
    )
    limits: ClassVar[str] = N_(
        "People appear only under display names; user names and account numbers are missing. What was deleted, and disappearing messages, "
        "are not included. Encrypted chats are in a download of their own."
    )
    seen_on: ClassVar[str] = (
        "both layouts and the secure storage, from test files and parsers of other projects (2018 to 2026); no whole real download"
    )
    references: ClassVar[tuple[str, ...]] = (
        "kenn-io/msgvault, internal/fbmessenger",
        "mlomb/chat-analytics, MessengerParser and InstagramParser",
        "abrignoni/RLEAPP, Facebook and Instagram artifacts",
        "RFC 8259",
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim an object with messages whose senders and times stand under Meta's keys, or a conversation of Meta's without any."""
        if is_thread(glance(source)):
            return Sniff("yes", "a conversation as Instagram and Messenger write it")
        return Sniff("no", "no messages under Meta's keys")

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return the shape, with the service that this file is from."""
        del options
        return _shape(service_of(source))

    def leaves_out(self, source: Source) -> tuple[str, ...]:
        """Return what a file of this service leaves out."""
        codes = ["deleted-not-included", "display-names-only"]
        if not is_encrypted(glance(source)):
            codes.append("encrypted-chats-not-included")
        if service_of(source) == "meta":
            codes.append("service-unknown")
        return tuple(codes)
