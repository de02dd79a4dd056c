"""The closed lists: noise and what its bytes must be, what each defect means, and what a download leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sextortion_cli.importers.markup.rules import NOISE as _NOISE
from sextortion_cli.importers.markup.rules import STYLE, STYLE_RULE
from sextortion_cli.words import N_

TITLE: Final = "page-title"
NOISE: Final[Mapping[str, str]] = {**_NOISE, TITLE: "The title of the page; the conversation record shows it."}
NOISE_RULES: Final[Mapping[str, re.Pattern[bytes]]] = {
    STYLE: STYLE_RULE,
    TITLE: re.compile(rb"<title(?:\s[^<>]*+)?+>(?P<name>[^<]{0,4096}+)</title>"),
}
THREAD: Final = "conversation-header"
FOOTER: Final = "page-footer"
FACTS: Final[Mapping[str, re.Pattern[bytes]]] = {
    THREAD: re.compile(
        rb'<div class="thread"(?:\s[^<>]*+)?+>\s*+(?:<h3(?:\s[^<>]*+)?+>(?P<title>[^<]{0,4096}+)</h3>\s*+)?+(?P<people>[^<]{0,65536}+)'
    ),
    FOOTER: re.compile(rb'<div class="footer"(?:\s[^<>]*+)?+>(?P<text>[^<]{0,4096}+)'),
}
"""Text outside messages that is kept as a fact, by the kind of fact: whom a conversation is between, who downloaded the page and when."""

DEFECTS: Final[Mapping[str, str]] = {
    "damaged-tag": N_("A tag in this message is damaged; it was taken as text."),
    "empty-file": N_("The file is empty."),
    "invalid-utf8": N_("The message holds bytes that are not valid UTF-8."),
    "no-messages": N_("The page holds no message as this service writes them."),
    "no-sender": N_("The message names no sender."),
    "no-time": N_("The message shows no time."),
    "not-closed": N_("The message does not end where its kind of message ends; it was read up to the next one."),
    "too-large": N_("The element is too large to be read."),
    "too-many-elements": N_("The message holds more elements than can be read."),
    "truncated-page": N_("The page ends before its end; what may have followed is missing."),
    "unread-text": N_("Text stands outside the messages; it belongs to something that could not be read."),
    "unreadable-time": N_("The time could not be read."),
}

GAPS: Final[Mapping[str, str]] = {
    "date-order-ambiguous": N_("The file does not say whether dates are day-month or month-day. State it, and read it again."),
    "json-says-more": N_("A download as JSON has exact times in UTC and says more about each message than these pages."),
    "media-elsewhere": N_("Pictures and recordings are separate files of the download; these pages only name them."),
    "names-are-numbers": N_("Some people are named only by a number, because the account was closed or renamed."),
    "unsent-not-included": N_("What was unsent before the download is not in it."),
    "zone-of-the-service": N_("Times are in a zone that the service chose, not always the phone's, and the page does not name it."),
    "zone-abbreviation": N_("Times name their zone by letters that mean several zones; they were kept and not converted."),
}
