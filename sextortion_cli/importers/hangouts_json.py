"""Google Hangouts from Google Takeout: ``Hangouts.json``, every conversation of an account. The service ended in 2022."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import first, glance, keys
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.said import rest
from sextortion_cli.importers.jsonchat.shape import About, Built, Each, Messages, Object, Shape
from sextortion_cli.importers.jsonscan.exact import json_text
from sextortion_cli.importers.source import Source
from sextortion_cli.model.epoch import utc_text
from sextortion_cli.model.reading import Attachment, Conversation, Message, MessageKind, Sender, Sniff, Time
from sextortion_cli.words import N_

_KINDS: Final[Mapping[str, MessageKind]] = {"REGULAR_CHAT_MESSAGE": "text", "HANGOUT_EVENT": "call"}
_PLACED: Final = frozenset(("timestamp", "event_type", "sender_id"))


def _event(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    problems = dict.fromkeys(entry.problems)
    time, is_read = _time(entry)
    if not is_read:
        problems["unreadable-time"] = None
    content = _at(entry, "chat_message", "message_content")
    text = _text(content)
    attachments = _attachments(content)
    kind = _KINDS.get(entry.text("event_type") or "", "service")
    if kind == "text" and not text:
        kind = "media" if attachments else "other"
    field = entry.fields.get("chat_message")
    raw = None if text is None or field is None else field.raw.decode("utf-8", "replace")
    detail = rest(entry, _PLACED if text is None else {*_PLACED, "chat_message"})
    if entry.text("event_type"):
        detail["event_type"] = str(entry.text("event_type"))
    if links := _links(content):
        detail["links"] = json_text(links)
    lossy = bool(field is not None and field.lossy)
    message = Message(
        start, end, kind, _sender(entry), time, text, raw, None, lossy, pointer=pointer, attachments=attachments, detail=detail
    )  # fmt: skip
    return Built(message, tuple(problems))


def _time(entry: Entry) -> tuple[Time | None, bool]:
    """Return the time of a number of microseconds since 1970 as text, and whether it could be read."""
    written = entry.text("timestamp")
    if written is None:
        return None, True
    digits = written.lstrip("-")
    utc = utc_text(int(written) // 1_000_000) if digits.isascii() and digits.isdecimal() and len(digits) < 20 else None
    return Time(written, None, utc, "explicit" if utc else "unknown"), utc is not None


def _sender(entry: Entry) -> Sender | None:
    """The stable id is the number of the Google account; names stand in the conversation only."""
    found = _at(entry, "sender_id")
    identity = found.get("gaia_id") or found.get("chat_id") if isinstance(found, dict) else None
    return Sender("", None, identity) if isinstance(identity, str) and identity else None


def _text(content: Any) -> str | None:
    segments = content.get("segment") if isinstance(content, dict) else None
    if not isinstance(segments, list):
        return None
    shown = []
    for segment in segments:
        if not isinstance(segment, dict):
            return None
        text = segment.get("text")
        shown.append(text if isinstance(text, str) else "\n" if segment.get("type") == "LINE_BREAK" else "")
    return "".join(shown) or None


def _links(content: Any) -> list[str]:
    """Return where the links of a text lead, which the text itself need not say."""
    segments = content.get("segment") if isinstance(content, dict) else None
    targets = [first(segment, "link_data", "link_target") for segment in segments] if isinstance(segments, list) else []
    return [target for target in targets if isinstance(target, str)]


def _attachments(content: Any) -> tuple[Attachment, ...]:
    items = content.get("attachment") if isinstance(content, dict) else None
    found = []
    for item in items if isinstance(items, list) else ():
        embed = item.get("embed_item") if isinstance(item, dict) else None
        kinds = embed.get("type") if isinstance(embed, dict) else None
        photo = isinstance(kinds, list) and "PLUS_PHOTO" in kinds
        found.append(Attachment(None, "image" if photo else None, json_text(item)))
    return tuple(found)


def _at(entry: Entry, key: str, *path: str) -> Any:
    field = entry.fields.get(key)
    return first(field.plain, *path) if field is not None else None


def _conversation(about: About) -> Conversation:
    """Name a conversation as its group is named, otherwise by those who take part."""
    head = about.head.get("conversation")
    inner = first(head, "conversation")
    name = first(inner, "name")
    people = first(inner, "participant_data")
    names = [first(person, "fallback_name") for person in people] if isinstance(people, list) else []
    shown = name if isinstance(name, str) and name else ", ".join(text for text in names if isinstance(text, str))
    identity = first(head, "conversation_id", "id")
    kind = first(inner, "type")
    return Conversation(
        shown or None, identity if isinstance(identity, str) else None, kind if isinstance(kind, str) else None, about.pointer
    )


class HangoutsJson(JsonImporter):
    """Reads ``Hangouts.json``."""

    id: ClassVar[str] = "hangouts-json"
    service: ClassVar[str] = "Google Hangouts"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[Mapping[str, str]] = {
        "nb": "Tjenesten er lagt ned. Finnes det en gammel zip-fil fra takeout.google.com, så gi den hele. Ellers kan takeout.google.com fortsatt ha «Hangouts».",
        "en": "The service has ended. If there is an old zip file from takeout.google.com, give the whole of it. takeout.google.com may still offer “Hangouts”.",
    }
    limits: ClassVar[Mapping[str, str]] = {
        "nb": "Avsendere står bare med kontonummer; navnene står i samtalens opplysninger. Det som var slettet, er borte.",
        "en": "Senders stand with their account number only; the names are in the conversation's own data. What was deleted is gone.",
    }
    seen_on: ClassVar[str] = "the layout of 2013 to 2022 from another parser's model; composed files only"
    shape: ClassVar[Shape] = Object(
        {
            "conversations": Each(
                Object(
                    {
                        "conversation": Section("conversation", "unknown", is_listed=False),
                        "events": Messages(
                            _event, _conversation, after=("conversation",), first=("conversation_id", "sender_id", "event_id")
                        ),
                    }
                )
            )
        }
    )
    references: ClassVar[tuple[str, ...]] = ("kotlin-google-hangouts-parser, model classes",)
    gaps: ClassVar[Mapping[str, str]] = {"deleted-not-included": N_("What was deleted before the export is not in it.")}
    always: ClassVar[tuple[str, ...]] = ("deleted-not-included",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a list of conversations with events as only Hangouts has them."""
        found = glance(source)
        is_ours = "conversation_id" in keys(found, "conversations", 0, "conversation") or "event_type" in keys(
            found, "conversations", 0, "events", 0
        )
        return Sniff("yes" if is_ours else "no", "conversations as Hangouts writes them" if is_ours else "no conversations of Hangouts")
