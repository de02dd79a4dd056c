"""The archive of X (Twitter): ``data/direct-messages.js``, ``direct-messages-group.js``, and what it says of the account itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import HEAD, Each, Messages, Object, Shape
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.xarchive.event import conversation, event
from sextortion_cli.model.reading import ReadOptions, Sniff
from sextortion_cli.words import N_

_NAMED = re.compile(rb"window\.YTD\.(?P<name>[A-Za-z_]{1,60})\.part[0-9]{1,6} {0,4}= {0,4}")
_SECRETS = frozenset(("token", "adminKey", "accessToken", "secret", "keyRegistryState", "identityKey", "signedPreKey", "publicKey"))
_OWN: Mapping[str, str] = {
    "account": "account",
    "profile": "profile",
    "ip_audit": "login",
    "account_creation_ip": "account-creation",
    "account_timezone": "time-zone",
    "email_address_change": "email-change",
    "screen_name_change": "name-change",
    "phone_number": "phone",
    "device_token": "device",
    "ni_devices": "device",
    "key_registry": "device",
    "block": "blocked-person",
}
_MESSAGES = Each(
    Object(
        {
            "dmConversation": Object(
                {
                    "conversationId": HEAD,
                    "messages": Messages(event, conversation, after=("conversationId",), first=("messageCreate", "joinConversation")),
                }
            )
        }
    )
)


class XArchive(JsonImporter):
    """Reads direct messages of an X archive, every time checked against the message number, and the account's own logins."""

    id: ClassVar[str] = "x-archive"
    service: ClassVar[str] = "X (Twitter)"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Open X > Settings > Your account > Download an archive of your data. The file is ready after a day or more. Import the whole .zip file."
    )
    limits: ClassVar[str] = N_(
        "People stand only as a number, not by user name; the number stays with the account even if the name is changed. What was deleted, and encrypted messages, "
        "are not included. The IP addresses in the archive are your own."
    )
    seen_on: ClassVar[str] = "files composed after descriptions of archives of 2019 to 2026; no real file"
    references: ClassVar[tuple[str, ...]] = ("X Help Center, How to download your X archive", "X Developer Platform, X IDs")
    gaps: ClassVar[Mapping[str, str]] = {
        "numbers-only": N_(
            "People stand in the archive only as numbers. The police can ask the service who they are; user names are not in it."
        ),
    }
    prefix: ClassVar[re.Pattern[bytes] | None] = _NAMED
    shape: ClassVar[Shape] = _MESSAGES

    def document(self, source: Source, options: ReadOptions) -> Shape:
        """Return what the file's own variable says that it is a list of."""
        del options
        name = _name(source)
        kind = _OWN.get(name)
        if kind is None:
            return self.shape
        return Section(kind, "contact" if name == "block" else "account-owner", withheld=_SECRETS)

    def sniff(self, source: Source) -> Sniff:
        """Claim a script that assigns a list of messages, or of what is known of the account, to the archive's variable."""
        name = _name(source)
        if name in ("direct_messages", "direct_messages_group", "direct_message", "direct_message_group", *_OWN) and isinstance(
            glance(source, _NAMED), list
        ):
            return Sniff("yes", "a part of an X archive")
        return Sniff("no", "no part of an X archive that is read")


def _name(source: Source) -> str:
    head = source.head(256)
    found = _NAMED.match(head[3:] if head.startswith(b"\xef\xbb\xbf") else head)
    return found["name"].decode() if found else ""
