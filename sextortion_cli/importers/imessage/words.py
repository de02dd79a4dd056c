"""What the numbers of a Messages database mean, and what is said of what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sextortion_cli.importers.rows.faults import DEFECTS as DATABASE_DEFECTS
from sextortion_cli.words import N_

#: `associated_message_type`: 2000 and up is given, 3000 and up taken back.
REACTIONS: Final[Mapping[int, str]] = {
    2000: "loved",
    2001: "liked",
    2002: "disliked",
    2003: "laughed",
    2004: "emphasised",
    2005: "questioned",
    2006: "emoji",
    2007: "sticker",
}
TAKEN_BACK: Final = 1000
STICKER: Final = 1000
#: (`item_type`, `group_action_type`) of what the app says.
ACTIONS: Final[Mapping[tuple[int, int], str]] = {
    (1, 0): "participant-added",
    (1, 1): "participant-removed",
    (2, 0): "name-changed",
    (3, 0): "participant-left",
    (3, 1): "group-picture-changed",
    (3, 2): "group-picture-removed",
    (3, 4): "background-changed",
    (3, 6): "background-removed",
    (4, 0): "location-shared",
    (5, 0): "audio-kept",
    (6, 0): "shareplay",
}
STYLES: Final[Mapping[int, str]] = {43: "group", 45: "direct"}
DATES: Final = ("date_read", "date_delivered", "date_edited", "date_played", "date_recovered", "date_retracted")
DEFECTS: Final[Mapping[str, str]] = {
    **DATABASE_DEFECTS,
    "body-cut": N_("The stored text says it is longer than what is there; what there is was read."),
    "body-unreadable": N_("The stored text of a message is in a form that could not be read."),
    "edits-unreadable": N_("What the app keeps of earlier texts of a message could not be read."),
}
GAPS: Final[Mapping[str, str]] = {
    "messages-deleted": N_("The app remembers that messages were deleted; of these only a number is left."),
    "messages-gone": N_("Conversations name messages that are no longer in the database."),
    "recently-deleted": N_("Messages lie among the recently deleted ones; they were read."),
}
