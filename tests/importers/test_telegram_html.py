"""Telegram's messages.html: who a joined message is from, forwards and replies, times whose offset misleads, damage that stays where it is."""

from __future__ import annotations

import pytest

from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message, Noise

from .reading import Reading, read, sniff
from .test_laws import CASES, check_account

ID = "telegram-html"


def case(name: str, **stated: object) -> Reading:
    reading = read(ID, (CASES / "telegram_html" / name).read_bytes(), name, **stated)
    check_account(reading)
    return reading


def page(*messages: str) -> bytes:
    head = '<div class="page_wrap"><div class="page_header"><div class="text bold">\nLina\n</div></div><div class="history">'
    return (f"<!DOCTYPE html><html><body>{head}" + "\n".join(messages) + "</div></div></body></html>").encode()


def bubble(number: int, text: str = "hei", name: str | None = "Lina", title: str = "12.03.2026 21:05:00", more: str = "") -> str:
    joined = "" if name is not None else " joined"
    sender = "" if name is None else f'<div class="from_name">\n{name} \n</div>'
    return (
        f'<div class="message default clearfix{joined}" id="message{number}"><div class="body">'
        f'<div class="pull_right date details" title="{title}">21:05</div>{sender}{more}<div class="text">\n{text}\n</div></div></div>'
    )


def whole(*messages: str, **stated: object) -> list[Message]:
    reading = read(ID, page(*messages), **stated)
    check_account(reading)
    return reading.messages


def test_every_message_of_a_page() -> None:
    reading = case("single_chat.html")
    assert [found.detail["id"] for found in reading.messages] == [str(number) for number in range(1, 16)]
    assert [record.name for record in reading.of(Conversation)] == ["Lina Eksempel"]
    assert reading.codes(Noise) == {"page-structure", "page-style", "page-title", "conversation-header", "page-links", "date-line"}
    assert reading.of(Defect) == []


def test_a_joined_message_is_from_whom_the_one_before_is() -> None:
    first, second, third = whole(bubble(1), bubble(2, name=None), bubble(3, name="Ola"))
    assert [found.sender.name if found.sender else None for found in (first, second, third)] == ["Lina", "Lina", "Ola"]
    assert second.detail["joined"] == "true"


@pytest.mark.parametrize(
    "between",
    [
        '<div class="message service" id="message2"><div class="body details">x</div></div>',
        "tekst uten plass",
        '<div class="massage">hei</div>',
    ],
)
def test_nothing_is_inherited_across_what_is_no_message_of_a_person(between: str) -> None:
    reading = read(ID, page(bubble(1), between, bubble(3, name=None)))
    check_account(reading)
    assert reading.messages[-1].sender is None
    assert "sender-unknown" in reading.codes(Defect)


def test_the_offset_beside_a_time_is_kept_and_not_used() -> None:
    """Telegram Desktop writes the offset of standard time in summer too: used, it would move every summer message by an hour."""
    title = "12.07.2026 21:05:00 UTC+01:00"
    (found,) = whole(bubble(1, title=title))
    assert found.time is not None
    assert (found.time.as_written, found.time.local, found.time.utc, found.time.basis) == (title, "2026-07-12T21:05:00", None, "unknown")
    (found,) = whole(bubble(1, title=title), timezone="Europe/Oslo")
    assert found.time is not None
    assert (found.time.utc, found.time.basis) == ("2026-07-12T19:05:00Z", "stated")
    assert {"offset-of-standard-time", "service-without-time"} >= case("summer.html").codes(Gap) - {
        "secret-chats-not-included",
        "deleted-not-included",
        "no-account-ids",
    }
    assert "zone-unknown" in case("old_layout.html").codes(Gap)


@pytest.mark.parametrize("title", ["", "12/03/2026 21:05:00", "30.02.2026 10:00:00", "27 September 2026, 22:14:10"])
def test_a_time_that_cannot_be_read_is_kept_as_it_stands(title: str) -> None:
    reading = read(ID, page(bubble(1, title=title)))
    (found,) = reading.messages
    assert found.time is not None
    assert found.time.local is None
    assert found.time.as_written == (title or "21:05")
    assert "unreadable-time" in reading.codes(Defect)


