"""Telegram's result.json: both shapes, what is illegal in real files, damage that must not move a message into another conversation."""

from __future__ import annotations

import json
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.importers.telegram import wire
from sextortion_cli.model.reading import Conversation, Defect, Fact, Message, Noise

from .reading import Reading, golden_lines, read, sniff
from .test_laws import check_account

ID = "telegram-json"
KARI = {"from": "Kari Eksempel", "from_id": "user900000001"}
TIMES = {"date": "2026-03-12T21:05:00", "date_unixtime": "1773345900"}
UTC = "2026-03-12T20:05:00Z"


def message(number: int, text: Any = "hei", **more: Any) -> dict[str, Any]:
    entities = [{"type": "plain", "text": text}] if isinstance(text, str) and text else []
    return {"id": number, "type": "message", **TIMES, **KARI, "text": text, "text_entities": entities, **more}


def chat(name: str | None, number: int, messages: list[Any]) -> dict[str, Any]:
    return {"name": name, "type": "personal_chat", "id": number, "messages": messages}


def account(*chats: Any, **more: Any) -> dict[str, Any]:
    return {"about": "Your data.", **more, "chats": {"about": "Your chats.", "list": list(chats)}}


def three() -> dict[str, Any]:
    return account(*(chat(name, number, [message(at, f"{name} {at}") for at in range(5)]) for number, name in enumerate("ABC", 7)))


def written(value: Any, indent: int | None = 1) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode()


def whole(data: bytes, **stated: Any) -> Reading:
    reading = read(ID, data, **stated)
    check_account(reading)
    return reading


def only(data: bytes, **stated: Any) -> Message:
    (found,) = whole(data, **stated).messages
    return found


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


def test_one_conversation() -> None:
    data = written(chat("Kari Eksempel", 7, [message(1), message(2, 'a "b"\nc')]))
    reading = whole(data)
    (conversation,) = reading.of(Conversation)
    assert (conversation.name, conversation.id, conversation.type) == ("Kari Eksempel", "7", "personal_chat")
    first, second = reading.messages
    assert first.sender is not None
    assert (first.sender.name, first.sender.id) == (KARI["from"], KARI["from_id"])
    assert first.time is not None
    assert (first.time.local, first.time.utc, first.time.basis) == (TIMES["date"], UTC, "explicit")
    assert (first.text, first.raw, first.pointer, first.detail) == ("hei", None, "/messages/0", {"id": "1"})
    assert (second.text, second.raw) == ('a "b"\nc', r'"a \"b\"\nc"')
    assert json.loads(data[second.start : second.end])["id"] == 2
    assert sniff(ID, data) == "yes"


def test_an_account_with_two_lists() -> None:
    value = three() | {"left_chats": {"about": "Left.", "list": [chat("D", 1, [message(1, "D 0")])]}}
    reading = whole(written(value))
    assert by_conversation(reading) == {**{name: [f"{name} {at}" for at in range(5)] for name in "ABC"}, "D": ["D 0"]}
    assert reading.messages[-1].pointer == "/left_chats/list/0/messages/0"
    assert "export-notes" in reading.codes(Noise)
    assert not reading.of(Defect)
    assert sniff(ID, written(value)) == "yes"


def test_conversations_may_stand_in_a_bare_list() -> None:
    assert by_conversation(whole(written({"chats": [chat("A", 1, [message(1)])]}))) == {"A": ["hei"]}


def test_addresses_of_sessions_are_the_owners() -> None:
    value = account(
        personal_information={"user_id": 1, "first_name": "Ola"},
        sessions={"about": "x", "list": [{"last_ip": "192.0.2.7", "platform": "Android"}]},
        contacts={"about": "x", "list": [{"first_name": "Lina", "phone_number": "+47 999 00 001"}]},
        something_new={"key": "value"},
    )
    facts = {fact.pointer: fact for fact in whole(written(value)).of(Fact)}
    session = facts["/sessions/list/0"]
    assert (session.of, session.values["last_ip"]) == ("account-owner", "192.0.2.7")
    assert facts["/contacts/list/0"].of == "contact"
    assert facts["/something_new"].values == {"key": "value"}


def test_old_ids_and_no_zone() -> None:
    old = {key: value for key, value in message(1, from_id=4295424573).items() if key not in ("date_unixtime", "text_entities")}
    reading = whole(written(chat("A", 1, [old])))
    (found,) = reading.messages
    assert found.sender is not None
    assert found.sender.id == "4295424573"
    assert found.time is not None
    assert (found.time.local, found.time.utc, found.time.basis) == (TIMES["date"], None, "unknown")
    assert "zone-unknown" in reading.codes()
    stated = only(written(chat("A", 1, [old])), timezone="Europe/Oslo")
    assert stated.time is not None
    assert (stated.time.utc, stated.time.basis) == (UTC, "stated")


