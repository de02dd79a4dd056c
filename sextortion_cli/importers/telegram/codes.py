"""The closed lists: what is noise and why, what its bytes must be, what each defect means, and what an export leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sextortion_cli.words import N_

STRUCTURE: Final = "json-structure"
HEADER: Final = "conversation-header"
NOTES: Final = "export-notes"
NOT_SELECTED: Final = "not-selected"

NOISE: Final[Mapping[str, str]] = {
    STRUCTURE: "Brackets, commas, white space and the keys that hold the lists together.",
    HEADER: "Name, type or id of a conversation; the conversation record shows them.",
    NOTES: "Telegram's own explanation of a part of the export.",
    NOT_SELECTED: "Outside the conversations or dates that were chosen for this reading.",
}

# Possessive repeats over disjoint classes: linear on any input.
_STRING = rb'"(?:[^"\\]++|\\.)*+"'
NOISE_RULES: Final[Mapping[str, re.Pattern[bytes]]] = {
    HEADER: re.compile(rb'"(?:name|type|id)"[ \t\r\n]*+:[ \t\r\n]*+(?:' + _STRING + rb"|-?[0-9]{1,40}|null)", re.DOTALL),
    NOTES: re.compile(rb'"about"[ \t\r\n]*+:[ \t\r\n]*+' + _STRING, re.DOTALL),
}

DEFECTS: Final[Mapping[str, str]] = {
    "control-character": N_("A string holds a control character that JSON does not allow unescaped; it was read as itself."),
    "duplicate-key": N_("A key stands twice in one object; the first value is used and every value is kept."),
    "empty-file": N_("The file is empty."),
    "illegal-escape": N_("A string holds an escape that JSON does not know; it was repaired in memory only."),
    "illegal-number": N_("A value is written as a number that JSON does not know."),
    "invalid-json": N_("These bytes are not JSON."),
    "invalid-utf8": N_("A string holds bytes that are not valid UTF-8."),
    "lone-surrogate": N_("A string holds half of a surrogate pair, which is no character."),
    "not-an-export": N_("The file does not begin as a JSON object."),
    "not-an-object": N_("An element of a list of objects is not an object."),
    "not-utf8": N_("The file is not written in UTF-8."),
    "time-out-of-range": N_("The time lies outside the years 0001 to 9999."),
    "too-deep": N_("The element is nested too deep to be read."),
    "too-large": N_("The element is too large to be read."),
    "trailing-data": N_("Bytes follow after the end of the JSON text."),
    "truncated-json": N_("The JSON text ends before its end; from here on nothing could be read."),
    "unexpected-shape": N_("A known key holds another kind of value than expected."),
    "unknown-type": N_("The element says no known type of message."),
    "unquoted-value": N_("A text stands without quotation marks; it was read up to the end of its line or the next quotation mark."),
    "unreadable-time": N_("The time could not be read."),
}

GAPS: Final[Mapping[str, str]] = {
    "secret-chats-not-included": N_("Telegram never exports secret chats."),
    "deleted-not-included": N_("What was deleted before the export is not in it."),
    "zone-unknown": N_("Times are the exporting computer's, and the file does not say in which zone. State it, and read it again."),
    "media-not-exported": N_("Files were not chosen for the export, or could not be had."),
    "history-cleared": N_("The export says that the history of a conversation was cleared."),
    "messages-set-to-disappear": N_("Messages or pictures were set to disappear after a time."),
    "unsupported-messages": N_("Messages of a kind that the exporting program could not write are there only as a number."),
}
