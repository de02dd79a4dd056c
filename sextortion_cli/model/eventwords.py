"""What each kind of event is called by people, as catalogue entries: one list for reports, lists and help."""

from __future__ import annotations

from sextortion_cli.words import N_

EVENT = {
    "first-contact": N_("first contact"),
    "platform-move": N_("moved to another service"),
    "identity-learned": N_("learned who the person is"),
    "recording": N_("recording"),
    "image-sent": N_("picture sent"),
    "link-received": N_("link received"),
    "threat": N_("threat"),
    "demand": N_("demand"),
    "payment": N_("payment"),
    "bank-told": N_("bank or payment service told"),
    "publication": N_("publication"),
    "taken-down": N_("taken down"),
    "captured": N_("captured as evidence"),
    "contact-broken": N_("contact broken"),
    "blocked": N_("blocked"),
    "recontact": N_("contacted again"),
    "deleted": N_("something deleted"),
    "recovery-tried": N_("tried to get back what was deleted"),
    "told-someone": N_("told someone"),
    "preservation-asked": N_("preservation asked for"),
    "reported": N_("reported"),
    "other": N_("other"),
}
