"""``s4l-*.db`` of Skype 8: every row is one JSON object in ``nsp_data``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sextortion_cli.importers.rows.database import Cells, Database, Row
from sextortion_cli.importers.rows.faults import DEFECTS
from sextortion_cli.importers.rows.values import UNIX, fact, moment, sender, take_text
from sextortion_cli.importers.skype.markup import shown
from sextortion_cli.importers.skype.words import kind_of
from sextortion_cli.model.reading import Conversation, Defect, Message, Noise, Record
from sextortion_cli.model.selection import Selection

_TOKENS: msgspec.json.Decoder[dict[str, msgspec.Raw]] = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ANY: msgspec.json.Decoder[Any] = msgspec.json.Decoder()
_FAULTS = (msgspec.MsgspecError, ValueError, RecursionError)
_PLACED = frozenset(["content", "createdTime", "creator", "conversationId"])
_NAMES = ("displayNameOverride", "displayName", "fullName", "firstName")


def records(database: Database, choice: Selection) -> Iterator[Record]:
    """Yield profiles, conversations and messages."""
    people: dict[str, str] = {}
    topics: dict[str, str] = {}
    for row in database.rows("profilecachev8"):
        if isinstance(row, Row):
            _learn_person(row.cells, people)
            yield fact(row, "profile", "unknown")
        else:
            yield row
    for table in ("conversationsv13", "conversationsv14"):
        for row in database.rows(table):
            if isinstance(row, Row):
                _learn_topic(row.cells, topics)
                yield fact(row, "conversation")
            else:
                yield row
    for row in database.rows("messagesv12"):
        yield from _message(row, people, topics, choice) if isinstance(row, Row) else (row,)


def _object(value: Any) -> dict[str, Any]:
    try:
        found = _ANY.decode(value)
    except (*_FAULTS, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _learn_person(cells: Cells, people: dict[str, str]) -> None:
    held = _object(cells.get("nsp_data"))
    profile = held.get("fetchedUserProfile")
    both = {**(profile if isinstance(profile, dict) else {}), **held}
    identity, name = held.get("mri"), next((both[key] for key in _NAMES if isinstance(both.get(key), str) and both[key]), None)
    if isinstance(identity, str) and name is not None:
        people[identity] = name


def _learn_topic(cells: Cells, topics: dict[str, str]) -> None:
    held = _object(cells.get("nsp_data"))
    conversation = held.get("conv")
    inner = conversation if isinstance(conversation, dict) else held
    properties = inner.get("_threadProps") or inner.get("threadProperties")
    identity, topic = inner.get("id"), properties.get("topic") if isinstance(properties, dict) else None
    if isinstance(identity, str) and isinstance(topic, str) and topic:
        topics[identity] = topic


def _message(row: Row, people: dict[str, str], topics: dict[str, str], choice: Selection) -> Iterator[Record]:
    data = take_text(row.cells, "nsp_data")
    tokens = _tokens(data.text) if not data.lossy else None
    if tokens is None:
        message = Message(
            row.start,
            row.start + 1,
            "other",
            None,
            None,
            data.text,
            raw_b64=data.raw_b64,
            lossy=data.lossy,
            pointer=row.pointer,
            row=row.id,
        )
        yield Conversation()
        yield message
        yield Defect(row.start, row.start + 1, "not-one-object", DEFECTS["not-one-object"], overlay=True, pointer=row.pointer, row=row.id)
        return
    held = {name: _plain(token) for name, token in tokens.items()}
    place = held.get("conversationId")
    place = place if isinstance(place, str) else None
    topic = topics.get(place or "") or people.get(place or "")
    time = moment(held.get("createdTime"), UNIX, 1000)
    if not choice.has_names((place, topic)) or not choice.has_time(time):
        yield Noise(row.start, row.start + 1, "not-selected")
        return
    creator = held.get("creator")
    body = held.get("content") if isinstance(held.get("content"), str) else None
    words = None if body is None else shown(body)
    token = tokens["content"][1:-1] if body is not None else None
    messagetype = str(held.get("messagetype") or "")
    gone = '"deletetime"' in (data.text or "") and not body
    detail = {name: str(held[name]) if isinstance(held[name], str) else token for name, token in tokens.items() if name not in _PLACED}
    if words is not None and words.call:
        detail["action"] = f"call-{words.call}"
    detail.update({name: str(value) for name, value in row.cells.items()})
    yield Conversation(topic or place, place, None if place is None else "group" if place.startswith("19:") else "direct")
    yield Message(
        row.start,
        row.start + 1,
        "deleted" if gone else kind_of(messagetype),
        sender(people.get(creator, creator), creator) if isinstance(creator, str) and creator else None,
        time,
        None if words is None else words.text,
        None if words is None or words.text == token else token,
        edited=(words is not None and words.is_edited) or '"edittime"' in (data.text or ""),
        pointer=row.pointer,
        row=row.id,
        attachments=() if words is None else words.attachments,
        detail=detail,
    )
    if time is not None and time.utc is None:
        yield Defect(row.start, row.start + 1, "unreadable-time", DEFECTS["unreadable-time"], overlay=True, pointer=row.pointer, row=row.id)


def _tokens(text: str | None) -> dict[str, str] | None:
    """Return every value of the object as it stands in the row, or None where it is none."""
    try:
        return {name: bytes(token).decode() for name, token in _TOKENS.decode((text or "").encode()).items()}
    except _FAULTS:
        return None


def _plain(token: str) -> Any:
    try:
        return _ANY.decode(token.encode())
    except _FAULTS:
        return None
