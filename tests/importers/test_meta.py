"""Meta's downloads: strings put right one by one, times in both units, what the path says, and what is the account owner's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.importers.jsonchat.entry import Entry
from sextortion_cli.importers.jsonchat.shape import Built
from sextortion_cli.importers.jsonscan.tree import parse
from sextortion_cli.importers.meta import message as careful
from sextortion_cli.importers.meta.plain import decoder, plain, scan
from sextortion_cli.importers.meta.repair import repaired, unsigned
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message

from .reading import Reading, read, sniff
from .test_laws import check_account

ID, ACCOUNT = "meta-json", "meta-account-json"


def moved(value: Any) -> Any:
    """Return a value with its strings as Meta writes them."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [moved(item) for item in value]
    return {key: moved(item) for key, item in value.items()} if isinstance(value, dict) else value


def thread(*messages: Any, **more: Any) -> bytes:
    return json.dumps({"participants": [{"name": "Lina"}], "messages": list(messages), "title": "Lina", **more}).encode()


def said(**more: Any) -> dict[str, Any]:
    return {"sender_name": "Lina", "timestamp_ms": 1773345600000, **more}


def whole(data: bytes, name: str = "message_1.json", **stated: Any) -> Reading:
    reading = read(ID, data, name, **stated)
    check_account(reading)
    return reading


def only(*messages: Any, **more: Any) -> Message:
    (found,) = whole(thread(*messages, **more)).messages
    return found


@given(st.text())
def test_what_meta_writes_is_put_right(text: str) -> None:
    assert repaired(moved(text)) == text


@pytest.mark.parametrize("text", ["blåbær", "é€", "Ã", "Ã¥ and 漢", "\x85", "plain"])
def test_what_is_right_stays(text: str) -> None:
    assert repaired(text) == text


_TEXT = st.text(min_size=1, max_size=30)
_REACTIONS = st.lists(
    st.fixed_dictionaries({"reaction": _TEXT, "actor": _TEXT}, optional={"timestamp": st.integers(0, 10**13)}), min_size=1, max_size=3
)
_PHOTOS = st.lists(
    st.fixed_dictionaries(
        {"uri": st.sampled_from(["a/b.jpg", "https://media.example/x", "å.jpg", "Failed to download media", "a b", "a\\b"])}
    ).map(lambda photo: {**photo, "creation_timestamp": 1773345600}),
    min_size=1,
    max_size=2,
)


@given(
    st.fixed_dictionaries(
        {"sender_name": _TEXT, "timestamp_ms": st.just(1773345600123)},
        optional={
            "content": st.one_of(_TEXT, st.just("x (edited)")),
            "photos": _PHOTOS,
            "reactions": _REACTIONS,
            "type": st.just("Generic"),
            "is_unsent": st.booleans(),
            "is_geoblocked_for_viewer": st.booleans(),
        },
    ),
    st.sampled_from([None, 2]),
    st.booleans(),
    st.booleans(),
)
def test_the_quick_way_says_what_the_careful_way_says(value: dict[str, Any], indent: int | None, ascii_only: bool, as_meta: bool) -> None:
    data = json.dumps(moved(value) if as_meta else value, indent=indent, ensure_ascii=ascii_only).encode()
    quick = plain(0, len(data), "/messages/0", decoder()(data))
    found = scan(b"[" + data + b" ,\n{", 1)
    assert found is None or (found[1] == data and plain(0, len(data), "/messages/0", found) == quick)
    if quick is not None:
        built = careful.message(0, len(data), "/messages/0", Entry(data, parse(data)))
        assert built == (quick if isinstance(quick, Built) else Built(quick))


def test_a_message_is_matched_only_as_a_whole() -> None:
    data = json.dumps(said(content="x", is_unsent=True, is_geoblocked_for_viewer=False)).encode()
    assert scan(data + b", {", 0) is not None
    for following in (b"", b"]", b",]", b", 1", b' "a": 1, {'):
        assert scan(data + following, 0) is None
    twice = data[:-1] + b', "is_unsent": false}'
    found = scan(twice + b", {", 0)
    assert found is not None
    assert plain(0, len(twice), "/messages/0", found) is None, "a key that stands twice needs care"


def test_the_commonest_messages_go_the_quick_way() -> None:
    photo = {"photos": [{"uri": "a/b.jpg", "creation_timestamp": 1773345600}]}
    for more in ({"content": "blåbær"}, {"is_unsent": True}, photo, {"content": "x", "reactions": [{"reaction": "❤", "actor": "Åse"}]}, {}):
        data = json.dumps(moved(said(**more, is_geoblocked_for_viewer=False)), indent=2).encode()
        assert plain(0, len(data), "/messages/0", decoder()(data)) is not None


def test_seconds_and_milliseconds() -> None:
    for stamp in ({"timestamp_ms": 1526418000999}, {"timestamp": 1526418000}):
        found = only({"sender_name": "Lina", "content": "x", **stamp})
        assert found.time is not None
        assert (found.time.utc, found.time.basis, found.time.local) == ("2018-05-15T21:00:00Z", "explicit", None)
    encrypted = {"participants": ["A"], "threadName": "A_1", "messages": [{"senderName": "A", "text": "x", "timestamp": 1526418000999}]}
    (found,) = whole(json.dumps(encrypted).encode()).messages
    assert found.time is not None
    assert found.time.utc == "2018-05-15T21:00:00Z"


def test_every_kind_is_kept() -> None:
    messages = [
        said(content="x"),
        said(photos=[{"uri": "a.jpg"}]),
        said(is_unsent=True),
        said(call_duration=3),
        said(type="Subscribe"),
        said(),
    ]
    assert [found.kind for found in whole(thread(*messages)).messages] == ["text", "media", "deleted", "call", "service", "other"]


