"""Human lines for suggestions, pressure and signs; quotes are short, and pass the terminal gate when they are printed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sextortion_cli.cli.describe import time_text
from sextortion_cli.cli.ui import Ui
from sextortion_cli.gates.terminal import unlinked
from sextortion_cli.model.spanwords import length
from sextortion_cli.model.suggestionwords import CASE_KIND, MATERIAL, RECIPIENT, SUGGESTION, WANTS
from sextortion_cli.words import gettext as _

LONGEST = 160


def excerpt(text: str | None) -> str:
    """Return the beginning of a quote, on one line, with links that nothing opens."""
    plain = " ".join(unlinked(text or "").split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def suggestion_lines(entry: Mapping[str, Any]) -> list[str]:
    """Return the lines of one suggestion."""
    sender = entry["sender"] or {}
    state = _("confirmed: {event}").format(event=entry["confirmed"]) if entry["confirmed"] else _("put aside") if entry["dismissed"] else ""
    head = [entry["suggestion"], _(SUGGESTION[entry["kind"]]), *_named(entry)]
    return [
        "  ".join(filter(None, head)) + (f"  [{state}]" if state else ""),
        f"    {entry['exhibit']}  {time_text(entry['time'])}  {sender.get('name') or sender.get('id') or '?'}",
        f"    | {excerpt(entry['quoted'])}",
    ]


def _named(entry: Mapping[str, Any]) -> Iterator[str]:
    if entry["amount_as_written"]:
        yield str(entry["amount_as_written"])
    if (wants := entry["wants"]) in ("material", "act"):
        yield _(WANTS[wants])
    if entry["method"]:
        yield str(entry["method"])
    if entry["deadline"]:
        yield _("until: {words}").format(words=entry["deadline"]["as_written"])
    if entry["recipients"]:
        yield _("to: {names}").format(names=words_of(entry["recipients"], RECIPIENT))
    if entry["material"]:
        yield words_of(entry["material"], MATERIAL)


def words_of(codes: Iterable[str], known: Mapping[str, str]) -> str:
    """Return codes in the words of the screen; a place stays as it is called."""
    return ", ".join(_(known[code]) if code in known else code for code in codes)


def said_incomplete(ui: Ui, exhibits: Collection[str]) -> None:
    """Say which exhibits could not be looked through to their end."""
    if exhibits:
        ui.say(_("Not all messages of these exhibits could be looked through: {names}").format(names=", ".join(sorted(exhibits))))


def pressure_lines(found: Mapping[str, Any]) -> list[str]:
    """Return the lines of what was counted."""
    lines = [_("Messages from accounts stated to be used by the extorter: {count}").format(count=found["messages"])]
    for span in found["spans"]:
        clock = "UTC" if span["clock"] == "utc" else _("the files' own clock")
        peak, silence = span["peak_hour"], span["longest_silence"]
        lines.append(_("Most in one hour: {count}, from {hour} ({clock})").format(count=peak["count"], hour=peak["from"], clock=clock))
        lines.append(
            _("Longest silence: {span}, {begin} to {end}").format(
                span=length(silence["seconds"], _), begin=silence["from"], end=silence["to"]
            )
        )
    lines.append(_("Calls: {count}").format(count=found["calls"]["count"]))
    lines.append(_("Deadlines in messages: {count}").format(count=found["deadlines"]["count"]))
    for item in found["deadlines"]["listed"]:
        left = (
            ""
            if item["left_seconds"] is None
            else "  " + _("left when it was written: {span}").format(span=length(item["left_seconds"], _))
        )
        lines.append(f"    {item['exhibit']}  {time_text(item['time'])}  {excerpt(item['as_written'])}{left}")
    lines.append(_("New contact after a block or break: {count}").format(count=found["recontacts"]["count"]))
    for item in found["recontacts"]["listed"]:
        sender = item["sender"]["name"] or item["sender"]["id"] or "?"
        new = "  " + _("an account not seen before") if item["new_account"] else ""
        lines.append(f"    {item['exhibit']}  {time_text(item['time'])}  {sender}  {_('messages')}: {item['messages']}{new}")
    return lines


def sign_lines(found: Mapping[str, Any]) -> list[str]:
    """Return the lines of the signs of a kind of case."""
    if not found["signs"]:
        return [_("No signs were found. That says nothing about whether it happened.")]
    lines = [_(sentence) for sentence in found["bluff"]["sentences"]]
    kind = None
    for entry in found["signs"]:
        if entry["kind"] != kind:
            kind = entry["kind"]
            lines.append(_("Signs of {kind}:").format(kind=_(CASE_KIND[kind])))
        lines.append(f"  - {_(entry['what'])} ({entry['count']})")
        for place in entry["places"][:3]:
            seen = "  ".join(filter(None, (place["exhibit"], place["event"])))
            lines.append(f"    {seen}" + (f"  | {excerpt(place['quoted'])}" if place["quoted"] else ""))
    if found["bluff"]["signs"] and not found["bluff"]["holds"]:
        lines += [_("This may be a bluff, but that cannot be said here:"), *(f"  - {_(text)}" for text in found["bluff"]["against"])]
    lines.append(_("A sign is no proof. The police decide what it is."))
    return lines
