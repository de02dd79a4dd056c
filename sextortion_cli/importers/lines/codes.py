"""What is said of line-shaped texts and tables: defects, gaps and noise that several formats share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sextortion_cli.model.reading import Gap
from sextortion_cli.words import N_

BLANK_ROW: Final = re.compile(rb'(?:\xef\xbb\xbf)?(?:[\s,;|]|"")*+')
"""Rule for rows without any value."""

NOISE: Final[Mapping[str, str]] = {
    "blank": "Empty lines.",
    "not-selected": "Outside the conversations or dates that were chosen for this reading.",
}
TABLE_NOISE: Final[Mapping[str, str]] = {
    "heading": "The names of the columns.",
    "blank-row": "Rows without any value.",
    "not-selected": NOISE["not-selected"],
}

DEFECTS: Final[Mapping[str, str]] = {
    "no-messages": N_("No message of this format could be found in the file."),
    "unread-text": N_("Text stands before the first message, or after one that could not be read."),
    "message-too-long": N_("A message is too long to be read; its bytes are kept in the original."),
    "impossible-time": N_("The date or time does not exist; it stands as written."),
    "invalid-text": N_("Bytes are not valid text; the exact bytes are kept beside it."),
    "time-disagrees": N_("The time written in the file and the time in the message's own number are not the same."),
    "id-unreadable": N_("The message's own number is not one that the service gives; its time could not be checked."),
    "unclosed-quote": N_("A quotation mark is never closed; this row could not be read."),
    "text-after-quote": N_("Text stands behind a closing quotation mark; this row could not be read."),
    "quote-unclear": N_("Text stands behind a closing quotation mark: how this row is divided is not certain."),
    "too-long": N_("A row is too long to be read; its bytes are kept in the original."),
    "wrong-columns": N_("A row has more or fewer values than there are columns."),
    "not-a-row": N_("A row does not hold what its columns should hold."),
    "open-quote": N_(
        "A text begins with a quotation mark that is not closed: the lines after it may belong to it, or be a message of their own."
    ),
    "count-disagrees": N_("The export says how many messages it has, and that is not how many could be read."),
}

GAPS: Final[Mapping[str, str]] = {
    "authorship-unverifiable": N_("A text file can be edited by whoever has it: it does not prove who wrote."),
    "zone-unknown": N_("Times are those of a phone or computer, and the file does not say in which zone. State it, and read it again."),
    "own-messages-only": N_(
        "Only messages that the account owner sent are in this export. Everything the other side wrote is missing: "
        "secure it another way, for example with screenshots."
    ),
    "names-only": N_("People are named only by a display name, which anybody can choose and change; there is no number or address."),
    "user-names-only": N_("People are named only by a user name, which its owner can change; there is no lasting number."),
    "media-not-included": N_("Pictures and other files are only mentioned; they are not in the file."),
    "no-end": N_("The end that the program writes is missing: the file may have been cut."),
    "nothing-read": N_("No message could be read from the file."),
    "name-ends-unclear": N_(
        "Only a space stands between name and text: a name of several words may be cut, and its rest stand in the text."
    ),
    "columns-not-stated": N_(
        "Nobody has said what the columns are, so each row stands as it is. State them (--columns), and read the table again."
    ),
    "columns-not-found": N_("Columns that were named are not in the table. Look at its first row, and read it again."),
    "nobody-named": N_("The text is kept as it is: who wrote what, and when, was not read from it."),
    "no-date": N_("The file gives only the time of day. The date must be known from elsewhere."),
    "deleted-not-included": N_("What was deleted before the export is not in it."),
    "removed-not-included": N_("The program that made the file leaves out messages that were deleted, and what could be seen only once."),
    "disappearing-not-included": N_("Messages that had disappeared, or could be seen only once, are not in the export."),
    "characters-removed": N_("The program that made the file leaves out some characters (`) of what was written."),
    "own-name-is-me": N_("The account owner stands in the file as \u201cMe\u201d or the like; the name of the account is not in it."),
}


def gap(code: str, count: int = 1) -> Gap:
    """Return one of the shared gaps."""
    return Gap(code, GAPS[code], count)
