"""What the name or id an export gives to a sender is, on the service it comes from: a number, an address, a user name, an account's id."""

from __future__ import annotations

from typing import NamedTuple

from sextortion_cli.model.reading import Sender

#: Services whose exports name people by their user name.
_NAMED_BY_HANDLE = frozenset(("Snapchat", "Kik", "TikTok", "Reddit", "X (Twitter)"))
#: What Telegram Desktop writes before the number of an account, a channel or a group.
_TELEGRAM = ("user", "channel", "chat")
_SKYPE = "8:"


class SenderId(NamedTuple):
    """One identifier of a sender: kind, normal form, verbatim."""

    kind: str
    value: str
    raw: str


def sender_ids(service: str | None, sender: Sender) -> list[SenderId]:
    """
    Return what the service itself says identifies a sender.

    Numbers and addresses are left to the finders, which check them; a display name identifies nobody.
    """
    name, found = service or "", []
    if sender.id and not _is_reached_by(sender.id):
        found.append(SenderId("platform-id", plain_id(name, sender.id), sender.id))
    if name in _NAMED_BY_HANDLE and sender.name and " " not in sender.name:
        found.append(SenderId("handle", sender.name.removeprefix("@"), sender.name))
    return found


def _is_reached_by(identity: str) -> bool:
    """Tell whether an id is itself a number to call or a mail address."""
    return "@" in identity[1:] or identity.startswith("+")


def plain_id(service: str, identity: str) -> str:
    """Return an account's id without what one export writes before it: the same account must have one id, whoever gives it."""
    if service == "Telegram":
        for word in _TELEGRAM:
            if identity.startswith(word) and identity[len(word) :].isdigit():
                return identity[len(word) :]
    if service.startswith("Skype") and identity.startswith(_SKYPE):
        return identity[len(_SKYPE) :]
    return identity
