"""One line of Signal's plain-text export: a message, or a fact about the account, a person or a chat."""

from __future__ import annotations

from typing import Any

from sextortion_cli.importers.jsonchat.entry import Entry, masked
from sextortion_cli.importers.jsonchat.facts import Owner
from sextortion_cli.importers.jsonchat.shape import Built, Read
from sextortion_cli.importers.jsonfields.draft import Draft, nested
from sextortion_cli.importers.signal.item import item
from sextortion_cli.importers.signal.people import People, phone, service_id
from sextortion_cli.importers.signal.secrets import SECRETS
from sextortion_cli.model.reading import Fact

_FRAMES: dict[str, tuple[str, Owner]] = {
    "account": ("account", "account-owner"),
    "recipient": ("recipient", "unknown"),
    "chat": ("conversation", "unknown"),
    "stickerPack": ("sticker-pack", "account-owner"),
    "adHocCall": ("call", "unknown"),
    "notificationProfile": ("setting", "account-owner"),
    "chatFolder": ("setting", "account-owner"),
}
_RECIPIENTS: dict[str, tuple[str, Owner]] = {
    "contact": ("contact", "contact"),
    "group": ("group", "unknown"),
    "self": ("profile", "account-owner"),
    "releaseNotes": ("recipient", "unknown"),
    "distributionList": ("recipient", "account-owner"),
    "callLink": ("call-link", "unknown"),
}
_OFF = (None, 0, "0", "")


def reader(people: People) -> Read:
    """Return what reads lines in their order: each may name what an earlier one introduced."""

    def line(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
        held = entry.fields.get("chatItem")
        inner = nested(held)
        if inner is not None:
            built = item(start, end, pointer, inner, people)
            _beside(built, entry, "chatItem")
            return built
        for frame, (kind, of) in _FRAMES.items():
            inner = nested(entry.fields.get(frame))
            if inner is not None:
                return _fact(start, end, pointer, entry, frame, inner, kind, of, people)
        is_info = "backupTimeMs" in entry.fields
        draft = Draft(start, end, pointer, entry, SECRETS)
        if held is not None or any(frame in entry.fields for frame in _FRAMES):
            draft.problems["unexpected-shape"] = None
        return draft.fact("export", "account-owner") if is_info else draft.fact("unknown-key", "unknown")

    return line


def _beside(built: Built, entry: Entry, frame: str) -> None:
    """Keep what stands beside a frame on its line."""
    record = built.record
    target = record.values if isinstance(record, Fact) else record.detail
    for key, field in entry.fields.items():
        if key != frame:
            target[f"/{key}"] = masked(key, field, SECRETS)
    for number, (key, field) in enumerate(entry.more, 2):
        target[f"/{key}#{number}"] = masked(key, field, SECRETS)


def _fact(start: int, end: int, pointer: str | None, entry: Entry, frame: str, inner: Entry, kind: str, of: Owner, people: People) -> Built:
    plain: dict[str, Any] = {key: field.plain for key, field in inner.fields.items()}
    draft = Draft(start, end, pointer, inner, SECRETS)
    if frame == "account":
        people.learn_account(plain)
    elif frame == "chat":
        people.learn_chat(plain)
        if plain.get("expirationTimerMs") not in _OFF:
            draft.gaps["disappearing-timer"] = None
    elif frame == "recipient":
        people.learn_recipient(plain)
        kind, of = _recipient(draft, inner, plain)
    built = draft.fact(kind, of)
    _beside(built, entry, frame)
    return built


def _recipient(draft: Draft, inner: Entry, plain: dict[str, Any]) -> tuple[str, Owner]:
    for key, (kind, of) in _RECIPIENTS.items():
        said = nested(inner.fields.get(key))
        if said is None:
            continue
        if said.fields and not said.more:
            draft.place(key)
            draft.more |= {name: masked(name, field, SECRETS) for name, field in said.fields.items()}
        if key == "contact":
            for name in ("aci", "pni"):
                if found := service_id(plain[key].get(name)):
                    draft.more[f"{name} as UUID"] = found
            if number := phone(plain[key].get("e164")):
                draft.more["phone number"] = number
        if key == "group":
            _group(draft, plain[key])
        return kind, of
    return "recipient", "unknown"


def _group(draft: Draft, group: dict[str, Any]) -> None:
    snapshot = group.get("snapshot")
    if not isinstance(snapshot, dict):
        return
    if members := People().names_of(snapshot.get("members"), "userId"):
        draft.more["members as UUID"] = members
    timer = snapshot.get("disappearingMessagesTimer")
    if isinstance(timer, dict) and timer.get("disappearingMessagesDuration") not in _OFF:
        draft.gaps["disappearing-timer"] = None
