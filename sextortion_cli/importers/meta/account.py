"""The account's own files in Meta's downloads: what their parts are called, whom they are about, and what one entry says."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sextortion_cli.importers.jsonchat.entry import WITHHELD, Entry, Field
from sextortion_cli.importers.jsonchat.facts import Owner, Section, said
from sextortion_cli.importers.jsonchat.shape import Object
from sextortion_cli.importers.meta.moments import utc_of
from sextortion_cli.importers.meta.repair import all_repaired, repaired

#: Meta's own keys whose values are as good as a key to the account.
_SECRETS = frozenset(("datr_cookie", "cookie", "cookies", "machine_cookie", "Cookie", "Cookie Name", "Cookie-navn", "Cookie-Name"))
#: What Meta calls a cookie, in the languages it was seen or is likely in; these labels are localised.
_COOKIES = ("cookie", "informasjonskapsel", "쿠키", "куки", "クッキー")
_MAPS = ("string_map_data", "media_map_data")
_LISTS = ("string_list_data", "media_list_data")
_PARTS = frozenset(("href", "value", "timestamp"))


def entry_values(entry: Entry) -> Mapping[str, str]:
    """
    Return what one entry says: each label with its value, address and time; beside them ``ip`` and ``time``.

    Labels are written in the language of the account, so an address is known by its shape and a time by its key.
    """
    values: dict[str, str] = {}
    found: list[tuple[str, Any]] = []
    is_twofold = "duplicate-key" in entry.problems  # then only the bytes say everything
    for key, field in entry.fields.items():
        parts = [] if is_twofold else list(_labelled(key, field))
        if parts:
            for label, part in parts:
                values |= _part(label, part)
                found.append((label, part))
        elif key not in (*_MAPS, *_LISTS) or field.plain not in ({}, []):
            if not (key == "title" and field.plain == ""):
                values |= said(key, field, _PLAIN)
            found.append((key, field.plain))
    for name, value in _normal(found):
        values.setdefault(name, value)
    return values


def _labelled(key: str, field: Field) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the labelled parts of a map or list, when all of it is such parts."""
    plain = field.plain
    if field.lossy:
        return
    if key in _MAPS and isinstance(plain, dict) and all(isinstance(part, dict) and part.keys() <= _PARTS for part in plain.values()):
        yield from plain.items()
    elif key in _LISTS and isinstance(plain, list) and all(isinstance(part, dict) and part.keys() <= _PARTS for part in plain):
        for number, part in enumerate(plain, 1):
            yield ("entry" if number == 1 else f"entry {number}"), part


def _part(label: str, part: dict[str, Any]) -> dict[str, str]:
    name = repaired(label)
    out: dict[str, str] = {}
    for key, value in part.items():
        if value in ("", None, 0):
            continue
        full = name if key == "value" else f"{name} {key}"
        if any(word in name.lower() for word in _COOKIES) and key != "timestamp":
            out[full] = WITHHELD.format("cookie")
        elif isinstance(value, str):
            out[full] = repaired(value)
            if out[full] != value:
                out[f"{full} (raw)"] = value
        else:
            out[full] = str(value)
    return out or {name: ""}


def _normal(found: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield ``ip``, and ``time`` in UTC where only one time stands in the entry."""
    times: list[int] = []
    for label, part in found:
        for value in part.values() if isinstance(part, dict) else (part,):
            if isinstance(value, str) and _is_address(value):
                yield "ip", value
        stamp = part.get("timestamp") if isinstance(part, dict) else part if "time" in label or "timestamp" in label else None
        if isinstance(stamp, int) and not isinstance(stamp, bool) and stamp:
            times.append(stamp)
    if len(set(times)) == 1 and (utc := utc_of(times[0])) is not None:
        yield "time", utc


def _is_address(text: str) -> bool:
    if not 2 < len(text) < 46:
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


_PLAIN = Section("", "unknown", withheld=_SECRETS, repair=all_repaired)


def _section(kind: str, of: Owner) -> Section:
    return Section(kind, of, withheld=_SECRETS, say=entry_values, repair=all_repaired)


_OWN: Final[Mapping[str, str]] = {
    "account_history_login_history": "login",
    "account_history_logout_history": "logout",
    "account_history_registration_info": "registration",
    "account_history_imprecise_last_known_location": "last-known-location",
    "account_history_password_change_history": "password-change",
    "account_history_account_privacy_history": "privacy-change",
    "account_history_profile_status_changes": "status-change",
    "account_activity_v2": "account-activity",
    "account_accesses_v2": "login",
    "active_sessions_v2": "session",
    "admin_records_v2": "account-change",
    "devices_devices": "device",
    "devices_camera": "camera",
    "login_protection_data_v2": "login-protection",
    "logins_and_logouts_v2": "login",
    "profile_profile_change": "profile-change",
    "profile_user": "profile",
    "profile_account_insights": "profile",
    "recognized_devices_v2": "device",
    "used_ip_address_v2": "ip-address",
}
_OTHERS: Final[Mapping[str, str]] = {
    "relationships_followers": "follower",
    "relationships_following": "following",
    "relationships_close_friends": "close-friend",
    "relationships_unfollowed_users": "unfollowed",
    "relationships_follow_requests_sent": "follow-request-sent",
    "relationships_permanent_follow_requests": "follow-request-sent",
    "relationships_follow_requests_received": "follow-request-received",
    "relationships_blocked_users": "blocked",
    "relationships_restricted_users": "restricted",
    "relationships_hide_stories_from": "stories-hidden-from",
    "relationships_dismissed_suggested_users": "suggestion-removed",
    "friends_v2": "friend",
    "deleted_friends_v2": "friend-removed",
    "received_requests_v2": "friend-request-received",
    "sent_requests_v2": "friend-request-sent",
    "rejected_requests_v2": "friend-request-rejected",
}
_DEVICES = _section("encrypted-chat-device", "account-owner")
_ENCRYPTED = Object(
    {
        "armadillo_devices": _DEVICES,
        "tincan_devices": _DEVICES,
        "calls": _section("encrypted-call", "unknown"),
    },
    other=Section("encrypted-chats", "account-owner", is_listed=False),
)
SHAPE: Final = Object(
    {
        **{key: _section(kind, "account-owner") for key, kind in _OWN.items()},
        **{key: _section(kind, "contact") for key, kind in _OTHERS.items()},
        "ig_secret_conversations": _ENCRYPTED,
        "secret_conversations_v2": _ENCRYPTED,
    },
    other=Section("account-data", "unknown", is_listed=False, withheld=_SECRETS, repair=all_repaired),
)
OWN_KEYS: Final = frozenset((*_OWN, "ig_secret_conversations", "secret_conversations_v2"))
FOLLOWERS: Final = _section("follower", "contact")
CONNECTIONS: Final = _section("connection", "contact")
