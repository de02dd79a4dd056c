"""Which of Meta's services a file of messages is from, and in which folder of it, so far as the file and its path say."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from sextortion_cli.importers.jsonchat.glance import first, glance
from sextortion_cli.importers.jsonchat.shape import About
from sextortion_cli.importers.meta.repair import repaired
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation

Service = Literal["instagram", "messenger", "meta"]
_SECTIONS: Final = frozenset(
    (
        "inbox",
        "message_requests",
        "archived_threads",
        "filtered_threads",
        "legacy_threads",
        "e2ee_cutover",
        "broadcast",
        "ai_conversations",
        "reported_conversations",
    )
)
_ROOTS: Final[tuple[tuple[str, Service], ...]] = (
    ("your_instagram_activity", "instagram"),
    ("your_facebook_activity", "messenger"),
    ("your_activity_across_facebook", "messenger"),
    ("instagram-", "instagram"),
    ("facebook-", "messenger"),
)
_URI_REACH = 1 << 20
# An unescaped quotation mark never stands inside a JSON string: this is a key and its value, not something somebody wrote.
_URI = re.compile(
    rb'[{,\s]"uri"[ \t\r\n]{0,64}:[ \t\r\n]{0,64}"(your_instagram_activity|your_facebook_activity|your_activity_across_facebook)/'
)


def is_thread(found: Any) -> bool:
    """Say whether a glance at a file shows a conversation as Meta writes it."""
    messages = first(found, "messages")
    if not isinstance(found, dict) or not isinstance(messages, list):
        return False
    if any(_is_message(item, found) for item in messages):
        return True
    has_people = isinstance(found.get("participants"), list)
    return has_people and not messages and bool(found.keys() & {"thread_path", "threadName"})


def _is_message(item: Any, found: dict[str, Any]) -> bool:
    if not isinstance(item, dict):
        return False
    if "sender_name" in item:
        return bool(item.keys() & {"timestamp_ms", "timestamp"}) or "participants" in found
    return "senderName" in item and ("isUnsent" in item or bool(found.keys() & {"participants", "threadName"}))


def is_encrypted(found: Any) -> bool:
    """Say whether a glance shows the download from the secure storage, whose keys are written in another way."""
    return isinstance(found, dict) and ("threadName" in found or any("senderName" in item for item in _objects(found.get("messages"))))


def _objects(items: Any) -> list[dict[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def service_of(source: Source) -> Service:
    """Return the service by the folders the file came in, the paths it names, or its shape; ``meta`` when none of them tells."""
    folders = source.name.lower().split("/")[:-1]
    for root, service in _ROOTS:
        if any(folder == root or (root.endswith("-") and folder.startswith(root)) for folder in folders):
            return service
    named = _URI.search(source.head(_URI_REACH))
    if named is not None:
        return "instagram" if named[1] == b"your_instagram_activity" else "messenger"
    return "messenger" if is_encrypted(glance(source)) else "meta"


def conversation(service: Service, about: About) -> Conversation:
    """Return the conversation of one file: its title, its path inside the download, and service and folder as its type."""
    path = about.text("thread_path")
    folders = about.name.split("/")[:-1]
    if path is None and len(folders) > 1 and folders[-2] in _SECTIONS:
        path = "/".join(folders[-2:])
    section = (path or "").split("/")[0]
    if not section:
        section = next((folder for folder in reversed(folders) if folder in _SECTIONS), "")
    title = about.text("title") or about.text("threadName")
    kind = f"{service}/{repaired(section)}" if section else service
    return Conversation(None if title is None else repaired(title), None if path is None else repaired(path), kind, about.pointer)
