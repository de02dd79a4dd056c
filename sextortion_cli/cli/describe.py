"""Human lines for what lists hold. Everything from evidence passes the terminal gate when it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextortion_cli.gates.terminal import unlinked
from sextortion_cli.model.sendless import sendless
from sextortion_cli.words import N_, current_language, ngettext
from sextortion_cli.words import gettext as _

_NOT_READ = N_("not read")
_INTIMATE = N_("intimate")
_STATUS = {
    "read": N_("read"),
    "partial": N_("partly read"),
    "stored": N_("kept"),
    "ambiguous": N_("kept, could be read in two ways"),
    "by-reference": N_("not copied"),
    "duplicate": N_("already in the case"),
    "changed": N_("changed while it was read"),
    "skipped": N_("left out"),
    "failed": N_("could not be opened"),
    "sealed-apart": N_("kept apart, encrypted"),
    "purged": N_("our copy was destroyed"),
    "would-copy": N_("would be copied"),
    "would-stay-by-reference": N_("would stay where it is"),
}
_REASON = {
    "shows-maybe-minor": N_("someone is, or may be, under 18"),
    "shows-unknown": N_("not stated what it shows"),
    "adults-only-in-minor-case": N_("someone in this case is under 18"),
    "case-minor-yes": N_("someone in this case is under 18"),
    "case-minor-unknown": N_("not stated what it shows"),
    "asked-by-reference": N_("as you asked"),
    "shows-nothing-intimate": N_("stated: no nudity and no sex"),
    "shows-adults-only": N_("stated: adults only"),
    "loose-image-of-text": N_("stated: a picture of text"),
    "case-minor-no": N_("nobody in this case is under 18"),
    "no-importer": N_("no reader for it yet"),
    "stretch-of-a-mail": N_("text of a mail that stays where it is"),
    "importer-cannot-read": N_("that reader cannot read it"),
    "needs-extra-sevenzip": N_("a part that opens 7z archives is not installed"),
    "saved-page": N_("a saved page: what it says of itself is read"),
    "members-are-exhibits": N_("what is in it has numbers of its own"),
    "chosen-conversations": N_("only the conversations you chose are copied"),
    "companion-of-database": N_("belongs to a database and is read with it"),
    "labelled-minor": N_("someone is, or may be, under 18"),
    "sealed-apart": N_("kept apart, encrypted"),
    "purged": N_("our copy was destroyed"),
    "holds-sealed-apart": N_("it holds something that is not shown"),
    "held-purged": N_("removed with something it held"),
    "symbolic-link": N_("a link"),
    "fifo": N_("a pipe"),
    "missing": N_("not there"),
    "unreadable": N_("may not be read"),
}


def item_lines(item: Mapping[str, Any]) -> list[str]:
    """Return the lines of one exhibit."""
    units = item["units"]
    count = units["messages"] if units else 0
    word = ngettext("message", "messages", count)
    messages = f"  {count} {word}" if units else ""
    defects = f", {units['defects']} {_(_NOT_READ)}" if units and units["defects"] else ""
    status = _(_STATUS.get(item["status"], item["status"]))
    why = _reason(item["reason"]) if item["reason"] else status
    reason = f" ({why})" if why != status else ""
    reason += f" [{_(_INTIMATE)}]" if item["label"] == "intimate" else ""
    read_as = f"  {item['importer']}" if item["importer"] else ""
    lines = [f"{item['exhibit'] or '-':6} {status}{reason}  {item['name']}{read_as}{messages}{defects}"]
    return lines + [f"       {_(gap['what'])} ({gap['count']})" for gap in item["completeness"] if gap["code"] in _SHOWN_GAPS]


def _reason(code: str) -> str:
    code = code.partition(":")[0] if code.partition(":")[0] in _REASON else code  # what a row of the gate was asked about
    head, same, exhibit = code.partition("same-bytes-as ")
    return _("the same as {exhibit}").format(exhibit=exhibit) if same and not head else _(_REASON.get(code, code))


_SHOWN_GAPS = frozenset(
    {
        "zone-unknown",
        "date-order-ambiguous",
        "attachments-missing",
        "near-export-limit",
        "no-peer-address",
        "not-chosen",
        "nothing-chosen",
        "only-weak-candidates",
        "side-unknown",
        "no-year",
        "wal-missing",
        "messages-deleted",
        "recently-deleted",
    }
)


def time_text(time: Mapping[str, Any] | None) -> str:
    """Return a time for people: as written, and UTC where it is known."""
    if time is None:
        return _("no time")
    utc = time.get("utc")
    return f"{time['as_written']} = {utc}" if utc and utc != time["as_written"] else str(time["as_written"])


def message_lines(message: Mapping[str, Any]) -> list[str]:
    """Return the lines of one message."""
    sender = message["sender"]
    name = _(sendless(message["kind"])) if sender is None else sender["name"] or sender["id"] or "?"
    kind = "" if message["kind"] == "text" else f" [{message['kind']}]"
    lines = [f"{message['exhibit']}  {time_text(message['time'])}  {name}{kind}:"]
    lines += [f"    | {line}" for line in unlinked(message["text"] or "").split("\n") if message["text"]]
    for item in message["attachments"]:
        lines.append(f"    + {item['name'] or item['note'] or '?'}" + (f" = {item['exhibit']}" if item["exhibit"] else ""))
    return lines


def event_lines(event: Mapping[str, Any]) -> list[str]:
    """Return the lines of one event: in the words of the screen, with the kind as commands name it."""
    from sextortion_cli.model.eventwords import EVENT

    kind = str(event["kind"])
    word = kind if current_language() == "en" else f"{_(EVENT.get(kind, kind))} ({kind})"
    money = " ".join(str(event[key]) for key in ("amount", "currency") if event.get(key))
    until = _("until {time}").format(time=time_text(event["deadline"])) if event.get("deadline") else ""
    known = [event.get("service"), event.get("contact"), money, event.get("method"), event.get("destination"), until]
    known += [event.get("reference"), event.get("exhibit"), event.get("text")]
    shown = ", ".join(unlinked(str(part)) for part in known if part)
    return [f"{event['event_id']}  {time_text(event.get('when'))}  {word}  {shown}"]


def entry_lines(entry: Mapping[str, Any]) -> list[str]:
    """Return the lines of one entry of a timeline or a search."""
    if entry["what"] == "message":
        return message_lines(entry)
    if entry["what"] == "event":
        return event_lines(entry)
    if entry["what"] == "fact":
        from sextortion_cli.cli.factlines import fact_lines

        return fact_lines(entry)
    values = [str(value) for value in entry.values() if isinstance(value, str)]
    return ["  ".join(values)]


_UNKNOWN = N_("not counted")


def conversation_lines(item: Mapping[str, Any]) -> list[str]:
    """Return the lines of one conversation; contents of messages are never shown."""
    count = item["messages"]
    messages = _(_UNKNOWN) if count is None else f"{count} {ngettext('message', 'messages', count)}"
    days = " - ".join(dict.fromkeys(filter(None, (item["first"], item["last"]))))
    size = f"{max(1, item['size'] // 1024)} KiB"
    return [item["name"], "    " + "  ".join(filter(None, (item["service"], messages, days, size, item["folder"])))]
