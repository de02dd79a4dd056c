"""The closed lists all JSON importers share: what is noise and why, what its bytes must be, and what each defect means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from sextortion_cli.words import N_

STRUCTURE: Final = "json-structure"
HEADER: Final = "conversation-header"
PREFIX: Final = "script-prefix"
NOT_SELECTED: Final = "not-selected"

NOISE: Final[Mapping[str, str]] = {
    STRUCTURE: "Brackets, commas, white space and the keys that hold the lists together.",
    HEADER: "Name, type or id of a conversation; the conversation record shows them.",
    NOT_SELECTED: "Outside the conversations or dates that were chosen for this reading.",
}

# Possessive repeats over disjoint classes: linear on any input.
STRING: Final = rb'"(?:[^"\\]++|\\.)*+"'


def header_rule(keys: Iterable[str]) -> re.Pattern[bytes]:
    """Return what a member that the conversation record shows may be: one of `keys` with a string, a whole number or null."""
    names = b"|".join(re.escape(key.encode()) for key in keys)
    return re.compile(rb'"(?:' + names + rb')"[ \t\r\n]*+:[ \t\r\n]*+(?:' + STRING + rb"|-?[0-9]{1,40}|null)", re.DOTALL)


DEFECTS: Final[Mapping[str, str]] = {
    "control-character": N_("A string holds a control character that JSON does not allow unescaped; it was read as itself."),
    "count-disagrees": N_("The export says how many messages it has, and that is not how many could be read."),
    "duplicate-key": N_("A key stands twice in one object; the first value is used and every value is kept."),
    "empty-file": N_("The file is empty."),
    "id-unreadable": N_("The message's own number is not one that the service gives; its time could not be checked."),
    "illegal-escape": N_("A string holds an escape that JSON does not know; it was repaired in memory only."),
    "illegal-number": N_("A value is written as a number that JSON does not know."),
    "invalid-json": N_("These bytes are not JSON."),
    "invalid-utf8": N_("A string holds bytes that are not valid UTF-8."),
    "lone-surrogate": N_("A string holds half of a surrogate pair, which is no character."),
    "no-such-value": N_("The file does not begin with the kind of JSON value that such an export is."),
    "not-an-export": N_("The file does not begin as a JSON object."),
    "not-an-object": N_("An element of a list of objects is not an object."),
    "not-utf8": N_("The file is not written in UTF-8."),
    "times-disagree": N_("Two times that the message states for the same moment disagree; both are kept."),
    "time-disagrees": N_("The time written in the file and the time in the message's own number are not the same."),
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
