"""
One message of ``messages.json`` (Skype, and Teams for personal use, which write the same).

    {"id": "1773345900123", "displayName": null, "originalarrivaltime": "2026-03-12T20:05:00.123Z", "messagetype": "RichText",
     "version": 1773345900123, "content": "hei", "conversationid": "8:live:lina", "from": "8:live:lina",
     "properties": {"edittime": "...", "deletetime": "..."}, "amsreferences": null}
"""

from __future__ import annotations

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.shape import About, Built, Read
from sextortion_cli.importers.jsonfields import htmltext
from sextortion_cli.importers.jsonfields.draft import EMPTY, Draft, as_json, as_text, dicts, sender_of
from sextortion_cli.importers.jsonfields.moments import MILLISECONDS, compared, epoch, iso
from sextortion_cli.importers.skype.content import attachments_of, facts_of, text_of
from sextortion_cli.model.reading import Conversation, MessageKind, Reaction

_TOLERANCE = 86_400
"""Ids count the sender's clock, arrival times the service's; a day apart is told."""
_IDENTITIES = ("4:", "8:", "28:", "19:", "48:")


def conversation(about: About) -> Conversation:
    """Return the conversation around a list."""
    identity = about.text("id")
    thread = about.head.get("threadProperties")
    topic = as_text(thread.get("topic")) if isinstance(thread, dict) else None
    kind = "group" if identity and identity.startswith("19:") else "bot" if identity and identity.startswith("28:") else None
    return Conversation(about.text("displayName") or topic or identity, identity, kind, about.pointer)


def reader(owner: str | None) -> Read:
    """Return what reads messages of a file that names its account owner, whose id may stand with or without the number before it."""

    def message(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
        draft = _message(start, end, pointer, entry)
        if owner and draft.sender is not None and draft.sender.id is not None and _bare(draft.sender.id) == _bare(owner):
            draft.more["sent by"] = "the account owner"
        return draft.built()

    return message


def _message(start: int, end: int, pointer: str | None, entry: Entry) -> Draft:
    draft = Draft(start, end, pointer, entry)
    identity = draft.identity("from")
    if identity is not None and "/contacts/" in identity[:200]:  # a whole address of the service stands before it
        draft.more["from"] = identity
        identity = identity.rpartition("/contacts/")[2]
    name = draft.string("displayName")
    if name or identity:
        draft.sender = sender_of(name or _bare(identity or ""), identity)
    written = draft.string("originalarrivaltime")
    number = draft.value("id")
    counted = epoch(number, MILLISECONDS) if isinstance(number, str | int) and len(str(number)) == 13 else None
    draft.when(compared(None if written is None else iso(written), counted, _TOLERANCE), "originalarrivaltime")
    said = draft.string("messagetype")
    content = draft.string("content")
    if content is not None:
        draft.say_field(entry.fields["content"], text_of(content, said or ""))
        links = htmltext.links(content)
        if links:
            draft.more["links"] = as_json(links)
        draft.more |= facts_of(content)
        draft.attachments = attachments_of(content)
    draft.more["messagetype"] = said or ""
    _properties(draft)
    draft.kind = _kind(draft, said or "", content)
    draft.place_empty("properties", "amsreferences", "annotationsSummary")
    return draft


def _bare(identity: str) -> str:
    """Return an identity without the number that says its kind."""
    return identity.partition(":")[2] if identity.startswith(_IDENTITIES) else identity


def _properties(draft: Draft) -> None:
    said = draft.value("properties")
    if not isinstance(said, dict):
        return
    draft.edited = said.get("edittime") not in (*EMPTY, "0", 0)
    if draft.edited:
        draft.gaps["earlier-versions-lost"] = None
    for emotion in dicts(said.get("emotions")):
        for user in dicts(emotion.get("users")):
            moment = epoch(user.get("time"), MILLISECONDS)
            draft.reactions.append(
                Reaction(as_text(emotion.get("key")) or "?", as_text(user.get("mri")), 1, moment.time.utc if moment else None)
            )


def _kind(draft: Draft, said: str, content: str | None) -> MessageKind:
    properties = draft.value("properties")
    if isinstance(properties, dict) and properties.get("deletetime") not in (*EMPTY, "0", 0):
        return "deleted"
    if said == "Event/Call" or "call people" in draft.more:
        return "call"
    if said.startswith(("ThreadActivity/", "InviteFreeRelationshipChanged", "Notice", "PopCard", "Event/")):
        return "service"
    if said.startswith("EndToEndEncryption"):
        draft.gaps["private-conversation"] = None
        return "other"
    if draft.attachments or said.startswith(("RichText/Media", "RichText/UriObject", "RichText/Contacts", "RichText/Location")):
        return "media"
    if said in ("Text", "RichText", "RichText/Html") or said.startswith("RichText"):
        return "text" if content else "other"
    draft.problems["unknown-type"] = None
    return "other"
