"""Snapchat's pages: cards and tables, who sent what, and what the page does not tell."""

from __future__ import annotations

import pytest

from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap

from .reading import Reading, read, sniff
from .test_laws import CASES, check_account

ID = "snapchat-html"


def case(name: str, **stated: object) -> Reading:
    reading = read(ID, (CASES / "snapchat_html" / name).read_bytes(), name, **stated)
    check_account(reading)
    return reading


def test_cards() -> None:
    reading = case("subpage_lina.html")
    assert [record.name for record in reading.of(Conversation)] == ["lina_e"]
    assert [message.kind for message in reading.messages] == ["text", "text", "media", "media", "deleted", "call"]
    assert [message.sender.id if message.sender else None for message in reading.messages[:2]] == ["lina_e", "ola_n"]
    first = reading.messages[0]
    assert first.time is not None
    assert (first.text, first.time.utc, first.time.basis) == ("Hei & hallo\nLinje to", "2026-03-12T20:05:00Z", "explicit")
    assert reading.of(Defect) == []
    assert "unsaved-not-included" in reading.codes(Gap)


def test_rows_say_who_sent_and_who_received() -> None:
    reading = case("chat_history_2022.html")
    received, _, media, sent = reading.messages
    assert (received.sender.name if received.sender else None, received.detail["direction"]) == ("lina_e", "received")
    assert (sent.sender, sent.detail["direction"], sent.detail["to"], sent.text) == (None, "sent", "lina_e", "Nei")
    assert (media.kind, media.text) == ("media", None)
    assert [record.name for record in reading.of(Conversation)] == ["lina_e", "kari_p", "lina_e"]
    assert {"own-name-not-told", "media-elsewhere"} <= reading.codes(Gap)
    assert {fact.kind for fact in reading.of(Fact)} == {"section-header"}


def test_choosing_a_conversation() -> None:
    assert [message.text for message in case("chat_history_2022.html", thread=("kari_p",)).messages] == ["Hallo"]


def test_a_card_of_another_colour_is_a_message_too() -> None:
    data = (CASES / "snapchat_html" / "subpage_lina.html").read_bytes()
    other = data.replace(b"#ffffff", b"#123456")
    reading = read(ID, other)
    check_account(reading)
    assert len(reading.messages) == 6


@pytest.mark.parametrize(
    "data",
    [
        b"<div class='rightpanel'><h4>a</h4></div>",
        b"<table><tr><td>a</td><td>b</td><td>c</td></tr></table>",
        b"<h6>x</h6>",
        b"rightpanel <h4",
    ],
)
def test_other_pages_are_not_claimed(data: bytes) -> None:
    assert sniff(ID, data) == "no"
    check_account(read(ID, data))
