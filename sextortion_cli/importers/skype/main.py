"""``main.db`` of Skype up to version 7."""

from __future__ import annotations

from collections.abc import Iterator

from sextortion_cli.importers.rows.database import Database, Row
from sextortion_cli.importers.rows.faults import DEFECTS
from sextortion_cli.importers.rows.values import UNIX, WITHHELD, dated, details, fact, moment, sender, take_text, told, whole
from sextortion_cli.importers.skype.markup import Shown, shown
from sextortion_cli.importers.skype.words import CONVERSATIONS, DATES, SECRETS, TYPES
from sextortion_cli.model.reading import Conversation, Defect, Fact, Message, MessageKind, Noise, Record
from sextortion_cli.model.selection import Selection

_NOWHERE = Conversation()
_PLACED = frozenset(["id", "timestamp", "author", "from_dispname", "convo_id", "is_permanent"])
_PEOPLE = (("Participants", "participant", "identity"), ("CallMembers", "call-member", "identity"))
_FACTS = (("Calls", "call"), ("Transfers", "file-transfer"))
_SIGNED = "auth_key="


def records(database: Database, choice: Selection) -> Iterator[Record]:
    """Yield accounts, contacts, conversations, participants, messages, calls and transfers."""
    owners: set[str] = set()
    conversations: dict[int, tuple[Conversation, tuple[str, ...]]] = {}
    for row in database.rows("Accounts"):
        if isinstance(row, Row):
            owners.update(told(row.cells[name]) for name in ("skypename", "signin_name") if row.cells.get(name))
            yield _told(row, "account", owner=True)
        else:
            yield row
    for row in database.rows("Contacts"):
        yield _told(row, "contact", owner=False) if isinstance(row, Row) else row
    for row in database.rows("Conversations"):
        if isinstance(row, Row):
            conversations[row.id] = _conversation(row)
            yield _told(row, "conversation")
        else:
            yield row
    for row in database.rows("Messages"):
        yield from _message(row, conversations, choice) if isinstance(row, Row) else (row,)
    for table, kind, name in _PEOPLE:
        for row in database.rows(table):
            yield _told(row, kind, owner=told(row.cells.get(name) or "") in owners) if isinstance(row, Row) else row
    for table, kind in _FACTS:
        for row in database.rows(table):
            yield _told(row, kind) if isinstance(row, Row) else row


def _told(row: Row, kind: str, *, owner: bool | None = None) -> Fact:
    """Return the fact of a row; links that open something without a password lose what opens it."""
    found = fact(row, kind, "unknown" if owner is None else "account-owner" if owner else "contact", ("id", "is_permanent"))
    values = _safe(found.values)
    found.values.update(dated(values, {name: moment(row.cells[name], UNIX) for name in DATES & values.keys()}))
    return found


def _safe(values: dict[str, str]) -> dict[str, str]:
    for name, value in values.items():
        if name in SECRETS:
            values[name] = WITHHELD
        elif _SIGNED in value:
            values[name] = value.partition("?")[0] + "?" + WITHHELD
    return values


def _conversation(row: Row) -> tuple[Conversation, tuple[str, ...]]:
    cells = row.cells
    names = tuple(told(cells[name]) for name in ("displayname", "meta_topic", "given_displayname", "identity") if cells.get(name))
    kind = whole(cells.get("type"))
    identity = told(cells["identity"]) if cells.get("identity") else None
    named = None if kind is None else CONVERSATIONS.get(kind, str(kind))
    return Conversation(next(iter(names), None), identity, named, row.pointer), names


def _message(row: Row, conversations: dict[int, tuple[Conversation, tuple[str, ...]]], choice: Selection) -> Iterator[Record]:
    cells = row.cells
    where, names = conversations.get(whole(cells.get("convo_id")) or 0, (_NOWHERE, ()))
    if where is _NOWHERE and cells.get("chatname"):
        names = (told(cells["chatname"]),)
        where = Conversation(None, names[0])
    time = moment(cells.get("timestamp"), UNIX)
    if not choice.has_names(names) or not choice.has_time(time):
        yield Noise(row.start, row.start + 1, "not-selected")
        return
    body = take_text(cells, "body_xml")
    words = shown(body.text) if body.text is not None and not body.lossy else Shown(body.text or "")
    kind, action = _kind(row, words)
    detail = _safe(details(cells, _PLACED))
    detail = dated(detail, {"edited_timestamp": moment(cells.get("edited_timestamp"), UNIX)})
    if action:
        detail["action"] = action
    author = told(cells["author"]) if cells.get("author") else None
    yield where
    yield Message(
        row.start,
        row.start + 1,
        kind,
        None if author is None else sender(told(cells.get("from_dispname") or author), author),
        time,
        None if body.text is None else words.text,
        None if words.text == (body.text or "") else body.text,
        body.raw_b64,
        lossy=body.lossy,
        edited=kind != "deleted" and (words.is_edited or bool(cells.get("edited_timestamp"))),
        pointer=row.pointer,
        row=row.id,
        attachments=words.attachments,
        detail=detail,
    )
    for code in ("invalid-unicode",) * body.lossy + ("unreadable-time",) * (time is not None and time.utc is None):
        yield Defect(row.start, row.start + 1, code, DEFECTS[code], overlay=True, pointer=row.pointer, row=row.id)


def _kind(row: Row, words: Shown) -> tuple[MessageKind, str]:
    cells = row.cells
    kind, action = TYPES.get(whole(cells.get("type")) or 0, ("other", ""))
    if kind in ("text", "media") and not words.text and cells.get("edited_timestamp"):
        return "deleted", "removed"
    return kind, f"call-{words.call}" if words.call else action
