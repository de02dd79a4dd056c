"""What was read, looked up: messages in the order of their files, everything in time, full text, what could not be read."""

from __future__ import annotations

import base64
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from sextortion_cli import exportfacts
from sextortion_cli.model.reading import Conversation, Message
from sextortion_cli.store.book import Book
from sextortion_cli.store.case import Case
from sextortion_cli.store.indexed import Index, Place
from sextortion_cli.store.log import lines
from sextortion_cli.store.reindex import index_of
from sextortion_cli.words import N_

_IDENTITY = ("stable_id", "handle", "display_name", "phone", "email")


@dataclass(frozen=True)
class MessageFilter:
    """Which messages are wanted; None means all."""

    exhibit: str | None = None
    sender: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None

    def wants(self, message: dict[str, Any]) -> bool:
        """Tell whether a message is wanted."""
        time = message["time"] or {}
        day = (time.get("utc") or time.get("local") or "")[:10]
        sender = message["sender"] or {}
        return (
            (self.exhibit is None or message["exhibit"] == self.exhibit)
            and (self.kind is None or message["kind"] == self.kind)
            and (self.sender is None or self.sender in (sender.get("name"), sender.get("raw"), sender.get("id")))
            and (self.since is None or (bool(day) and day >= self.since))
            and (self.until is None or (bool(day) and day <= self.until))
        )


class Shaper:
    """Turns stored messages into the shape of `cli.md`, with what the case knows beside what the file says."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sides: dict[tuple[str, str], str] = {}
        self._attachments: dict[str, dict[str, str]] = {}
        self._cache: dict[tuple[str | None, str, str | None], str | None] = {}
        for record in book.current("contact"):
            data = record["data"]
            for field in _IDENTITY:
                if data.get(field):
                    self._sides[(service_key(data.get("service")), str(data[field]).casefold().lstrip("@"))] = data["side"]

    def side(self, service: str | None, name: str, identity: str | None) -> str | None:
        """Return whose side a sender is on, if a contact of the case says so; never guessed."""
        key = (service, name, identity)
        if key not in self._cache:
            self._cache[key] = next(
                (
                    self._sides[(known, value.casefold().lstrip("@"))]
                    for value in (identity, name)
                    if value
                    for known in (service_key(service), "")
                    if (known, value.casefold().lstrip("@")) in self._sides
                ),
                None,
            )
        return self._cache[key]

    def shape(self, place: Place) -> dict[str, Any]:
        """Return one message."""
        message, exhibit = place.message, self._book.exhibits[place.exhibit]
        sender, time = message.sender, message.time
        return {
            "exhibit": exhibit.id,
            "service": place.service,
            "conversation": _conversation(place.conversation),
            "sender": None
            if sender is None
            else {
                "name": sender.name,
                "raw": sender.raw or sender.name,
                "id": sender.id,
                "side": self.side(place.service, sender.name, sender.id),
            },
            "time": None
            if time is None
            else {
                "as_written": time.as_written,
                "local": time.local,
                "basis": time.basis,
                "utc": time.utc,
                "precision": time.precision,
                "candidates": list(time.candidates),
            },
            "kind": message.kind,
            "edited": message.edited,
            "text": message.text,
            "raw": raw_of(message, place.raw_form),
            "raw_b64": message.raw_b64,
            "lossy": message.lossy,
            "attachments": [
                {**msgspec.structs.asdict(item), "exhibit": self._attached(exhibit.id, item.name)} for item in message.attachments
            ],
            "reactions": [msgspec.structs.asdict(reaction) for reaction in message.reactions],
            "detail": message.detail,
            "locator": {
                "sha256": exhibit.sha256,
                "member": (exhibit.data.get("member") and exhibit.name) or None,
                **_stretch(message.start, message.end, rows=message.row is not None),
                "line": message.line,
                "pointer": message.pointer,
                "row": message.row,
            },
        }

    def _attached(self, exhibit: str, name: str | None) -> str | None:
        """Return the exhibit that holds a named attachment: a member of the same archive, or the file at that place."""
        if name is None:
            return None
        if exhibit not in self._attachments:
            self._attachments[exhibit] = self._neighbours(exhibit)
        around = self._attachments[exhibit]
        return around.get(name) or around.get(posixpath.basename(name))

    def _neighbours(self, exhibit: str) -> dict[str, str]:
        book, origin = self._book, self._book.exhibits[exhibit]
        found: dict[str, str] = {}
        if origin.parent is not None:
            base = posixpath.dirname(origin.name)
            pairs = [(item.name, item.id) for item in book.exhibits.values() if item.parent == origin.parent]
            pairs += [
                (record["data"]["name"], record["subject"]["exhibit"])
                for record in book.duplicates
                if record["data"].get("parent") == origin.parent
            ]
        else:
            base = _folder(origin.data)
            pairs = [(_place(item.data), item.id) for item in book.exhibits.values() if item.data.get("path")]
            pairs += [(_place(record["data"]), record["subject"]["exhibit"]) for record in book.duplicates if record["data"].get("path")]
        held = [(item.name, item.id) for item in book.exhibits.values() if item.parent == exhibit]
        held += [
            (record["data"]["name"], record["subject"]["exhibit"]) for record in book.duplicates if record["data"].get("parent") == exhibit
        ]
        for name, identity in held:  # the parts of a mail
            found.setdefault(name, identity)
        for name, identity in pairs:
            if base == "" or name.startswith(base + "/"):
                relative = name[len(base) :].lstrip("/")
                found.setdefault(relative, identity)
                found.setdefault(posixpath.basename(relative), identity)
        return found


def service_key(service: str | None) -> str:
    """Return a service's name in the form it is compared in."""
    return (service or "").casefold().strip()


