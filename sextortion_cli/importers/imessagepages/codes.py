"""The closed lists: what opens a message, noise and facts between messages, and what each defect and gap means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sextortion_cli.importers.lines.codes import GAPS as LINE_GAPS
from sextortion_cli.importers.markup.rules import NOISE as _NOISE
from sextortion_cli.importers.markup.rules import STYLE, STYLE_RULE
from sextortion_cli.words import N_

OPENING: Final = re.compile(rb"<div\s++class\s?=\s?\"(?:message|announcement)\"(?=[\s,>])[^<>]*+>")
REPLY: Final = re.compile(rb"<div\s++class\s?=\s?\"reply\"(?=[\s,>])[^<>]{0,200}+>\s*+\Z")
"""The end of a piece, when the next message is an answer that is repeated below what it answers."""
CONTEXT: Final = "reply-note"
NOISE: Final[Mapping[str, str]] = {**_NOISE, CONTEXT: "The line that says that a message answers another one."}
NOISE_RULES: Final[Mapping[str, re.Pattern[bytes]]] = {
    STYLE: STYLE_RULE,
    CONTEXT: re.compile(rb"<span class=\"reply_context\">This message responded to an earlier message\.</span>"),
}
PART: Final = "further-part"
FACTS: Final[Mapping[str, re.Pattern[bytes]]] = {PART: re.compile(rb"<span class=\"bubble\">(?P<text>[^<]{1,65536}+)</span>")}
"""Behind answers that are repeated in it, a message can go on; what it says there is kept as a fact."""
REPEATED: Final = "reply-in-thread"

DEFECTS: Final[Mapping[str, str]] = {
    "damaged-tag": N_("A tag in this message is damaged; it was taken as text."),
    "empty-file": N_("The file is empty."),
    "invalid-utf8": N_("The message holds bytes that are not valid UTF-8."),
    "no-messages": N_("The page holds no message as this service writes them."),
    "no-time": N_("The message shows no time."),
    "not-closed": N_("The message does not end where its kind of message ends; it was read up to the next one."),
    "too-large": N_("The element is too large to be read."),
    "too-many-elements": N_("The message holds more elements than can be read."),
    "truncated-page": N_("The page ends before its end; what may have followed is missing."),
    "unread-text": N_("Text stands outside the messages; it belongs to something that could not be read."),
    "unreadable-time": N_("The time could not be read."),
}
GAPS: Final[Mapping[str, str]] = {
    "not-from-apple": N_("The page was made by another program than Messages; it can be edited."),
    "own-name-is-me": LINE_GAPS["own-name-is-me"],
    "deleted-not-included": LINE_GAPS["deleted-not-included"],
    "replies-repeated": N_(
        "Answers are repeated below what they answer; these copies were kept as facts, for they stand in their own place too."
    ),
    "further-parts": N_("Some messages go on behind the answers that are repeated in them; what they say there was kept as facts."),
    "zone-unknown": LINE_GAPS["zone-unknown"],
}
