"""What a history leaves out or leaves open, in words, and what its numbers mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sextortion_cli.words import N_

VISIT: Final = "page-visit"
DOWNLOAD: Final = "download"
GAPS: Final[Mapping[str, str]] = {
    "nothing-chosen": N_(
        "A history is private, so nothing of it is shown but how much there is on each day. Choose days with --from and --to, or an address "
        "with --thread example.com, and read it again."
    ),
    "not-chosen": N_("Visits or downloads were left out, because other days or addresses were chosen."),
    "time-unknown-left-out": N_("Visits or downloads without a readable time were left out, because days were chosen."),
    "other-lists-left-out": N_("Entries of other lists in the file, such as typed addresses and open windows, were left out."),
    "keys-withheld": N_("Keys and passwords in addresses were left out of the reading; the sealed original has them."),
    "history-is-short": N_("Browsers forget: many keep a history for about three months, and what a person deleted is not in it."),
    "visit-is-no-view": N_("A visit shows that this browser opened an address, not who sat before it, or what the page showed."),
}
DEFECTS: Final[Mapping[str, str]] = {
    "address-missing": N_("The address of this visit is not in the database any more."),
    "unreadable-time": N_("The time could not be read."),
}
TRANSITIONS: Final = (
    "link",
    "typed",
    "bookmark",
    "frame",
    "frame chosen by the person",
    "suggestion",
    "start page",
    "form",
    "reload",
    "search",
    "search suggestion",
)
"""Chromium's core page transitions, by number (``ui/base/page_transition_types.h``)."""
FIREFOX_TYPES: Final = {
    1: "link",
    2: "typed",
    3: "bookmark",
    4: "embedded",
    5: "redirect, permanent",
    6: "redirect, temporary",
    7: "download",
    8: "frame",
    9: "reload",
}
"""``nsINavHistoryService``, transition types."""
