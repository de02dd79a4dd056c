"""What suggestions, their recipients and the signs of a kind of case are called by people, as catalogue entries."""

from __future__ import annotations

from sextortion_cli.words import N_

SUGGESTION = {
    "demand": N_("seems to demand something"),
    "threat": N_("seems to threaten"),
    "deadline": N_("seems to set a deadline"),
    "publication-claim": N_("claims that it was sent or published"),
    "payment-instruction": N_("says where to pay"),
}
RECIPIENT = {
    "family": N_("family"),
    "partner": N_("partner"),
    "friends": N_("friends"),
    "followers": N_("followers"),
    "contacts": N_("contacts"),
    "employer": N_("workplace"),
    "colleagues": N_("colleagues"),
    "school": N_("school"),
    "everyone": N_("everyone"),
    "pornographic sites": N_("pornographic sites"),
}
MATERIAL = {
    "video": N_("video"),
    "picture": N_("pictures"),
    "nude": N_("nudity"),
    "recording": N_("recording"),
    "webcam": N_("camera"),
    "conversation": N_("the conversation"),
    "ai-made": N_("made by a machine"),
}
WANTS = {"money": N_("money"), "material": N_("more pictures"), "act": N_("a meeting or an act")}
CASE_KIND = {
    "webcam-recording": N_("a recording over a webcam"),
    "image-threat": N_("a threat with pictures or video"),
    "ai-made": N_("pictures made by a machine"),
    "bulk-bluff": N_("a bluff mailed to many"),
    "non-financial": N_("a demand for pictures or acts rather than money"),
}
SIGN = {
    "speaks-of-a-recording": N_("a message speaks of a recording or a camera"),
    "stated-recording": N_("a recording was stated"),
    "threatens-to-show": N_("a message seems to threaten to show something"),
    "claims-it-was-shown": N_("a message claims that something was shown"),
    "stated-image-sent": N_("a picture was stated as sent"),
    "speaks-of-made-pictures": N_("a message speaks of pictures made by a machine"),
    "asks-for-pictures": N_("a message seems to ask for pictures"),
    "asks-for-acts": N_("a message seems to ask for a meeting, for sex or for something to be done"),
    "from-is-to": N_("the mail names its recipient as its sender"),
    "own-provider-says": N_("the mail's own provider did not confirm its sender"),
    "speaks-of-a-password": N_("the mail speaks of a password"),
    "speaks-of-malware": N_("the mail speaks of malware"),
    "speaks-of-a-camera": N_("the mail speaks of a camera or of adult sites"),
    "names-a-wallet": N_("the mail names a wallet"),
}
