"""
What kind of evidence an exhibit is, and what that kind shows and does not.

The kind follows from what the file is and from who made it, never from what it says. `status` is the word on every line of a report;
`SHOWS` and `SHOWS_NOT` are the sentences under each exhibit. What a kind of export leaves out stands in `importers/` (`limits`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextortion_cli.words import N_

_DATABASES = ("android-sms-db", "imessage-db", "kik-db", "skype-db")
_BY_PROGRAMS = (
    "discord-csv", "discord-html", "discord-json", "discord-txt", "imessage-exporter-html", "imessage-exporter-txt", "matrix-json",
    "signal-export-jsonl", "signal-export-md", "signalbackup-txt", "sigtop-json", "sigtop-text", "sms-backup-xml",
)  # fmt: skip
_NATURE: Mapping[str, str] = {
    **dict.fromkeys(_DATABASES, "database"),
    **dict.fromkeys(_BY_PROGRAMS, "program-export"),
    "browser-history": "history",
    "firewall-log": "log",
    "mail-eml": "mail",
    "mail-mbox": "mail",
    "mail-msg": "mail",
    "pasted-text": "pasted",
    "pcap": "capture",
    "table": "table",
}
_STATUS: Mapping[str, str] = {
    "export": "provider-export",
    "program-export": "program-export",
    "pasted": "statement",
    "screenshot": "screenshot",
}
_SCREENS = ("conversation", "profile", "payment")


def nature(item: Mapping[str, Any]) -> str:
    """Return the kind of evidence of one exhibit, as `items` lists it: a key of `SHOWS`."""
    if item["importer"] is not None:
        return _NATURE.get(item["importer"], "export")
    if item["status"] == "by-reference":
        return "by-reference"
    media = str(item["media_type"] or "")
    family = media.partition("/")[0]
    if family == "image":
        return "screenshot" if item["kind"] in _SCREENS else "picture"
    if family in ("video", "audio"):
        return "recording"
    if item["reason"] == "members-are-exhibits":
        return "container"
    return "page" if media in _PAGES else "document" if media == "application/pdf" else "file"


_PAGES = frozenset({"text/html", "application/xhtml+xml", "multipart/related", "application/warc"})


def status(item: Mapping[str, Any]) -> str:
    """Return the evidential status of an exhibit, and of every line read from it: a key of `report/wording.STATUS`."""
    return _STATUS.get(nature(item), "original")


HIDDEN_SHOWS = N_("That something was taken in, and when. What it is, is not shown here.")
HIDDEN_SHOWS_NOT = N_("Anything of what is in it.")
_UNCHANGED = N_("That these are the bytes that were taken in, unchanged since then.")
_BEFORE = N_("That nobody changed the file before it was taken in.")
_AUTHOR = N_("Who sat behind an account. Names and pictures can be borrowed.")
_WHOLE = N_("That the conversation is whole: what was deleted before is not in it.")
SHOWS: Mapping[str, tuple[str, ...]] = {
    "export": (_UNCHANGED, N_("What the service's own export gave for this conversation or account, with its times.")),
    "program-export": (_UNCHANGED, N_("What a program that is not the service's copied out of the account.")),
    "database": (_UNCHANGED, N_("What the app had stored on the device: messages, accounts and times, row by row.")),
    "history": (_UNCHANGED, N_("Which of the chosen addresses the browser had stored, and when it says they were opened.")),
    "log": (_UNCHANGED, N_("What a router or firewall wrote about connections, by its own clock.")),
    "mail": (_UNCHANGED, N_("The mail with its headers. The lines that the receiver's own server wrote tell where it came from.")),
    "pasted": (_UNCHANGED, N_("Text that the person copied out of an app.")),
    "capture": (_UNCHANGED, N_("Network packets as the capturing computer saw them, by its clock.")),
    "table": (_UNCHANGED, N_("What a table holds, with its columns read as the person stated.")),
    "screenshot": (_UNCHANGED, N_("What a screen showed when the picture was taken.")),
    "picture": (_UNCHANGED, N_("A picture, with what the file says of itself.")),
    "recording": (_UNCHANGED, N_("A recording, with what the file says of itself.")),
    "container": (_UNCHANGED, N_("Which files lay in it. Each of them is an exhibit of its own.")),
    "page": (_UNCHANGED, N_("A page as a browser saved it, with the address it names.")),
    "document": (_UNCHANGED, N_("A document, with what the file says of itself.")),
    "file": (_UNCHANGED, N_("A file of this size and type. Nothing in it was read.")),
    "by-reference": (N_("That a file of this name and size lay at that place. Its checksum is in a record of its own."),),
}
SHOWS_NOT: Mapping[str, tuple[str, ...]] = {
    "export": (_BEFORE, _AUTHOR, _WHOLE),
    "program-export": (_BEFORE, _AUTHOR, _WHOLE, N_("That the program copied everything.")),
    "database": (_BEFORE, _AUTHOR, _WHOLE),
    "history": (_BEFORE, N_("Who used the browser."), N_("What was deleted from the history, or opened in a private window.")),
    "log": (_BEFORE, N_("That its clock was right."), N_("Who used an address. It can be shared, or belong to a VPN.")),
    "mail": (_BEFORE, N_("Who wrote it. The sender's name and address can be false."), N_("That lines of other servers are true.")),
    "pasted": (N_("Where the text comes from, who wrote it, or when. Only the person says so."), _WHOLE),
    "capture": (_BEFORE, N_("That its clock was right."), N_("Who used an address. It can be shared, or belong to a VPN.")),
    "table": (N_("Who made the table, and from what."), _AUTHOR, _WHOLE),
    "screenshot": (
        N_("That what the screen showed was real: a screen can be staged, and a picture can be edited."),
        _AUTHOR,
        N_("What stood above, below or behind it."),
    ),
    "picture": (N_("When, where and by whom it was taken: what a file says of itself can be changed."), N_("Whose face it shows.")),
    "recording": (N_("When, where and by whom it was made: what a file says of itself can be changed."), N_("Whose face or voice it has.")),
    "container": (_BEFORE, N_("That nothing was left out when it was packed.")),
    "page": (_BEFORE, N_("That the address showed this to others, or still shows it.")),
    "document": (_BEFORE, N_("Who wrote it, or when: what a file says of itself can be changed.")),
    "file": (_BEFORE, N_("What it means.")),
    "by-reference": (N_("What is in it: it was not opened here."), N_("That it still lies there unchanged. `casefile verify` looks.")),
}
