"""How DiscordChatExporter and Discord itself write names of files, attachments and reactions."""

from __future__ import annotations

import re

from sextortion_cli.model.reading import Conversation, Reaction

EPOCH_MS = 1_420_070_400_000
"""First millisecond of Discord's numbers: 2015-01-01T00:00:00Z."""
_NAME = re.compile(
    r"(?:\A|/)(?:(?P<place>[^/]{1,200}?) - )?(?P<channel>[^/]{1,200}) \[(?P<id>\d{15,20})\](?: \([^()/]{1,80}\))?(?: \[part \d{1,6}\])?\.\w{3,4}\Z"
)
_REACTION = re.compile(r"(?P<emoji>[^()]{1,80}?) \((?P<count>\d{1,9})\)\Z")
_CALL = re.compile(r"Started a call that lasted [\d,]{1,12} minutes\.\Z")
_NOTICES = frozenset(
    [
        "Added a recipient.", "Left the group.", "Removed a recipient.", "Changed the channel name.", "Changed the channel icon.",
        "Pinned a message.", "Started a thread.", "Joined the server.",
    ]
)  # fmt: skip
_NOTICE = re.compile(r"(?:Added [^\n]{1,100} to|Removed [^\n]{1,100} from) the group\.\Z|Changed the channel name: [^\n]{1,200}\Z")


def conversation_of(name: str) -> Conversation:
    """Return what a file name as DiscordChatExporter gives it says of the conversation."""
    found = _NAME.search(name)
    if found is None:
        return Conversation()
    kind = "direct" if found["place"] and found["place"].startswith("Direct Messages") else None
    return Conversation(found["channel"], found["id"], kind)


def reactions_of(text: str, between: str = ",") -> tuple[Reaction, ...] | None:
    """Return the reactions of a list like ``👍 (2),🔥 (1)``; None when it is none."""
    found = []
    for part in text.split(between) if text.strip() else []:
        seen = _REACTION.match(part.strip())
        if seen is None:
            return None
        found.append(Reaction(seen["emoji"], count=int(seen["count"])))
    return tuple(found)


def is_notice(text: str) -> bool:
    """Say whether a text is one the exporter writes for what is no message: anybody could have typed it, too."""
    return text in _NOTICES or bool(_CALL.match(text)) or bool(_NOTICE.match(text))
