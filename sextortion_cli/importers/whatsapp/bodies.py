"""What a message of a WhatsApp text export is: text, media, a call, a deleted message, or one of the app's own lines."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from unicodedata import normalize

from sextortion_cli.importers.whatsapp import phrases
from sextortion_cli.importers.whatsapp.attached import MARKS, left_out, named
from sextortion_cli.model.reading import Attachment, MessageKind

Form = Literal["android", "marked", "unmarked"]
"""Of which phone an export is: Android; an iPhone with its marks before the app's words; an iPhone whose marks are lost or odd."""

_INVISIBLE = "\u200e\u200f\u202a\u202b\u202c\u061c\ufeff"
_EDITED = re.compile(r"\s{0,8}(?P<mark>[\u200e\u200f]?)<(?P<words>[^<>\n]{4,60})>[\u200e\u200f]?\Z")
_MAP = re.compile(r"(?P<words>[^:\n]{1,40}): https://(?:maps\.google|www\.google|maps\.apple)\.[a-z.]+/\S{1,300}\Z")
_QUESTION = re.compile(r"[^\W\d_]{3,20}:\Z")
_ANSWER = re.compile(r"[^\W\d_]{3,20}: [^\n]{1,400} \([^()\n]{0,4}\d{1,4}[^()\n]{0,20}\)\Z")
_BEHIND_CALL = re.compile(r"[,،、]|\. ")
_LASTED = re.compile(r" ?\d{1,3} ?\w{1,8}\.?(?: \d{1,2} ?\w{1,8}\.?)?\Z")
_SPECIAL = frozenset((*phrases.OMITTED, *phrases.DELETED, *phrases.CALLS, *phrases.LIVE, "null", ""))
_DELETED_BY = "this message was deleted by admin"
_OUTCOMES = frozenset(("no answer", "tap to call back", "click to call back", "answered on other device", "declined", "focus mode"))
_LONGEST_PHRASE = max(map(len, _SPECIAL)) + 2
_MARKED = frozenset(_INVISIBLE + "\u00a0\u202f")
_SUSPECT_ENDS = frozenset((")", ">", "\r", " ", ""))
_BANNER_HEAD = 8
_BANNER_HEADS = frozenset(banner[:_BANNER_HEAD] for banner in phrases.BANNERS)


class Body(NamedTuple):
    """What a body is: its kind, the files it names, whether it was edited, and notes for `Message.detail`."""

    kind: MessageKind
    attachments: tuple[Attachment, ...] = ()
    edited: bool = False
    detail: tuple[tuple[str, str], ...] = ()


TEXT = Body("text")


def is_plain(body: str) -> bool:
    """Say quickly and surely that a body of one line is nothing but text: no phrase of the app can be in it."""
    if body[-1:] in _SUSPECT_ENDS or body[:1] == "<" or "https://" in body:
        return False
    if not body.isascii() and not _MARKED.isdisjoint(body):
        return False
    if len(body) <= _LONGEST_PHRASE:
        folded = body.rstrip(phrases.STOPS).casefold()
        if ("," in folded and folded.partition(",")[0] in phrases.CALLS) or folded.startswith(_DELETED_BY):
            return False
        return folded not in _SPECIAL and (body.isascii() or normalize("NFC", folded) not in _SPECIAL)
    return body[:_BANNER_HEAD].casefold() not in _BANNER_HEADS


def form_of(bodies: list[str]) -> Form:
    """
    Return whether the app's own words carry a mark in an iPhone's export, from bodies of a sample of it.

    Where they do, a mark in front is the app speaking, in whatever words. Marks get lost or put elsewhere when a text is saved again
    or put together by hand; then nothing is concluded from them.
    """
    marked = unmarked = 0
    for body in bodies:
        if body[:1] in MARKS and body:
            marked += phrases.key(body) in _SPECIAL or phrases.is_banner(body)
        elif len(body) <= _LONGEST_PHRASE and body:
            unmarked += body.rstrip(phrases.STOPS).casefold() in _SPECIAL
    return "marked" if marked >= unmarked * 4 else "unmarked"