def test_a_deleted_account_has_an_id_and_no_name() -> None:
    found = only(written(chat(None, 1, [message(1) | {"from": None}])))
    assert found.sender is not None
    assert (found.sender.name, found.sender.id) == ("", KARI["from_id"])


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("phone_call", "call"),
        ("group_call", "call"),
        ("clear_history", "deleted"),
        ("history_clear", "deleted"),
        ("take_screenshot", "service"),
        ("joined_telegram", "service"),
        ("something_new", "service"),
    ],
)
def test_service_messages_are_kept_with_their_actor(action: str, kind: str) -> None:
    service = {"id": 1, "type": "service", **TIMES, "actor": "Kari", "actor_id": "user9", "action": action, "text": "", "text_entities": []}
    reading = whole(written(chat("A", 1, [service])))
    (found,) = reading.messages
    assert found.kind == kind
    assert found.detail["action"] == action
    assert found.sender is not None
    assert (found.sender.name, found.sender.id) == ("Kari", "user9")
    assert ("history-cleared" in reading.codes()) == (kind == "deleted")


@pytest.mark.parametrize(
    ("date", "local", "utc"),
    [
        ("2026-03-12T21:05:00", "2026-03-12T21:05:00", None),
        ("2026-03-12T20:05:00Z", "2026-03-12T20:05:00", UTC),
        ("2026-03-12T20:05:00.999Z", "2026-03-12T20:05:00", UTC),
        ("2026-03-12T21:05:00.5+01:00", "2026-03-12T21:05:00", UTC),
        ("2026-03-12T21:05:00.123", "2026-03-12T21:05:00", None),
    ],
)
def test_times_that_other_tools_wrote(date: str, local: str, utc: str | None) -> None:
    """A fraction of a second or an offset, which Telegram never writes, is no reason not to know the time."""
    old = message(1) | {"date": date}
    del old["date_unixtime"]
    reading = whole(written(chat("A", 1, [old])))
    (found,) = reading.messages
    assert found.time is not None
    assert (found.time.as_written, found.time.local, found.time.utc) == (date, local, utc)
    assert reading.of(Defect) == []


def test_where_a_link_leads_is_kept() -> None:
    text = ["Betal ", {"type": "text_link", "text": "her", "href": "https://pay.example/x"}, "!"]
    entities = [{"type": "plain", "text": "Betal "}, text[1], {"type": "plain", "text": "!"}]
    found = only(written(chat("A", 1, [message(1, text, text_entities=entities)])))
    assert found.text == "Betal her!"
    assert found.raw is not None
    assert json.loads(found.raw) == text
    assert "https://pay.example/x" in found.detail["text_entities"]


def test_where_a_link_leads_is_kept_in_old_exports_too() -> None:
    old = message(1, ["her", {"type": "text_link", "text": "!", "href": "https://pay.example/x"}])
    del old["text_entities"]
    assert "https://pay.example/x" in only(written(chat("A", 1, [old]))).detail["text"]


def test_absent_files_are_named_with_their_note() -> None:
    note = "(File not included. Change data exporting settings to download.)"
    reading = whole(
        written(chat("A", 1, [message(1, "", photo="photos/photo_1.jpg"), message(2, "", file=note, media_type="voice_message")]))
    )
    first, second = reading.messages
    assert (first.kind, first.attachments[0].name, first.attachments[0].media) == ("media", "photos/photo_1.jpg", "image")
    assert (second.attachments[0].name, second.attachments[0].media, second.attachments[0].note) == (None, "audio", note)
    assert [gap.count for gap in reading.records if getattr(gap, "code", "") == "media-not-exported"] == [1]


def test_never_edited_in_old_exports() -> None:
    assert not only(written(chat("A", 1, [message(1, edited="1970-01-01T01:00:00")]))).edited
    changed = only(written(chat("A", 1, [message(1, edited=TIMES["date"], edited_unixtime=TIMES["date_unixtime"])])))
    assert changed.edited
    assert changed.detail["edited"] == TIMES["date"]


