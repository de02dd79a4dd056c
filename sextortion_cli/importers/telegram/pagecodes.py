"""The closed lists of the HTML export: what opens a message, what is noise and what its bytes must be, what defects and gaps mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sextortion_cli.importers.markup.rules import NOISE, STYLE, STYLE_RULE, TITLE
from sextortion_cli.words import N_

OPENING: Final = re.compile(rb'<div\s++(?:id="[^"<>]*+"\s++)?+class="message(?:\s[^"<>]*+)?+"[^<>]*+>')
"""The tag every message, service line and date line begins with."""

DATE_LINE: Final = "date-line"
HEADER: Final = "conversation-header"
PAGES: Final = "page-links"
NOTES: Final = "export-notes"

PAGE_NOISE: Final[Mapping[str, str]] = {
    **NOISE,
    TITLE: "The title of every page of an export; it names nobody.",
    HEADER: "The name of the conversation above its messages; the conversation record shows it.",
    PAGES: "Links to the page before and the page after.",
    NOTES: "Telegram's own explanation of a part of the export.",
    DATE_LINE: "A line with the day, written by the exporting program between the messages of two days.",
}
_MONTHS = b"January|February|March|April|May|June|July|August|September|October|November|December"
PAGE_RULES: Final[Mapping[str, re.Pattern[bytes]]] = {
    STYLE: STYLE_RULE,
    TITLE: re.compile(rb"<title>\s*+Exported Data\s*+</title>"),
    HEADER: re.compile(rb'<div class="text bold">(?P<name>[^<]{0,2048}+)</div>'),
    PAGES: re.compile(rb'<a class="pagination block_link"(?:\s[^<>]*+)?+>\s*+(?:Previous|Next) messages\s*+</a>'),
    NOTES: re.compile(rb'<div class="page_about details[^"<>]*+">(?:[^<]++|</?a(?:\s[^<>]*+)?+>)*+</div>'),
    DATE_LINE: re.compile(
        rb'<div class="message service" id="message-[0-9]{1,9}">\s*+<div class="body details">'
        rb"\s*+[0-3]?[0-9] (?:" + _MONTHS + rb") [0-9]{1,4}\s*+</div>\s*+</div>"
    ),
}
LISTED: Final = frozenset((STYLE, TITLE, HEADER, NOTES))
"""Noise on the pages of a full export that hold no messages."""

PAGE_DEFECTS: Final[Mapping[str, str]] = {
    "damaged-tag": N_("A tag in this message is damaged; it was taken as text."),
    "empty-file": N_("The file is empty."),
    "invalid-utf8": N_("The message holds bytes that are not valid UTF-8."),
    "no-messages": N_("The page holds no message as this service writes them."),
    "no-sender": N_("The message names no sender."),
    "no-time": N_("The message shows no time."),
    "not-closed": N_("The message does not end where its kind of message ends; it was read up to the next one."),
    "sender-unknown": N_("The message belongs to the sender above it, and what stood there could not be read."),
    "too-large": N_("The element is too large to be read."),
    "too-many-elements": N_("The message holds more elements than can be read."),
    "truncated-page": N_("The page ends before its end; what may have followed is missing."),
    "unread-text": N_("Text stands outside the messages; it belongs to something that could not be read."),
    "unreadable-time": N_("The time could not be read."),
}

PAGE_GAPS: Final[Mapping[str, str]] = {
    "no-account-ids": N_(
        "A page export names people only by their display name; a JSON export of the same conversation has their numbers too."
    ),
    "offset-of-standard-time": N_(
        "Beside each time stands the zone's offset in standard time, in summer too. It was kept and not used: state the zone, and read it again."
    ),
    "one-page": N_("This page links to others of the same conversation; each holds up to a thousand messages."),
    "service-without-time": N_("Service lines show no time of day; the day is that of the line above them."),
}