def _place(data: dict[str, Any]) -> str:
    return base64.b64decode(data["path"]["b64"]).decode("utf-8", "replace")


def _folder(data: dict[str, Any]) -> str:
    return posixpath.dirname(_place(data)) if data.get("path") else "\x00"


def _conversation(conversation: Conversation | None) -> dict[str, Any] | None:
    return None if conversation is None else {"name": conversation.name, "id": conversation.id, "type": conversation.type}


def raw_of(message: Message, raw_form: str) -> str | None:
    """Return the stretch a message's text was read from, exactly as in the file; None when only bytes can show it."""
    if message.raw is not None or message.raw_b64 is not None or message.text is None:
        return message.raw
    if raw_form == "mail":  # encoded, long or in several places: the facts about the parts say where it stands
        return None
    return f'"{message.text}"' if raw_form == "json" else message.text


@contextmanager
def _shaped(case: Case) -> Iterator[tuple[Index, Shaper]]:
    with index_of(case) as index:
        yield index, Shaper(case.book)


def messages(case: Case, wanted: MessageFilter) -> Iterator[dict[str, Any]]:
    """Yield every message of the case in the order of its file."""
    with _shaped(case) as (index, shaper):
        for place in index.all():
            if case.book.is_shown(place.exhibit) and (wanted.exhibit in (None, place.exhibit)):
                message = shaper.shape(place)
                if wanted.wants(message):
                    yield message


def search(case: Case, words: str) -> Iterator[dict[str, Any]]:
    """
    Yield the messages, the statements and the facts of exports that hold all words.

    Facts stand in no index: they are looked through one by one, last, which takes half a second for a million messages beside them.
    """
    with _shaped(case) as (index, shaper):
        for number in index.search(words):
            place = index.place(number)
            if case.book.is_shown(place.exhibit):
                yield {"what": "message", **shaper.shape(place)}
    asked = [word.casefold().rstrip("*") for word in words.replace('"', " ").split()]
    for kind in case.book.statements:
        for record in case.book.current(kind):
            text = " ".join(str(value) for value in record["data"].values() if isinstance(value, str))
            if asked and all(word in text.casefold() for word in asked):
                yield {"what": kind, **record["subject"], **record["data"]}
    for fact in exportfacts.facts(case, exportfacts.FactFilter()) if asked else ():
        text = "\n".join(fact["values"].values()).casefold()
        if all(word in text for word in asked):
            yield {"what": "fact", **fact}


