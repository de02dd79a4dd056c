"""The closed lists: what is noise and why, what its bytes must be, and what an export leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sextortion_cli.importers.jsonchat import codes
from sextortion_cli.importers.jsonchat.codes import HEADER, STRING, header_rule
from sextortion_cli.words import N_

NOTES: Final = "export-notes"

NOISE: Final[Mapping[str, str]] = {**codes.NOISE, NOTES: "Telegram's own explanation of a part of the export."}
NOISE_RULES: Final[Mapping[str, re.Pattern[bytes]]] = {
    HEADER: header_rule(("name", "type", "id")),
    NOTES: re.compile(rb'"about"[ \t\r\n]*+:[ \t\r\n]*+' + STRING, re.DOTALL),
}

GAPS: Final[Mapping[str, str]] = {
    "secret-chats-not-included": N_("Telegram never exports secret chats."),
    "deleted-not-included": N_("What was deleted before the export is not in it."),
    "zone-unknown": N_("Times are the exporting computer's, and the file does not say in which zone. State it, and read it again."),
    "media-not-exported": N_("Files were not chosen for the export, or could not be had."),
    "history-cleared": N_("The export says that the history of a conversation was cleared."),
    "messages-set-to-disappear": N_("Messages or pictures were set to disappear after a time."),
    "unsupported-messages": N_("Messages of a kind that the exporting program could not write are there only as a number."),
}