def read_body(body: str, form: Form) -> Body:
    """Return what `body` is."""
    edited = _EDITED.search(body) if body.rstrip(MARKS).endswith(">") else None
    if edited is not None and edited.start() and _says_edited(edited):
        return read_body(body[: edited.start()], form)._replace(edited=True)
    first, _, further = body.partition("\n")
    key = phrases.key(first)
    by_app = any(mark in first for mark in MARKS)
    if not further and key in _SPECIAL:
        return _special(key, first, form)
    if phrases.is_banner(first) and not further:
        return Body("app_notice", detail=(("event", phrases.event_of(first) or "notice"),))
    found = named(body)
    if found is not None:
        return Body("text" if found.has_caption else "media", (found.attachment,))
    if not further and key.startswith(_DELETED_BY):
        return Body("deleted")
    if not further and _is_call(key, by_app):
        return Body("call")
    if by_app and not further:
        notice = _notice(first, key)
        if notice is not None:
            return notice
    place = _MAP.match(first.lstrip(_INVISIBLE + " "))
    if place is not None and not further and phrases.key(place["words"]) in phrases.LOCATION:
        return Body("media", (Attachment(media="location", note=phrases.bare(first).strip()),))
    if _is_poll(body):
        return Body("other", detail=(("what", "poll"),))
    if form == "marked" and not further and first[:1] in MARKS and phrases.bare(first).strip():
        # On an iPhone nobody but the app begins with such a mark, whatever language it speaks.
        event = phrases.event_of(first)
        return Body("app_notice", detail=(("event", event),) if event else ())
    return TEXT


def _special(key: str, body: str, form: Form) -> Body:
    if key in phrases.OMITTED:
        return Body("media", (left_out(key, body),))
    if key in phrases.DELETED:
        return Body("deleted")
    if key in phrases.CALLS:
        return Body("call")
    if key in phrases.LIVE:
        return Body("media", (Attachment(media="location", note=phrases.bare(body)),))
    if key == "null" and form != "android":
        return TEXT
    if key == "null" or not phrases.bare(body).strip():
        return Body("other", detail=(("likely", "view-once media, a call, or something this export has no words for"),))
    return TEXT


def _says_edited(found: re.Match[str]) -> bool:
    """Say whether brackets at the end tell of an edit: by a known phrase, or, in any language, by the app's mark before several words."""
    words = phrases.key(found["words"])
    if words in phrases.OMITTED:
        return False
    return words in phrases.EDITED or (bool(found["mark"]) and " " in words and not re.search(r"[:：]|\.\w{1,8}\Z", words))


def _is_call(key: str, by_app: bool) -> bool:
    """Say whether a line is a call with what became of it behind: how long it lasted, or anything that the app's mark vouches for."""
    words, _, rest = _BEHIND_CALL.sub("\n", key, count=1).partition("\n")
    return bool(rest) and words.strip() in phrases.CALLS and (by_app or _LASTED.match(rest) is not None or rest.strip() in _OUTCOMES)


def _notice(first: str, key: str) -> Body | None:
    """Read a line with the app's own mark."""
    if first[0] in MARKS and any(key.startswith(f"{phrase} ") for phrase in phrases.DELETED):
        return Body("deleted")  # by whom stands behind it
    event = phrases.event_of(first)
    if event in ("encryption-notice", "security-code-changed", "contact-blocked", "disappearing-messages", "number-changed"):
        return Body("app_notice", detail=(("event", event),))
    if first[1:2] == first[0] and event is not None:
        return Body("app_notice", detail=(("event", event),))
    return None


def _is_poll(body: str) -> bool:
    """Say whether a body is a poll: a word and a colon, the question, and answers with their number of votes."""
    first, _, further = body.partition("\n")
    head = phrases.bare(first)
    if not further or not head.isupper() or not _QUESTION.match(head):
        return False
    lines = [phrases.bare(line) for line in further.split("\n", 64)]
    return sum(line.partition(":")[0].isupper() and _ANSWER.match(line) is not None for line in lines) > 1