def timeline(case: Case) -> Iterator[dict[str, Any]]:
    """
    Yield messages and events in the order of time; what has no time comes last.

    Sorted by UTC where it is known; a local time without a zone is placed as if it were UTC, and its basis says so.
    """
    events = sorted(_happened(case), key=lambda item: item[0])
    position = 0
    with _shaped(case) as (index, shaper):
        for number, at in index.in_time():
            while position < len(events) and at is not None and events[position][0] <= at:
                yield events[position][1]
                position += 1
            if at is None:
                break
            place = index.place(number)
            if case.book.is_shown(place.exhibit):
                yield {"what": "message", **shaper.shape(place)}
        yield from (entry for _, entry in events[position:])
        for number, at in index.in_time():
            if at is None:
                place = index.place(number)
                if case.book.is_shown(place.exhibit):
                    yield {"what": "message", **shaper.shape(place)}
    for record in case.book.current("event"):
        if _seconds(record["data"].get("when")) is None:
            yield {"what": "event", **record["subject"], **record["data"], "time": record["data"].get("when")}


def _happened(case: Case) -> Iterator[tuple[int, dict[str, Any]]]:
    for record in case.book.current("event"):
        at = _seconds(record["data"].get("when"))
        if at is not None:
            yield at, {"what": "event", **record["subject"], **record["data"], "time": record["data"]["when"]}


def _seconds(when: dict[str, Any] | None) -> int | None:
    from datetime import UTC, datetime

    text = None if when is None else when.get("utc") or (when.get("candidates") or [None])[0] or when.get("local")
    if text is None:
        return None
    return int(datetime.fromisoformat(str(text).rstrip("Z")[:19]).replace(tzinfo=UTC).timestamp())


def _stretch(start: int, end: int, *, rows: bool) -> dict[str, list[int] | None]:
    """Return where a record stands: among the bytes of a file, or among the rows of a database."""
    return {"bytes": None if rows else [start, end], "rows": [start, end] if rows else None}


def defects(case: Case) -> Iterator[dict[str, Any]]:
    """Yield everything that could not be read: defects of readings, files nobody reads, sources that were not taken."""
    from sextortion_cli.items import REFUSED, is_unread, list_items

    with index_of(case) as index:
        for exhibit, defect in index.defects():
            if case.book.is_shown(exhibit):
                holder = case.book.exhibits[exhibit]
                rows = any((record["data"].get("units") or {}).get("unit") == "rows" for record in holder.reads)
                place = {"sha256": holder.sha256, **_stretch(defect.start, defect.end, rows=rows)}
                locator = {**place, "line": defect.line, "pointer": defect.pointer, "row": defect.row}
                yield {"exhibit": exhibit, "code": defect.code, "what": defect.what, "locator": locator}
    for item in list_items(case.book):
        if is_unread(item) and not (item["units"] or {}).get("defects"):
            yield {"exhibit": item["exhibit"], "code": item["reason"] or item["status"], "what": _WHOLE, "locator": None}
    for record in case.book.skipped:
        if record["data"]["reason"] in REFUSED or not case.book.is_shown(str(record["data"].get("parent"))):
            continue  # it was read once and is not taken again, or is a member of what is not shown
        yield {"exhibit": None, "code": record["data"]["reason"], "what": _SKIPPED, "name": record["data"]["name"], "locator": None}


_WHOLE = N_("The file is sealed in the case; nothing in it was read.")
_SKIPPED = N_("This was found but is not a file that can be taken; it was left where it is.")


def metadata(case: Case, exhibit: str | None) -> Iterator[dict[str, Any]]:
    """Yield what files say of themselves, each value with the reader that said so."""
    from sextortion_cli.model.logline import peek

    latest: dict[str, list[dict[str, Any]]] = {}
    for line in lines(Path(case.path) / "log.jsonl"):
        if b'"type":"read"' in line and line.endswith(b"\n"):
            record = peek(line[:-1])
            if record["type"] == "read" and exhibit in (None, record["subject"]["exhibit"]):
                latest[record["subject"]["exhibit"]] = with_media(record["data"])
    for identity, facts in latest.items():
        if not (case.book.is_shown(identity) if exhibit is None else not case.book.exhibits[identity].hidden):
            continue
        for fact in facts:
            yield {"exhibit": identity, **fact}


def with_media(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the facts of one object with its media type, by content and as the name claims, in front."""
    media = data["media"]
    found = [{"name": "media-type", "value": media["media_type"], "reader": media.get("engine"), "note": None}]
    if media.get("claimed"):
        note = None if media.get("agrees") else N_("the name claims another type than the content")
        found.append({"name": "claimed-media-type", "value": media["claimed"], "reader": "file name", "note": note})
    return found + [{"note": None, **fact} for fact in data["facts"]]
