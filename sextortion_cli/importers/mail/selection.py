"""Which mails of a mailbox were chosen: by day, and by a person, a subject or a conversation."""

from __future__ import annotations

from sextortion_cli.importers.mail import dates, encoded
from sextortion_cli.importers.mail.addresses import mailboxes
from sextortion_cli.importers.mail.headers import Block
from sextortion_cli.importers.mail.records import conversation_of
from sextortion_cli.model.reading import ReadOptions

_PEOPLE = ("from", "to", "cc", "bcc", "reply-to")


def is_chosen(headers: Block, options: ReadOptions) -> bool:
    """Say whether a mail is in the span and of the conversations that were chosen; a mail without a date is in no span."""
    date = headers.first("date") if options.since or options.until else None
    day = (dates.time_of(date.line).local or "")[:10] if date is not None else ""
    if (options.since or options.until) and not (options.since or "") <= day <= (options.until or "9999-12-31"):
        return False
    if (options.since or options.until) and not day:
        return False
    return not options.thread or bool({name.casefold() for name in options.thread} & _names(headers))


def _names(headers: Block) -> set[str]:
    """Return by what a mail can be chosen: addresses, names, the subject, the number of its conversation, its labels."""
    boxes = [box for key in _PEOPLE for field in headers.all(key)[:20] for box in mailboxes(field.line)]
    opened = conversation_of(headers)
    labels = headers.first("x-gmail-labels")
    found = {box.key for box in boxes} | {box.name.casefold() for box in boxes}
    found |= {(opened.name or "").casefold(), (opened.id or "").casefold()}
    if labels is not None:
        found |= {label.strip().casefold() for label in encoded.decode(labels.line).text.split(",")}
    return found - {""}
