"""Words of reports for the closed lists of the model, as catalogue entries."""

from __future__ import annotations

from sextortion_cli.words import N_

BASIS = {
    "explicit": N_("zone in the file"),
    "stated": N_("zone as stated"),
    "assumed": N_("zone assumed"),
    "ambiguous": N_("this local time happened twice or never"),
    "unknown": N_("zone unknown"),
}
CLOCK = {
    "utc": N_("UTC"),
    "file": N_("the files' own clock, zone not stated"),
    "mixed": N_("some in UTC, some in the files' own clock"),
}
SIDE = {
    "extorter": N_("account used by the extorter"),
    "victim": N_("the person concerned"),
    "third-person": N_("third person"),
}
STATUS = {
    "original": N_("original file"),
    "provider-export": N_("export made by the service"),
    "screenshot": N_("screenshot"),
    "derived": N_("derived"),
    "statement": N_("the person's statement"),
}
KIND = {
    "text": N_("text"),
    "media": N_("media"),
    "call": N_("call"),
    "deleted": N_("deleted"),
    "reaction": N_("reaction"),
    "service": N_("line of the service"),
    "app_notice": N_("the app's words under this name"),
    "other": N_("other"),
}
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
    "publication": N_("publication"),
    "taken-down": N_("taken down"),
    "captured": N_("captured as evidence"),
    "contact-broken": N_("contact broken"),
    "blocked": N_("blocked"),
    "recontact": N_("contacted again"),
    "deleted": N_("something deleted"),
    "told-someone": N_("told someone"),
    "preservation-asked": N_("preservation asked for"),
    "reported": N_("reported"),
    "other": N_("other"),
}
#: What a way from the phone to the computer is known to change; a file's modification time is never shown as its time of capture.
ROUTE_CHANGES = {
    "cable": N_("usually nothing; some phones convert pictures unless originals are kept; file dates may be set anew"),
    "sd-card": N_("usually nothing"),
    "airdrop": N_("usually nothing; pictures may be converted when a compatible format is chosen"),
    "local-network": N_("file dates are often set anew"),
    "cloud": N_("file dates are often set anew; pictures may be converted"),
    "mail": N_("pictures may be made smaller; file dates are set anew"),
    "chat-app": N_("pictures and videos are re-encoded and lose their metadata; file dates are set anew"),
    "browser-upload": N_("pictures may be converted and lose their metadata; file dates are set anew"),
    "download": N_("file dates are set anew"),
    "photo-of-screen": N_("a picture of a screen: what was shown, not the file itself"),
    "unknown": N_("not known, because the way was not stated"),
}