@pytest.mark.parametrize(
    ("old", "new", "code", "text"),
    [
        (b'"hei"', rb'"h\x1Bei"', "illegal-escape", "h\x1bei"),
        (b'"hei"', rb'"hei\\x1B\x01"', "illegal-escape", "hei\\x1B\x01"),
        (b'"hei"', rb'"hei\ud83d"', "lone-surrogate", "hei\ufffd"),
        (b'"hei"', b'"hei\xff"', "invalid-utf8", "hei\ufffd"),
        (b'"hei",', b'"hei",\n   "text": "nei",', "duplicate-key", "hei"),
        (b'"hei",', b'"hei",\n   "document_id": video_files/sticker.webm,', "unquoted-value", "hei"),
    ],
)
def test_illegal_json_is_read_kept_and_reported(old: bytes, new: bytes, code: str, text: str) -> None:
    data = written(chat("A", 1, [message(1), message(2), message(3)]))
    place = data.index(b'"text": ', data.index(b'"id": 2'))
    damaged = data[:place] + data[place:].replace(old, new, 1)
    reading = whole(damaged)
    assert [found.detail["id"] for found in reading.messages] == ["1", "2", "3"]
    found = reading.messages[1]
    assert found.text == text
    assert found.lossy == ("\ufffd" in text)
    assert [(defect.code, defect.overlay, defect.start) for defect in reading.of(Defect)] == [(code, True, found.start)]
    assert "nei" in found.detail.values() or code != "duplicate-key"
    assert found.detail.get("document_id") == ("video_files/sticker.webm" if code == "unquoted-value" else None)


def test_half_a_character_in_a_conversations_name_is_reported() -> None:
    data = written(chat("A", 1, [message(1)])).replace(b'"name": "A"', rb'"name": "A\ud83d"')
    reading = whole(data)
    assert reading.of(Conversation)[0].name == "A\ufffd"
    assert "lone-surrogate" in reading.codes(Defect)
    assert reading.of(Fact)[0].pointer == "/name"


def test_a_name_behind_the_messages_is_found() -> None:
    data = written({"id": 7, "messages": [message(1)], "name": "Kari", "type": "personal_chat"})
    assert by_conversation(whole(data)) == {"Kari": ["hei"]}
    assert by_conversation(whole(data, thread=("Kari",))) == {"Kari": ["hei"]}


# -- damage ---------------------------------------------------------------------------------------------------------------------


def test_a_damaged_last_message_does_not_join_two_conversations() -> None:
    data = bytearray(written(three()))
    data[data.index(b'"text": "A 4"') + 8] = ord("{")
    expected = {name: [f"{name} {at}" for at in range(5)] for name in "ABC"}
    expected["A"].pop()
    assert by_conversation(whole(bytes(data))) == expected


@pytest.mark.parametrize("wound", [b'"name": "B"', b'"type": "personal_chat",\n    "id": 8', b'"id": 8'])
def test_a_damaged_header_costs_no_more_than_its_conversation(wound: bytes) -> None:
    data = bytearray(written(three()))
    data[data.index(wound)] = ord("x")
    found = by_conversation(whole(bytes(data)))
    assert found["A"] == [f"A {at}" for at in range(5)]
    assert found["C"] == [f"C {at}" for at in range(5)]


def test_what_stands_before_a_cut_is_kept() -> None:
    data = written(three())
    for end in range(len(data) - 400, len(data), 23):
        reading = whole(data[:end])
        texts = [found.text for found in reading.messages]
        assert texts == [f"{name} {at}" for name in "ABC" for at in range(5)][: len(texts)]
        assert len(texts) >= 13
        assert not reading.codes(Defect) or "truncated-json" in reading.codes(Defect)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_damage_never_moves_a_message(data: st.DataObject) -> None:
    """Whatever a few bytes become, a message that is read at all and undamaged stands in its own conversation."""
    exact = written(three())
    damaged = bytearray(exact)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(exact) - 1))] = data.draw(st.sampled_from(b'"{}[],:\\x\x00\xff\n'))
    for name, texts in by_conversation(whole(bytes(damaged))).items():
        for text in texts:
            if text is not None and name is not None and name in "ABC" and len(text) == 3 and text[0] in "ABC" and text[1] == " ":
                assert text[0] == name or text.encode() not in exact or _is_touched(exact, damaged, text)


def _is_touched(exact: bytes, damaged: bytearray, text: str) -> bool:
    """Say whether the damage may have made this very text: then it proves nothing."""
    return bytes(damaged).count(f'"{text}"'.encode()) != exact.count(f'"{text}"'.encode())


