"""The closed lists: what opens a message, noise and what its bytes must be, what each defect means, and what an export leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sextortion_cli.importers.markup.rules import NOISE as _NOISE
from sextortion_cli.importers.markup.rules import STYLE, STYLE_RULE
from sextortion_cli.words import N_

TITLE: Final = "page-title"
OPENING: Final = re.compile(rb"<div\s(?:[^<>]*?\s)?data-message-id=[\"']?[0-9]{1,20}(?=[\"'\s>])[^<>]*+>")
"""The one element of every message, in all versions, that carries its number."""

NOISE: Final[Mapping[str, str]] = {**_NOISE, TITLE: "The title of the page; the conversation record shows it."}
NOISE_RULES: Final[Mapping[str, re.Pattern[bytes]]] = {
    STYLE: STYLE_RULE,
    TITLE: re.compile(rb"<title(?:\s[^<>]*+)?+>(?P<name>[^<]{0,4096}+)</title>"),
}
GROUP: Final = "message-group"
NOTE: Final = "export-note"
FACTS: Final[Mapping[str, re.Pattern[bytes]]] = {
    # Until version 2.34 the name and time of a group stand before its messages, not in the first of them.
    GROUP: re.compile(
        rb"(?P<tag><span class=\"chatlog__author-name\"[^<>]*+>)(?P<name>[^<]{0,4096}+)</span>"
        rb"(?:\s*+<span class=\"chatlog__bot-tag\"[^<>]*+>[^<]{0,20}+</span>)?+"
        rb"\s*+<span class=\"chatlog__timestamp\"[^<>]*+>(?P<time>[^<]{0,200}+)</span>"
    ),
    NOTE: re.compile(rb"<div class=\"?postamble__entry\"?\s*+>(?P<text>[^<]{0,400}+)</div>"),
}
"""Text outside messages that is kept as a fact, by its kind."""

DEFECTS: Final[Mapping[str, str]] = {
    "count-differs": N_("The page says that it holds another number of messages than it does."),
    "damaged-tag": N_("A tag in this message is damaged; it was taken as text."),
    "empty-file": N_("The file is empty."),
    "invalid-utf8": N_("The message holds bytes that are not valid UTF-8."),
    "no-messages": N_("The page holds no message as this service writes them."),
    "no-time": N_("The message shows no time."),
    "not-closed": N_("The message does not end where its kind of message ends; it was read up to the next one."),
    "sender-unknown": N_("The message belongs to the sender above it, and what stood there could not be read."),
    "too-large": N_("The element is too large to be read."),
    "too-many-elements": N_("The message holds more elements than can be read."),
    "truncated-page": N_("The page ends before its end; what may have followed is missing."),
    "unread-text": N_("Text stands outside the messages; it belongs to something that could not be read."),
}

GAPS: Final[Mapping[str, str]] = {
    "deleted-not-included": N_("What was deleted before the export is not in it."),
    "not-from-discord": N_("The page was made by another program than Discord, with the access of one account; it can be edited."),
    "withheld-signatures": N_("The signatures of download links were left out of the reading; the sealed original has them."),
}
