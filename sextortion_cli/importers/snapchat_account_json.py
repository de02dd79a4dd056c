"""Snapchat "My Data" about the account: ``account.json``, ``friends.json``, ``memories_history.json``, ``talk_history.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import Object, Shape
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Sniff
from sextortion_cli.words import N_

_LINKS = frozenset(("Download Link", "Media Download Url"))
_CALLS = ("Outgoing Calls", "Incoming Calls", "Completed Calls", "Chat Sessions", "Game Sessions")
_PEOPLE: Mapping[str, str] = {
    "Friends": "friend",
    "Friend Requests Sent": "friend-request",
    "Pending Requests": "friend-request",
    "Blocked Users": "blocked-person",
    "Deleted Friends": "deleted-friend",
    "Hidden Friend Suggestions": "friend-suggestion",
    "Ignored Snapchatters": "ignored-person",
    "Shortcuts": "shortcut",
}


class SnapchatAccountJson(JsonImporter):
    """Reads what Snapchat's own download says about the account, its devices, logins, friends, calls and memories."""

    id: ClassVar[str] = "snapchat-account-json"
    service: ClassVar[str] = "Snapchat"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open accounts.snapchat.com > My Data, turn on “Export JSON Files”, and choose account information and friends. "
        "The link to the file comes by e-mail and in the app. Import the whole folder."
    )
    limits: ClassVar[str] = N_(
        "The files are about the account owner: devices, logins and IP addresses are your own. Friends are named by user and display name. "
        "Calls do not say with whom."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of real exports, 2021 to 2026; no real file"
    references: ClassVar[tuple[str, ...]] = ("Snapchat Support, How do I download my data from Snapchat?", "RFC 8259")
    shape: ClassVar[Shape] = Object(
        {
            "Basic Information": Section("profile", "account-owner", is_listed=False),
            "Device Information": Section("device", "account-owner", is_listed=False),
            "Device History": Section("device", "account-owner"),
            "Login History": Section("login", "account-owner"),
            "Privacy Policy and Terms of Service Acceptance History": Section("terms", "account-owner"),
            "Display Name Change": Section("name-change", "account-owner"),
            "Email Change": Section("email-change", "account-owner"),
            "Mobile Number Change": Section("phone-change", "account-owner"),
            "Snapchat Linked to Bitmoji": Section("profile-change", "account-owner"),
            "Saved Media": Section("memory", "account-owner", withheld=_LINKS),
            **{key: Section("call", "account-owner") for key in _CALLS},
            **{key: Section(kind, "contact") for key, kind in _PEOPLE.items()},
        }
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim what only Snapchat's account files hold."""
        seen = glance(source)
        found = keys(seen)
        if (
            {"Basic Information", "Device Information"} <= found
            or {"Device History", "Login History"} <= found
            or set(_CALLS[:3]) <= found
            or {"Date", "Media Type"} <= keys(seen, "Saved Media", 0)
            or any({"Username", "Display Name", "Creation Timestamp"} <= keys(seen, key, 0) for key in _PEOPLE)
        ):
            return Sniff("yes", "account data as Snapchat writes them")
        return Sniff("no", "no account data of Snapchat")
