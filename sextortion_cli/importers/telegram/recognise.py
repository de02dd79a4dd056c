"""Whether a file is an export of Telegram Desktop, from its first bytes."""

from __future__ import annotations

from itertools import islice

from sextortion_cli.importers.jsonchat.cover import held_in
from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonscan.elements import Broken, CutError, Elements
from sextortion_cli.importers.jsonscan.exact import decode_exactly
from sextortion_cli.importers.jsonscan.extent import value_end
from sextortion_cli.importers.jsonscan.members import Member, Members
from sextortion_cli.importers.jsonscan.window import Window
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Sniff

_REACH = 1 << 20
_LOOKED_AT = 5
_OBJECT, _ARRAY = 0x7B, 0x5B
_TYPES = frozenset(("message", "service"))
_TELLING = frozenset(("from_id", "actor_id", "text_entities", "date_unixtime", "action", "actor", "from"))
# Keys by which other services' messages are known; Telegram never writes them.
_FOREIGN = frozenset(("sender_name", "senderName", "timestamp_ms", "timestamp", "author_id", "content"))
_PEERS = ("saved_messages", "replies", "verification_codes", "personal_chat", "bot_chat")
_CHAT_TYPES = frozenset((*_PEERS, "private_group", "private_supergroup", "public_supergroup", "private_channel", "public_channel"))
_ACCOUNT_KEYS = frozenset(("first_name", "last_name", "phone_number"))
_NO = Sniff("no", "no object with messages as Telegram writes them")


class _Beginning(Source):
    """The first bytes of an object, so that looking at it costs little."""

    def __init__(self, source: Source) -> None:
        super().__init__(-1, min(source.size, _REACH), source.name)
        self._data = source.head(self.size)

    def read_at(self, offset: int, count: int) -> bytes:
        return self._data[offset : offset + count]


def recognise(source: Source) -> Sniff:
    """Return ``yes`` for a conversation or an account as Telegram Desktop exports them, in any order of keys, also when it is cut off."""
    beginning = _Beginning(source)
    window = Window(beginning, _REACH)
    start = window.after_space(3 if window.data.startswith(b"\xef\xbb\xbf") else 0)
    if window.at(start) != _OBJECT:
        return Sniff("no", "no JSON object")
    seen: dict[str, str] = {}
    try:
        return _look(window, Members(window, start + 1), seen)
    except CutError:
        return _verdict(seen)


def _look(window: Window, members: Members, seen: dict[str, str]) -> Sniff:
    for member in members:
        if member.key == "messages" and member.first == _ARRAY:
            found = _messages(window, member)
            if found != "none":
                return Sniff("yes", "messages as Telegram writes them") if found == "telegram" else _NO
            seen["messages"] = ""
        elif member.key in ("chats", "left_chats") and member.first in (_OBJECT, _ARRAY) and _has_chats(window, member):
            return Sniff("yes", "conversations as Telegram writes them")
        elif member.key == "personal_information" and member.first == _OBJECT and _is_account(window, member):
            seen["account"] = ""
        elif member.key in ("type", "id", "about") and member.first not in (_OBJECT, _ARRAY):
            end = value_end(window, member.place)
            seen[member.key] = window.slice(member.place, end or member.place).decode("utf-8", "replace").strip('"')
        members.skip(member)
    return _verdict(seen)


def _verdict(seen: dict[str, str]) -> Sniff:
    if "account" in seen:
        return Sniff("yes", "account data as Telegram writes them")
    if "messages" in seen and seen.get("type") in _CHAT_TYPES and "id" in seen:
        return Sniff("yes", "a Telegram conversation without messages")
    return _NO


def _messages(window: Window, member: Member) -> str:
    """Return ``telegram``, ``other`` or ``none`` for the first few messages of a list."""
    verdict = "none"
    elements = Elements(window, member.place + 1, decode_exactly)
    try:
        for _, _, data, held in islice(elements, _LOOKED_AT):
            entry = None if isinstance(held, Broken) else Entry(data, held)
            if entry is not None and _is_message(entry):
                return "telegram"
            if entry is None or entry.text("type") != "unsupported":
                verdict = "other"
    except CutError:
        return verdict
    return verdict


def _is_message(entry: Entry) -> bool:
    keys = entry.fields.keys()
    has_time = entry.text("date") is not None or "date_unixtime" in keys
    return entry.text("type") in _TYPES and has_time and bool(keys & _TELLING) and not keys & _FOREIGN


def _has_chats(window: Window, member: Member) -> bool:
    """Say whether a list of conversations begins with one whose messages are Telegram's, or that has none yet but Telegram's header."""
    place = member.place
    if member.first == _OBJECT:
        inner = Members(window, member.place + 1)
        for item in inner:
            if item.key == "list" and item.first == _ARRAY:
                place = item.place
                break
            inner.skip(item)
        else:
            return False
    while window.at(place := window.after_space(place + 1)) == _OBJECT:
        chat: dict[str, str] = {}
        members = Members(window, place + 1)
        if _look(window, members, chat).verdict == "yes":
            return True
        members = Members(window, place + 1)
        for item in members:
            members.skip(item)
        place = window.after_space(members.end)
        if window.at(place) != 0x2C:
            return False
    return False


def _is_account(window: Window, member: Member) -> bool:
    end = value_end(window, member.place)
    data = window.slice(member.place, end or member.place)
    held = held_in(data)
    keys = set() if isinstance(held, Broken) else set(Entry(data, held).fields)
    return "user_id" in keys and bool(keys & _ACCOUNT_KEYS)
