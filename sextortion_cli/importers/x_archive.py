"""X (Twitter) archive: ``data/direct-messages.js`` and ``direct-messages-group.js``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Final

import msgspec

from sextortion_cli.importers.jsonchat.entry import Entry, Field, shown
from sextortion_cli.importers.jsonchat.glance import first, glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import HEAD, About, Built, Each, Messages, Object, Shape
from sextortion_cli.importers.jsonscan.exact import json_text
from sextortion_cli.importers.lines.moments import moment, snowflake
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Attachment, Conversation, Message, MessageKind, Reaction, Sender, Sniff, Time
from sextortion_cli.words import N_

EPOCH_MS: Final = 1_288_834_974_657
"""The moment from which X counts the milliseconds in its ids."""


class _Text(msgspec.Struct):
    """Only the source of ``text``; every other key is skipped."""

    text: msgspec.Raw


_text = msgspec.json.Decoder(_Text).decode
_KINDS: Final[Mapping[str, MessageKind]] = {"messageCreate": "text", "reactionCreate": "reaction"}
_PLACED: Final = frozenset(("text", "senderId", "createdAt", "mediaUrls", "reactions"))


def _message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    """An element is an object with one member, which names the kind of event."""
    problems = dict.fromkeys(entry.problems)
    kind = next(iter(entry.fields), "")
    field = entry.fields.get(kind)
    inner: dict[str, Any] = field.plain if field is not None and isinstance(field.plain, dict) else {}
    if len(entry.fields) != 1 or not inner:
        problems["unexpected-shape"] = None
    text = inner.get("text")
    text = text if isinstance(text, str) else None
    time = _time(inner)
    if _disagrees(inner, time):
        problems["times-disagree"] = None
    attachments = tuple(Attachment(url, "image") for url in _strings(inner.get("mediaUrls")))
    what = _KINDS.get(kind, "service")
    if what == "text" and not text:
        what = "media" if attachments else "other"
    sender = next((inner[key] for key in ("senderId", "initiatingUserId", "userId") if isinstance(inner.get(key), str)), None)
    message = Message(
        start, end, what, None if sender is None else Sender("", None, sender), time, text, _raw(field, text), None, bool(field and field.lossy),
        pointer=pointer, attachments=attachments, reactions=_reactions(inner), detail=_detail(entry, kind, inner),
    )  # fmt: skip
    return Built(message, tuple(problems))


def _raw(field: Field | None, text: str | None) -> str | None:
    """Return the token of the text as it stands in the file, where it is not simply the text."""
    if field is None or text is None:
        return None
    try:
        token = bytes(_text(field.raw).text)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return json_text(text)
    return None if token == b'"%b"' % text.encode("utf-8", "replace") else token.decode("utf-8", "replace")


def _time(inner: Mapping[str, Any]) -> Time | None:
    written = inner.get("createdAt")
    return moment(written) if isinstance(written, str) else None


def _disagrees(inner: Mapping[str, Any], time: Time | None) -> bool:
    """Check the time against the one in the id, which X counts itself; a second apart is rounding."""
    number = inner.get("id")
    counted = snowflake(number, EPOCH_MS) if isinstance(number, str) else None
    return counted is not None and time is not None and time.utc is not None and counted[:17] != time.utc[:17]


def _strings(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _reactions(inner: Mapping[str, Any]) -> tuple[Reaction, ...]:
    items = inner.get("reactions")
    found = []
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            value, actor, when = (item.get(key) for key in ("reactionKey", "senderId", "createdAt"))
            found.append(
                Reaction(
                    value if isinstance(value, str) else "?",
                    actor if isinstance(actor, str) else None,
                    1,
                    when if isinstance(when, str) else None,
                )
            )
    return tuple(found)


def _detail(entry: Entry, kind: str, inner: Mapping[str, Any]) -> dict[str, str]:
    if not inner:
        return {key: shown(field) for key, field in entry.fields.items()}
    found = {"event": kind}
    for key, value in inner.items():
        is_placed = key in _PLACED and (
            value in ([], None) or (isinstance(value, str) and key in ("text", "senderId", "createdAt")) or key == "mediaUrls"
        )
        if not is_placed:
            found[key] = value if isinstance(value, str) else json_text(value)
    return found | {key: shown(field) for key, field in list(entry.fields.items())[1:]}


def _conversation(about: About) -> Conversation:
    return Conversation(None, about.text("conversationId"), None, about.pointer)


class XArchive(JsonImporter):
    """Reads direct messages of an X archive: numbers instead of names, and those numbers never change."""

    id: ClassVar[str] = "x-archive"
    service: ClassVar[str] = "X"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[Mapping[str, str]] = {
        "nb": "I X: Mer > Innstillinger og personvern > Kontoen din > Last ned et arkiv med dataene dine. Det tar et døgn eller mer. Gi hele zip-filen.",
        "en": "In X: More > Settings and privacy > Your account > Download an archive of your data. It takes a day or more. Give the whole zip file.",
    }
    limits: ClassVar[Mapping[str, str]] = {
        "nb": "Brukernavn mangler: andre står bare med kontonummeret, som aldri endres og som politiet kan spørre om. Slettede meldinger er borte. Krypterte samtaler er ikke med.",
        "en": "User names are missing: others stand only with their account number, which never changes and which the police can ask about. "
        "Deleted messages are gone. Encrypted chats are not included.",
    }
    seen_on: ClassVar[str] = "layouts of 2018 to 2023 from other programs' tests; composed files only"
    shape: ClassVar[Shape] = Each(
        Object(
            {
                "dmConversation": Object(
                    {
                        "conversationId": HEAD,
                        "messages": Messages(_message, _conversation, after=("conversationId",), first=("messageCreate",)),
                    }
                )
            }
        )
    )
    prefix: ClassVar[re.Pattern[bytes] | None] = re.compile(rb"window\.YTD\.direct_messages?(?:_group)?\.part[0-9]{1,4} = ")
    references: ClassVar[tuple[str, ...]] = ("twitter-archive-parser, parser.py", "twitter-archive-reader")
    gaps: ClassVar[Mapping[str, str]] = {
        "names-not-included": N_("The export names people by account number only."),
        "deleted-not-included": N_("What was deleted before the export is not in it."),
    }
    always: ClassVar[tuple[str, ...]] = ("deleted-not-included", "names-not-included")

    def sniff(self, source: Source) -> Sniff:
        """Claim the script's assignment of conversations, or the same list without it."""
        found = glance(source, self.prefix)
        is_ours = (
            found is not None
            or "messages" in keys(glance(source), 0, "dmConversation")
            or first(glance(source), 0, "dmConversation") is not None
        )
        return Sniff("yes" if is_ours else "no", "direct messages of an X archive" if is_ours else "no X archive")
