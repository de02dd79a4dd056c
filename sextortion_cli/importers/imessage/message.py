"""One row of ``message`` as a record."""

from __future__ import annotations

import json
from typing import Any

from sextortion_cli.importers.imessage.body import body_of
from sextortion_cli.importers.imessage.edits import Summary, summary_of
from sextortion_cli.importers.imessage.words import ACTIONS, DATES, REACTIONS, STICKER, TAKEN_BACK
from sextortion_cli.importers.rows.database import BadText, Cells, Row
from sextortion_cli.importers.rows.values import APPLE, Text, dated, decoded, details, moment, take_text, told, whole
from sextortion_cli.model.reading import Attachment, Message, MessageKind, Sender, Time

_NANOSECONDS = 10**11
_SLOT = "\ufffc"
_LINK = "URLBalloonProvider"
_EXPLAINED = frozenset(["associated_message_type", "item_type"])
_PLACED = frozenset(["ROWID", "date", "handle_id", "cache_has_attachments"])


def apple_time(value: Any) -> Time | None:
    """Return a moment counted since 2001 in UTC: in seconds until 2017, in nanoseconds since."""
    number = whole(value)
    nanoseconds = number is not None and abs(number) > _NANOSECONDS
    return moment(value, APPLE, 10**9 if nanoseconds else 1)


class Built:
    """A message on its way: the record, and the codes of its defects."""

    __slots__ = ("message", "problems")

    def __init__(self, message: Message, problems: list[str]) -> None:
        self.message = message
        self.problems = problems


def build(row: Row, who: Sender | None, attachments: tuple[Attachment, ...], more: dict[str, str]) -> Built:
    """
    Return the record of a row.

    Args:
        row: Its cells are used up.
        who: Who sent it.
        attachments: Files that go with it.
        more: Details from other tables.
    """
    cells, problems = row.cells, list[str]()
    time = apple_time(cells.get("date"))
    if time is not None and time.utc is None:
        problems.append("unreadable-time")
    text = take_text(cells, "text")
    body = _body(cells, problems)
    if text.lossy or body.lossy:
        problems.append("invalid-unicode")
    summary = _summary(cells, problems)
    kind = _kind(cells, text.text or body.text, summary, attachments)
    detail = details(cells, _PLACED)
    if counted := cells.keys() & DATES:
        detail.update(dated({name: detail[name] for name in counted}, {name: apple_time(cells[name]) for name in counted}))
    detail.update(more)
    _explain(cells, summary, detail)
    if text.text is None:
        text = body
    elif body.text is not None and body.text != text.text:
        detail["attributedBody"] = body.text
    message = Message(
        row.start,
        row.start + 1,
        kind,
        who,
        time,
        text.text,
        raw_b64=text.raw_b64,
        lossy=text.lossy,
        edited=summary is not None and bool(summary.texts),
        pointer=row.pointer,
        row=row.id,
        attachments=attachments,
        detail=detail,
    )
    return Built(message, problems)


def _body(cells: Cells, problems: list[str]) -> Text:
    archive = cells.get("attributedBody")
    if not isinstance(archive, bytes):
        return Text()
    found = body_of(archive)
    if found is None:
        problems.append("body-unreadable")
        return Text()
    del cells["attributedBody"]
    if found.is_cut:
        problems.append("body-cut")
    return decoded(found.data)


def _summary(cells: Cells, problems: list[str]) -> Summary | None:
    data = cells.get("message_summary_info")
    if not isinstance(data, bytes) or isinstance(data, BadText):
        return None
    found = summary_of(data)
    if found is None:
        problems.append("edits-unreadable")
    else:
        del cells["message_summary_info"]
    return found


def _kind(cells: Cells, text: str | None, summary: Summary | None, attachments: tuple[Attachment, ...]) -> MessageKind:
    joined = whole(cells.get("associated_message_type")) or 0
    if joined in REACTIONS or joined - TAKEN_BACK in REACTIONS:
        return "reaction"
    if cells.get("item_type"):
        return "service"
    said = (text or "").strip(_SLOT + " \n")
    if not said and ((summary is not None and summary.retracted) or cells.get("date_retracted")):
        return "deleted"
    if not said and (attachments or cells.get("cache_has_attachments") or joined == STICKER):
        return "media"
    if not said or (cells.get("balloon_bundle_id") and _LINK not in told(cells["balloon_bundle_id"])):
        return "other"
    return "text"


def _explain(cells: Cells, summary: Summary | None, detail: dict[str, str]) -> None:
    """Say in words what numbers and summaries mean, beside them."""
    if summary is None and cells.keys().isdisjoint(_EXPLAINED):
        return
    joined = whole(cells.get("associated_message_type")) or 0
    if joined in REACTIONS:
        detail["reaction"] = REACTIONS[joined]
    elif joined - TAKEN_BACK in REACTIONS:
        detail["reaction"] = f"{REACTIONS[joined - TAKEN_BACK]} (taken back)"
    item = whole(cells.get("item_type")) or 0
    action = ACTIONS.get((item, 0 if item == 2 else whole(cells.get("group_action_type")) or 0))
    if action is not None:
        detail["action"] = action
    if summary is not None and summary.texts:
        kept = [{"part": part, "time": when, "text": text} for part, when, text in summary.texts]
        detail["edits"] = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    if summary is not None and summary.retracted:
        detail["retracted_parts"] = ",".join(summary.retracted)
