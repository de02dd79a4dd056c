"""What each kind of fact is called by people, as catalogue entries, and which kinds belong together: one list for screen and report."""

from __future__ import annotations

from typing import Final

from sextortion_cli.words import N_

FACT: Final = {
    "account": N_("account"),
    "account-activity": N_("use of the account"),
    "account-change": N_("change of the account"),
    "activity": N_("activity"),
    "address": N_("address or number"),
    "attachment": N_("attachment"),
    "block": N_("block"),
    "blocked": N_("blocked account"),
    "blocked-person": N_("blocked account"),
    "call": N_("call"),
    "camera": N_("camera"),
    "capture": N_("header of the capture"),
    "capture-totals": N_("what the capture holds"),
    "close-friend": N_("close friend"),
    "connection": N_("connection"),
    "contact": N_("contact"),
    "conversation": N_("conversation"),
    "deleted-friend": N_("removed friend"),
    "deleted-message": N_("mark of a deleted message"),
    "device": N_("device"),
    "email-change": N_("change of e-mail address"),
    "encrypted-chat-device": N_("device"),
    "export": N_("what the export says of itself"),
    "firewall-line": N_("line of a firewall log"),
    "follow-request-received": N_("follow request received"),
    "follow-request-sent": N_("follow request sent"),
    "follower": N_("follower"),
    "following": N_("account that is followed"),
    "frequent-contact": N_("frequent contact"),
    "friend": N_("friend"),
    "friend-removed": N_("removed friend"),
    "friend-request": N_("friend request"),
    "friend-request-received": N_("friend request received"),
    "friend-request-sent": N_("friend request sent"),
    "group": N_("group"),
    "ip-address": N_("IP address"),
    "last-known-location": N_("last known place"),
    "like": N_("like"),
    "login": N_("login"),
    "login-protection": N_("login protection"),
    "logout": N_("logout"),
    "mail-authentication": N_("the provider's check of a mail"),
    "mail-hop": N_("step of a mail's way"),
    "mail-mass-traits": N_("traits of a mass mailing"),
    "mail-origin": N_("claimed origin of a mail"),
    "mail-part": N_("part of a mail"),
    "match": N_("match"),
    "memory": N_("saved picture or video"),
    "name-change": N_("change of name"),
    "own-address": N_("IP address"),
    "own-private-address": N_("address inside a network"),
    "own-public-address": N_("public address"),
    "page-text": N_("text of a page"),
    "participant": N_("participant"),
    "password-change": N_("change of password"),
    "peer-candidate": N_("candidate for the other end of a call"),
    "phone-change": N_("change of phone number"),
    "profile": N_("profile"),
    "profile-change": N_("change of profile"),
    "profile-picture": N_("profile picture"),
    "recipient": N_("recipient"),
    "registration": N_("registration of the account"),
    "relay": N_("server that relayed"),
    "session": N_("session"),
    "setting": N_("setting"),
    "settings": N_("settings"),
    "table-not-read": N_("table that is not read row by row"),
    "unfollowed": N_("account no longer followed"),
    "unknown-key": N_("part of the export nobody knows"),
    "usage": N_("use"),
    "web-session": N_("session in a browser"),
}
#: Kinds that tell from where and with what the account was used.
ADDRESSES: Final = frozenset(
    {
        "account-activity", "camera", "device", "encrypted-chat-device", "ip-address", "login", "login-protection", "logout", "mail-hop",
        "mail-origin", "own-address", "own-private-address", "own-public-address", "registration", "session", "web-session",
    }
)  # fmt: skip
#: Kinds that say who the owner of the account is: a report hides their values whole.
IDENTITY: Final = frozenset(
    {
        "account", "account-change", "email-change", "last-known-location", "name-change", "phone-change", "profile", "profile-change",
        "profile-picture", "registration",
    }
)  # fmt: skip
#: Kinds that only describe the file: a report on paper counts them.
STRUCTURE: Final = frozenset(
    {
        "capture", "capture-interface", "capture-totals", "columns", "conversation-header", "export", "export-note", "export-range",
        "export-time", "firewall-log-header", "mail-epilogue", "mail-headers", "mail-multipart", "mail-part", "mail-preamble",
        "message-count", "message-group", "page-footer", "page-text", "table-not-read",
    }
)  # fmt: skip
CANDIDATE: Final = "peer-candidate"
_MAIL: Final = ("mail-eml", "mail-mbox")


def is_ours(importer: str | None, key: str) -> bool:
    """Tell whether a value under `key` is a sentence of the program's own, to be said in the reader's language; evidence never is."""
    if importer == "pcap":
        return key in ("means", "this_end") or key.startswith("reason_")
    return importer in _MAIL and key == "meaning"
