"""The closed lists: what is noise and why, and what each defect means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NOISE: Final[Mapping[str, str]] = {
    "json-structure": "Brackets, commas, white space and the keys that hold the lists together.",
    "conversation-header": "Name, type or id of a conversation; the conversation record shows them.",
    "export-notes": "Telegram's own explanation of a part of the export.",
    "not-selected": "Outside the conversations or dates that were chosen for this reading.",
}

DEFECTS: Final[Mapping[str, str]] = {
    "control-character": "A string holds a control character that JSON does not allow unescaped; it was read as itself.",
    "duplicate-key": "A key stands twice in one object; the first value is used and every value is kept.",
    "empty-file": "The file is empty.",
    "illegal-escape": "A string holds an escape that JSON does not know; it was repaired in memory only.",
    "illegal-number": "A value is written as a number that JSON does not know.",
    "invalid-json": "These bytes are not JSON.",
    "invalid-utf8": "A string holds bytes that are not valid UTF-8.",
    "lone-surrogate": "A string holds half of a surrogate pair, which is no character.",
    "not-an-export": "The file does not begin as a JSON object.",
    "not-an-object": "An element of a list of objects is not an object.",
    "not-utf8": "The file is not written in UTF-8.",
    "time-out-of-range": "The time lies outside the years 0001 to 9999.",
    "too-deep": "The element is nested too deep to be read.",
    "too-large": "The element is too large to be read.",
    "trailing-data": "Bytes follow after the end of the JSON text.",
    "truncated-json": "The JSON text ends before its end; from here on nothing could be read.",
    "unexpected-shape": "A known key holds another kind of value than expected.",
    "unknown-key": "The key is not known; its value was not read.",
    "unknown-type": "The element says no known type of message.",
    "unquoted-value": "A text stands without quotation marks; it was read up to the end of its line or the next quotation mark.",
    "unreadable-time": "The time could not be read.",
}