@pytest.mark.parametrize(
    ("name", "kind", "identity"),
    [
        ("message_1.json", "meta", None),
        ("messa.json", "meta", None),
        ("your_instagram_activity/messages/message_requests/lina_9/messa.json", "instagram/message_requests", "message_requests/lina_9"),
        (
            "x/your_facebook_activity/messages/archived_threads/lina_9/message_2.json",
            "messenger/archived_threads",
            "archived_threads/lina_9",
        ),
        ("instagram-ola-2026/messages/inbox/lina_9/message_1.json", "instagram/inbox", "inbox/lina_9"),
    ],
)
def test_service_and_folder_come_from_the_path_where_the_file_says_nothing(name: str, kind: str, identity: str | None) -> None:
    (found,) = whole(thread(said(content="x")), name).of(Conversation)
    assert (found.type, found.id, found.name) == (kind, identity, "Lina")
    assert ("service-unknown" in whole(thread(said(content="x")), name).codes(Gap)) == kind.startswith("meta")


def test_a_text_about_a_path_tells_no_service() -> None:
    found = whole(thread(said(content='{"uri": "your_instagram_activity/x"}'))).of(Conversation)
    assert [item.type for item in found] == ["meta"]


def test_the_address_of_a_sender_is_marked_as_such() -> None:
    found = only(said(content="x", ip="192.0.2.4"))
    assert found.detail["ip"] == "192.0.2.4"
    assert "sender" in found.detail["ip (note)"]


def test_signed_links_are_withheld_and_others_are_not() -> None:
    assert unsigned("https://scontent-arn2-1.cdninstagram.com/v/a.jpg?oh=1&oe=2") == (
        "https://scontent-arn2-1.cdninstagram.com/v/a.jpg?(withheld: signature)"
    )
    assert unsigned("https://pay.example/?oh=1") == "https://pay.example/?oh=1"
    assert unsigned("https://[?x") == "https://[?x"


def test_reactions_with_and_without_time() -> None:
    made = moved([{"reaction": "👍", "actor": "Åse", "timestamp": 1773345700}, {"reaction": "x", "actor": "Lina"}])
    found = only(said(content="x", reactions=made))
    assert [(item.value, item.actor, item.time) for item in found.reactions] == [("👍", "Åse", "2026-03-12T20:01:40Z"), ("x", "Lina", None)]
    assert json.loads(found.detail["reactions (raw)"]) == made


def test_newest_first_stays_in_the_order_of_the_file() -> None:
    reading = whole(thread(said(content="b"), said(content="a", timestamp_ms=1773345500000)))
    assert [(found.text, found.pointer) for found in reading.messages] == [("b", "/messages/0"), ("a", "/messages/1")]


def test_damage_between_conversations_is_none_here_and_order_of_keys_does_not_matter() -> None:
    reading = whole(b'{"messages":[{"content":"x","timestamp_ms":1773345600000,"sender_name":"Lina"}],"title":"Lina"}')
    assert [found.text for found in reading.messages] == ["x"]
    assert not reading.of(Defect)


@pytest.mark.parametrize(
    "data",
    [
        b'{"messages":[{"from":"a","date":"b"}]}',
        b'{"messages":[],"participants":[]}',
        b'{"messages":[{"senderName":"a"}]}',
        b'{"sender_name":"a","timestamp_ms":1}',
        b'[{"sender_name":"a","timestamp_ms":1}]',
        b'{"account_history_login_history":5}',
        b'[{"string_list_data":5}]',
        b"[]",
    ],
)
def test_other_files_are_not_claimed(data: bytes) -> None:
    assert sniff(ID, data) == sniff(ACCOUNT, data) == "no"


@pytest.mark.parametrize(("label", "clock"), [("IP Address", "Time"), ("IP-adresse", "Tid"), ("IP 주소", "시간")])
def test_the_owners_addresses_are_known_by_their_shape(label: str, clock: str) -> None:
    entry = {"title": "t", "string_map_data": {label: {"value": "192.0.2.7"}, clock: {"timestamp": 1773345600}, "Port": {"value": "443"}}}
    (fact,) = read(ACCOUNT, json.dumps(moved({"account_history_login_history": [entry]})).encode()).of(Fact)
    assert (fact.kind, fact.of) == ("login", "account-owner")
    assert (fact.values["ip"], fact.values["time"], fact.values[label]) == ("192.0.2.7", "2026-03-12T20:00:00Z", "192.0.2.7")


def test_cookies_never_become_facts() -> None:
    labels = {"Cookie Name": {"value": "secret1"}, "Cookie": {"value": "secret2", "odd": 1}}
    odd = {"account_history_login_history": [{"string_map_data": labels}, {"string_map_data": {"Cookie Name": {"value": "secret3"}}}]}
    odd["active_sessions_v2"] = [{"datr_cookie": "secret4", "ip_address": "192.0.2.1", "more": {"datr_cookie": "secret5"}}]
    reading = read(ACCOUNT, json.dumps(odd).encode())
    shown = " ".join(value for fact in reading.of(Fact) for value in fact.values.values())
    assert "secret3" not in shown
    assert "secret4" not in shown
    assert "secret5" not in shown
    assert "secret1" not in shown


def test_connections_are_about_others() -> None:
    entry = {"title": "", "string_list_data": [{"href": "https://www.instagram.com/lina", "value": "lina", "timestamp": 1773345600}]}
    for name, kind in (("followers_1.json", "follower"), ("x.json", "connection")):
        (fact,) = read(ACCOUNT, json.dumps([entry]).encode(), name).of(Fact)
        assert (fact.kind, fact.of, fact.values["entry"]) == (kind, "contact", "lina")
