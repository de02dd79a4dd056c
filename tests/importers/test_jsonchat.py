"""The frame of the JSON importers: every layout it knows, whole, cut and damaged, by small importers of its own."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

from sextortion_cli.importers.jsonchat.entry import Entry, shown
from sextortion_cli.importers.jsonchat.facts import Section
from sextortion_cli.importers.jsonchat.glance import glance
from sextortion_cli.importers.jsonchat.importer import JsonImporter
from sextortion_cli.importers.jsonchat.shape import HEAD, About, Built, Each, Lines, Messages, Object, Shape
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message, Noise, ReadOptions, Sender, Sniff

from .reading import Reading, golden_lines, read, source_of
from .test_laws import check_account, check_silence


def element(start: int, end: int, pointer: str | None, entry: Entry) -> Built:
    who = entry.text("who")
    detail = {key: shown(field) for key, field in entry.fields.items() if key not in ("who", "text")}
    message = Message(start, end, "text", None if who is None else Sender(who), None, entry.text("text"), pointer=pointer, detail=detail)
    return Built(message, gaps=("odd",) if "odd" in entry.fields else ())


def quick(start: int, end: int, pointer: str, held: Any) -> Message | None:
    if type(held) is not dict or held.keys() != {"who", "text"} or not all(type(value) is str for value in held.values()):
        return None
    return Message(start, end, "text", Sender(held["who"]), None, held["text"], pointer=pointer)


def opened(about: About) -> Conversation:
    return Conversation(about.text("title") or about.key, about.text("id"), None, about.pointer)


MESSAGES = Messages(element, opened, after=("title", "id"), first=("who",), quick=quick)
CHAT = Object({"title": HEAD, "id": HEAD, "messages": MESSAGES, "people": Section("participant", "contact")})
KEYED = Object({}, other=Messages(element, opened, first=("who",)))


class _Example(JsonImporter):
    id: ClassVar[str] = "example"
    service: ClassVar[str] = "Example"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = ""
    limits: ClassVar[str] = ""
    seen_on: ClassVar[str] = "tests"
    references: ClassVar[tuple[str, ...]] = ("none",)
    gaps: ClassVar[Mapping[str, str]] = {"odd": "Odd ones.", "half": "Only one half."}
    always: ClassVar[tuple[str, ...]] = ("half",)

    def sniff(self, source: Source) -> Sniff:
        return Sniff("no")


class One(_Example):
    shape: ClassVar[Shape] = CHAT


class Many(_Example):
    shape: ClassVar[Shape] = Object({"chats": Each(Object({"chat": CHAT})), "me": Section("profile", "account-owner", is_listed=False)})


class Keyed(_Example):
    shape: ClassVar[Shape] = KEYED


class Bare(_Example):
    shape: ClassVar[Shape] = MESSAGES


class InLines(_Example):
    shape: ClassVar[Shape] = Lines(Messages(element))


class Prefixed(_Example):
    shape: ClassVar[Shape] = Each(Object({"chat": CHAT}))
    prefix: ClassVar[re.Pattern[bytes] | None] = re.compile(rb"window\.YTD\.[a-z_]{1,40}\.part[0-9]{1,4} = ")


class Facts(_Example):
    shape: ClassVar[Shape] = Object({"logins": Section("login", "account-owner", withheld=frozenset(("cookie",)))})


def message(number: int, **more: Any) -> dict[str, Any]:
    return {"who": "Kari", "text": f"hei {number}", **more}


def chat(name: str, count: int = 4) -> dict[str, Any]:
    return {"people": ["Kari", {"name": "Lina"}], "messages": [message(at) for at in range(count)], "title": name, "id": 7, "more": [1, 2]}


def text(value: Any, indent: int | None = None) -> bytes:
    return json.dumps(value, indent=indent, ensure_ascii=False).encode()


def documents() -> list[tuple[type[_Example], bytes, int]]:
    chats = {"me": {"name": "Ola"}, "chats": [{"chat": chat("A")}, {"chat": chat("B", 0)}, {"chat": chat("C"), "seen": True}], "odd": None}
    lines = b"\n".join(text(message(at)) for at in range(6)) + b"\n\n"
    script = b"window.YTD.direct_messages.part0 = " + text(chats["chats"], 2)
    made = []
    for indent in (None, 2):
        made += [
            (One, text(chat("A"), indent), 4),
            (Many, text(chats, indent), 8),
            (Keyed, text({"lina": [message(1), message(2)], "per": [], "x": [message(3, odd=1)], "n": 1}, indent), 3),
            (Bare, text([message(at) for at in range(5)], indent), 5),
        ]
    return [*made, (InLines, lines, 6), (Prefixed, script, 8), (One, b"\xef\xbb\xbf" + text(chat("A")) + b"\n", 4)]


DOCUMENTS = [pytest.param(*made, id=f"{made[0].__name__}-{number}") for number, made in enumerate(documents())]


def whole(importer: type[_Example], data: bytes, **stated: Any) -> Reading:
    reading = read(importer(), data, **stated)
    check_account(reading)
    check_silence(reading)
    assert reading.codes(Noise) <= set(importer.noise)
    return reading


def by_conversation(reading: Reading) -> dict[str | None, list[str | None]]:
    found: dict[str | None, list[str | None]] = {}
    name: str | None = None
    for record in reading.records:
        if isinstance(record, Conversation):
            name = record.name
            found[name] = []
        elif isinstance(record, Message):
            found[name].append(record.text)
    return found


@pytest.mark.parametrize(("importer", "data", "count"), DOCUMENTS)
def test_every_layout_is_read_whole(importer: type[_Example], data: bytes, count: int) -> None:
    reading = whole(importer, data)
    assert len(reading.messages) == count
    assert not reading.of(Defect)
    for found in reading.messages:
        assert text(json.loads(data[found.start : found.end]))
        if found.pointer is not None:
            assert found.pointer.rpartition("/")[2].isdecimal()


@pytest.mark.parametrize(("importer", "data", "count"), DOCUMENTS)
def test_cut_anywhere(importer: type[_Example], data: bytes, count: int) -> None:
    for end in range(len(data)):
        assert len(whole(importer, data[:end]).messages) <= count


@pytest.mark.parametrize(("importer", "data", "count"), DOCUMENTS)
def test_damaged_anywhere(importer: type[_Example], data: bytes, count: int) -> None:
    rng = random.Random(5)
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(rng.randint(1, 6)):
            damaged[rng.randrange(len(damaged))] = rng.choice(b'"\\{}[],:\n\x00\xff1a')
        whole(importer, bytes(damaged))


@pytest.mark.parametrize(("importer", "data", "count"), DOCUMENTS)
def test_the_quick_way_says_what_the_careful_way_says(importer: type[_Example], data: bytes, count: int, monkeypatch: Any) -> None:
    quickly = golden_lines(whole(importer, data))
    monkeypatch.setattr("sextortion_cli.importers.jsonchat.lists.RECORD_LIMIT", 0)
    assert golden_lines(read(importer(), data)) == quickly


def test_name_behind_the_messages() -> None:
    reading = whole(One, text(chat("Lina Example")))
    (conversation,) = reading.of(Conversation)
    assert (conversation.name, conversation.id) == ("Lina Example", "7")
    assert "conversation-header" in reading.codes(Noise)
    assert [fact.values for fact in reading.of(Fact)] == [{"value": "Kari"}, {"name": "Lina"}, {"more": "[1,2]"}]
    assert reading.codes(Gap) == {"half"}


def test_a_header_that_the_conversation_does_not_show_is_a_fact() -> None:
    class Other(_Example):
        shape: ClassVar[Shape] = Object({"title": HEAD, "messages": Messages(element, lambda about: Conversation("other"))})

    assert [fact.kind for fact in whole(Other, text(chat("A"))).of(Fact)].count("conversation") == 1


def test_conversations_are_kept_apart() -> None:
    found = by_conversation(whole(Many, text({"chats": [{"chat": chat("A", 2)}, {"chat": chat("B", 1)}]})))
    assert found == {"A": ["hei 0", "hei 1"], "B": ["hei 0"]}
    assert by_conversation(whole(Keyed, text({"a": [message(1)], "b": [message(2)]}))) == {"a": ["hei 1"], "b": ["hei 2"]}


def test_damage_moves_no_message_into_another_conversation() -> None:
    """A lost quotation mark hides the end of one conversation and the beginning of the next."""
    made = [{"chat": {"title": name, "messages": [{"who": name, "text": f"{name}{at}"} for at in range(5)]}} for name in "ABC"]
    data = text({"chats": made})
    for at in (match.start() for match in re.finditer(b'"', data)):
        damaged = data[:at] + b" " + data[at + 1 :]
        reading = whole(Many, damaged)
        name: str | None = None
        for record in reading.records:
            if isinstance(record, Conversation):
                name = record.name
            elif isinstance(record, Message) and record.sender is not None and record.sender.name in "ABC" and name in ("A", "B", "C"):
                assert record.sender.name == name, damaged[max(0, at - 40) : at + 40]
        assert len(reading.messages) >= 8


def test_an_open_quotation_mark_at_the_end_of_one_conversation_hides_no_other() -> None:
    made = [{"chat": {"title": name, "messages": [message(at) for at in range(3)]}} for name in "AB"]
    damaged = text({"chats": made}, 1).replace(b'"hei 2"', b'"hei 2', 1)
    reading = whole(Many, damaged)
    assert by_conversation(reading) == {"A": ["hei 0", "hei 1"], "B": ["hei 0", "hei 1", "hei 2"]}
    assert "truncated-json" not in reading.codes(Defect)


def test_one_bracket_too_many_loses_no_message() -> None:
    data = text(chat("A")).replace(b'"hei 1"}', b'"hei 1"}]', 1)
    assert len(whole(One, data).messages) == 4
    bare = text([message(at) for at in range(5)]).replace(b'"hei 1"}', b'"hei 1"}]', 1)
    assert len(whole(Bare, bare).messages) == 5


def test_other_conversations_and_days_are_left_out_only_when_asked() -> None:
    data = text({"chats": [{"chat": chat("A", 2)}, {"chat": chat("B", 1)}]})
    reading = whole(Many, data, thread=("B",))
    assert [found.text for found in reading.messages] == ["hei 0"]
    assert "not-selected" in reading.codes(Noise)


def test_secrets_are_withheld() -> None:
    logins = [{"ip": "192.0.2.1", "cookie": "abc", "deep": {"cookie": "def", "x": [{"cookie": ""}]}}]
    (fact,) = whole(Facts, text({"logins": logins})).of(Fact)
    assert fact.values == {"ip": "192.0.2.1", "cookie": "(withheld: cookie)", "deep": '{"cookie":"(withheld: cookie)","x":[{"cookie":""}]}'}


def test_duplicate_lists_and_odd_shapes_are_kept_and_said() -> None:
    reading = whole(One, b'{"title":"A","title":"B","messages":{"who":1},"messages":[{"who":"K","text":"x","text":"y"}, 7]}')
    assert {"duplicate-key", "unexpected-shape", "not-an-object"} <= reading.codes(Defect)
    assert [found.text for found in reading.messages] == ["x"]


def test_lines_say_their_line() -> None:
    reading = whole(InLines, b'{"who":"a"}\r\n\r\n{"who":"b"}\nnothing\n{"who":')
    assert [found.line for found in reading.messages] == [1, 3]
    assert [(found.code, found.line) for found in reading.of(Defect)] == [("invalid-json", 4), ("truncated-json", None)]


def test_a_glance_sees_what_is_there_before_the_cut() -> None:
    data = text({"a": [1, {"b": "c"}, 3, 4, 5, 6, 7], "d": {"e": {"f": [True, None]}}, "g": "h"})
    assert glance(source_of(data)) == {"a": [1, {"b": "c"}, 3, 4, 5], "d": {"e": {"f": [True, None]}}, "g": "h"}
    for end in range(len(data)):
        glance(source_of(data[:end]))
    assert glance(source_of(data[:14])) == {"a": [1, {}]}
    assert glance(source_of(b"window.YTD.x.part0 = [1]"), Prefixed.prefix) == [1]
    assert glance(source_of(b"plain")) is None
    assert glance(source_of(b"[" * 60000)) is not None


@pytest.mark.campaign  # it measures time
@pytest.mark.parametrize(
    "hostile",
    [
        lambda count: b'{"messages":[' + b'],"messages":[' * count,
        lambda count: b'{"chats":[' + b'{"chat":{"messages":[{"who":"a","text":"' * count,
        lambda count: b'{"chats":[' + b'{"chat":{"messages":[{"who":"a"}]]' * count,
        lambda count: b'{"messages":[' + b'{"who":"' * count,
        lambda count: b'{"messages":[' + b"[" * count,
        lambda count: b'{"messages":[{"who":"a"},' + b'"' * count,
        lambda count: b'{"a":' * count,
        lambda count: b'"\\' * count,
    ],
    ids=range(8),
)
@pytest.mark.parametrize("importer", [One, Many, Keyed])
def test_hostile_files_take_linear_time(importer: type[_Example], hostile: Any) -> None:
    """Twice the bytes, at most about twice the time; generous, because the machine may be busy."""
    taken = []
    for count in (8_000, 32_000):
        data = hostile(count)
        started = time.process_time()
        for _ in importer().read(source_of(data), ReadOptions()):
            pass
        taken.append(time.process_time() - started)
    assert taken[1] < 0.3 or taken[1] / taken[0] < 10
