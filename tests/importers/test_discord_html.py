"""DiscordChatExporter's pages: minified or not, names inside or before the messages, times from the messages' numbers."""

from __future__ import annotations

import pytest

from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap

from .reading import Reading, golden_lines, read, sniff
from .test_laws import CASES, check_account

ID = "discord-html"


def case(name: str, **stated: object) -> Reading:
    reading = read(ID, (CASES / "discord_html" / name).read_bytes(), name, **stated)
    check_account(reading)
    return reading


def test_every_message_of_a_minified_page() -> None:
    reading = case("private_minified.html")
    assert [record.name for record in reading.of(Conversation)] == ["Private / lina_e"]
    assert [message.sender.name if message.sender else None for message in reading.messages] == [
        "Lina",
        "Lina",
        "Ola",
        "Lina",
        "Lina",
        "Lina",
    ]
    assert [message.kind for message in reading.messages] == ["text", "text", "text", "media", "text", "call"]
    assert reading.of(Defect) == []


def test_the_time_is_that_of_the_number() -> None:
    """The page shows times in the way of one computer's region; the number says them in UTC, to the millisecond."""
    first = case("private_minified.html").messages[0]
    assert first.time is not None
    assert (first.time.as_written, first.time.local, first.time.utc, first.time.basis) == (
        "3/12/2026 9:05 PM",
        None,
        "2026-03-12T20:05:00Z",
        "explicit",
    )
    assert ((int(first.detail["id"]) >> 22) + 1_420_070_400_000) // 1000 == 1_773_345_900


def test_a_message_without_a_name_is_from_whom_its_group_is_and_no_other() -> None:
    data = (CASES / "discord_html" / "private_minified.html").read_bytes()
    lost = data.replace(b"<span class=chatlog__author ", b"<span class=x ", 1)
    reading = read(ID, lost)
    check_account(reading)
    assert [message.sender.name if message.sender else None for message in reading.messages[:3]] == [None, None, "Ola"]
    assert reading.messages[0].detail["other"] == "Lina"
    assert "sender-unknown" in reading.codes(Defect)


def test_names_before_the_messages_of_a_group() -> None:
    reading = case("channel_2020.html")
    assert [fact.kind for fact in reading.of(Fact)] == ["page-text", "message-group", "message-group", "export-note"]
    assert [(m.sender.name, m.sender.id) for m in reading.messages if m.sender] == [("Lina", "900000000000000001")] * 2 + [
        ("Ola", "900000000000000002")
    ]
    first, second, _ = reading.messages
    assert first.time is not None
    assert second.time is not None
    assert (first.time.as_written, second.time.as_written) == ("24-Jul-18 02:21 PM", second.detail["id"])
    assert second.edited


def test_signatures_of_links_are_left_out() -> None:
    reading = case("private_minified.html")
    assert "0123abcd" not in golden_lines(reading)
    assert reading.messages[3].attachments[0].name == "https://cdn.discordapp.com/attachments/1/2/bilde.png (withheld: signature)"
    assert "withheld-signatures" in reading.codes(Gap)


def test_the_number_of_messages_the_page_states_is_checked() -> None:
    assert "count-differs" in case("count_differs.html").codes(Defect)
    assert "count-differs" not in case("channel_2020.html").codes(Defect)
    assert "count-differs" in case("damaged_number.html").codes(Defect)


def test_replies_embeds_and_stickers() -> None:
    messages = case("private_minified.html").messages
    assert messages[2].detail["reply_to_message_id"] == messages[0].detail["id"]
    assert messages[2].text == "Nei"
    assert messages[4].detail["embed"] == "Betal her\nKort vei"
    assert [item.media for item in messages[4].attachments] == ["sticker"]


@pytest.mark.parametrize("data", [b"<div data-message-id=5>x</div>", b'<div class="chatlog__message">x</div>', b""])
def test_other_pages_are_not_claimed(data: bytes) -> None:
    assert sniff(ID, data) == "no"