# -- choosing -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("thread", ["B", "8", "user8"])
def test_choosing_a_conversation(thread: str) -> None:
    reading = whole(written(three()), thread=(thread,))
    assert by_conversation(reading) == {"A": [], "B": [f"B {at}" for at in range(5)], "C": []}
    assert "not-selected" in reading.codes(Noise)
    assert reading.units.covered == reading.units.total


def test_choosing_days_leaves_out_nothing_that_may_be_meant() -> None:
    messages = [message(1), message(2, date="2026-03-13T00:00:00"), {"id": 3, "type": "unsupported"}]
    messages.append({key: value for key, value in message(4).items() if key != "date"})
    reading = whole(written(chat("A", 1, messages)), since="2026-03-12", until="2026-03-12")
    assert [found.detail["id"] for found in reading.messages] == ["1", "3", "4"]


@pytest.mark.slow
def test_a_large_conversation_that_was_not_chosen_balances() -> None:
    value = account(chat("A", 1, [message(at, "x" * 4000) for at in range(9000)]), chat("B", 2, [message(1)]))
    assert by_conversation(whole(written(value), thread=("B",))) == {"A": [], "B": ["hei"]}


# -- other files ----------------------------------------------------------------------------------------------------------------

OTHERS = {
    "instagram": {
        "participants": [{"name": "a"}],
        "messages": [{"sender_name": "a", "timestamp_ms": 1, "content": "x", "type": "Generic"}],
    },
    "discord": {
        "guild": {"id": "1"},
        "channel": {"id": "1"},
        "messages": [{"id": "1", "type": "Default", "timestamp": "x", "content": "x"}],
    },
    "slack": {"name": "x", "messages": [{"type": "message", "user": "U1", "from": "a", "text": "x", "ts": "1.2"}]},
    "bot": {"ok": True, "result": [{"update_id": 1, "message": {"message_id": 1, "from": {"id": 1}, "date": 1, "text": "x"}}]},
    "case": {"type": "message", "messages": [{"kind": "text", "from_id": "u", "text": "x"}]},
    "quoted": {"log": json.dumps(chat("A", 1, [message(1)]))},
    "no messages": {"messages": []},
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_json_is_not_claimed(name: str) -> None:
    assert sniff(ID, written(OTHERS[name])) == "no"


@pytest.mark.parametrize("data", ["{}".encode("utf-16"), b"[1]", b" ", b"{", b'{"messages": [', b"\xef\xbb\xbf{}"])
def test_no_export_is_one_defect_or_structure(data: bytes) -> None:
    assert not whole(data).messages


# -- the quick way says what the careful way says -------------------------------------------------------------------------------

_TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(["hei", "a\nb", '"', "\\", "å", "\u2028", "😀", "\x01"])
_PARTS = st.lists(
    _TEXTS | st.builds(lambda text, kind: {"type": kind, "text": text}, _TEXTS, st.sampled_from(["link", "plain", "bold"])), max_size=3
)
_MORE = st.fixed_dictionaries(
    {},
    optional={
        "edited": st.sampled_from([TIMES["date"], "1970-01-01T01:00:00", "x", None]),
        "edited_unixtime": st.sampled_from([TIMES["date_unixtime"], "0", 5]),
        "reply_to_message_id": st.integers(-5, 10**18),
        "forwarded_from": _TEXTS | st.none(),
        "date": st.sampled_from([TIMES["date"], "2026-02-30T00:00:00", "2026-03-12T20:05:00Z", "x", 5, None]),
        "date_unixtime": st.sampled_from(["0", "01773345900", "1773345900", "-5", 1773345900, "9" * 18, "x", None]),
        "from": _TEXTS | st.none() | st.just(5),
        "from_id": _TEXTS | st.none() | st.integers(),
        "id": st.integers(-(10**20), 10**20),
        "photo": _TEXTS,
        "text_entities": st.just([]) | _PARTS,
    },
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_TEXTS | _PARTS, _MORE), max_size=5), st.sampled_from([1, None, 2]))
def test_the_quick_way_equals_the_careful_way(parts: list[tuple[Any, dict[str, Any]]], indent: int | None) -> None:
    data = written(
        chat("A", 1, [message(1), *(message(at, text, **more) for at, (text, more) in enumerate(parts, 2)), message(99)]), indent
    )
    quick = whole(data)
    with mock.patch.object(wire, "message_decoder", return_value=lambda _: None):
        careful = whole(data)
    assert golden_lines(quick) == golden_lines(careful)
    assert len(quick.messages) == len(parts) + 2
