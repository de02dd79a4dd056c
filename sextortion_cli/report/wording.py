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
    "program-export": N_("export made by another program"),
    "screenshot": N_("screenshot"),
    "read-from-image": N_("read from a picture"),
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
ANSWER = {"yes": N_("yes"), "no": N_("no"), "ask": N_("ask first"), "unknown": N_("not known")}
ANSWERED_CLOCK = {
    "yes": N_("yes"),
    "differs": N_("no"),
    "unknown": N_("not known"),
    "not-answered": N_("not answered"),
    "not-asked": N_("not asked"),
}
SHOWS = {
    "nothing-intimate": N_("no nudity or sex"),
    "adults-only": N_("everyone in it is certainly over 18"),
    "maybe-minor": N_("someone is or may be under 18"),
    "unknown": N_("not known"),
}
FILE_KIND = {
    "conversation": N_("a conversation"),
    "profile": N_("a profile"),
    "picture": N_("a picture"),
    "video": N_("a video"),
    "payment": N_("a payment"),
    "lure": N_("what the other side sent to attract"),
    "other": N_("other"),
}
STATE = {
    "read": N_("read"),
    "partial": N_("partly read"),
    "stored": N_("kept"),
    "ambiguous": N_("kept, could be read in two ways"),
    "by-reference": N_("not copied"),
    "changed": N_("changed while it was read"),
    "failed": N_("could not be opened"),
    "sealed-apart": N_("kept apart, encrypted"),
    "purged": N_("our copy was destroyed"),
}
#: Why a thing is in its state, as far as a person needs it in words: rows of the gate's table, and what readers said.
GATE = {
    "asked-by-reference": N_("it was asked for"),
    "shows-maybe-minor": N_("someone in it is or may be under 18, as stated"),
    "shows-unknown": N_("it is not known whether anyone in it is under 18"),
    "adults-only-in-minor-case": N_("someone in this case is under 18"),
    "case-minor-yes": N_("someone in this case is under 18"),
    "case-minor-unknown": N_("it was not stated that nobody shown is under 18"),
    "no-importer": N_("no reader for it yet"),
    "stretch-of-a-mail": N_("text of a mail that stays where it is"),
    "importer-cannot-read": N_("that reader cannot read it"),
    "needs-extra-sevenzip": N_("the part that opens 7z archives was not installed"),
    "saved-page": N_("a saved page: what it says of itself is read"),
    "members-are-exhibits": N_("what is in it has numbers of its own"),
    "chosen-conversations": N_("only the conversations that were chosen are copied"),
    "companion-of-database": N_("belongs to a database and is read with it"),
    "labelled-minor": N_("someone in it is or may be under 18, as stated"),
    "purged": N_("destroyed on the word its record names"),
    "holds-sealed-apart": N_("it holds something that is not shown"),
    "held-purged": N_("removed with something it held"),
}
RECORD = {
    "case-opened": N_("case opened"),
    "contact": N_("account stated"),
    "device": N_("device stated"),
    "event": N_("event stated"),
    "note": N_("note written"),
    "not-collected": N_("stated as not collected"),
    "import-started": N_("import started"),
    "import-resumed": N_("import resumed"),
    "import-finished": N_("import finished"),
    "acquired": N_("sealed"),
    "by-reference": N_("recorded by reference"),
    "by-reference-digest": N_("checksum of a file by reference"),
    "duplicate": N_("the same bytes again"),
    "skipped": N_("not taken"),
    "not-chosen": N_("members of an archive or folder that were not chosen"),
    "folder-list": N_("files of a folder that stays where it is"),
    "folder-digests": N_("checksums of the files of a folder"),
    "read": N_("read"),
    "withdrawn": N_("taken back"),
    "suggestion-dismissed": N_("suggestion put aside"),
    "recovered": N_("put in order after an interruption"),
    "label": N_("labelled"),
    "set-apart": N_("our copy encrypted and put apart"),
    "purged": N_("our copy destroyed on a named authority's word"),
    "purged-digest": N_("checksum of what was destroyed"),
    "removed": N_("removal finished"),
    "viewed": N_("viewed"),
    "report-made": N_("report made"),
    "handed-over": N_("handed over"),
    "lock-set-up": N_("lock set up"),
    "lock-started": N_("locked"),
    "unlocked": N_("unlocked"),
}
ROLE = {
    "victim": N_("the person concerned"),
    "guardian": N_("a guardian"),
    "volunteer": N_("a volunteer"),
    "police": N_("the police"),
}
UNIT = {"bytes": N_("bytes"), "rows": N_("rows")}
#: What sections of a report are called where another place points to them.
SECTION = {
    "people": N_("People and accounts"),
    "devices": N_("Devices"),
    "timeline": N_("What happened, as stated"),
    "money": N_("Demands and payments"),
    "missing": N_("What the police may still ask for"),
    "gaps": N_("Gaps"),
}
ONLY_STATED = N_("This page holds what people stated and what was counted. Nothing on it was checked by anybody else.")
