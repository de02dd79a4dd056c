"""What the numbers and names of Skype's databases mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sextortion_cli.model.reading import MessageKind

#: ``Messages.type``: kind of the record, and what it is.
TYPES: Final[Mapping[int, tuple[MessageKind, str]]] = {
    2: ("service", "topic-changed"),
    4: ("service", "group-created"),
    8: ("service", "updated"),
    9: ("service", "needs-update"),
    10: ("service", "participants-added"),
    12: ("service", "participants-removed"),
    13: ("service", "participant-left"),
    30: ("call", "call-started"),
    39: ("call", "call-ended"),
    50: ("text", "contact-request"),
    51: ("service", "contact-details-shared"),
    53: ("service", "contact-blocked"),
    60: ("text", "info"),
    61: ("text", ""),
    63: ("other", "contacts-sent"),
    64: ("text", "sms"),
    68: ("media", "file"),
    70: ("media", "video"),
    110: ("service", "birthday"),
    201: ("media", "picture"),
    202: ("media", "video"),
    253: ("media", "video"),
}
#: ``Conversations.type``.
CONVERSATIONS: Final[Mapping[int, str]] = {1: "direct", 2: "group"}
#: Columns that let somebody in rather than say something.
SECRETS: Final = frozenset(["opt_access_token", "access_token", "passwordhint", "authorization_certificate"])
DATES: Final = frozenset(
    [
        "edited_timestamp", "creation_timestamp", "last_activity_timestamp", "registration_timestamp", "lastonline_timestamp",
        "lastused_timestamp", "profile_timestamp", "avatar_timestamp", "mood_timestamp", "begin_timestamp", "start_timestamp",
        "live_start_timestamp", "starttime", "finishtime", "accepttime", "authreq_timestamp",
    ]
)  # fmt: skip


def kind_of(messagetype: str) -> MessageKind:
    """Return the kind of a message of Skype 8 by its type."""
    if messagetype in ("Text", "RichText"):
        return "text"
    if messagetype == "RichText/UriObject" or messagetype.startswith("RichText/Media_"):
        return "media"
    if messagetype == "Event/Call":
        return "call"
    return "service" if messagetype.startswith("ThreadActivity/") else "other"
