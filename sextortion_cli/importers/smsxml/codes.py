"""The closed lists: what opens a message, what each defect means, and what such a backup leaves out or leaves open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sextortion_cli.importers.markup.rules import NOT_SELECTED, STRUCTURE
from sextortion_cli.words import N_

OPENING: Final = re.compile(rb"<(?:sms|mms|call)(?=[\s/>])")
OPENING_BYTES: Final = 6
"""The longest match of `OPENING` with what it looks at."""
BACKUP: Final = "backup"
ROOT: Final = re.compile(rb"<(?P<root>smses|calls)(?=[\s/>])(?P<attributes>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
NOISE: Final[Mapping[str, str]] = {
    STRUCTURE: "Tags, comments and white space that hold the file together.",
    NOT_SELECTED: "Outside the conversations or dates that were chosen for this reading.",
}

DEFECTS: Final[Mapping[str, str]] = {
    "attachment-damaged": N_("A file in this message is not written as such files are; what can be seen of it is named."),
    "control-character": N_("A text holds a character that no such text may hold; it is kept."),
    "count-differs": N_("The file says that it holds another number of messages than it does."),
    "damaged-tag": N_("A tag in this message is damaged; what can be read of it is kept as it stands."),
    "empty-file": N_("The file is empty."),
    "invalid-utf8": N_("A text holds bytes that are not valid UTF-8."),
    "lone-surrogate": N_("Half of a character stands alone; the text shows a replacement for it, and the file's own characters are kept."),
    "no-time": N_("The message shows no time."),
    "not-closed": N_("The message does not end where its kind of message ends; it was read up to the next one."),
    "too-large": N_("The message is larger than can be read; what could be read of it is kept as a fact."),
    "too-many-elements": N_("The message holds more elements than can be read."),
    "truncated-page": N_("The file ends before its end; what may have followed is missing."),
    "unread-text": N_("Text stands outside the messages; it belongs to something that could not be read."),
    "unreadable-time": N_("The time of the message is not written as such times are."),
}

GAPS: Final[Mapping[str, str]] = {
    "owner-not-named": N_("The file does not say whose telephone it is; messages that were sent are marked “(this telephone)”."),
    "only-this-phone": N_("The file holds what lay on this telephone when it was made; what was deleted before that is not in it."),
    "null-text": N_("The file writes “null” where there is nothing; a message whose text is “null” may have none."),
    "link-withheld": N_("Links from which a message could be fetched were left out of the reading; the sealed original has them."),
}
