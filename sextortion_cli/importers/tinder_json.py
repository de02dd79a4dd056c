"""Tinder's own download: ``data.json``, which holds only what the account owner wrote."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import HEAD, About, Built, Each, Messages, Object, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.jsonfields.draft import Draft, sender_of
from sextortion_cli.importers.jsonfields.moments import http_date, iso
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Attachment, Conversation, Sniff
from sextortion_cli.words import N_

_SECRETS = frozenset(("api_token", "token", "phone_id", "refresh_token", "fb_access_token"))


def message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return one message: ``{"to": 0, "from": "You", "message": "hi&#39;", "sent_date": "Tue, 30 Nov 2021 05:08:21 GMT"}``."""
    draft = Draft(start, end, pointer, entry)
    draft.unsign = True
    name = draft.string("from")
    if name:
        draft.sender = sender_of(name, None)
        if name == "You":
            draft.more["sent by"] = "the account owner"
    written = draft.string("sent_date")
    if written is not None:
        draft.when(http_date(written) if "," in written else iso(written))
        if draft.time is not None and draft.time.local is not None and draft.time.utc is None:
            draft.gaps["zone-unknown"] = None
    draft.say("message", html.unescape)
    kind = draft.entry.text("type")
    if kind in ("gif", "image", "sticker", "activity"):
        draft.attachments = [Attachment(draft.entry.text("fixed_height"), "gif" if kind == "gif" else None, kind)]
        draft.kind = "media"
    else:
        draft.kind = "text" if draft.text else "other"
    return draft.built()


def conversation(about: About) -> Conversation:
    """Return the match, of which only an ordinal number is known."""
    return Conversation(about.text("match_id"), None, None, about.pointer)


class TinderJson(JsonImporter):
    """Reads Tinder's download: own messages by match, the profile and the use."""

    id: ClassVar[str] = "tinder-json"
    service: ClassVar[str] = "Tinder"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Take screenshots of the conversation and the profile first; they may vanish when the other person unmatches. Then request the data at account.gotinder.com/data. "
        "The file holds only your own messages."
    )
    limits: ClassVar[str] = N_(
        "Only what the account owner wrote is included. “Match 1” is an order, not the other person's id: the file does not say whom the conversation is with. "
        "Undone matches may be missing."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of downloads of 2019 to 2025; no real file"
    references: ClassVar[tuple[str, ...]] = ("Tinder Help, How do I request a copy of my personal data?",)
    gaps: ClassVar[Mapping[str, str]] = {
        **gaps.of("own-messages-only", "zone-unknown"),
        "no-peer": N_("The export does not say whom a conversation is with: there is neither a name nor an id of the other person."),
    }
    always: ClassVar[tuple[str, ...]] = ("own-messages-only", "no-peer")
    shape: ClassVar[Shape] = Object(
        {
            "Messages": Each(
                Object(
                    {"match_id": HEAD, "messages": Messages(message, conversation, after=("match_id",), first=("to", "from", "message"))}
                )
            ),
            "Usage": Section("usage", "account-owner"),
            "User": Section("profile", "account-owner", withheld=_SECRETS),
        },
        other=Section("account", "account-owner", withheld=_SECRETS),
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim an object with matches, or with Tinder's usage and user."""
        seen = glance(source)
        if {"match_id", "messages"} <= keys(seen, "Messages", 0) or (
            {"Usage", "User"} <= keys(seen) and "app_opens" in keys(seen, "Usage")
        ):
            return Sniff("yes", "a download of Tinder")
        return Sniff("no", "no download of Tinder")
