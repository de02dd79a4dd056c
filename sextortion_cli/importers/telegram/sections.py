"""What the parts of an account are called that hold no messages, and whom they are about."""

from __future__ import annotations

from typing import Final

from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.telegram.codes import NOISE_RULES, NOTES

SECTIONS: Final = {
    "personal_information": Section("profile", "account-owner", is_listed=False),
    "profile_pictures": Section("profile-picture", "account-owner"),
    "stories": Section("story", "account-owner"),
    "contacts": Section("contact", "contact"),
    "frequent_contacts": Section("frequent-contact", "contact"),
    # The addresses in these are those of the account's owner, never of the other side.
    "sessions": Section("session", "account-owner"),
    "web_sessions": Section("web-session", "account-owner"),
    "other_data": Section("other-data", "unknown"),
}


def note(key: str, data: bytes) -> str | None:
    """Return the noise code of a member that is Telegram's own explanation."""
    return NOTES if key == "about" and NOISE_RULES[NOTES].fullmatch(data) else None
