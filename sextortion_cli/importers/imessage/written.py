"""How imessage-exporter writes one message as text."""

from __future__ import annotations

import re
from typing import NamedTuple

from sextortion_cli.importers.whatsapp.attached import media_of
from sextortion_cli.model.reading import Attachment, Reaction

_DATE = r"[A-Z][a-z]{2} \d{2}, \d{4} {1,2}\d{1,2}:\d{2}:\d{2} [AP]M"
#: The first line of a message: when, and after how long somebody read it.
FIRST = re.compile(rf"(?P<date>{_DATE})(?: \((?P<read>Read by [^\n]{{1,120}} after [^\n]{{1,120}}|Delivered[^\n]{{0,120}})\))?\Z")
#: Something that happened in the conversation, in one line.
EVENT = re.compile(rf"(?P<date>{_DATE}) (?P<event>\S[^\n]{{0,400}})\Z")
_EVENTS = re.compile(
    r".{1,200}? (?:renamed the conversation to .{0,200}|named the conversation .{0,200}|added .{1,200} to the conversation\.|removed .{1,200} from the conversation\.|left the conversation\."
    r"|changed the group photo\.|removed the group photo\.|changed the chat background\.|removed the chat background\.|changed their phone number\.|kept an audio message\.|unsent a message!|performed unknown action -?\d{1,6})\Z"
)
DELETED = "This message was deleted from the conversation!"
_REPLY = "This message responded to an earlier message."
_TAPBACKS = ("Tapbacks:", "Reactions:")
_TAPBACK = re.compile(r"(?P<what>[^\n]{1,60}?) by (?P<who>[^\n]{1,200})\Z")
_EFFECT = re.compile(
    r"Sent with (?:Confetti|Echo|Fireworks|Balloons|Heart|Lasers|Shooting Star|Sparkles|Spotlight|Slam|Loud|Gentle|Invisible Ink)\Z"
)
_EDITED = re.compile(r"Edited [^\n:]{1,120} later: ")
_UNSENT = re.compile(r"[^\n]{1,120} unsent this message part(?:!| [^\n]{1,120} after sending!)\Z")
_FILE = re.compile(r"(?:[^\n]{0,400}/)?(?:[Aa]ttachments|StickerCache)/[^\n]{1,400}\.\w{1,8}\Z")
_STICKER = re.compile(
    r"(?:[A-Z][a-z]{1,20} )?Sticker from [^\n:]{1,120}: (?P<path>[^\n]{1,400}?)(?: \((?:App|Genmoji prompt): [^\n]{1,200}\))?\Z"
)
_MISSING = frozenset(["Attachment missing!", "Attachment missing name metadata!"])
_ADDRESS = re.compile(r"(?:\+?\d{3,20}|[^\s@]{1,64}@[^\s@]{1,128})\Z")


class Written(NamedTuple):
    """
    What stands below the name of a sender.

    Attributes:
        text: The lines that were written, those that name files included.
        files, reactions: What the lines name.
        replies: Answers that the program repeats below the message; they are messages of their own elsewhere in the file.
        detail: What else the program adds.
        is_edited, is_unsent: The text shows earlier versions, or only that it was taken back.
    """

    text: str
    files: tuple[Attachment, ...]
    reactions: tuple[Reaction, ...]
    replies: str
    detail: dict[str, str]
    is_edited: bool
    is_unsent: bool


def is_event(line: str) -> bool:
    """Say whether a line is an event as the program words it."""
    found = EVENT.match(line)
    return found is not None and _EVENTS.match(found["event"]) is not None


def identity_of(name: str) -> str | None:
    """Return the number or address that a name is, where there was no contact for it."""
    return name if _ADDRESS.match(name) else None


def written(raw: str) -> Written:
    """Take apart what stands below a sender; `raw` has bare line feeds."""
    lines = raw.rstrip("\n").split("\n")
    detail: dict[str, str] = {}
    if lines[0] == DELETED:
        detail["deleted"] = lines.pop(0)
    if lines and lines[-1] == _REPLY:
        detail["reply"] = lines.pop()
    first_reply = next((at for at, line in enumerate(lines) if line.startswith("    ") and FIRST.match(line[4:])), len(lines))
    replies, lines = "\n".join(line.removeprefix("    ") for line in lines[first_reply:]).strip("\n"), lines[:first_reply]
    reactions: list[Reaction] = []
    start = next((at for at, line in enumerate(lines) if line in _TAPBACKS), len(lines))
    tapbacks = [line for line in lines[start + 1 :] if line.strip()]
    found = [_TAPBACK.match(line) for line in tapbacks]
    if tapbacks and all(found):
        reactions = [Reaction(one["what"], one["who"]) for one in found if one]
        lines = lines[:start]
    while lines and not lines[-1].strip():
        lines.pop()
    if lines and _EFFECT.match(lines[-1]):
        detail["effect"] = lines.pop()
    files = [file for line in lines if (file := _file(line)) is not None]
    text = "\n".join(lines)
    is_unsent = len(lines) == 1 and _UNSENT.match(lines[0]) is not None
    return Written(text, tuple(files), tuple(reactions), replies, detail, any(map(_EDITED.match, lines)), is_unsent)


def _file(line: str) -> Attachment | None:
    sticker = _STICKER.match(line)
    if sticker is not None:
        return Attachment(sticker["path"], "sticker")
    if line in _MISSING:
        return Attachment(note=line)
    return Attachment(line, media_of(line)) if _FILE.match(line) else None
