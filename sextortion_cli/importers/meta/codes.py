"""What Meta's downloads leave out, or leave open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sextortion_cli.words import N_

GAPS: Final[Mapping[str, str]] = {
    "deleted-not-included": N_("What was deleted before the export is not in it."),
    "display-names-only": N_("People are named only as they called themselves; user names and account numbers are not in the messages."),
    "edits-as-second-message": N_(
        "Texts end in “(edited)”: Meta writes a changed message a second time, and the first text may stand beside it."
    ),
    "encrypted-chats-not-included": N_(
        "End-to-end encrypted conversations are not in this download. Messenger gives them in a second one, from its secure storage."
    ),
    "media-not-exported": N_("Files were not chosen for the export, or could not be had."),
    "service-unknown": N_("The file does not say whether it is from Instagram or from Messenger."),
    "unsent": N_("Messages were unsent by whoever wrote them; the export says that they were there."),
    "own-devices-only": N_("Addresses and devices in this file are those of the account's owner, not of anybody else."),
}
