"""Telegram Desktop "Export chat history" and "Export Telegram data" as machine-readable JSON: `result.json`, one chat or all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.jsonscan.elements import Broken, CutError, Elements, Seam
from sextortion_cli.importers.jsonscan.exact import decode_exactly
from sextortion_cli.importers.jsonscan.members import Member, Members
from sextortion_cli.importers.jsonscan.strings import read_string
from sextortion_cli.importers.jsonscan.window import EOF, Window
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.telegram import codes
from sextortion_cli.importers.telegram.entry import Entry
from sextortion_cli.importers.telegram.facts import KINDS, fact_of
from sextortion_cli.importers.telegram.message import from_entry, from_plain
from sextortion_cli.importers.telegram.wire import Plain, message_decoder
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message, Noise, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_BRACE, _BRACKET, _CLOSE, _COMMA, _QUOTE = 0x7B, 0x5B, 0x5D, 0x2C, 0x22
_BOM = b"\xef\xbb\xbf"
_SCALARS = rb'[\s,]*+"(?:name|type|id|about)"\s*+:\s*+(?:"(?:[^"\\]++|\\.)*+"|[A-Za-z0-9.+-]++)[\s,]*+'
_HEADERS = frozenset({"name", "type", "id"})
_FACT_LIMIT = 1 << 20
_CHAT_TYPES = rb"saved_messages|replies|verification_codes|personal_chat|bot_chat|private_group|private_supergroup|public_supergroup|private_channel|public_channel"
_MARKERS = re.compile(rb'"(?:from_id|actor_id|date_unixtime|text_entities|actor)"\s*+:')
_TYPED = re.compile(rb'"type"\s*+:\s*+"(?:message|service|' + _CHAT_TYPES + rb')"')
_SECTIONS = re.compile(rb'"(?:personal_information|frequent_contacts|web_sessions|left_chats|other_data|profile_pictures)"\s*+:\s*+[{\[]')


class TelegramJson(Importer):
    """Reads result.json of Telegram Desktop, of any version, byte-exact and streaming."""

    id: ClassVar[str] = "telegram-json"
    service: ClassVar[str] = "Telegram"
    version: ClassVar[str] = "1"
    raw_form: ClassVar[str] = "json"
    form: ClassVar[Literal["text", "json"]] = "json"
    how_to_export: ClassVar[Mapping[str, str]] = {
        "nb": "Bruk Telegram Desktop på en datamaskin. Åpne samtalen, ⋮ > Eksporter samtalehistorikk, og velg JSON og alle medier. "
        "Telegram kan be deg vente et døgn; det er vanlig.",
        "en": "Use Telegram Desktop on a computer. Open the chat, ⋮ > Export chat history, and choose JSON and all media. "
        "Telegram may ask you to wait a day; that is normal.",
    }
    limits: ClassVar[Mapping[str, str]] = {
        "nb": "Hemmelige samtaler er aldri med. Det som var slettet før eksporten, er borte. Eldre versjoner gir bare datamaskinens lokale tid. "
        "Filer som ikke ble valgt, mangler.",
        "en": "Secret chats are never included. What was deleted before the export is gone. Older versions give only the computer's local time. "
        "Files that were not chosen are missing.",
    }
    seen_on: ClassVar[str] = "single and full exports; layouts of 2018 to 2026 from the program's own source; few real files"
    noise: ClassVar[Mapping[str, str]] = codes.NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | None]] = {
        "conversation-header": re.compile(_SCALARS, re.DOTALL),
        "export-notes": re.compile(_SCALARS, re.DOTALL),
    }
    references: ClassVar[tuple[str, ...]] = ("Telegram Desktop, export_output_json.cpp", "RFC 8259")

    def sniff(self, source: Source) -> Sniff:
        """Claim an object that begins as Telegram Desktop's exports do."""
        head = source.head(1 << 16)
        if not head.removeprefix(_BOM).lstrip().startswith(b"{"):
            return Sniff("no", "not a JSON object")
        if _SECTIONS.search(head) and (b'"user_id"' in head or b'"list"' in head):
            return Sniff("yes", "sections of a full Telegram export")
        if b'"messages"' in head and _TYPED.search(head) and (_MARKERS.search(head) or re.search(rb'"messages"\s*+:\s*+\[\s*+\]', head)):
            return Sniff("yes", "messages as Telegram Desktop writes them")
        return Sniff("no", "no messages as Telegram Desktop writes them")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield conversations, messages and facts in the order of the file."""
        reading = _Reading(source, options)
        yield from reading.run()
        yield Gap("secret-chats-not-included", N_("Telegram never exports secret chats."))
        yield Gap("deleted-not-included", N_("What was deleted before the export is not in it."))
        if reading.unzoned and options.timezone is None:
            yield Gap(
                "zone-unknown",
                N_("Times are the exporting computer's, and the file does not say in which zone. State it, and read it again."),
                reading.unzoned,
            )
        if reading.absent:
            yield Gap("media-not-exported", N_("Files were not chosen for the export, or could not be had."), reading.absent)


class _Reading:
    """One pass over one file: `at` is the first byte that no record covers yet."""

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self.window = Window(source)
        self.size = source.size
        self.options = options
        self.at = 0
        self.decode = message_decoder()
        self.seam: Seam | None = None
        self.unzoned = self.absent = 0
        self._since, self._until = options.since or "", options.until or "9999-12-31"
        self._chosen = bool(options.since or options.until)

    def run(self) -> Iterator[Record]:
        """Yield everything; whatever is wrong, every byte is covered at the end."""
        if not self.size:
            return
        window = self.window
        start = window.after_space(len(_BOM) if window.slice(0, 3) == _BOM else 0)
        if window.at(start) != _BRACE:
            yield self._defect(0, self.size, "not-an-export")
            return
        try:
            top = Members(window, start + 1)
            yield from self._object(top, "", is_top=True)
            yield from self._structure(top.end)
            rest = window.after_space(top.end)
            yield from self._structure(rest)
            if rest < self.size:
                yield self._defect(rest, self.size, "trailing-data")
        except CutError as error:
            yield from self._structure(max(self.at, error.place))
            if self.at < self.size:
                yield self._defect(self.at, self.size, error.code)

    # -- the tree of an export -----------------------------------------------------------------------------------------------

    def _object(self, members: Members, pointer: str, *, is_top: bool = False) -> Iterator[Record]:
        """Walk the export itself, or one chat of it."""
        header: dict[str, str | None] = {}
        for member in members:
            path = f"{pointer}/{_escaped(member.key)}"
            if member.is_repeated:
                yield Defect(member.start, member.place, "duplicate-key", codes.DEFECTS["duplicate-key"], True, pointer=path)
            if member.key in _HEADERS and member.first not in (_BRACE, _BRACKET):
                header.setdefault(member.key, self._scalar(members, member))
                yield from self._tile(member.start, members.after, "conversation-header")
            elif member.key == "messages" and member.first == _BRACKET:
                yield from self._chat(members, member, path, header)
            elif is_top and member.key in ("chats", "left_chats") and member.first == _BRACE:
                inner = Members(self.window, member.place + 1)
                yield from self._chats(inner, path)
                members.after = inner.end
            elif member.key == "about" and member.first == _QUOTE:
                members.skip(member)
                yield from self._tile(member.start, members.after, "export-notes")
            else:
                yield from self._section(members, member, path)

    def _chats(self, members: Members, pointer: str) -> Iterator[Record]:
        """Walk ``chats``: its ``list`` holds chats of any size, so each is walked, never held."""
        for member in members:
            path = f"{pointer}/{_escaped(member.key)}"
            if member.key != "list" or member.first != _BRACKET:
                yield from self._section(members, member, path)
                continue
            window, place, number = self.window, member.place + 1, 0
            while True:
                place = window.after_space(place)
                byte = window.at(place)
                if byte == _CLOSE:
                    break
                if byte == _COMMA and number:
                    place = window.after_space(place + 1)
                    byte = window.at(place)
                if byte != _BRACE:
                    raise CutError(self.at, "truncated-json" if byte == EOF else "invalid-json")
                chat = Members(window, place + 1)
                yield from self._object(chat, f"{path}/{number}")
                place, number = chat.end, number + 1
            members.after = place + 1

    def _scalar(self, members: Members, member: Member) -> str | None:
        end = members.skip(member)
        token = self.window.slice(member.place, min(end, member.place + _FACT_LIMIT))
        if member.first == _QUOTE:
            return read_string(token).text
        return None if token == b"null" else token.decode("utf-8", "replace")

    # -- messages ------------------------------------------------------------------------------------------------------------

    def _chat(self, members: Members, member: Member, pointer: str, header: Mapping[str, str | None]) -> Iterator[Record]:
        name, identity = header.get("name"), header.get("id")
        yield Conversation(name, identity, header.get("type"), pointer.removesuffix("/messages") or None)
        if self.options.thread and not {name, identity} & set(self.options.thread):
            members.skip(member)
            yield from self._tile(member.place, members.after, "not-selected")
            return
        elements = Elements(self.window, member.place + 1, self.decode, self.seam)
        yield from self._messages(elements, pointer)
        members.after = elements.end
        self.seam = elements.seam or self.seam

    def _messages(self, elements: Elements, pointer: str) -> Iterator[Record]:
        structure, chosen = "json-structure", self._chosen
        at = self.at
        for number, (start, end, data, held) in enumerate(elements):
            if start > at:
                yield Noise(at, start, structure)
            self.at = at = end
            path = f"{pointer}/{number}"
            message = from_plain(start, end, path, held) if type(held) is Plain else None
            if message is not None:
                if chosen and not self._is_chosen(message):
                    yield Noise(start, end, "not-selected")
                else:
                    yield message
            else:
                yield from self._carefully(start, end, data, held, path)

    def _carefully(self, start: int, end: int, data: bytes, held: object, pointer: str) -> Iterator[Record]:
        if isinstance(held, Broken):
            yield Defect(start, end, held.trouble, codes.DEFECTS[held.trouble], pointer=pointer)
            return
        entry = Entry(data, decode_exactly(data) if isinstance(held, Plain) else held)
        if not entry.is_object:
            yield Defect(start, end, "not-an-object", codes.DEFECTS["not-an-object"], pointer=pointer)
            return
        built = from_entry(start, end, pointer, entry)
        message = built.message
        if self._chosen and not self._is_chosen(message):
            yield Noise(start, end, "not-selected")
            return
        self.unzoned += message.time is not None and message.time.utc is None and message.time.local is not None
        self.absent += sum(item.name is None and (item.note or "").startswith("(") for item in message.attachments)
        yield message
        for code in built.problems:
            yield Defect(start, end, code, codes.DEFECTS[code], True, pointer=pointer)

    def _is_chosen(self, message: Message) -> bool:
        time = message.time
        return self._since <= ((time.local or time.utc or "")[:10] if time else "") <= self._until

    # -- everything else -----------------------------------------------------------------------------------------------------

    def _section(self, members: Members, member: Member, pointer: str) -> Iterator[Record]:
        """Yield the facts of a section: one for an object, one per element of a list, and a defect for what is too large to hold."""
        key = pointer.strip("/").split("/")[0]
        if member.first == _BRACKET:
            elements = Elements(self.window, member.place + 1, decode_exactly)
            for number, (start, end, data, held) in enumerate(elements):
                yield from self._structure(start)
                self.at = end
                yield from self._fact(start, end, data, held, key, f"{pointer}/{number}")
            members.after = elements.end
            return
        if member.first == _BRACE and key in KINDS and pointer.count("/") == 1 and key != "personal_information":
            inner = Members(self.window, member.place + 1)
            for part in inner:
                if part.key == "about" and part.first == _QUOTE:
                    inner.skip(part)
                    yield from self._tile(part.start, inner.after, "export-notes")
                else:
                    yield from self._section(inner, part, f"{pointer}/{_escaped(part.key)}")
            members.after = inner.end
            return
        end = members.skip(member)
        yield from self._structure(member.place)
        self.at = end
        if end - member.place > _FACT_LIMIT:
            yield Defect(member.place, end, "too-large", codes.DEFECTS["too-large"], pointer=pointer)
            return
        data = self.window.slice(member.place, end)
        if member.first == _BRACE:
            held = decode_exactly(data)
            if held is None:
                held = next(iter(Elements(Window(_Bytes(b"[" + data + b"]")), 1, decode_exactly)))[3]  # type: ignore[arg-type]
            yield from self._fact(member.place, end, data, held, key, pointer)
        else:
            kind, whose = KINDS.get(key, ("unknown-key", "unknown"))
            yield Fact(member.place, end, kind, whose, pointer, values={member.key: data.decode("utf-8", "replace")})

    def _fact(self, start: int, end: int, data: bytes, held: object, key: str, pointer: str) -> Iterator[Record]:
        if isinstance(held, Broken):
            yield Defect(start, end, held.trouble, codes.DEFECTS[held.trouble], pointer=pointer)
            return
        entry = Entry(data, held)
        if entry.is_object:
            yield fact_of(start, end, key, pointer, entry)
        else:
            kind, whose = KINDS.get(key, ("unknown-key", "unknown"))
            yield Fact(start, end, kind, whose, pointer, values={"value": data.decode("utf-8", "replace")})
        for code in entry.problems:
            yield Defect(start, end, code, codes.DEFECTS[code], True, pointer=pointer)

    # -- tiles ---------------------------------------------------------------------------------------------------------------

    def _structure(self, until: int) -> Iterator[Record]:
        if until > self.at:
            yield Noise(self.at, until, "json-structure")
            self.at = until

    def _tile(self, start: int, end: int, code: str) -> Iterator[Record]:
        yield from self._structure(start)
        rule = TelegramJson.noise_rules.get(code)
        if rule is not None and rule.fullmatch(self.window.slice(start, end)) is None:
            yield self._defect(start, end, "invalid-json")
        else:
            yield Noise(start, end, code)
        self.at = end

    def _defect(self, start: int, end: int, code: str) -> Defect:
        self.at = end
        return Defect(start, end, code, codes.DEFECTS[code])


class _Bytes:
    """A source over bytes in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read_at(self, offset: int, count: int) -> bytes:
        return self._data[offset : offset + count]


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
