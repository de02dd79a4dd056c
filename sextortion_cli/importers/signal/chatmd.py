"""How signal-export writes ``chat.md``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sextortion_cli.importers.whatsapp.attached import media_of
from sextortion_cli.model.reading import Attachment, MessageKind, Reaction

#: The header of a message; older versions write a comma and no seconds.
HEADER = re.compile(r"\[(?P<date>\d{4}-\d\d-\d\d(?P<comma>,?) \d\d:\d\d(?P<second>:\d\d)?)\] (?P<name>[^\n]{1,120}?):(?: |\Z)")
DELETED = "(This message was deleted)"
_REACTIONS = re.compile(r"\(- (?P<list>[^\n]{1,4000}) -\)\Z")
_REACTION = re.compile(r"(?P<who>[^\n]{1,120}): ?(?P<emoji>[^\s:,]{1,24})\Z")
_FILE = re.compile(r"!?\[(?P<name>[^\[\]\n]{0,255})\]\((?P<path>\.{1,2}/[^()\n]{1,400})\) {0,2}")
_STICKER = re.compile(r"\(\( (?P<label>[^\n]{1,40}) \)\)\Z")
_CALL = re.compile(r"(?:(?:Incoming|Outgoing|Missed) (?:voice |video |group )?call)(?: \([^()\n]{1,60}\))?\Z")
_QUOTE = re.compile(r"\s*\n\n?(?P<quote>(?:> ?[^\n]*\n)+)\n?")


class Body(NamedTuple):
    """What a message says: its text as in the file, and what the program added around it."""

    kind: MessageKind
    text: str
    quote: str = ""
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    other: str = ""


def is_chat_md(lines: Iterable[str]) -> bool:
    """
    Say whether bracketed headers are signal-export's and not WhatsApp's, which have the same form in some regions.

    signal-export ends every text with two spaces, or with what it adds: links to files, reactions, a note that a message was deleted.
    """
    ends = list(_ends(lines))
    marked = sum(end.endswith(("  ", DELETED, " -)", " ))")) for end in ends)
    return bool(ends) and marked * 2 > len(ends)


def _ends(lines: Iterable[str]) -> Iterator[str]:
    """Yield the last line of each message that is not empty."""
    last, is_inside = "", False
    for line in lines:
        line = line.lstrip("\ufeff").rstrip("\r")
        if HEADER.match(line):
            if is_inside:
                yield last
            is_inside = True
        if line.strip():
            last = line
    if is_inside:
        yield last


def body_of(raw: str) -> Body:
    """Take a message's text apart; `raw` has bare line feeds."""
    rest = raw.rstrip("\n")
    if rest.strip() == DELETED:
        return Body("deleted", rest.strip())
    quote = ""
    if (found := _QUOTE.match(rest)) is not None:
        quote = "\n".join(line.removeprefix(">").removeprefix(" ") for line in found["quote"].rstrip("\n").split("\n"))
        rest = rest[found.end() :]
    files: list[Attachment] = []
    other = ""
    head, _, last = rest.rpartition("\n")
    end = len(rest)
    while True:
        start = rest.rfind("[", 0, end)
        start -= start > 0 and rest[start - 1] == "!"
        link = _FILE.match(rest, start) if start >= 0 else None
        if link is None or link.end() != end:
            break
        is_sticker = link["path"].startswith("../")
        files.insert(0, Attachment(link["path"], "sticker" if is_sticker else media_of(link["path"]), link["name"] or None))
        end = start
    rest = rest[:end]
    head, _, last = rest.rpartition("\n")
    if (sticker := _STICKER.match(last)) is not None:
        files.insert(0, Attachment(media="sticker", note=sticker["label"]))
        rest = head
        head, _, last = rest.rpartition("\n")
    reactions: tuple[Reaction, ...] = ()
    if (found := _REACTIONS.match(last)) is not None:
        taken = [_REACTION.match(part) for part in found["list"].split(", ")]
        if all(taken):
            reactions = tuple(Reaction(one["emoji"], one["who"]) for one in taken if one)
        else:
            other = found["list"]
        rest = head
    text = rest.rstrip("\n").removesuffix("  ")
    kind: MessageKind = "call" if _CALL.match(text) else "media" if files and not text.strip() else "text"
    return Body(kind, text, quote, tuple(files), reactions, other)
