"""What a full export says beside messages: whose account it is, its sessions and contacts. Addresses of sessions are the owner's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from sextortion_cli.importers.telegram.entry import Entry, shown
from sextortion_cli.model.reading import Fact

Whose = Literal["account-owner", "contact", "unknown"]

#: Key of the export -> kind of fact and whose it is.
KINDS: Final[Mapping[str, tuple[str, Whose]]] = {
    "personal_information": ("profile", "account-owner"),
    "profile_pictures": ("profile-picture", "account-owner"),
    "stories": ("story", "account-owner"),
    "contacts": ("contact", "contact"),
    "frequent_contacts": ("frequent-contact", "contact"),
    "sessions": ("session", "account-owner"),
    "web_sessions": ("web-session", "account-owner"),
    "other_data": ("other-data", "unknown"),
}


def fact_of(start: int, end: int, key: str, pointer: str, entry: Entry) -> Fact:
    """Return the fact of one object of the list or section `key`."""
    kind, whose = KINDS.get(key, (key, "unknown"))
    return Fact(start, end, kind, whose, pointer, values=dict(_values(entry)))


def _values(entry: Entry) -> Iterator[tuple[str, str]]:
    for key, field in entry.fields.items():
        yield key, shown(field)
    for number, (key, field) in enumerate(entry.more, 2):
        yield f"{key}#{number}", shown(field)