def test_who_is_forwarded_is_never_the_sender() -> None:
    forward = '<div class="forwarded body"><div class="from_name">Per <span class="date details" title="01.02.2026 10:00:00"> x</span></div></div>'
    (found,) = whole(bubble(1, more=forward))
    assert found.sender is not None
    assert found.sender.name == "Lina"
    assert (found.detail["forwarded_from"], found.detail["forwarded_date"]) == ("Per", "01.02.2026 10:00:00")


def test_replies_point_to_the_message() -> None:
    reply = '<div class="reply_to details">In reply to <a href="messages2.html#go_to_message77">this message</a></div>'
    (found,) = whole(bubble(1, more=reply))
    assert (found.detail["reply_to_message_id"], found.detail["reply_to_page"]) == ("77", "messages2.html")


def test_text_in_parts_nobody_knows_is_kept() -> None:
    (found,) = whole(bubble(1, more='<div class="something_new">ny <b>del</b></div>løs tekst'))
    assert found.detail["other"] == "ny del\nløs tekst"


def test_a_date_line_with_anything_else_in_it_is_a_message() -> None:
    line = '<div class="message service" id="message-1"><div class="body details">12 March 2026{}</div></div>'
    reading = read(ID, page(line.format(""), line.format(" betal nå")))
    check_account(reading)
    assert [found.text for found in reading.messages] == ["12 March 2026 betal nå"]
    assert "date-line" in reading.codes(Noise)


def test_choosing_the_conversation_and_the_days() -> None:
    assert len(case("old_layout.html", thread=("Lina Eksempel",)).messages) == 4
    assert not case("old_layout.html", thread=("Kari",)).messages
    assert len(case("old_layout.html", since="2019-07-03").messages) == 1


def test_a_lost_quotation_mark_costs_no_message() -> None:
    data = page(bubble(1), bubble(2), bubble(3)).replace(b'id="message2"', b'id="message2', 1)
    reading = read(ID, data)
    check_account(reading)
    assert [found.text for found in reading.messages] == ["hei"] * 3
    assert reading.codes(Defect) == {"damaged-tag"}


def test_other_pages_are_not_claimed() -> None:
    assert sniff(ID, b'<div class="page_wrap"><div class="message" id="message1">') == "no"
    assert sniff(ID, page()) == "maybe"
    assert sniff(ID, page(bubble(1))) == "yes"


def test_lists_of_a_full_export_are_facts() -> None:
    """The addresses of sessions are the owner's own."""
    sessions = case("list_sessions.html").of(Fact)
    assert [(fact.kind, fact.of, fact.values["last_ip"]) for fact in sessions] == [
        ("session", "account-owner", "192.0.2.7"),
        ("session", "account-owner", "2001:db8::7"),
    ]
    assert sessions[0].values == {
        "name": "Telegram Desktop 5.1",
        "subname": "PC, Windows 11",
        "last_ip": "192.0.2.7",
        "last_region": "Oslo, Norway",
        "last_active": "12.03.2026 21:05:00",
        "created": "01.01.2026 10:00:00",
    }
    (contact,) = case("list_contacts.html").of(Fact)
    assert (contact.kind, contact.of, contact.values["details"]) == ("contact", "contact", "+47 999 00 001")
    profile, section = case("list_results.html").of(Fact)
    assert (profile.of, profile.values["Phone number"]) == ("account-owner", "+47 999 00 002")
    assert (section.kind, section.of, section.values["page"]) == ("export-section", "account-owner", "lists/chats.html")
    assert not case("list_chats.html").messages
    assert "export-notes" in case("list_chats.html").codes(Noise)


def test_a_page_with_messages_is_never_read_as_a_list() -> None:
    data = page(bubble(1), '<div class="entry clearfix">x</div>').replace(b'class="history"', b'class="histori"')
    reading = read(ID, data)
    check_account(reading)
    assert [message.text for message in reading.messages] == ["hei"]
