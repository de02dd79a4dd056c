"""TikTok's own download as JSON: ``user_data.json`` or ``user_data_tiktok.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import About, Built, Messages, Object, Shape
from sextortion_cli.importers.jsonfields import gaps
from sextortion_cli.importers.jsonfields.draft import Draft, sender_of
from sextortion_cli.importers.jsonfields.moments import iso, taken_as_utc
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Sniff
from sextortion_cli.words import N_

_ACTIVITIES = frozenset(
    (
        "Login History",
        "Video Browsing History",
        "Watch History",
        "Like List",
        "Favorite Videos",
        "Following List",
        "Follower List",
        "Share History",
    )
)
_BEFORE = "Chat History with "


def message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """Return one message: ``{"Date": "2025-06-01 12:00:00", "From": "lina_example", "Content": "hei"}``."""
    draft = Draft(start, end, pointer, entry)
    draft.unsign = True
    name = draft.string("From")
    if name:
        draft.sender = sender_of(name, name)
    written = draft.string("Date")
    if written is not None:
        draft.when(taken_as_utc(iso(written)))
        if draft.time is not None and draft.time.basis == "assumed":
            draft.gaps["zone-assumed"] = None
    draft.say("Content")
    draft.kind = "text" if draft.text else "other"
    return draft.built()


def conversation(about: About) -> Conversation:
    """Return the conversation that a key names: ``Chat History with lina_example:``."""
    name = about.key.removeprefix(_BEFORE).rstrip(": ") if about.key.startswith(_BEFORE) else about.key
    return Conversation(name, name, None, about.pointer)


_CHATS = Object({}, other=Messages(message, conversation, first=("Date", "From")))
_HOLDER = Object({"ChatHistory": _CHATS, "GroupChat": _CHATS})
_DIRECT = Object({"Direct Messages": _HOLDER, "Chat History": _HOLDER, "Group Chat": _HOLDER, "ChatHistory": _CHATS})
_LOGINS = Section("login", "account-owner", withheld=frozenset(("Token",)))
_ACTIVITY = Object({"Login History": Object({"LoginHistoryList": _LOGINS})}, other=Section("activity", "account-owner"))


class TiktokJson(JsonImporter):
    """Reads direct messages and the account's own logins from TikTok's download."""

    id: ClassVar[str] = "tiktok-json"
    service: ClassVar[str] = "TikTok"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open TikTok > Profile > Settings > Account > Download your data, choose all data and the file format JSON. "
        "The file is ready after some days and can be downloaded for four days only."
    )
    limits: ClassVar[str] = N_(
        "People are named only by the user name they had when the file was made, which can be changed. Deleted messages are not included. "
        "The IP addresses of the logins are your own."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of downloads of 2021 to 2026; no real file"
    references: ClassVar[tuple[str, ...]] = ("TikTok Support, Requesting your data",)
    gaps: ClassVar[Mapping[str, str]] = gaps.of("zone-assumed", "deleted-not-included")
    always: ClassVar[tuple[str, ...]] = ("deleted-not-included",)
    shape: ClassVar[Shape] = Object(
        {
            "Direct Message": _DIRECT,
            "Direct Messages": _DIRECT,
            "Activity": _ACTIVITY,
            "Your Activity": _ACTIVITY,
            "Profile": Section("profile", "account-owner"),
            "Profile And Settings": Section("profile", "account-owner"),
        },
        other=Section("activity", "account-owner"),
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim an object with TikTok's parts."""
        seen = glance(source)
        for top in ("Direct Message", "Direct Messages"):
            for middle in keys(seen, top):
                if "ChatHistory" in keys(seen, top, middle):
                    return Sniff("yes", "direct messages as TikTok writes them")
        if any(len(keys(seen, top) & _ACTIVITIES) >= 1 for top in ("Activity", "Your Activity")):
            return Sniff("yes", "the parts of TikTok's download")
        return Sniff("no", "no part of TikTok's download")
