"""The closed lists: noise and what its bytes must be, what each defect means, and what a download leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sextortion_cli.importers.markup.rules import NOISE as _NOISE
from sextortion_cli.importers.markup.rules import STYLE, STYLE_RULE
from sextortion_cli.words import N_

TITLE: Final = "page-title"
NOISE: Final[Mapping[str, str]] = {**_NOISE, TITLE: "The title of the page; it names nobody."}
NOISE_RULES: Final[Mapping[str, re.Pattern[bytes]]] = {
    STYLE: STYLE_RULE,
    TITLE: re.compile(rb"<title(?:\s[^<>]*+)?+>[^<]{0,4096}+</title>"),
}
SECTION: Final = "section-header"
FACTS: Final[Mapping[str, re.Pattern[bytes]]] = {
    SECTION: re.compile(rb"<(h[1-3]|th)(?:\s[^<>]*+)?+>(?P<text>[^<]{1,400}+)</\1\s*+>"),
}
"""Headings between messages are kept as facts."""

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
    "json-says-more": N_("A download as JSON has exact times in UTC and says more about each message than these pages."),
    "media-elsewhere": N_("Pictures and recordings are separate files of the download; these pages only name them."),
    "own-name-not-told": N_("The page does not name the account it belongs to; messages it calls sent are from that account."),
    "unsaved-not-included": N_("Snapchat deletes what nobody saved; only what was left at the time of the download is in it."),
}
