"""What several exports leave out, in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sextortion_cli.words import N_

SHARED: Final[Mapping[str, str]] = {
    "own-messages-only": N_(
        "Only messages that the account owner sent are in this export. Everything the other side wrote is missing: "
        "secure it another way, for example with screenshots."
    ),
    "zone-unknown": N_("Times are those of a phone or computer, and the file does not say in which zone. State it, and read it again."),
    "zone-assumed": N_("Times are taken as UTC, as the service is known to write them; the file itself does not say so."),
    "names-only": N_("People are named only by a display name, which anybody can choose and change; there is no number or address."),
    "media-not-included": N_("Pictures and other files are only mentioned; they are not in the file."),
    "deleted-not-included": N_("What was deleted before the export is not in it."),
    "disappearing-not-included": N_("Messages that had disappeared, or could be seen only once, are not in the export."),
    "own-name-is-me": N_("The account owner stands in the file as \u201cMe\u201d or the like; the name of the account is not in it."),
    "earlier-versions-lost": N_("Messages were changed after they were sent, and only their last version is in the export."),
}


def of(*codes: str) -> dict[str, str]:
    """Return some of the shared gaps."""
    return {code: SHARED[code] for code in codes}
