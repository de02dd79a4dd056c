"""Recipients and chats of one export, by the numbers that only this file gives them."""

from __future__ import annotations

import base64
import binascii
import uuid
from typing import Any

import msgspec

from sextortion_cli.importers.jsonfields.draft import as_text, dicts, sender_of
from sextortion_cli.model.reading import Conversation, Sender

_LIMIT = 100_000
"""More recipients or chats than this are not kept: messages then show the number alone."""


class Recipient(msgspec.Struct, frozen=True):
    """One recipient: its display name, its stable id, and what it is (``contact``, ``group``, ``self`` ...)."""

    name: str
    identity: str | None
    kind: str


def service_id(value: object) -> str | None:
    """Return the UUID that base64 of 16 bytes is (an ACI or PNI); of 17 bytes, those after the first, which says the kind."""
    if not isinstance(value, str) or len(value) > 64:
        return None
    try:
        data = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None
    return str(uuid.UUID(bytes=data[-16:])) if len(data) in (16, 17) else None


def phone(value: object) -> str | None:
    """Return a phone number with its plus, which the file leaves out."""
    digits = as_text(value)
    return f"+{digits}" if digits and digits.isascii() and digits.isdecimal() and digits != "0" else None


def _joined(*parts: object) -> str:
    return " ".join(part for part in parts if isinstance(part, str) and part)


def _group_title(group: dict[str, Any]) -> str:
    snapshot = group.get("snapshot")
    title = snapshot.get("title") if isinstance(snapshot, dict) else None
    return as_text(title.get("title")) or "" if isinstance(title, dict) else ""


def _contact(contact: dict[str, Any]) -> Recipient:
    nickname = contact.get("nickname")
    number = phone(contact.get("e164"))
    identity = service_id(contact.get("aci")) or number or service_id(contact.get("pni"))
    name = (
        (_joined(nickname.get("given"), nickname.get("family")) if isinstance(nickname, dict) else "")
        or _joined(contact.get("systemGivenName"), contact.get("systemFamilyName"))
        or _joined(contact.get("profileGivenName"), contact.get("profileFamilyName"))
        or number
        or as_text(contact.get("username"))
        or identity
        or ""
    )
    return Recipient(name, identity, "contact")


class People:
    """What earlier lines said of the people and chats that later lines name by number."""

    def __init__(self) -> None:
        self._recipients: dict[str, Recipient] = {}
        self._chats: dict[str, str] = {}
        self.owner = ""

    def learn_account(self, account: dict[str, Any]) -> None:
        """Learn the account owner's own name."""
        self.owner = _joined(account.get("givenName"), account.get("familyName")) or as_text(account.get("username")) or ""

    def learn_recipient(self, recipient: dict[str, Any]) -> None:
        """Learn one recipient."""
        number = as_text(recipient.get("id"))
        if number is None or len(self._recipients) >= _LIMIT:
            return
        for kind in ("contact", "group", "self", "releaseNotes", "distributionList", "callLink"):
            said = recipient.get(kind)
            if not isinstance(said, dict):
                continue
            if kind == "contact":
                found = _contact(said)
            elif kind == "group":
                found = Recipient(_group_title(said), None, kind)
            else:
                found = Recipient(self.owner if kind == "self" else as_text(said.get("name")) or "", None, kind)
            self._recipients[number] = found
            return

    def learn_chat(self, chat: dict[str, Any]) -> None:
        """Learn whom a chat is with."""
        number, recipient = as_text(chat.get("id")), as_text(chat.get("recipientId"))
        if number is not None and recipient is not None and len(self._chats) < _LIMIT:
            self._chats[number] = recipient

    def sender(self, number: str | None) -> Sender | None:
        """Return the recipient with a number as a sender; an unknown one by its number alone."""
        if number is None:
            return None
        found = self._recipients.get(number)
        return sender_of(f"recipient {number}", None) if found is None else sender_of(found.name or f"recipient {number}", found.identity)

    def conversation(self, number: str | None) -> Conversation:
        """Return the chat with a number; one of no name and no id where a message names none, so that it is put into no other."""
        if number is None:
            return Conversation()
        found = self._recipients.get(self._chats.get(number, ""))
        if found is None:
            return Conversation(None, f"chat {number}")
        kind = "note to self" if found.kind == "self" else found.kind
        return Conversation(found.name or None, found.identity or f"chat {number}", kind)

    def names_of(self, items: object, key: str) -> str:
        """Return the UUIDs under `key` of a list's objects, with commas."""
        return ", ".join(found for item in dicts(items) if (found := service_id(item.get(key))))
