"""
What stands in ``content``: text with tags, a call, a file, a quotation. Shown as text; the raw stands beside it.

    <partlist type="ended" callId="..."><part identity="8:live:lina"><name>Lina</name><duration>84.82</duration></part></partlist>
    <URIObject uri="https://..." url_thumbnail="..."><OriginalName v="a.jpg"/><FileSize v="1234"/></URIObject>
    <quote author="live:lina" authorname="Lina" timestamp="1773345900"><legacyquote>[...] Lina: </legacyquote>hei</quote>
    <e_m a="ola" ts_ms="..." ts="..." t="61"/>    (the mark of an edit)
"""

from __future__ import annotations

import html

from sextortion_cli.importers.jsonfields import htmltext, media
from sextortion_cli.importers.jsonfields.draft import as_json
from sextortion_cli.model.reading import Attachment

_SERVICE = ("Event/", "ThreadActivity/", "InviteFreeRelationshipChanged")


def text_of(content: str, kind: str) -> str:
    """Return what a person saw: ``Text`` has entities at most, what the service wrote has values in tags, all else is markup."""
    if kind == "Text":
        return html.unescape(content)
    if kind.startswith(_SERVICE):
        values = [piece.strip() for piece in htmltext.pieces(content) if isinstance(piece, str) and piece.strip()]
        return ", ".join(values)
    return htmltext.as_text(content)


def attachments_of(content: str) -> list[Attachment]:
    """Return the files that a ``URIObject`` names; links are left to `links_of`."""
    found: list[Attachment] = []
    name: str | None = None
    link: str | None = None
    kind: str | None = None
    for piece in htmltext.pieces(content):
        if isinstance(piece, str):
            continue
        tag, closes, attributes = piece
        if tag == "uriobject" and not closes:
            name, link, kind = None, attributes.get("uri"), attributes.get("type")
        elif tag == "originalname":
            name = attributes.get("v") or name
        elif tag == "uriobject":
            found.append(Attachment(name or link, _kind(name, kind)))
    return found


def _kind(name: str | None, said: str | None) -> str:
    family = (said or "").partition(".")[0].lower()
    if family in ("picture", "video", "audio"):
        return "image" if family == "picture" else family
    return media.of_name(name) if name else "document"


def facts_of(content: str) -> dict[str, str]:
    """Return what the tags of a call or a quotation say, for `Message.detail`."""
    found: dict[str, str] = {}
    people: list[dict[str, str]] = []
    tag_open = ""
    for piece in htmltext.pieces(content):
        if isinstance(piece, str):
            if people and tag_open in ("name", "duration") and piece.strip():
                people[-1][tag_open] = piece.strip()
            continue
        tag, closes, attributes = piece
        tag_open = "" if closes else tag
        if closes:
            continue
        if tag == "partlist":
            found |= {f"call {key}": value for key, value in attributes.items() if value}
        elif tag == "part":
            people.append(dict(attributes))
        elif tag == "quote":
            found["quote"] = as_json(attributes)
        elif tag in ("e_m", "at", "uriobject"):
            found[tag] = as_json(attributes)
    if people:
        found["call people"] = as_json(people)
    return found
